-- Another system may act in a user's place, with a key that the user made.
alter table customers.event add column key text;
comment on column customers.event.key is 'access.token: what the key is called that did it in their place';
comment on column customers.event.what is 'none: the module, level, version or key it was about';
