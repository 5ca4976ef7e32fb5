-- For which client a query asks: a setting of its own transaction. Row policies ask it where a purpose is used for one
-- client at a time. Nothing while it was not said, and nothing is no client's.
create function gate.client() returns uuid language sql stable as $$
select nullif(current_setting('hjemmel.client', true), '')::uuid
$$;

-- A letter may be about a client: its purpose then sees that client's people alone.
alter table mail.letter add column client uuid;
comment on column mail.letter.client is 'none: the client that it is about';
