-- The customer relationship: an agreement with its modules, and what is left of one that has ended.

-- An agreement, with whoever entered into it. Open while it runs.
create table customers.agreement (
  person   uuid        not null,
  id       uuid        not null,
  terms    text        not null,
  begun_at timestamptz not null,
  ended_at timestamptz,
  primary key (person, id)
);
create index on customers.agreement (ended_at) where ended_at is not null;
comment on table customers.agreement is
  'Agreements that run, and those that have just ended [subject=person purpose=agreement recorded=begun_at agreement-ended=ended_at end=delete]';
comment on column customers.agreement.person   is 'record.person: who entered into it';
comment on column customers.agreement.id       is 'none: number of the agreement';
comment on column customers.agreement.terms    is 'customer.agreement: on which terms';
comment on column customers.agreement.begun_at is 'customer.agreement: when it began';
comment on column customers.agreement.ended_at is 'customer.agreement: when it ended';

-- A module in use. Open while it is.
create table customers.module (
  person   uuid        not null,
  id       uuid        not null,
  module   text        not null,
  begun_at timestamptz not null,
  ended_at timestamptz,
  primary key (person, id)
);
create index on customers.module (ended_at) where ended_at is not null;
comment on table customers.module is
  'Modules in use, and those that have just ended [subject=person purpose=agreement recorded=begun_at last-module-ended=ended_at end=delete]';
comment on column customers.module.person   is 'record.person: who took it into use';
comment on column customers.module.id       is 'none: the row''s own number';
comment on column customers.module.module   is 'customer.modules: which module';
comment on column customers.module.begun_at is 'customer.modules: since when';
comment on column customers.module.ended_at is 'customer.modules: when it ended';

-- What is kept of a subscription that has ended, so that it can be taken up again.
create table customers.departure (
  person   uuid        not null,
  id       uuid        not null,
  modules  text[]      not null,
  ended_at timestamptz not null,
  primary key (person, id)
);
create index on customers.departure (ended_at);
comment on table customers.departure is
  'Subscriptions that have ended and can be taken up again [subject=person purpose=resume recorded=ended_at subscription-ended=ended_at end=delete]';
comment on column customers.departure.person   is 'record.person: whose it was';
comment on column customers.departure.id       is 'none: number of the agreement';
comment on column customers.departure.modules  is 'customer.modules: which modules were in use';
comment on column customers.departure.ended_at is 'customer.modules: when it ended';
