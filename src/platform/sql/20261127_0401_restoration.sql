-- Backups put back here. Until a row says when its replay was done, nothing is served: what people had asked for since
-- the backup was taken is not yet so again.
create table platform.restoration (
  id          uuid        primary key default gen_random_uuid(),
  kind        text        not null check (kind in ('main', 'keys')),
  backup      text        not null,
  taken_at    timestamptz not null,
  restored_at timestamptz not null,
  table_count int         not null,
  row_count   bigint      not null,
  known_block bigint,
  known_hash  bytea,
  replayed_at timestamptz,
  replayed    text
);
comment on table platform.restoration is 'Backups that were restored here, and whether what came after them was replayed [subject=none]';
comment on column platform.restoration.id          is 'none: the row''s own number';
comment on column platform.restoration.kind        is 'none: which database was put back';
comment on column platform.restoration.backup      is 'none: SHA-256 of the backup''s manifest';
comment on column platform.restoration.taken_at    is 'none: when the backup was taken';
comment on column platform.restoration.restored_at is 'none: when it was put back';
comment on column platform.restoration.table_count is 'none: how many tables it had';
comment on column platform.restoration.row_count   is 'none: how many rows it had';
comment on column platform.restoration.known_block is 'none: newest block of the journal that was noted apart from it, lost or not';
comment on column platform.restoration.known_hash  is 'none: hash of that block';
comment on column platform.restoration.replayed_at is 'none: when what came after the backup had been replayed';
comment on column platform.restoration.replayed    is 'none: how much was replayed, counts as JSON';
