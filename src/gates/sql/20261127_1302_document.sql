-- Every version of the agreements that clients accept, as it was applied: bound to the rules of that day.
create table statement.document (
  document    text        not null check (document in ('agreement', 'dpa')),
  version     text        not null,
  updated     text        not null,
  fingerprint text        not null,
  bound       text        not null,
  applied_at  timestamptz not null,
  primary key (document, version)
);
comment on table statement.document is 'Versions of the agreements that clients accept, as applied [subject=none]';
comment on column statement.document.document    is 'none: agreement, or dpa for the data-processing agreement';
comment on column statement.document.version     is 'none: version and revision';
comment on column statement.document.updated     is 'none: date of the last update';
comment on column statement.document.fingerprint is 'none: SHA-256 over both texts';
comment on column statement.document.bound       is 'none: the text in both languages, with its facts, JSON';
comment on column statement.document.applied_at  is 'none: when it came into force';
create trigger immutable before update or delete on statement.document
  for each row execute function statement.refuse_change();
