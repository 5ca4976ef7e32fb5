-- A few acts of the log are looked for one by one in every proof; nearly all its entries are others.
create index on journal.entry (at) where gate = 'answer' and act in ('hold', 'hold-untold', 'restrict');
create index on journal.entry (at) where gate = 'statement';
