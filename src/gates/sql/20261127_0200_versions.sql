-- Versions that wait for their day, how a version is put into effect, and who was told of it beforehand.

alter table statement.version add column effective_at timestamptz;
comment on column statement.version.applied_at   is 'none: when it was applied';
comment on column statement.version.effective_at is 'none: when it takes effect, where that is later than it was applied';

-- How a version came to be applied: by which plan, and how far the work has come. While a row is not done, any process
-- that opens the product and keeps finishes it.
create table statement.application (
  version    text        primary key,
  id         uuid        not null unique,
  before     text        not null,
  written    text        not null,
  plan       text        not null,
  hash       text        not null unique,
  told_at    timestamptz,
  settled_at timestamptz,
  done_at    timestamptz
);
comment on table statement.application is 'How each version was applied, begun and done [subject=none]';
comment on column statement.application.version    is 'none: the version';
comment on column statement.application.id         is 'none: number that letters about it refer to';
comment on column statement.application.before     is 'none: the version that was in force when it was planned';
comment on column statement.application.written    is 'none: the number that the files carried';
comment on column statement.application.plan       is 'none: what the plan decided, canonical JSON (RFC 8785)';
comment on column statement.application.hash       is 'none: SHA-256 of the plan';
comment on column statement.application.told_at    is 'none: when everybody concerned had their notice';
comment on column statement.application.settled_at is 'none: when roles, grants and consents followed it';
comment on column statement.application.done_at    is 'none: when nothing was left to do';

-- A version that was taken back before it took effect. It stays in the history.
create table statement.withdrawal (
  version text        primary key,
  at      timestamptz not null
);
comment on table statement.withdrawal is 'Versions taken back before they took effect [subject=none]';
comment on column statement.withdrawal.version is 'none: the version';
comment on column statement.withdrawal.at      is 'none: when it was taken back';

create trigger immutable before update or delete on statement.withdrawal
  for each row execute function statement.refuse_change();

-- That a person was told of a version before it took effect (art. 13(3)): the evidence of it, one row a person.
create table gate.notice (
  person    uuid        not null,
  statement text        not null,
  at        timestamptz not null,
  letter    uuid,
  primary key (person, statement)
);
comment on table gate.notice is
  'Coming versions of the statement that a person was told of [subject=person purpose=rights recorded=at end=delete]';
comment on column gate.notice.person    is 'record.person: who';
comment on column gate.notice.statement is 'record.acceptance: the version';
comment on column gate.notice.at        is 'record.acceptance: when';
comment on column gate.notice.letter    is 'none: the letter that told it; none where we have no address';

-- A consent that a new version no longer rests on is invalidated, as the DPV calls it: not withdrawn, since the person
-- took nothing back.
alter table consent.event drop constraint event_state_check;
alter table consent.event add constraint event_state_check
  check (state in ('requested', 'given', 'refused', 'withdrawn', 'invalidated'));
comment on column consent.event.state is 'record.consent: requested, given, refused, withdrawn or invalidated';

-- The journal also says by which plan a version was applied.
alter table journal.entry drop constraint entry_gate_check;
alter table journal.entry add constraint entry_gate_check
  check (gate in ('collect', 'use', 'share', 'keep', 'answer', 'statement'));
