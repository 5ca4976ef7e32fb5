-- Many erasures are decided in one statement, and looked at as one: whether a hold stands on any of those people. The rows
-- are there by then, so whoever places a hold meanwhile either waits for the lock taken here and finds them, or had it
-- first and is found.
drop trigger refuse_held on gate.erasure;
create or replace function gate.refuse_held() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform from added a join vault.person p on p.person = a.person order by p.person for key share of p;
  if exists (select from added a join gate.hold h on h.person = a.person
              where h.released_at is null and (h.until is null or h.until > a.decided_at)) then
    raise exception 'a hold stands' using errcode = 'HJ002';
  end if;
  return null;
end $$;
create trigger refuse_held after insert on gate.erasure referencing new table as added
  for each statement execute function gate.refuse_held();
