-- The journal lets go of entries whose period is over: the oldest sealed blocks lose theirs, whole block by whole block,
-- and keep their headers, so that the chain can be followed as before.

-- The last entry of the newest block, of at most `most` that still have entries, up to which every one is past its date
-- at `moment`; null when none is. A block is past its date when the period is over since it was sealed and since its
-- newest entry: whoever writes an entry chooses its moment, but the seal's is signed.
create function journal.past_until(moment timestamptz, period interval, most integer) returns bigint
language plpgsql stable set search_path = '' as $$
begin
  return (
    select max(b.last_id) from (
      select c.last_id, bool_and(
               ((c.sealed_at at time zone 'Europe/Oslo' + period) at time zone 'Europe/Oslo') <= moment
               and not exists (
                 select from journal.entry e where e.id between c.first_id and c.last_id
                    and ((e.at at time zone 'Europe/Oslo' + period) at time zone 'Europe/Oslo') > moment)
             ) over (order by c.last_id) as past
        from (select k.first_id, k.last_id, k.sealed_at from journal.block k
               where k.last_id >= (select min(e.id) from journal.entry e) order by k.last_id limit most) c) b
     where b.past);
end $$;

-- Takes the entries of the blocks that are past their date, oldest first, and says how many those were. Runs with its
-- owner's rights, and only the role keep may call it.
create function journal.age(moment timestamptz, period interval, most integer) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  last bigint := journal.past_until(moment, period, most);
  gone bigint;
begin
  delete from journal.entry e where e.id <= last;
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke all on function journal.age from public;

-- Entries leave by journal.age and by nothing else: there whoever is logged in is another than whose rights are used.
-- So the owner's own delete is refused as well; what an owner can always do is take the trigger off, which shows.
create function journal.refuse_unless_aged() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and session_user <> current_user
     and current_user = (select pg_catalog.pg_get_userbyid(c.relowner) from pg_catalog.pg_class c where c.oid = tg_relid)
  then
    return null;
  end if;
  raise exception 'the journal can be added to and not changed' using errcode = '42501';
end $$;
drop trigger append_only on journal.entry;
create trigger append_only before update or delete or truncate on journal.entry
  for each statement execute function journal.refuse_unless_aged();
