-- Companies that were written by hand, whose user wished that the register fill in name and place once it answers. The row
-- is theirs who wished it; it leaves with the client.
create table customers.completion (
  person      uuid        not null,
  id          uuid        not null,
  client      uuid        not null unique,
  request     uuid        not null,
  state       text        not null check (state in ('waiting', 'completed', 'unknown', 'struck-off', 'removed', 'set-aside')),
  asked_at    timestamptz not null,
  answered_at timestamptz,
  ended_at    timestamptz,
  primary key (person, id)
);
create index on customers.completion (asked_at) where state = 'waiting';
create index on customers.completion (ended_at) where ended_at is not null;
comment on table customers.completion is
  'Companies written by hand that the register is to complete, and what it answered [subject=person client=client purpose=agreement recorded=asked_at last-module-ended=ended_at end=delete]';
comment on column customers.completion.person      is 'record.person: who wished it';
comment on column customers.completion.id          is 'none: the row''s own number';
comment on column customers.completion.client      is 'none: of which client';
comment on column customers.completion.request     is 'none: number of the act of collection that was the wish';
comment on column customers.completion.state       is 'company.identity: whether it waits, was completed, or what the register said instead';
comment on column customers.completion.asked_at    is 'company.identity: when it was wished';
comment on column customers.completion.answered_at is 'company.identity: when the register answered';
comment on column customers.completion.ended_at    is 'company.identity: when the client''s last module ended';
