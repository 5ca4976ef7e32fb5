-- The restricted archive: what the bookkeeping act demands be kept when everything else on a person is gone. Only the
-- bookkeeping purpose reads it, and nothing in it is ever changed (bokføringsloven § 10 and § 13).

create schema archive;

-- A record sealed like any value, under the key of its shelf: an erasure destroys the person's own.
create domain vault.archived as bytea check (octet_length(value) >= 29 and get_byte(value, 0) = 1);

-- Invoices and other vouchers, as they were issued.
create table archive.entry (
  person     uuid           not null,
  id         uuid           not null,
  shelf      uuid           not null,
  content    vault.archived not null,
  year_ended timestamptz    not null,
  told       uuid,
  primary key (person, id)
);
create index on archive.entry (year_ended);
create index on archive.entry (shelf);
create index on archive.entry (told) where told is not null;
comment on table archive.entry is
  'Accounting records, which outlast an erasure [subject=person purpose=bookkeeping fiscal-year-ended=year_ended end=stays readers=own]';
comment on column archive.entry.person     is 'record.person: the number that stands or stood for the person';
comment on column archive.entry.id         is 'none: the record''s own number';
comment on column archive.entry.shelf      is 'none: which key opens it';
comment on column archive.entry.content    is 'accounting.record: the record as it was issued';
comment on column archive.entry.year_ended is 'none: when the fiscal year after it began';
comment on column archive.entry.told       is 'none: number of the receipt by which an erased person was told that it stays';

-- Agreements concerning the business, from the day they no longer run.
create table archive.agreement (
  person     uuid           not null,
  id         uuid           not null,
  shelf      uuid           not null,
  content    vault.archived not null,
  year_ended timestamptz    not null,
  told       uuid,
  primary key (person, id)
);
create index on archive.agreement (year_ended);
create index on archive.agreement (shelf);
create index on archive.agreement (told) where told is not null;
comment on table archive.agreement is
  'Agreements that are over, which outlast an erasure [subject=person purpose=bookkeeping fiscal-year-ended=year_ended end=stays readers=own]';
comment on column archive.agreement.person     is 'record.person: the number that stands or stood for the person';
comment on column archive.agreement.id         is 'none: the agreement''s own number';
comment on column archive.agreement.shelf      is 'none: which key opens it';
comment on column archive.agreement.content    is 'customer.agreement: what was agreed, and with whom';
comment on column archive.agreement.year_ended is 'none: when the fiscal year after it began';
comment on column archive.agreement.told       is 'none: number of the receipt by which an erased person was told that it stays';

-- An issued record is corrected by a new one. All that may be added to a row is which receipt told of it, once.
create function archive.refuse_change() returns trigger language plpgsql as $$
begin
  if (new.person, new.id, new.shelf, new.content, new.year_ended)
       is distinct from (old.person, old.id, old.shelf, old.content, old.year_ended)
     or old.told is not null and new.told is distinct from old.told then
    raise exception 'what is archived is never changed' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger immutable before update on archive.entry
  for each row execute function archive.refuse_change();
create trigger immutable before update on archive.agreement
  for each row execute function archive.refuse_change();

-- A receipt that follows up an earlier one, such as when records that outlasted an erasure are gone as well.
alter table gate.receipt add column earlier uuid;
create index on gate.receipt (earlier) where earlier is not null;
comment on column gate.receipt.earlier is 'none: number of the receipt that it follows up';
