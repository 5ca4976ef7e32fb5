-- The list of clients goes by when one began or ended, page by page from where the last one ended.
create index client_by_age on customers.client (begun_at, client) where ended_at is null;
create index departure_by_end on customers.departure (ended_at, client) where level = 'owner';

-- A client is found by the whole number or the whole name of the company, also while it can be taken up again.
alter table customers.client add column name_hash bytea check (octet_length(name_hash) = 32);
alter table customers.departure add column number_hash bytea check (octet_length(number_hash) = 32);
alter table customers.departure add column name_hash bytea check (octet_length(name_hash) = 32);
create index on customers.client (name_hash);
create index on customers.departure (number_hash);
create index on customers.departure (name_hash);
-- Those recorded before have none until the next start, which looks for them here.
create index client_unnamed on customers.client (id) where name_hash is null and name is not null;
create index departure_unnamed on customers.departure (id) where name_hash is null and name is not null;
create index departure_unnumbered on customers.departure (id) where number_hash is null and number is not null;
comment on column customers.client.name_hash      is 'company.identity: keyed hash of its name, for finding it';
comment on column customers.departure.number_hash is 'company.identity: keyed hash of the organisation number, for finding it';
comment on column customers.departure.name_hash   is 'company.identity: keyed hash of its name, for finding it';
