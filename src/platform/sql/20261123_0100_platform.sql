-- What the plumbing itself keeps: which migrations have run, and the letters that wait to go out.

create schema mail;

-- One letter to one person. It holds no address and no text: both are fetched and written when it is sent, so that
-- a letter to someone who has left, or said no meanwhile, has nothing to be sent from.
create table mail.letter (
  person     uuid        not null,
  id         uuid        not null,
  kind       text        not null,
  purpose    text        not null,
  reference  uuid,
  queued_at  timestamptz not null,
  sent_at    timestamptz,
  attempts   smallint    not null default 0,
  next_at    timestamptz not null,
  failure    text,
  primary key (person, id)
);
create index on mail.letter (next_at) where sent_at is null;

comment on table mail.letter is
  'Letters to a person, queued and sent [subject=person purpose=rights recorded=queued_at end=delete]';
comment on column mail.letter.person    is 'record.person: whom it is for';
comment on column mail.letter.id        is 'none: the letter''s own number';
comment on column mail.letter.kind      is 'record.mail: which letter it is';
comment on column mail.letter.purpose   is 'record.mail: what it is sent for';
comment on column mail.letter.reference is 'none: the row the letter is about';
comment on column mail.letter.queued_at is 'record.mail: when it was asked for';
comment on column mail.letter.sent_at   is 'record.mail: when it went out';
comment on column mail.letter.attempts  is 'none: how often sending was tried';
comment on column mail.letter.next_at   is 'none: when to try next';
comment on column mail.letter.failure   is 'none: code of the last failure';

-- Which keys database this one belongs with. Rows and keys of two installations must never meet: every person would
-- look erased, and keeping would make it true.
create table platform.installation (
  one  boolean primary key default true check (one),
  mark text    not null
);
comment on table platform.installation is 'The installation this database is part of [subject=none]';
comment on column platform.installation.one  is 'none: there is one row';
comment on column platform.installation.mark is 'none: mark of the keys database that belongs with it';
