-- Rows come in the order of time, so that a summary of each stretch of a table tells which of them hold anything old:
-- what is past its date is found without reading the rest, for next to nothing when a row is written.
create index on mail.letter using brin (queued_at) with (pages_per_range = 16);
create index on mail.end_notice using brin (at);
create index on consent.event using brin (at) with (pages_per_range = 16);
create index on gate.receipt using brin (at) with (pages_per_range = 16);
create index on gate.erasure using brin (done_at) with (pages_per_range = 16);
create index on gate.erasure using brin (decided_at) with (pages_per_range = 16);
