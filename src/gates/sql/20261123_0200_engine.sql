-- The engine's own tables: the statement in force, the vault, consent, what the gates decided.

create schema statement;
create schema vault;
create schema gate;
create schema consent;
create schema journal;

-- A value sealed with AES-256-GCM under its person's key: version (1), nonce (12), tag (16), ciphertext.
create domain vault.sealed as bytea check (octet_length(value) >= 29 and get_byte(value, 0) = 1);

-- Every version ever applied, as it was written. The last one is in force.
create table statement.version (
  version            text        primary key,
  rules              text        not null,
  prose_nb           text        not null,
  prose_en           text        not null,
  fingerprint        text        not null unique,
  person_fingerprint text        not null,
  applied_at         timestamptz not null
);
comment on table statement.version is 'Versions of the statement, as applied [subject=none]';
comment on column statement.version.version            is 'none: version and revision';
comment on column statement.version.rules              is 'none: the rules, YAML';
comment on column statement.version.prose_nb           is 'none: the text in Norwegian';
comment on column statement.version.prose_en           is 'none: the text in English';
comment on column statement.version.fingerprint        is 'none: SHA-256 over all of it';
comment on column statement.version.person_fingerprint is 'none: SHA-256 over what matters to a person';
comment on column statement.version.applied_at         is 'none: when it came into force';

create function statement.refuse_change() returns trigger language plpgsql as $$
begin raise exception 'an applied statement is immutable' using errcode = '42501'; end $$;
create trigger immutable before update or delete on statement.version
  for each row execute function statement.refuse_change();

-- The people: direct identifiers, each sealed under the person's own key.
create table vault.person (
  person      uuid         primary key,
  name        vault.sealed,
  email       vault.sealed,
  phone       vault.sealed,
  place       vault.sealed,
  company     vault.sealed,
  language    text,
  recorded_at timestamptz  not null
);
comment on table vault.person is
  'Who a person is, field by field, sealed [subject=person purpose=collected end=delete]';
comment on column vault.person.person      is 'record.person: the random number that stands for the person';
comment on column vault.person.name        is 'contact.name: what you are called';
comment on column vault.person.email       is 'contact.email: where letters go';
comment on column vault.person.phone       is 'contact.phone: where you can be called, E.164';
comment on column vault.person.place       is 'contact.place: where you are';
comment on column vault.person.company     is 'contact.company: whom you work for, as you wrote it';
comment on column vault.person.language    is 'preference.language: the language we write to you in';
comment on column vault.person.recorded_at is 'none: when the person was first recorded';

-- Keyed hashes by which a person is found again without any address being readable.
create table vault.lookup (
  person uuid  not null,
  kind   text  not null check (kind in ('email', 'phone')),
  hash   bytea not null check (octet_length(hash) = 32),
  primary key (person, kind)
);
create unique index lookup_email on vault.lookup (hash) where kind = 'email';
create index lookup_phone on vault.lookup (hash) where kind = 'phone';
comment on table vault.lookup is
  'Keyed hashes of addresses, for finding a person [subject=person purpose=collected end=delete]';
comment on column vault.lookup.person is 'record.person: whose address it is';
comment on column vault.lookup.kind   is 'none: e-mail or phone';
comment on column vault.lookup.hash   is 'contact.lookup: HMAC-SHA-256 of the normalised address';

-- One act of collection: which categories came, from where, why and under which version. An item may stay as long as
-- one of these rows names it; when the last is gone, so is the item.
create table gate.collection (
  person    uuid        not null,
  id        uuid        not null,
  point     text        not null,
  purpose   text        not null,
  source    text        not null,
  items     text[]      not null,
  statement text        not null,
  consent   uuid,
  at        timestamptz not null,
  primary key (person, id)
);
create index on gate.collection (purpose, at);
comment on table gate.collection is
  'Where each item on a person came from, and why it is kept [subject=person purpose=collected recorded=at end=delete]';
comment on column gate.collection.person    is 'record.person: whom it is about';
comment on column gate.collection.id        is 'none: the row''s own number';
comment on column gate.collection.point     is 'record.origin: the collection point it came in by';
comment on column gate.collection.purpose   is 'record.origin: what it is kept for';
comment on column gate.collection.source    is 'record.origin: given, observed, or which third party';
comment on column gate.collection.items     is 'record.origin: which categories came';
comment on column gate.collection.statement is 'record.origin: the version of the statement shown';
comment on column gate.collection.consent   is 'none: the consent event it rests on';
comment on column gate.collection.at        is 'record.origin: when it came';

-- That a person was shown a version of the statement and went on: an acknowledgement, never a consent.
create table gate.acceptance (
  person    uuid        not null,
  statement text        not null,
  at        timestamptz not null,
  primary key (person, statement)
);
comment on table gate.acceptance is
  'Versions of the statement a person has acknowledged [subject=person purpose=rights end=delete]';
comment on column gate.acceptance.person    is 'record.person: who';
comment on column gate.acceptance.statement is 'record.acceptance: the version';
comment on column gate.acceptance.at        is 'record.acceptance: when';

-- The exact words shown when consent was asked for, once each.
create table consent.wording (
  hash     text primary key,
  language text not null,
  words    text not null
);
comment on table consent.wording is 'Wordings of consent prompts [subject=none]';
comment on column consent.wording.hash     is 'none: SHA-256 of language and words';
comment on column consent.wording.language is 'none: language of the words';
comment on column consent.wording.words    is 'none: the exact words shown';

-- The consent history: rows are added and never changed. States are those of the DPV.
create table consent.event (
  person    uuid        not null,
  id        uuid        not null,
  purpose   text        not null,
  state     text        not null check (state in ('requested', 'given', 'refused', 'withdrawn')),
  wording   text        not null,
  language  text        not null,
  statement text        not null,
  surface   text        not null,
  method    text        not null,
  actor     text        not null check (actor in ('person', 'staff', 'system')),
  at        timestamptz not null,
  primary key (person, id)
);
comment on table consent.event is
  'What a person was asked and answered [subject=person purpose=rights end=delete]';
comment on column consent.event.person    is 'record.person: who';
comment on column consent.event.id        is 'none: the event''s own number';
comment on column consent.event.purpose   is 'record.consent: for what';
comment on column consent.event.state     is 'record.consent: requested, given, refused or withdrawn';
comment on column consent.event.wording   is 'record.consent: hash of the words shown';
comment on column consent.event.language  is 'record.consent: language of the words';
comment on column consent.event.statement is 'record.consent: version of the statement shown';
comment on column consent.event.surface   is 'record.consent: where it was asked';
comment on column consent.event.method    is 'record.consent: by which act it was answered';
comment on column consent.event.actor     is 'record.consent: who answered';
comment on column consent.event.at        is 'record.consent: when';

-- The consents that stand: one row while it stands, gone the moment it is withdrawn. Row policies look here.
create table consent.active (
  person  uuid        not null,
  purpose text        not null,
  event   uuid        not null,
  since   timestamptz not null,
  primary key (person, purpose)
);
comment on table consent.active is
  'Consents that stand now [subject=person purpose=rights end=delete]';
comment on column consent.active.person  is 'record.person: who';
comment on column consent.active.purpose is 'record.consent: for what';
comment on column consent.active.event   is 'none: the event that gave it';
comment on column consent.active.since   is 'record.consent: since when';

-- Restriction (art. 18): stored, not used.
create table gate.restriction (
  person uuid        primary key,
  reason text        not null check (reason in ('accuracy', 'unlawful', 'claims', 'objection')),
  author text        not null check (author in ('person', 'staff')),
  at     timestamptz not null
);
comment on table gate.restriction is
  'People whose data is stored and not used [subject=person purpose=rights end=delete]';
comment on column gate.restriction.person is 'record.person: who';
comment on column gate.restriction.reason is 'record.request: which ground of art. 18(1)';
comment on column gate.restriction.author is 'record.request: who asked';
comment on column gate.restriction.at     is 'record.request: since when';

-- Objection (art. 21), per purpose.
create table gate.objection (
  person  uuid        not null,
  purpose text        not null,
  author  text        not null check (author in ('person', 'staff')),
  at      timestamptz not null,
  primary key (person, purpose)
);
comment on table gate.objection is
  'Purposes a person has objected to [subject=person purpose=rights end=delete]';
comment on column gate.objection.person  is 'record.person: who';
comment on column gate.objection.purpose is 'record.request: to what';
comment on column gate.objection.author  is 'record.request: who asked';
comment on column gate.objection.at      is 'record.request: since when';

-- An erasure, from the moment it is decided. While the row is there and not done, nobody reads the person and any
-- process that comes by finishes the work.
create table gate.erasure (
  person       uuid        primary key,
  id           uuid        not null unique,
  asked_by     text        not null check (asked_by in ('person', 'staff', 'keep')),
  ground       text        not null,
  decided_at   timestamptz not null,
  done_at      timestamptz
);
create index on gate.erasure (decided_at) where done_at is null;
comment on table gate.erasure is
  'Erasures, begun and done; all that is left is a number that stands for nobody [subject=person purpose=accountability recorded=decided_at end=stays]';
comment on column gate.erasure.person     is 'record.person: the number that stood for the person';
comment on column gate.erasure.id         is 'none: number of the receipt';
comment on column gate.erasure.asked_by   is 'record.request: the person, staff, or a storage period';
comment on column gate.erasure.ground     is 'record.request: the clause it rests on';
comment on column gate.erasure.decided_at is 'record.request: when it was decided';
comment on column gate.erasure.done_at    is 'record.request: when nothing was left';

-- What a receipt says; its digest is in the journal, so that it can be checked offline.
create table gate.receipt (
  person uuid        not null,
  id     uuid        not null,
  kind   text        not null check (kind in ('erasure', 'consent')),
  body   text        not null,
  at     timestamptz not null,
  primary key (person, id)
);
create index on gate.receipt (id);
comment on table gate.receipt is
  'Receipts issued; counts and dates, never values [subject=person purpose=accountability recorded=at end=stays]';
comment on column gate.receipt.person is 'record.person: the number that stands or stood for the person';
comment on column gate.receipt.id     is 'none: number of the receipt';
comment on column gate.receipt.kind   is 'record.request: of what';
comment on column gate.receipt.body   is 'record.request: what it says, canonical JSON (RFC 8785)';
comment on column gate.receipt.at     is 'record.request: when it was issued';

-- What each gate decided. Rows can be added and not changed; blocks seal them.
create table journal.entry (
  id        bigint generated always as identity primary key,
  at        timestamptz not null,
  gate      text        not null check (gate in ('collect', 'use', 'share', 'keep', 'answer')),
  act       text        not null,
  person    uuid,
  actor     text        not null check (actor in ('person', 'staff', 'system', 'visitor')),
  actor_id  uuid,
  purpose   text,
  statement text        not null,
  digest    bytea
);
create index on journal.entry (person, id);
comment on table journal.entry is
  'What the gates decided, and who looked at whom [subject=person purpose=accountability recorded=at end=stays]';
comment on column journal.entry.id        is 'none: running number';
comment on column journal.entry.at        is 'record.log: when';
comment on column journal.entry.gate      is 'record.log: which gate';
comment on column journal.entry.act       is 'record.log: what it did';
comment on column journal.entry.person    is 'record.person: whom it was about';
comment on column journal.entry.actor     is 'record.log: what kind of actor';
comment on column journal.entry.actor_id  is 'record.log: number of the staff member or person who acted';
comment on column journal.entry.purpose   is 'record.log: for what purpose';
comment on column journal.entry.statement is 'record.log: under which version of the statement';
comment on column journal.entry.digest    is 'none: SHA-256 of the receipt that goes with it';

create function journal.refuse_change() returns trigger language plpgsql as $$
begin raise exception 'the journal can be added to and not changed' using errcode = '42501'; end $$;
create trigger append_only before update or delete or truncate on journal.entry
  for each statement execute function journal.refuse_change();

-- Writers hold this lock shared until they commit, so that the sealer, who takes it alone, knows that no lower
-- running number is still on its way. Taken before the number is drawn: a statement trigger runs first.
create function journal.hold_open() returns trigger language plpgsql as $$
begin perform pg_advisory_xact_lock_shared(7254001); return null; end $$;
create trigger hold_open before insert on journal.entry
  for each statement execute function journal.hold_open();

-- A sealed run of entries: Merkle root (RFC 9162 hashing), hash of the block before, Ed25519 signature.
create table journal.block (
  number    bigint      primary key,
  first_id  bigint      not null,
  last_id   bigint      not null,
  root      bytea       not null,
  previous  bytea       not null,
  sealed_at timestamptz not null,
  signature bytea       not null,
  key_id    text        not null
);
create index on journal.block (last_id);
comment on table journal.block is 'Sealed runs of the journal [subject=none]';
comment on column journal.block.number    is 'none: running number without gaps';
comment on column journal.block.first_id  is 'none: first entry sealed';
comment on column journal.block.last_id   is 'none: last entry sealed';
comment on column journal.block.root      is 'none: Merkle root over the entries';
comment on column journal.block.previous  is 'none: hash of the block before';
comment on column journal.block.sealed_at is 'none: when it was sealed';
comment on column journal.block.signature is 'none: Ed25519 over the block';
comment on column journal.block.key_id    is 'none: fingerprint of the public key';
create trigger append_only before update or delete or truncate on journal.block
  for each statement execute function journal.refuse_change();

-- Whether a purpose may use a person now. Row policies ask it, so that PostgreSQL itself leaves out whoever is being
-- erased, is restricted, has objected, or has not consented where consent is the ground. Runs with its owner's rights
-- because a purpose must not read those rows; it answers with nothing but yes or no.
-- In PL/pgSQL, which keeps its plan for the connection: it is asked once a row.
create function gate.usable(who uuid, why text, consent boolean, restrictable boolean) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return not exists (select from gate.erasure e where e.person = who)
     and not (restrictable and exists (select from gate.restriction r where r.person = who))
     and not exists (select from gate.objection o where o.person = who and o.purpose = why)
     and (not consent or exists (select from consent.active a where a.person = who and a.purpose = why));
end $$;
revoke all on function gate.usable from public;

-- Nothing is collected on a person who is being erased or has been.
create function gate.refuse_erased() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from gate.erasure e where e.person = new.person) then
    raise exception 'the person is being erased' using errcode = 'HJ001';
  end if;
  return new;
end $$;
create trigger refuse_erased before insert on gate.collection
  for each row execute function gate.refuse_erased();

-- An e-mail address that a person wants to be reached at instead, until the link mailed to it is followed.
create table vault.new_address (
  person   uuid         not null,
  id       uuid         not null unique,
  email    vault.sealed not null,
  asked_at timestamptz  not null,
  primary key (person, id)
);
comment on table vault.new_address is
  'New addresses that wait for their link to be followed [subject=person purpose=confirmation recorded=asked_at end=delete]';
comment on column vault.new_address.person   is 'record.person: who asked';
comment on column vault.new_address.id       is 'none: number of the change';
comment on column vault.new_address.email    is 'contact.email: the new address';
comment on column vault.new_address.asked_at is 'record.origin: when';
