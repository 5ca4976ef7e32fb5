-- How far the feeds of third parties have been followed: what they change or remove is changed and removed here too.
create table gate.feed (
  source      text        primary key,
  cursor      text,
  followed_at timestamptz not null
);
comment on table gate.feed is 'How far the feeds of third parties have been followed [subject=none]';
comment on column gate.feed.source      is 'none: which third party, by its name in the statement';
comment on column gate.feed.cursor      is 'none: the last of its changes that was carried out; null while none was';
comment on column gate.feed.followed_at is 'none: up to which moment';
