-- Sales documents in the archive: which client they were issued to, their number in a series without gaps, and which
-- document a credit note or a payment settles. What they say stays sealed; these are the marks that they are found by.

alter table archive.entry add column kind    text check (kind in ('voucher', 'invoice', 'credit', 'payment'));
alter table archive.entry add column client  uuid;
alter table archive.entry add column number  bigint;
alter table archive.entry add column dated   date;
alter table archive.entry add column due     date;
alter table archive.entry add column settles uuid;
alter table archive.entry add column closes  boolean;
alter table archive.entry add column once    text;
create unique index entry_number on archive.entry (number) where kind in ('invoice', 'credit');
create unique index entry_payment on archive.entry (number) where kind = 'payment';
create unique index entry_once on archive.entry (once) where kind <> 'voucher';
create index on archive.entry (client, number) where client is not null;
create index on archive.entry (settles) where settles is not null;
comment on column archive.entry.kind    is 'none: invoice, credit note or payment; nothing for any other voucher';
comment on column archive.entry.client  is 'none: number of the client that it was issued to';
comment on column archive.entry.number  is 'none: its number in the series';
comment on column archive.entry.dated   is 'none: its date';
comment on column archive.entry.due     is 'none: the day it must be paid by';
comment on column archive.entry.settles is 'none: the document that a credit note or a payment settles';
comment on column archive.entry.closes  is 'none: whether nothing is left to pay of that document after it';
comment on column archive.entry.once    is 'none: what it came of, so that it is booked once';

-- The last number given out in each series. It is drawn in the transaction that books the document, so that a document
-- that is not booked takes no number (bokføringsforskriften § 5-1-3).
create table archive.series (
  series text   primary key,
  last   bigint not null
);
comment on table archive.series is 'The last number given out in each series of documents [subject=none]';
comment on column archive.series.series is 'none: which series';
comment on column archive.series.last   is 'none: its last number';
insert into archive.series values ('sale', 10000), ('payment', 0);

create or replace function archive.refuse_change() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - 'told' is distinct from to_jsonb(old) - 'told'
     or old.told is not null and new.told is distinct from old.told then
    raise exception 'what is archived is never changed' using errcode = '42501';
  end if;
  return new;
end $$;
