-- What a person signs in with besides the link: passwords, code generators, recovery codes, passkeys, and accounts with
-- others. Secrets are sealed under the person's key, and a key to look one up by is a keyed hash.

create table identity.factor (
  person    uuid        not null,
  id        uuid        not null,
  kind      text        not null check (kind in ('password', 'codes', 'recovery', 'passkey', 'provider')),
  name      vault.sealed,
  secret    vault.sealed,
  key       bytea       unique check (octet_length(key) = 32),
  added_at  timestamptz not null,
  used_at   timestamptz not null,
  active_at timestamptz not null,
  primary key (person, id)
);
comment on table identity.factor is
  'What a person signs in with [subject=person purpose=sign-in recorded=added_at last-active=active_at end=delete]';
comment on column identity.factor.person    is 'record.person: whose it is';
comment on column identity.factor.id        is 'none: number of the factor';
comment on column identity.factor.kind      is 'access.factor: password, codes, recovery code, passkey or account elsewhere';
comment on column identity.factor.name      is 'access.factor: what it is called';
comment on column identity.factor.secret    is 'none: what it is checked against; a secret is shown to nobody';
comment on column identity.factor.key       is 'none: keyed hash by which it is found';
comment on column identity.factor.added_at  is 'access.factor: since when';
comment on column identity.factor.used_at   is 'access.factor: when it was used last';
comment on column identity.factor.active_at is 'access.factor: when you last signed in, in whatever way';

-- Tries at a password or a code. Whose account and which block of addresses are keyed hashes, also of accounts that are
-- not there, so that a try tells nothing.
create table identity.attempt (
  key bytea       not null check (octet_length(key) = 32),
  id  uuid        not null,
  ok  boolean     not null,
  at  timestamptz not null,
  primary key (key, id)
);
comment on table identity.attempt is
  'Attempts to sign in [subject=hash:key purpose=sign-in recorded=at end=delete]';
comment on column identity.attempt.key is 'access.attempt: keyed hash of the account, or of the block of addresses';
comment on column identity.attempt.id  is 'none: number of the attempt, in the order they came';
comment on column identity.attempt.ok  is 'access.attempt: whether the count began anew';
comment on column identity.attempt.at  is 'access.attempt: when';

create index on identity.attempt using brin (at) with (pages_per_range = 16);
create index on identity.factor (active_at);
