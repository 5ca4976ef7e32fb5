-- People are found by their whole name as they are by an address: by a keyed hash, and by nothing that can be read.
alter table vault.lookup drop constraint lookup_kind_check,
  add constraint lookup_kind_check check (kind in ('email', 'phone', 'name'));
create index lookup_name on vault.lookup (hash) where kind = 'name';
comment on column vault.lookup.kind is 'none: e-mail, phone or name';
comment on column vault.lookup.hash is 'contact.lookup: HMAC-SHA-256 of the normalised address or name';
