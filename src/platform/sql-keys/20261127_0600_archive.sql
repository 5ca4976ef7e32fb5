-- One key a shelf of the archive (what one fiscal year holds of one kind), wrapped by a master key. It outlives the
-- people named on the shelf; deleting the row destroys the shelf everywhere at once.
create table keys.archive_key (
  shelf      uuid        primary key,
  wrapped    bytea       not null,
  master     text        not null,
  created_at timestamptz not null
);

comment on table keys.archive_key is 'The key that opens what lies on a shelf of the archive [subject=none]';
comment on column keys.archive_key.shelf      is 'none: which shelf';
comment on column keys.archive_key.wrapped    is 'none: the key, wrapped by a master key';
comment on column keys.archive_key.master     is 'none: id of the master key that wraps it';
comment on column keys.archive_key.created_at is 'none: when it was made';
