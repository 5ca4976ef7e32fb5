-- Letters people asked for.

create schema newsletter;

-- A sign-up that its address's owner has not confirmed yet.
create table newsletter.request (
  person   uuid        not null,
  id       uuid        not null unique,
  topics   text[]      not null,
  asked_at timestamptz not null,
  primary key (person, id)
);
create index on newsletter.request (asked_at);
comment on table newsletter.request is
  'Newsletter sign-ups that wait for a confirmation [subject=person purpose=confirmation recorded=asked_at end=delete]';
comment on column newsletter.request.person   is 'record.person: who is said to have asked';
comment on column newsletter.request.id       is 'none: number of the sign-up';
comment on column newsletter.request.topics   is 'preference.topics: what was asked for';
comment on column newsletter.request.asked_at is 'record.consent: when';

-- A topic that a person gets letters about.
create table newsletter.subscription (
  person uuid        not null,
  topic  text        not null,
  since  timestamptz not null,
  primary key (person, topic)
);
comment on table newsletter.subscription is
  'Topics a person gets letters about [subject=person purpose=newsletter recorded=since end=delete]';
comment on column newsletter.subscription.person is 'record.person: who';
comment on column newsletter.subscription.topic  is 'preference.topics: about what';
comment on column newsletter.subscription.since  is 'record.consent: since when';

-- Addresses that said no. Only the keyed hash is left, so that no list brought in later wakes them.
create table newsletter.opt_out (
  hash bytea       primary key check (octet_length(hash) = 32),
  at   timestamptz not null
);
comment on table newsletter.opt_out is
  'Addresses to keep off the newsletter [subject=hash:hash purpose=newsletter recorded=at end=stays]';
comment on column newsletter.opt_out.hash is 'contact.opt-out: HMAC-SHA-256 of the address';
comment on column newsletter.opt_out.at   is 'contact.opt-out: when it opted out';
