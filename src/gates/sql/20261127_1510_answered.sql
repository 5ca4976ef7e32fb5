-- Answers kept for a day, so that a request sent twice under one key is carried out once. What was answered is sealed
-- under a key of which only the caller has the other half: we cannot read it, nor can whoever takes both databases.

create schema request;

create table request.answered (
  person uuid        not null,
  key    bytea       not null unique,
  asked  bytea       not null,
  status smallint,
  answer bytea,
  at     timestamptz not null,
  primary key (person, key)
);
comment on table request.answered is
  'Requests that are carried out once, and what they were answered [subject=person purpose=sign-in recorded=at end=delete]';
comment on column request.answered.person is 'record.person: whom it concerns, or who asked where it concerns nobody';
comment on column request.answered.key    is 'none: keyed hash of who asked and of the key they chose';
comment on column request.answered.asked  is 'none: keyed hash of what was asked, to tell another request under the same key';
comment on column request.answered.status is 'none: what was answered, as a number; empty while it is under way';
comment on column request.answered.answer is 'none: the answer, sealed under a key that only the caller can make';
comment on column request.answered.at     is 'access.answer: when';
create index on request.answered using brin (at) with (pages_per_range = 16);
