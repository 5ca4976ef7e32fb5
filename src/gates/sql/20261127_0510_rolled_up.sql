-- Periods that have been rolled up: each once, over everybody in it at once. It holds no count: a total would give away
-- what the groups leave out.
create table gate.rolled_up (
  target  text        not null,
  period  date        not null,
  done_at timestamptz not null,
  primary key (target, period)
);
comment on table gate.rolled_up is 'Periods that have been made anonymous, each once [subject=none]';
comment on column gate.rolled_up.target  is 'none: the table the groups went into';
comment on column gate.rolled_up.period  is 'none: first day of the period';
comment on column gate.rolled_up.done_at is 'none: when';
