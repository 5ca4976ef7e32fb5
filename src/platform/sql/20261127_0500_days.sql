-- Tables kept in days: one partition a calendar day in Oslo, so that letting a day go costs one DROP whatever it holds.
--
-- The roles that serve own no table, so each such table `schema.name` has two functions that run with their owner's
-- rights, `schema.name_make_days(first, last)` and `schema.name_drop_days(before, kept)`; the two below do the work for
-- them and can be called by nobody else. They take dates and numbers, never names or SQL.

-- Makes the days from `first` to `last` that are missing; answers with how many. A day is made beside the table and then
-- attached, which lets others read and write meanwhile. There is no default partition: each new day would have to look
-- through it, and rows in it would outlast their day.
create function platform.make_days(parent regclass, first date, last date) returns integer
language plpgsql set search_path = '' as $$
declare
  folder text; called text; day date; part text; made integer := 0;
begin
  if last - first > 4000 then raise exception 'too many days at once' using errcode = '22023'; end if;
  select n.nspname, c.relname into folder, called
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.oid = parent;
  for day in select d::date from pg_catalog.generate_series(first::timestamp, last::timestamp, '1 day') d loop
    part := called || pg_catalog.to_char(day, '_YYYYMMDD');
    continue when pg_catalog.to_regclass(pg_catalog.format('%I.%I', folder, part)) is not null;
    -- Whoever comes second waits here, and then finds the day made: in the table itself, since names are remembered.
    perform pg_catalog.pg_advisory_xact_lock(7254020);
    continue when exists (select from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                           where n.nspname = folder and c.relname = part);
    perform platform.make_day(parent, folder, part, day);
    made := made + 1;
  end loop;
  return made;
end $$;

create function platform.make_day(parent regclass, folder text, part text, day date) returns void
language plpgsql set search_path = '' as $$
begin
  execute pg_catalog.format('create table %I.%I (like %s including defaults including constraints including storage including compression)',
    folder, part, parent);
  execute pg_catalog.format('alter table %s attach partition %I.%I for values from (%L) to (%L)', parent, folder, part,
    day::timestamp at time zone 'Europe/Oslo', (day + 1)::timestamp at time zone 'Europe/Oslo');
end $$;

-- Lets go of every part that ends before the day `before` begins; answers with how many went. Rows of the people in
-- `kept` (restricted, or under a hold) stay: such a day is made anew with them alone.
create function platform.drop_days(parent regclass, subject name, before date, kept uuid[]) returns integer
language plpgsql set search_path = '' as $$
declare
  part record; held boolean; others boolean; spare text; gone integer := 0;
begin
  for part in
    select n.nspname as folder, c.relname as called,
           (pg_catalog.regexp_match(pg_catalog.pg_get_expr(c.relpartbound, c.oid), 'FROM \(''([^'']+)''\)'))[1] as low,
           (pg_catalog.regexp_match(pg_catalog.pg_get_expr(c.relpartbound, c.oid), 'TO \(''([^'']+)''\)'))[1] as high
      from pg_catalog.pg_inherits i join pg_catalog.pg_class c on c.oid = i.inhrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where i.inhparent = parent order by c.relname
  loop
    continue when part.high is null or part.high::timestamptz > before::timestamp at time zone 'Europe/Oslo';
    held := false;
    if pg_catalog.cardinality(kept) > 0 then
      execute pg_catalog.format('select exists (select from %I.%I where %I = any($1)), exists (select from %I.%I where %I <> all($1))',
        part.folder, part.called, subject, part.folder, part.called, subject) into held, others using kept;
      continue when held and not others;
    end if;
    if held then
      spare := part.called || '_kept';
      execute pg_catalog.format('create table %I.%I (like %s including defaults including constraints including storage including compression)',
        part.folder, spare, parent);
      execute pg_catalog.format('insert into %I.%I select * from %I.%I where %I = any($1)',
        part.folder, spare, part.folder, part.called, subject) using kept;
    end if;
    execute pg_catalog.format('drop table %I.%I', part.folder, part.called);
    if held then
      execute pg_catalog.format('alter table %I.%I rename to %I', part.folder, spare, part.called);
      execute pg_catalog.format('alter table %s attach partition %I.%I for values from (%L) to (%L)', parent, part.folder, part.called,
        part.low, part.high);
    end if;
    gone := gone + 1;
  end loop;
  return gone;
end $$;

revoke all on function platform.make_days from public;
revoke all on function platform.make_day from public;
revoke all on function platform.drop_days from public;
