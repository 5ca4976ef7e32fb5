-- The keys database: kept apart from the rows, and out of their backups.

create schema keys;

-- One random key a person, wrapped by a master key. Deleting the row erases the person everywhere at once.
create table keys.person_key (
  person     uuid        primary key,
  wrapped    bytea       not null,
  master     text        not null,
  created_at timestamptz not null
);
create index on keys.person_key (master);

-- The installation's own secrets (lookup, links, journal signature, role passwords), wrapped likewise.
create table keys.secret (
  name    text  primary key,
  wrapped bytea not null,
  master  text  not null
);

comment on table keys.person_key is 'The key that opens what is sealed for a person [subject=person purpose=collected end=delete]';
comment on column keys.person_key.person     is 'record.person: whose key it is';
comment on column keys.person_key.wrapped    is 'none: the key, wrapped by a master key';
comment on column keys.person_key.master     is 'none: id of the master key that wraps it';
comment on column keys.person_key.created_at is 'none: when it was made';
comment on table keys.secret is 'Secrets of the installation [subject=none]';
comment on column keys.secret.name    is 'none: what the secret is for';
comment on column keys.secret.wrapped is 'none: the secret, wrapped by a master key';
comment on column keys.secret.master  is 'none: id of the master key that wraps it';
