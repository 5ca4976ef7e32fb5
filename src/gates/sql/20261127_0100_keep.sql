-- Rounds of keeping: what was let go of, by clause, and how far one under way has come. Counts alone.
create table gate.keep_round (
  id      bigint      generated always as identity primary key,
  moment  timestamptz not null,
  done_at timestamptz,
  step    integer     not null default 0,
  steps   integer     not null,
  erased  integer     not null default 0
);
create unique index on gate.keep_round ((true)) where done_at is null;
create index on gate.keep_round (moment);
comment on table gate.keep_round is 'Rounds of letting go of what is past its date [subject=none]';
comment on column gate.keep_round.id      is 'none: number of the round';
comment on column gate.keep_round.moment  is 'none: the moment it counted up to';
comment on column gate.keep_round.done_at is 'none: when it was done; empty while it is under way';
comment on column gate.keep_round.step    is 'none: how many rules have had their turn';
comment on column gate.keep_round.steps   is 'none: how many there are';
comment on column gate.keep_round.erased  is 'none: people of whom nothing was left to keep';

create table gate.keep_result (
  round  bigint  not null references gate.keep_round (id) on delete cascade,
  clause text    not null,
  rows   bigint  not null,
  primary key (round, clause)
);
comment on table gate.keep_result is 'What each round let go of [subject=none]';
comment on column gate.keep_result.round  is 'none: the round';
comment on column gate.keep_result.clause is 'none: the clause';
comment on column gate.keep_result.rows   is 'none: how many rows';

-- That a person was told that something of theirs soon ends; once for each end.
create table mail.end_notice (
  person  uuid        not null,
  rule    text        not null,
  ends_at timestamptz not null,
  at      timestamptz not null,
  primary key (person, rule, ends_at)
);
comment on table mail.end_notice is
  'Notices of a storage period that soon ends [subject=person purpose=rights recorded=at end=delete]';
comment on column mail.end_notice.person  is 'record.person: who was told';
comment on column mail.end_notice.rule    is 'record.mail: which storage rule';
comment on column mail.end_notice.ends_at is 'record.mail: when its period is over';
comment on column mail.end_notice.at      is 'record.mail: when they were told';
