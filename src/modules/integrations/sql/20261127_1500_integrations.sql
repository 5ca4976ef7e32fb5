-- Keys that other systems call the API by. No key is kept here: one carries its own proof, and a row says that it
-- stands, for what, and until when. Who made it answers for it, so the row is theirs and goes with them.

create schema integrations;

create table integrations.token (
  person     uuid        not null,
  id         uuid        not null unique,
  name       text        not null check (name ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(name) <= 40),
  scopes     text[]      not null,
  made_at    timestamptz not null,
  expires_at timestamptz not null,
  primary key (person, id)
);
comment on table integrations.token is
  'Keys that a person made for other systems [subject=person purpose=sign-in recorded=made_at token-expired=expires_at end=delete]';
comment on column integrations.token.person     is 'record.person: who made it';
comment on column integrations.token.id         is 'none: number of the key';
comment on column integrations.token.name       is 'access.token: which system it is for';
comment on column integrations.token.scopes     is 'access.token: purposes that it may act for';
comment on column integrations.token.made_at    is 'access.token: when it was made';
comment on column integrations.token.expires_at is 'access.token: when it stops working';

-- A key that was ended before its time; who ended it is in the journal.
create table integrations.token_end (
  person     uuid        not null,
  token      uuid        not null,
  at         timestamptz not null,
  expires_at timestamptz not null,
  primary key (person, token)
);
comment on table integrations.token_end is
  'Keys that were ended before their time [subject=person purpose=sign-in recorded=at token-expired=expires_at end=delete]';
comment on column integrations.token_end.person     is 'record.person: who made the key';
comment on column integrations.token_end.token      is 'none: which key';
comment on column integrations.token_end.at         is 'access.token: when it was ended';
comment on column integrations.token_end.expires_at is 'access.token: when it would have stopped working';

-- Days on which a key was used, and no closer: enough to see one that nobody needs, or that somebody else uses.
create table integrations.token_use (
  person     uuid        not null,
  token      uuid        not null,
  used_on    date        not null,
  expires_at timestamptz not null,
  primary key (person, token, used_on)
);
comment on table integrations.token_use is
  'Days on which a key was used [subject=person purpose=sign-in token-expired=expires_at end=delete]';
comment on column integrations.token_use.person     is 'record.person: who made the key';
comment on column integrations.token_use.token      is 'none: which key';
comment on column integrations.token_use.used_on    is 'access.token: a day on which it was used';
comment on column integrations.token_use.expires_at is 'access.token: when the key stops working';
