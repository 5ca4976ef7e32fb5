-- Whoever decides on erasures and whoever touches a hold take turns, by one lock: a row lock on each of ten thousand people
-- cost more than the decision. Decisions go side by side; a hold waits for those under way and is then refused, or was
-- first, and is found by them.
create or replace function gate.refuse_held() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform pg_advisory_xact_lock_shared(7254006);
  if exists (select from added a join gate.hold h on h.person = a.person
              where h.released_at is null and (h.until is null or h.until > a.decided_at)) then
    raise exception 'a hold stands' using errcode = 'HJ002';
  end if;
  return null;
end $$;

create function gate.hold_turn() returns trigger language plpgsql security definer set search_path = '' as $$
begin perform pg_advisory_xact_lock(7254006); return null; end $$;
create trigger hold_turn before insert or update on gate.hold
  for each statement execute function gate.hold_turn();
