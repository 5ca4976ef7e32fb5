-- A user of a client makes keys for it. Such a key is its maker's, works for that client alone, and is over when its maker
-- is no user there any longer; its rows then leave as those of any key that is over.
alter table integrations.token add column client uuid;
alter table integrations.token_end add column client uuid;
alter table integrations.token_use add column client uuid;
create index on integrations.token (client, made_at, id);
create index on integrations.token_end (client);
create index on integrations.token_use (client);
comment on table integrations.token is
  'Keys that a person made for other systems [subject=person client=client purpose=sign-in recorded=made_at token-expired=expires_at end=delete]';
comment on column integrations.token.client is 'none: for which client; none for the operator''s own';
comment on column integrations.token.scopes is 'access.token: purposes that it may act for, or what it may do for the client';
comment on table integrations.token_end is
  'Keys that were ended before their time [subject=person client=client purpose=sign-in recorded=at token-expired=expires_at end=delete]';
comment on column integrations.token_end.client is 'none: for which client';
comment on table integrations.token_use is
  'Days on which a key was used [subject=person client=client purpose=sign-in token-expired=expires_at end=delete]';
comment on column integrations.token_use.client is 'none: for which client';

-- Whoever stops using a client takes their keys for it along, however it came about.
create function integrations.end_keys() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update integrations.token t set expires_at = new.ended_at
   where t.person = new.person and t.client = new.client and t.expires_at > new.ended_at;
  update integrations.token_end e set expires_at = new.ended_at
   where e.person = new.person and e.client = new.client and e.expires_at > new.ended_at;
  update integrations.token_use u set expires_at = new.ended_at
   where u.person = new.person and u.client = new.client and u.expires_at > new.ended_at;
  return null;
end $$;
create trigger end_keys after update on customers.member
  for each row when (old.ended_at is null and new.ended_at is not null) execute function integrations.end_keys();

-- Nobody makes a key for a client that they have just left: whoever ends their use and they see each other.
create function integrations.refuse_strangers() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.client is not null and new.expires_at > new.made_at then
    perform from customers.member m
      where m.person = new.person and m.client = new.client and m.ended_at is null for share;
    if not found then
      raise exception 'the maker is no user of the client' using errcode = 'HJ004';
    end if;
  end if;
  return new;
end $$;
create trigger refuse_strangers before insert on integrations.token
  for each row execute function integrations.refuse_strangers();
