-- What staff do with many rows of a list at once: which act, how far it has come, and what came of each row. Numbers alone.
create table gate.bulk (
  person   uuid        not null,
  id       uuid        not null unique,
  act      text        not null,
  dated    date,
  rows     integer     not null,
  at       timestamptz not null,
  moved_at timestamptz,
  done_at  timestamptz,
  primary key (person, id)
);
create index on gate.bulk (at) where done_at is null;
comment on table gate.bulk is
  'Work on many rows at once that staff asked for [subject=person purpose=accountability recorded=at end=delete]';
comment on column gate.bulk.person   is 'record.person: who asked';
comment on column gate.bulk.id       is 'none: number of the run';
comment on column gate.bulk.act      is 'record.log: what is done with each row';
comment on column gate.bulk.dated    is 'none: the day that it is noted by';
comment on column gate.bulk.rows     is 'none: how many rows were chosen';
comment on column gate.bulk.at       is 'record.log: when it was asked for';
comment on column gate.bulk.moved_at is 'none: when a process last moved it; empty while none has it';
comment on column gate.bulk.done_at  is 'none: when the last row had its turn';

-- Each row that was chosen, and what came of it: nothing yet, done, or the code of the refusal.
create table gate.bulk_row (
  person uuid        not null,
  run    uuid        not null,
  id     uuid        not null,
  place  integer     not null,
  came   text,
  at     timestamptz not null,
  primary key (person, run, id)
);
create index on gate.bulk_row (run, place);
comment on table gate.bulk_row is
  'Rows that staff did something with, many at once [subject=person purpose=accountability recorded=at end=delete]';
comment on column gate.bulk_row.person is 'record.person: whom it concerns';
comment on column gate.bulk_row.run    is 'none: number of the run';
comment on column gate.bulk_row.id     is 'none: number of the row';
comment on column gate.bulk_row.place  is 'none: its turn';
comment on column gate.bulk_row.came   is 'record.log: what came of it';
comment on column gate.bulk_row.at     is 'record.log: when it was asked for';
