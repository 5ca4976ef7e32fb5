import { test } from 'node:test';
import { catches, type Twin } from '#test/stage.ts';
import { visits } from '#test/visits.ts';

/** Each promise about what is kept in days, and what stays of it, broken on purpose. */
const PAST = 'Nothing is kept past its date by the storage rule behaviour';
const DAYS = 'one part for each day';
const BACK = 'No column of a table without people';
const FEW = 'No figure is kept of fewer people';
const UNDECLARED = 'No table and no column is undeclared';
const ROLES = 'Roles that serve own nothing';
const MADE = 'The database lets nobody change the journal';

const twins: readonly Twin[] = [
  {
    title: 'k.behaviour-18-months: an event of a day that was due yesterday is found',
    breaks: async ({ sql, people }) => {
      await visits(sql, [{ person: people.kari!, at: new Date('2025-05-21T10:00:00Z') }]);
    },
    finds: { [PAST]: /^analytics\.event past its date \(behaviour\)$/ },
  },
  {
    title: 'k.behaviour-18-months: a part that takes whatever no day takes is found',
    breaks: ({ sql }) => sql('create table analytics.rest partition of analytics.event default'),
    finds: { [DAYS]: /^analytics\.event has a part that is no day$/ },
  },
  {
    title: 'k.behaviour-18-months: a part that is a month long is found',
    breaks: ({ sql }) =>
      sql(
        `create table analytics.long partition of analytics.event for values from ('2026-01-01 00:00+01') to ('2026-02-01 00:00+01')`,
      ),
    finds: { [DAYS]: /part that is no day/ },
  },
  {
    title: 'k.behaviour-18-months: a day that somebody was given a right to by itself is found',
    breaks: ({ sql, prefix }) => sql(`grant select on analytics.event_20261120 to ${prefix}_find`),
    finds: { [DAYS]: /rights of its own$/ },
  },
  {
    title: 'k.behaviour-18-months: a day put aside from its table is found',
    breaks: ({ sql }) => sql('alter table analytics.event detach partition analytics.event_20261120'),
    finds: {
      [UNDECLARED]: /^analytics\.event_20261120/,
      'No column of any table holds': /^analytics\.event_20261120\.network could not be looked at$/,
      'No unmasked network address': /could not be looked at$/,
      'No table refers to a person': /could not be looked at/,
    },
  },
  {
    title: '0.purpose: a role that may drop days though it only adds is found',
    breaks: ({ sql, prefix }) =>
      sql(`grant execute on function analytics.event_drop_days to ${prefix}_collect, ${prefix}_statistics`),
    finds: {
      [ROLES]:
        /^p\w+_statistics may run analytics\.event_drop_days.*; p\w+_collect may run analytics\.event_drop_days/,
    },
  },
  {
    title: 'k.anonymise: a figure of fewer people than the statement says is found',
    breaks: ({ sql }) => sql(`update analytics.page_month set people = 3`),
    finds: { [FEW]: /^analytics\.page_month has a group of fewer than 10 \(3\)$/ },
  },
  {
    title: 'k.anonymise: a month that was added to after it was counted is found',
    breaks: ({ sql }) => sql(`insert into analytics.page_month values ('2026-09-01', '/om', 11)`),
    finds: { [FEW]: /added to or changed afterwards$/ },
  },
  {
    title: 'k.anonymise: figures of a month that was never counted are found',
    breaks: ({ sql }) => sql(`insert into analytics.page_month values ('2026-08-01', '/om', 11)`),
    finds: { [FEW]: /never counted$/ },
  },
  {
    title: 'k.anonymise: a column that could tell people apart is found',
    breaks: ({ sql }) =>
      sql(`alter table analytics.page_month add column who uuid;
           comment on column analytics.page_month.who is 'none: who knows'`),
    finds: {
      [BACK]:
        /^analytics\.page_month\.who can tell one person from another; analytics\.page_month\.who is no group/,
      [UNDECLARED]: /^analytics\.page_month\.who: a roll-up holds groups/,
    },
  },
  {
    title: 'k.anonymise: a running number, which tells who came first, is found',
    breaks: ({ sql }) =>
      sql(`alter table analytics.page_month add column place integer generated always as identity;
           comment on column analytics.page_month.place is 'none: place'`),
    finds: { [BACK]: /place can tell one person from another/, [UNDECLARED]: /place: a roll-up/ },
  },
  {
    title: 'k.anonymise: a value finer than the table says is found',
    breaks: ({ sql }) =>
      sql(`update analytics.page_month set page = '/kurs/10431', month = '2026-09-01' where page = '/kurs';
           update analytics.page_month set people = people`),
    finds: { [BACK]: /^analytics\.page_month holds something finer than it says$/ },
  },
  {
    title: 'k.anonymise: a reference out of an anonymous table is found',
    breaks: ({ sql }) =>
      sql(`alter table analytics.word add constraint w unique (word);
           alter table analytics.page_month add foreign key (page) references analytics.word (word) not valid`),
    finds: { [BACK]: /^analytics\.page_month refers to another table/ },
  },
  {
    title: 'k.anonymise: a trigger that copies figures elsewhere is found',
    breaks: ({ sql }) =>
      sql(`create function analytics.copy() returns trigger language plpgsql as $$ begin return new; end $$;
           create trigger copy before insert on analytics.page_month for each row execute function analytics.copy()`),
    finds: { [BACK]: /does something more when it is written to$/, [MADE]: /./ },
  },
  {
    title: 'k.anonymise: a second count of the same people is found',
    breaks: ({ sql, prefix }) =>
      sql(`create table analytics.system_month (month date not null, system text, people integer not null);
           comment on table analytics.system_month is 'Systems [subject=none rolls-up=analytics.event]';
           comment on column analytics.system_month.month is 'none: month [month of at]';
           comment on column analytics.system_month.system is 'none: system [family of system]';
           comment on column analytics.system_month.people is 'none: how many [people]';
           grant select on analytics.system_month to ${prefix}_proof`),
    finds: { [UNDECLARED]: /a second roll-up of analytics\.event/ },
  },
];

for (const twin of twins) test(twin.title, () => catches(twin));
