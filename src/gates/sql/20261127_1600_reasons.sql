-- Why somebody of the staff looked at a person, where the purpose asks for a reason: one of a closed list, never words of
-- their own, since the journal can hold nothing on anyone.
alter table journal.entry add column reason text
  check (reason in ('asked', 'request', 'agreement', 'error', 'security', 'duty'));
comment on column journal.entry.reason is 'record.log: why, where a reason was asked for';
