import { test } from 'node:test';
import { catches, type Stage, type Twin } from '#test/stage.ts';

/** Each promise about who may see what, broken on purpose. */
const role = ({ prefix }: Stage, name: string) => `${prefix}_${name}`;
const COLUMNS = 'Each purpose can read the columns';
const ROLES = 'Roles that serve own nothing';
const ROWS = 'shows a purpose only the persons';
const STRANGERS = 'Nobody has access to the database';
const SEALED = 'Sealed values can be fetched only';
const REFUSES = 'PostgreSQL itself leaves out';

const policyOf = async (house: Stage, table: string, purpose: string) => {
  const [row] = await house.sql(
    `select policyname as name from pg_policies where schemaname || '.' || tablename = $1 and $2 = any(roles)`,
    [table, role(house, purpose)],
  );
  return `"${row?.name}"`;
};

const twins: readonly Twin[] = [
  {
    title: '0.purpose: a column granted to a purpose that the statement does not give it is found',
    breaks: (house) => house.sql(`grant select (phone) on vault.person to ${role(house, 'newsletter')}`),
    finds: {
      [COLUMNS]: /^newsletter can read vault\.person\.phone$/,
      [SEALED]: /^newsletter can fetch vault\.person\.phone$/,
    },
  },
  {
    title: '0.purpose: a column that a purpose was promised and cannot read is found',
    breaks: (house) => house.sql(`revoke select (name) on vault.person from ${role(house, 'newsletter')}`),
    finds: { [COLUMNS]: /^newsletter cannot read vault\.person\.name$/ },
  },
  {
    title: '0.purpose: a right that comes by way of PUBLIC is found',
    breaks: (house) => house.sql('grant select (company) on vault.person to public'),
    finds: {
      [COLUMNS]: /newsletter can read vault\.person\.company/,
      [SEALED]: /can fetch vault\.person\.company/,
      [STRANGERS]: /anyone can read vault\.person/,
    },
  },
  {
    title: '0.purpose: a purpose that may write is found',
    breaks: (house) =>
      house.sql(`grant update (since) on newsletter.subscription to ${role(house, 'statistics')}`),
    finds: { [COLUMNS]: /^statistics can write newsletter\.subscription$/ },
  },
  {
    title: '0.purpose: a role that inherits another is found',
    breaks: (house) => house.sql(`grant ${role(house, 'customer')} to ${role(house, 'abuse')}`),
    finds: { [ROLES]: /_abuse belongs to \w+_customer$/ },
    mends: (house) => house.sql(`revoke ${role(house, 'customer')} from ${role(house, 'abuse')}`),
  },
  {
    title: '0.purpose: a role that passes by the row policies is found',
    breaks: (house) => house.sql(`alter role ${role(house, 'support')} bypassrls`),
    finds: { [ROLES]: /_support has a right above the rest$/ },
    mends: (house) => house.sql(`alter role ${role(house, 'support')} nobypassrls`),
  },
  {
    title: '0.purpose: a role that owns a table is found',
    breaks: (house) => house.sql(`alter table identity.sign_out owner to ${role(house, 'sign_in')}`),
    finds: { [ROLES]: /_sign_in owns something/, [COLUMNS]: /sign-in can write identity\.sign_out/ },
    mends: (house) => house.sql('alter table identity.sign_out owner to current_user'),
  },
  {
    title: '0.purpose: a function that lends a purpose its owner’s rights is found',
    breaks: (house) =>
      house.sql(
        `create function gate.peek() returns setof vault.person language sql security definer as 'select * from vault.person'`,
      ),
    finds: {
      [ROLES]: /may run gate\.peek with its owner's rights/,
      [REFUSES]: /gate\.peek was made by no migration/,
    },
  },
  {
    title: '0.purpose: a table of persons without row policies in force is found',
    breaks: (house) => house.sql('alter table vault.person disable row level security'),
    finds: { [ROWS]: /^vault\.person shows every row/ },
  },
  {
    title: '0.purpose: a policy that shows a purpose every row is found',
    breaks: (house) =>
      house.sql(
        `create policy all_of_them on vault.person for select to ${role(house, 'newsletter')} using (true)`,
      ),
    finds: { [ROWS]: /^vault\.person has a row policy of unknown make/, [REFUSES]: /asks another question/ },
  },
  {
    title: '0.purpose: a policy that is gone is found',
    breaks: async (house) =>
      house.sql(`drop policy ${await policyOf(house, 'vault.lookup', 'newsletter')} on vault.lookup`),
    finds: { [ROWS]: /^vault\.lookup has no row policy for \w+_newsletter$/ },
  },
  {
    title: 's.list: somebody else who may connect and read is found',
    breaks: async (house) => {
      const name = role(house, 'visitor_from_outside');
      await house.sql(`create role ${name} login`);
      const [row] = await house.sql('select current_database() as name');
      await house.sql(`grant connect on database "${row?.name}" to ${name}`);
      await house.sql(`grant usage on schema consent to ${name}; grant select on consent.event to ${name}`);
    },
    finds: {
      [STRANGERS]: /_visitor_from_outside may connect; \w+_visitor_from_outside can read consent\.event/,
    },
    mends: async (house) => {
      const name = role(house, 'visitor_from_outside');
      await house.sql(`drop owned by ${name}`);
      await house.sql(`drop role ${name}`);
    },
  },
  {
    title: 's.list: rows published for another server are found',
    breaks: (house) => house.sql('create publication everything for all tables'),
    finds: { [STRANGERS]: /^everything publishes rows/ },
  },
  {
    title: 'r.object-restrict: a policy that no longer asks for consent is found',
    breaks: async (house) => {
      const name = await policyOf(house, 'vault.person', 'newsletter');
      await house.sql(
        `alter policy ${name} on vault.person using (gate.usable(person, 'newsletter', false, true))`,
      );
    },
    finds: { [REFUSES]: /^vault\.person asks another question for \w+_newsletter$/ },
  },
  {
    title: 'r.object-restrict: a function that answers yes to everything is found',
    breaks: (house) =>
      house.sql(
        `create or replace function gate.usable(who uuid, why text, consent boolean, restrictable boolean) returns boolean
           language sql stable security definer set search_path = '' as 'select true'`,
      ),
    finds: { [REFUSES]: /^gate\.usable is not as it was made/ },
  },
  {
    title: 'r.access: a table that is kept from the person’s own answer is found',
    breaks: (house) => house.sql(`revoke select on customers.profile from ${role(house, 'answer')}`),
    finds: { 'What is shown to a person': /^customers\.profile\.person cannot be shown; / },
  },
  {
    title: 'r.access: a policy that hides rows from the person’s own answer is found',
    breaks: (house) =>
      house.sql(
        `create policy hidden on mail.letter as restrictive to ${role(house, 'answer')} using (kind <> 'secret')`,
      ),
    finds: {
      'What is shown to a person': /^mail\.letter is shown in part$/,
      [ROWS]: /^mail\.letter has a row policy/,
    },
  },
  {
    title: 'r.access: a reference to persons that is declared as nobody’s is found',
    breaks: async (house) => {
      await house.sql(`create table platform.note (id bigint primary key, about uuid)`);
      await house.sql(`comment on table platform.note is 'Notes [subject=none]'`);
      await house.sql(`comment on column platform.note.id is 'none: number'`);
      await house.sql(`comment on column platform.note.about is 'none: something'`);
      await house.sql('insert into platform.note values (1, $1)', [house.people.kari]);
      await house.sql(`grant select on platform.note to ${role(house, 'proof')}`);
    },
    finds: { 'No table refers to a person': /^platform\.note\.about refers to persons$/ },
  },
];

for (const twin of twins) test(twin.title, () => catches(twin));
