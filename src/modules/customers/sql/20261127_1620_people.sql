-- The list of people goes by when a profile was made or last used, page by page from where the last one ended.
create index profile_by_use on customers.profile (active_at, person);
create index profile_by_age on customers.profile (made_at, person);
drop index customers.profile_active_at_idx;
