-- An acceptance ends with the agreement it was given for, and the accounts keep it from that day on like the agreement.
alter table customers.acceptance add column ended_at timestamptz;
update customers.acceptance a set ended_at = c.ended_at
  from customers.client c
 where c.client = a.client and c.ended_at is not null
   and not exists (select from customers.client r where r.client = c.client and r.ended_at is null);
create index on customers.acceptance (ended_at) where ended_at is not null;
comment on table customers.acceptance is
  'Versions of the agreement and of the data-processing agreement that were accepted for a client [subject=person client=client follows=owner purpose=agreement recorded=at agreement-ended=ended_at end=delete]';
comment on column customers.acceptance.ended_at is 'customer.agreement: when the agreement ended';
