-- How the solution is used, by people who have said yes to statistics.

create schema analytics;

-- Paths of pages and links, and names of browsers and systems, once each: an event holds their numbers, so that it is
-- small and each word is looked through once by the proof. Whoever writes events asks for the numbers anew each day.
create table analytics.word (
  id      integer generated always as identity primary key,
  word    text    not null unique,
  seen_on date    not null
);
comment on table analytics.word is 'Words that events have in common, once each [subject=none]';
comment on column analytics.word.id      is 'none: number of the word';
comment on column analytics.word.word    is 'none: a path, a link, a browser or a system; whose it was is not here';
comment on column analytics.word.seen_on is 'none: the last day on which anybody''s event used it';

-- One page opened or one link pressed. Kept in days, and found by person: the index holds a visitor's number once for all
-- of a day's events. The address has lost its last part before it comes here, and the check refuses one that has not.
create table analytics.event (
  at      timestamptz not null,
  person  uuid        not null,
  page    integer,
  link    integer,
  browser integer,
  system  integer,
  network cidr check (masklen(network) <= case family(network) when 4 then 24 else 48 end)
) partition by range (at);
-- Nothing here is long enough to be stored elsewhere, and so no day needs a second table for that.
alter table analytics.event alter column network set storage plain;
create index on analytics.event (person);
comment on table analytics.event is
  'Pages opened and links pressed [subject=person purpose=statistics recorded=at end=delete]';
comment on column analytics.event.at      is 'none: when it happened';
comment on column analytics.event.person  is 'record.person: who, or the visitor that a browser stands for';
comment on column analytics.event.page    is 'behaviour.pages: the page [in analytics.word]';
comment on column analytics.event.link    is 'behaviour.links: the link that was pressed there [in analytics.word]';
comment on column analytics.event.browser is 'device.browser: name and version [in analytics.word]';
comment on column analytics.event.system  is 'device.system: name and version [in analytics.word]';
comment on column analytics.event.network is 'network.address-masked: the network, without its last part';

create function analytics.event_make_days(first date, last date) returns integer
language plpgsql security definer set search_path = '' as $$
begin return platform.make_days('analytics.event', first, last); end $$;
revoke all on function analytics.event_make_days from public;

create function analytics.event_drop_days(before date, kept uuid[]) returns integer
language plpgsql security definer set search_path = '' as $$
declare gone integer;
begin
  gone := platform.drop_days('analytics.event', 'person', before, kept);
  -- A word leaves with the last day that used it.
  delete from analytics.word w where w.seen_on < before
     and not exists (select from analytics.event e where e.at < before::timestamp at time zone 'Europe/Oslo');
  return gone;
end $$;
revoke all on function analytics.event_drop_days from public;

-- Numbers of words, made where they are new. For whoever may add events and not read them.
create function analytics.word_ids(wanted text[], day date) returns table (word text, id integer)
language plpgsql security definer set search_path = '' as $$
begin
  return query
    insert into analytics.word as w (word, seen_on) select distinct t, day from unnest(wanted) t order by 1
    on conflict on constraint word_word_key do update set seen_on = greatest(w.seen_on, excluded.seen_on)
    returning w.word, w.id;
end $$;
revoke all on function analytics.word_ids from public;

-- What stays of the events when they are gone.
create table analytics.page_month (
  month  date    not null,
  page   text,
  people integer not null,
  unique nulls not distinct (month, page)
);
comment on table analytics.page_month is
  'How many people opened each part of the site, month by month [subject=none rolls-up=analytics.event]';
comment on column analytics.page_month.month  is 'none: the month, by its first day [month of at]';
comment on column analytics.page_month.page   is 'none: first part of the path; empty for all the others together [first-segment of page]';
comment on column analytics.page_month.people is 'none: how many different people [people]';
