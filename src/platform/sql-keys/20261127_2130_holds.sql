-- A hold that was placed, and one that was released: rows put back from before must not be deleted against the one, nor be
-- kept for the sake of the other.
alter table keys.wish drop constraint wish_act_check;
alter table keys.wish add constraint wish_act_check check (act in ('withdraw', 'decline', 'object', 'lift-objection', 'restrict', 'lift-restriction', 'erase-item', 'end-rows', 'hold', 'release-hold'));
comment on column keys.wish.what is 'record.request: the ground of a restriction, which category or topic was ended, or which hold with its dates';
