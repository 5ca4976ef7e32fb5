-- At most fifty keys of the operator's, or of one client's, stand at once: as many as can be looked after. Whoever makes one
-- waits for whoever else does, by one lock for them all, so that neither of two that come at once misses the other; keys are
-- made too seldom for anybody to notice.
create function integrations.refuse_too_many() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(7254070);
  if exists (
    select from (select a.client, max(a.made_at) as at from added a group by a.client) made
     where 50 < (select count(*) from integrations.token t
                  where t.client is not distinct from made.client and t.expires_at > made.at
                    and not exists (select from integrations.token_end e where e.person = t.person and e.token = t.id))
  ) then
    raise exception 'too many keys stand' using errcode = 'HJ005';
  end if;
  return null;
end $$;
create trigger refuse_too_many after insert on integrations.token referencing new table as added
  for each statement execute function integrations.refuse_too_many();
