-- Companies as clients: who owns the account, who uses it and with which access level, what was agreed and which modules
-- are in use. Rows that are the company's are the owner's rows, and go along when the ownership is handed over.

-- A company with an account. Open while it runs.
create table customers.client (
  person      uuid         not null,
  id          uuid         not null,
  client      uuid         not null,
  name        vault.sealed,
  number      vault.sealed,
  place       vault.sealed,
  number_hash bytea        check (octet_length(number_hash) = 32),
  begun_at    timestamptz  not null,
  ended_at    timestamptz,
  primary key (person, id)
);
create unique index client_once on customers.client (client) where ended_at is null;
create index on customers.client (client);
create index on customers.client (number_hash);
create index on customers.client (ended_at) where ended_at is not null;
comment on table customers.client is
  'Companies with an account, each with its owner [subject=person client=client follows=owner purpose=agreement recorded=begun_at last-module-ended=ended_at end=delete]';
comment on column customers.client.person      is 'record.person: who owns the account';
comment on column customers.client.id          is 'none: the row''s own number';
comment on column customers.client.client      is 'none: number of the client';
comment on column customers.client.name        is 'company.identity: what the company is called';
comment on column customers.client.number      is 'company.identity: its organisation number';
comment on column customers.client.place       is 'company.place: where it is';
comment on column customers.client.number_hash is 'company.identity: keyed hash of the organisation number, for finding it';
comment on column customers.client.begun_at    is 'company.identity: when it became a client';
comment on column customers.client.ended_at    is 'company.identity: when its last module ended';

-- Who uses a client's account, its owner too. Open while they do.
create table customers.member (
  person   uuid        not null,
  id       uuid        not null,
  client   uuid        not null,
  level    text        not null,
  since    timestamptz not null,
  ended_at timestamptz,
  primary key (person, id)
);
create unique index member_once on customers.member (person, client) where ended_at is null;
create unique index member_owner on customers.member (client) where level = 'owner' and ended_at is null;
create index on customers.member (client, person);
create index on customers.member (ended_at) where ended_at is not null;
comment on table customers.member is
  'Users of a client''s account [subject=person users=client purpose=agreement recorded=since agreement-ended=ended_at last-module-ended=ended_at end=delete]';
comment on column customers.member.person   is 'record.person: who';
comment on column customers.member.id       is 'none: the row''s own number';
comment on column customers.member.client   is 'none: of which client';
comment on column customers.member.level    is 'access.level: with which access level';
comment on column customers.member.since    is 'access.level: since when';
comment on column customers.member.ended_at is 'access.level: until when';

-- Access levels that a client has made for itself, beside those that every client has.
create table customers.level (
  person  uuid         not null,
  id      uuid         not null,
  client  uuid         not null,
  name    vault.sealed not null,
  rights  text[]       not null,
  made_at timestamptz  not null,
  primary key (person, id)
);
create index on customers.level (client, id);
comment on table customers.level is
  'Access levels of a client''s own [subject=person client=client follows=owner purpose=agreement recorded=made_at end=delete]';
comment on column customers.level.person  is 'record.person: who owns the account';
comment on column customers.level.id      is 'none: number of the level';
comment on column customers.level.client  is 'none: of which client';
comment on column customers.level.name    is 'access.level: what it is called';
comment on column customers.level.rights  is 'access.level: what it gives the right to do';
comment on column customers.level.made_at is 'access.level: when it was made';

-- Somebody who has been asked to be a user and has not answered.
create table customers.invitation (
  person   uuid        not null,
  id       uuid        not null unique,
  client   uuid        not null,
  level    text        not null,
  by       uuid        not null,
  asked_at timestamptz not null,
  primary key (person, id)
);
create index on customers.invitation (client, asked_at);
create index on customers.invitation (asked_at);
comment on table customers.invitation is
  'Invitations that wait for an answer [subject=person users=client purpose=invitation recorded=asked_at end=delete]';
comment on column customers.invitation.person   is 'record.person: who was invited';
comment on column customers.invitation.id       is 'none: number of the invitation';
comment on column customers.invitation.client   is 'none: to which client';
comment on column customers.invitation.level    is 'access.level: with which access level';
comment on column customers.invitation.by       is 'access.level: number of the user who asked';
comment on column customers.invitation.asked_at is 'access.level: when';

-- Which version of which document was accepted for a client, and by whom.
create table customers.acceptance (
  person   uuid        not null,
  id       uuid        not null,
  client   uuid        not null,
  by       uuid        not null,
  document text        not null check (document in ('agreement', 'dpa')),
  version  text        not null,
  at       timestamptz not null,
  primary key (person, id)
);
create index on customers.acceptance (client);
comment on table customers.acceptance is
  'Versions of the agreement and of the data-processing agreement that were accepted for a client [subject=person client=client follows=owner purpose=agreement recorded=at end=delete]';
comment on column customers.acceptance.person   is 'record.person: who owns the account';
comment on column customers.acceptance.id       is 'none: the row''s own number';
comment on column customers.acceptance.client   is 'none: for which client';
comment on column customers.acceptance.by       is 'customer.agreement: number of the user who accepted';
comment on column customers.acceptance.document is 'customer.agreement: agreement, or dpa for the data-processing agreement';
comment on column customers.acceptance.version  is 'customer.agreement: which version';
comment on column customers.acceptance.at       is 'customer.agreement: when';

-- An ownership that is offered to another user, until they take it over or it is taken back.
create table customers.offer (
  person     uuid        not null,
  id         uuid        not null,
  client     uuid        not null unique,
  by         uuid        not null,
  offered_at timestamptz not null,
  primary key (person, id)
);
comment on table customers.offer is
  'Ownership offered to another user of the client [subject=person client=client purpose=agreement recorded=offered_at end=delete]';
comment on column customers.offer.person     is 'record.person: to whom';
comment on column customers.offer.id         is 'none: number of the offer';
comment on column customers.offer.client     is 'none: of which client';
comment on column customers.offer.by         is 'access.level: number of the owner who offered';
comment on column customers.offer.offered_at is 'access.level: when';

-- What a user did with the client's account. It is theirs: it leaves with their membership.
create table customers.event (
  person uuid        not null,
  id     uuid        not null,
  client uuid        not null,
  act    text        not null,
  about  uuid,
  what   text,
  at     timestamptz not null,
  primary key (person, id)
);
create index on customers.event (client, at, id);
comment on table customers.event is
  'What users did with the account of their client [subject=person client=client purpose=agreement recorded=at end=delete]';
comment on column customers.event.person is 'record.person: who did it';
comment on column customers.event.id     is 'none: the row''s own number';
comment on column customers.event.client is 'none: with which client';
comment on column customers.event.act    is 'access.level: what was done';
comment on column customers.event.about  is 'access.level: number of the user it was done to';
comment on column customers.event.what   is 'none: the module, level or version it was about';
comment on column customers.event.at     is 'access.level: when';

-- Agreements, modules and ended subscriptions had a person and no client: each is made one, with that person for owner.
alter table customers.agreement add column client uuid;
alter table customers.agreement add column company vault.sealed;
alter table customers.module add column client uuid;
alter table customers.departure add column client uuid;
alter table customers.departure add column level text not null default 'owner';
alter table customers.departure alter column level drop default;
alter table customers.departure add column name vault.sealed;
alter table customers.departure add column number vault.sealed;
alter table customers.departure add column place vault.sealed;
update customers.agreement set client = id;
update customers.departure set client = id;
update customers.module m
   set client = coalesce((select a.client from customers.agreement a where a.person = m.person order by a.begun_at desc limit 1), m.id);
insert into customers.client (person, id, client, begun_at, ended_at)
  select person, client, client, begun_at, ended_at from customers.agreement;
insert into customers.member (person, id, client, level, since, ended_at)
  select person, client, client, 'owner', begun_at, ended_at from customers.agreement;
alter table customers.agreement alter column client set not null;
alter table customers.module alter column client set not null;
alter table customers.departure alter column client set not null;
create index on customers.agreement (client);
create index on customers.module (client);
create unique index module_once on customers.module (client, module) where ended_at is null;
create index on customers.departure (client);

comment on table customers.agreement is
  'Agreements that run, and those that have just ended [subject=person client=client follows=owner purpose=agreement recorded=begun_at agreement-ended=ended_at end=delete]';
comment on column customers.agreement.client  is 'none: with which client';
comment on column customers.agreement.company is 'customer.agreement: the company it is with';
comment on table customers.module is
  'Modules in use, and those that have just ended [subject=person client=client follows=owner purpose=agreement recorded=begun_at last-module-ended=ended_at end=delete]';
comment on column customers.module.client is 'none: of which client';
comment on table customers.departure is
  'Users of a subscription that has ended and can be taken up again [subject=person users=client purpose=resume recorded=ended_at subscription-ended=ended_at end=delete]';
comment on column customers.departure.person is 'record.person: who was a user';
comment on column customers.departure.id     is 'none: the row''s own number';
comment on column customers.departure.client is 'none: of which client';
comment on column customers.departure.ended_at is 'access.level: until when';
comment on column customers.departure.level  is 'access.level: with which access level';
comment on column customers.departure.name   is 'company.identity: what the company is called';
comment on column customers.departure.number is 'company.identity: its organisation number';
comment on column customers.departure.place  is 'company.place: where it is';

-- Access levels of the client's own, kept for the same reason and as long.
create table customers.kept_level (
  person   uuid         not null,
  id       uuid         not null,
  client   uuid         not null,
  name     vault.sealed not null,
  rights   text[]       not null,
  ended_at timestamptz  not null,
  primary key (person, id)
);
create index on customers.kept_level (client);
create index on customers.kept_level (ended_at);
comment on table customers.kept_level is
  'Access levels of a subscription that has ended and can be taken up again [subject=person client=client purpose=resume recorded=ended_at subscription-ended=ended_at end=delete]';
comment on column customers.kept_level.person   is 'record.person: who owned the account';
comment on column customers.kept_level.id       is 'none: number of the level';
comment on column customers.kept_level.client   is 'none: of which client';
comment on column customers.kept_level.name     is 'access.level: what it is called';
comment on column customers.kept_level.rights   is 'access.level: what it gave the right to do';
comment on column customers.kept_level.ended_at is 'customer.modules: when the subscription ended';

-- A client that runs has an owner: whoever owns one that others use hands it over, or ends it, before they are erased.
-- What keeping erases is past asking: its key or its last ground is gone.
create function customers.refuse_ownerless() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from added a join customers.member o on o.person = a.person and o.level = 'owner' and o.ended_at is null
              where a.asked_by <> 'keep' and exists (
                select from customers.member m
                 where m.client = o.client and m.person <> a.person and m.ended_at is null)) then
    raise exception 'a client would have no owner' using errcode = 'HJ003';
  end if;
  return null;
end $$;
create trigger refuse_ownerless after insert on gate.erasure referencing new table as added
  for each statement execute function customers.refuse_ownerless();

-- When the client itself is gone with its owner, nobody is a user of it any longer.
create function customers.end_users() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from customers.client c where c.client = old.client and c.ended_at is null) then
    update customers.member m
       set ended_at = coalesce(old.ended_at, (select e.decided_at from gate.erasure e where e.person = old.person), now())
     where m.client = old.client and m.ended_at is null;
  end if;
  return null;
end $$;
create trigger end_users after delete on customers.client
  for each row execute function customers.end_users();

-- Nobody becomes a user of a client that has ended meanwhile: whoever ends it and whoever joins see each other.
create function customers.refuse_ended() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.level <> 'owner' and new.ended_at is null then
    perform from customers.client c where c.client = new.client and c.ended_at is null for share;
    if not found then
      raise exception 'the client has ended' using errcode = 'HJ004';
    end if;
  end if;
  return new;
end $$;
create trigger refuse_ended before insert on customers.member
  for each row execute function customers.refuse_ended();
