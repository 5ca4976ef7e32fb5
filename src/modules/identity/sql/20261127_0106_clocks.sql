-- As in the engine: what is past its date is found without reading the rest.
create index on identity.link using brin (asked_at) with (pages_per_range = 16);
create index on identity.session using brin (began_at) with (pages_per_range = 16);
