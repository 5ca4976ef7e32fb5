-- What a client has agreed to pay for, and what it has been charged. The invoices themselves lie in the archive.

create schema billing;

-- A plan, for as long as the client has it. Open while it runs; another plan is another row.
create table billing.subscription (
  person   uuid        not null,
  id       uuid        not null,
  client   uuid        not null,
  plan     text        not null,
  span     text        not null check (span in ('month', 'year')),
  paid_on  date        not null,
  begun_at timestamptz not null,
  ended_at timestamptz,
  primary key (person, id)
);
create unique index subscription_once on billing.subscription (client) where ended_at is null;
create index on billing.subscription (client);
create index on billing.subscription (ended_at) where ended_at is not null;
comment on table billing.subscription is
  'Plans that clients have, and had under an agreement that runs [subject=person client=client follows=owner purpose=agreement recorded=begun_at agreement-ended=ended_at end=delete]';
comment on column billing.subscription.person   is 'record.person: who owns the account';
comment on column billing.subscription.id       is 'none: the row''s own number';
comment on column billing.subscription.client   is 'none: of which client';
comment on column billing.subscription.plan     is 'customer.payment: which plan';
comment on column billing.subscription.span     is 'customer.payment: how long is paid for at a time';
comment on column billing.subscription.paid_on  is 'customer.payment: the day from which it is paid for, and on which periods begin';
comment on column billing.subscription.begun_at is 'customer.payment: since when';
comment on column billing.subscription.ended_at is 'customer.payment: until when';

-- Days of a plan or a module that a client was charged for, or given back, and on which document.
create table billing.charge (
  person   uuid   not null,
  id       uuid   not null,
  client   uuid   not null,
  item     uuid   not null,
  kind     text   not null check (kind in ('charge', 'refund')),
  from_on  date   not null,
  to_on    date   not null,
  net      bigint not null,
  document uuid   not null,
  at       timestamptz not null,
  primary key (person, id)
);
create unique index charge_once on billing.charge (client, item, kind, from_on);
create index on billing.charge (client);
comment on table billing.charge is
  'Days that a client was charged for or given back [subject=person client=client follows=owner purpose=agreement recorded=at end=delete]';
comment on column billing.charge.person   is 'record.person: who owns the account';
comment on column billing.charge.id       is 'none: the row''s own number';
comment on column billing.charge.client   is 'none: which client';
comment on column billing.charge.item     is 'none: number of the plan''s or the module''s row';
comment on column billing.charge.kind     is 'customer.payment: charged or given back';
comment on column billing.charge.from_on  is 'customer.payment: from this day';
comment on column billing.charge.to_on    is 'customer.payment: to the day before this';
comment on column billing.charge.net      is 'customer.payment: how much, in øre without VAT';
comment on column billing.charge.document is 'none: number of the document in the archive';
comment on column billing.charge.at       is 'customer.payment: when';

-- The card that a client last paid with on the provider's page, masked: enough to tell it from another.
create table billing.card (
  person    uuid        not null,
  id        uuid        not null,
  client    uuid        not null,
  provider  text        not null,
  reference text        not null,
  brand     text        not null,
  last_four text        not null,
  expires   text        not null,
  paid_at   timestamptz not null,
  primary key (person, id)
);
create unique index card_once on billing.card (client);
comment on table billing.card is
  'Cards that clients last paid with, as the provider masks them [subject=person client=client follows=owner purpose=agreement recorded=paid_at end=delete]';
comment on column billing.card.person    is 'record.person: who owns the account';
comment on column billing.card.id        is 'none: the row''s own number';
comment on column billing.card.client    is 'none: of which client';
comment on column billing.card.provider  is 'customer.payment: where it was paid';
comment on column billing.card.reference is 'customer.payment: the provider''s number for the card';
comment on column billing.card.brand     is 'customer.payment: what kind of card';
comment on column billing.card.last_four is 'customer.payment: its last four digits';
comment on column billing.card.expires   is 'customer.payment: the month it expires';
comment on column billing.card.paid_at   is 'customer.payment: when it was paid with';
