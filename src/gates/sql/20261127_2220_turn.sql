-- In which order documents settled an invoice: a payment that is taken back may leave something to pay again.
alter table archive.entry add column turn integer;
comment on column archive.entry.turn is 'none: its turn among those that settle the same document';
