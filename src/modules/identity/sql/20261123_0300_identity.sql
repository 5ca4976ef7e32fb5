-- How a person is let in. No address and no token is kept here: a token carries its own proof, and the address is
-- in the vault.

create schema identity;

-- A one-time link that was asked for. It is spent when a session names it.
create table identity.link (
  person     uuid        not null,
  id         uuid        not null unique,
  asked_at   timestamptz not null,
  expires_at timestamptz not null,
  primary key (person, id)
);
comment on table identity.link is
  'Sign-in links mailed to a person [subject=person purpose=sign-in recorded=asked_at end=delete]';
comment on column identity.link.person     is 'record.person: who asked';
comment on column identity.link.id         is 'none: number of the link';
comment on column identity.link.asked_at   is 'access.sign-in: when it was asked for';
comment on column identity.link.expires_at is 'access.sign-in: when it stops working';

-- A signed-in browser. The link's number is unique: a link opens one session and no more.
create table identity.session (
  person     uuid        not null,
  id         uuid        not null unique,
  link       uuid        not null unique,
  began_at   timestamptz not null,
  expires_at timestamptz not null,
  primary key (person, id)
);
comment on table identity.session is
  'Browsers a person is signed in with [subject=person purpose=sign-in recorded=began_at end=delete]';
comment on column identity.session.person     is 'record.person: who';
comment on column identity.session.id         is 'none: number of the session';
comment on column identity.session.link       is 'none: the link that opened it';
comment on column identity.session.began_at   is 'access.sign-in: since when';
comment on column identity.session.expires_at is 'access.sign-in: until when at the latest';

-- A session that was ended before its time.
create table identity.sign_out (
  person  uuid        not null,
  session uuid        not null,
  at      timestamptz not null,
  primary key (person, session)
);
comment on table identity.sign_out is
  'Sessions a person has ended [subject=person purpose=sign-in recorded=at end=delete]';
comment on column identity.sign_out.person  is 'record.person: who';
comment on column identity.sign_out.session is 'none: which session';
comment on column identity.sign_out.at      is 'access.sign-in: when';

-- Who of the operator's own people may do what.
create table identity.staff (
  person     uuid        not null,
  role       text        not null check (role in ('privacy', 'marketing', 'courses', 'support', 'finance', 'administrator')),
  granted_at timestamptz not null,
  primary key (person, role)
);
comment on table identity.staff is
  'Roles of the operator''s own people [subject=person purpose=sign-in recorded=granted_at end=delete]';
comment on column identity.staff.person     is 'record.person: who';
comment on column identity.staff.role       is 'access.level: which role';
comment on column identity.staff.granted_at is 'access.level: since when';
