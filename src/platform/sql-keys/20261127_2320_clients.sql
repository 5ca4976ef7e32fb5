-- What users of a client ended or changed there, row by row: whoever was let go of must not have their access back with
-- rows from before. Numbers, access levels and rights, and moments; nothing of it says who somebody is.
alter table keys.wish add column client uuid;
create index on keys.wish (client) where client is not null;
comment on column keys.wish.client is 'none: the client whose rows it is about, when it is about one';

alter table keys.wish drop constraint wish_act_check;
alter table keys.wish add constraint wish_act_check check (act in ('withdraw', 'decline', 'object', 'lift-objection', 'restrict', 'lift-restriction', 'erase-item', 'end-rows', 'hold', 'release-hold', 'set-row', 'end-row', 'hand-over'));
comment on column keys.wish.what is 'record.request: the ground of a restriction, which category or topic was ended, which hold with its dates, or which row of a client and what it was set to';
