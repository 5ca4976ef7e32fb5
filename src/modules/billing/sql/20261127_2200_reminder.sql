-- That a client was reminded of an invoice: once, whatever happens on the way.
create table billing.reminder (
  person  uuid        not null,
  id      uuid        not null,
  client  uuid        not null,
  invoice uuid        not null,
  at      timestamptz not null,
  primary key (person, id)
);
create unique index reminder_once on billing.reminder (invoice);
create index on billing.reminder (client);
comment on table billing.reminder is
  'Invoices that a client has been reminded of [subject=person client=client follows=owner purpose=agreement recorded=at end=delete]';
comment on column billing.reminder.person  is 'record.person: who owns the account';
comment on column billing.reminder.id      is 'none: the row''s own number';
comment on column billing.reminder.client  is 'none: of which client';
comment on column billing.reminder.invoice is 'none: number of the invoice in the archive';
comment on column billing.reminder.at      is 'customer.payment: when';
