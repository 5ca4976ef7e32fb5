-- Whoever acts may be another system, with a key of its own: the journal says so, and by which.
alter table journal.entry drop constraint entry_actor_check;
alter table journal.entry add constraint entry_actor_check
  check (actor in ('person', 'staff', 'system', 'visitor', 'integration')) not valid;
comment on column journal.entry.actor_id is
  'record.log: number of the staff member or person who acted, or of the key that did';
