-- What people wished and must not be undone by a backup of the rows put back later. Noted here before the act is
-- answered, because this database outlives the other: numbers and names of purposes, never a value.

-- The last time a person did this: two rows that pull in opposite directions are told apart by when.
create table keys.wish (
  person  uuid        not null,
  act     text        not null check (act in ('withdraw', 'decline', 'object', 'lift-objection', 'restrict', 'lift-restriction', 'erase-item', 'end-rows')),
  purpose text        not null,
  what    text        not null default '',
  at      timestamptz not null,
  primary key (person, act, purpose, what)
);
create index on keys.wish (at);

comment on table keys.wish is
  'What a person wished, kept so that a restored backup cannot undo it [subject=person purpose=accountability recorded=at end=stays]';
comment on column keys.wish.person  is 'record.person: the number that stands or stood for the person';
comment on column keys.wish.act     is 'record.request: which right was used';
comment on column keys.wish.purpose is 'record.request: for which purpose';
comment on column keys.wish.what    is 'record.request: the ground of a restriction, or which category or topic was ended';
comment on column keys.wish.at      is 'record.request: when';

-- The last sealed block of the journal, as it was seen from here.
create table keys.journal_head (
  one       boolean     primary key default true check (one),
  number    bigint      not null,
  hash      bytea       not null,
  sealed_at timestamptz not null
);
comment on table keys.journal_head is 'The newest sealed block of the journal that was noted apart from it [subject=none]';
comment on column keys.journal_head.one       is 'none: there is one row';
comment on column keys.journal_head.number    is 'none: number of the block';
comment on column keys.journal_head.hash      is 'none: hash of the block';
comment on column keys.journal_head.sealed_at is 'none: when it was sealed';
