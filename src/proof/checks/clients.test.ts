import { test } from 'node:test';
import { catches, type Stage, type Twin } from '#test/stage.ts';

const ACCEPTED = 'No client runs without having accepted an agreement';
const APART = 'shows that client’s rows and no other’s';
const OWNED = 'Every client that runs has one owner';
const KEYED = 'A key for a client works only while whoever made it';
const ASKED = 'PostgreSQL itself leaves out whoever is restricted';

const clientOf = async (house: Stage, who: string) =>
  (await house.sql('select client from customers.member where person = $1', [house.people[who]]))[0]!.client;

/** Makes the policy by which the purpose `agreement` sees a table anew, with another condition. */
const policy = async (house: Stage, table: string, condition: string) => {
  const role = `${house.prefix}_agreement`;
  const [standing] = await house.sql(
    `select policyname as name from pg_policies where schemaname || '.' || tablename = $1 and roles = array[$2]::name[]`,
    [table, role],
  );
  await house.sql(`drop policy "${standing!.name}" on ${table};
    create policy "${standing!.name}" on ${table} for select to ${role} using (${condition})`);
};

const twins: readonly Twin[] = [
  {
    title: '0.roles: a client that has accepted no data-processing agreement is found',
    breaks: async (house) =>
      house.sql(`delete from customers.acceptance where client = $1 and document = 'dpa'`, [
        await clientOf(house, 'nils'),
      ]),
    finds: { [ACCEPTED]: /^customers\.client without an accepted data-processing agreement$/ },
  },
  {
    title: '0.roles: a client that has accepted a version that nobody can show is found',
    breaks: (house) =>
      house.sql(`update customers.acceptance set version = '0.1' where document = 'agreement'`),
    finds: { [ACCEPTED]: /^customers\.client without an accepted agreement$/ },
  },
  {
    title: '0.security: a row policy that shows the rows of every client is found',
    breaks: (house) => policy(house, 'customers.member', `gate.usable(person, 'agreement', false, true)`),
    finds: { [APART]: /^customers\.member shows agreement rows of every client$/ },
  },
  {
    title: '0.security: a row policy that shows people who are none of the client’s users is found',
    breaks: (house) => policy(house, 'vault.person', `gate.usable(person, 'agreement', false, true)`),
    finds: { [APART]: /^vault\.person shows agreement rows of every client$/ },
  },
  {
    title: '0.security: a second way round the client that is asked for is found',
    breaks: (house) =>
      house.sql(
        `create policy other on customers.module for select to ${house.prefix}_agreement using (true)`,
      ),
    finds: {
      [APART]: /^customers\.module shows agreement rows of every client$/,
      'shows a purpose only the persons it may use': /^customers\.module has a row policy of unknown make/,
      [ASKED]: /^customers\.module asks another question/,
    },
  },
  {
    title: '0.security: a client that is asked for by default is found',
    breaks: (house) =>
      house.sql(
        `create or replace function gate.client() returns uuid language sql stable as $$ select '11111111-1111-4111-8111-111111111111'::uuid $$`,
      ),
    finds: { [APART]: /gate\.client/, [ASKED]: /^gate\.client is not as it was made/ },
  },
  {
    title: '0.security: a row policy that shows the keys of every client is found',
    breaks: (house) => policy(house, 'integrations.token', `gate.usable(person, 'agreement', false, true)`),
    finds: { [APART]: /^integrations\.token shows agreement rows of every client$/ },
  },
  {
    title: '0.security: a key that works after its maker stopped using the client is found',
    breaks: (house) =>
      house.sql(
        `update integrations.token set client = '11111111-1111-4111-8111-111111111111';
         update integrations.token_use set client = '11111111-1111-4111-8111-111111111111'`,
      ),
    finds: { [KEYED]: /^integrations\.token for a client that its maker does not use$/ },
  },
  {
    title: '0.security: a day of use that is another client’s than its key is found',
    breaks: (house) => house.sql('update integrations.token_use set client = gen_random_uuid()'),
    finds: { [KEYED]: /^integrations\.token_use of another client than its key$/ },
  },
  {
    title: '0.security: a key that nothing ends with its maker’s use is found',
    breaks: (house) => house.sql('alter table customers.member disable trigger end_keys'),
    finds: {
      [KEYED]: /^end_keys on customers\.member is not as it was made, or is off$/,
      [OWNED]: /end_keys on customers\.member/,
      'The database lets nobody change the journal': /end_keys on customers\.member/,
    },
  },
  {
    title: 'u.customer: a client without an owner is found',
    breaks: (house) =>
      house.sql(`update customers.member set level = 'administrator' where person = $1`, [house.people.nils]),
    finds: { [OWNED]: /^customers\.client without an owner$/ },
  },
  {
    title: 'u.customer: somebody who uses a client that does not run is found',
    breaks: (house) =>
      house.sql(
        `alter table customers.member disable trigger refuse_ended;
         insert into customers.member select person, gen_random_uuid(), gen_random_uuid(), 'user', since from customers.member where level = 'user' limit 1;
         alter table customers.member enable trigger refuse_ended`,
      ),
    finds: { [OWNED]: /^customers\.member of a client that does not run$/ },
  },
  {
    title: 'u.customer: a guard that is off is found',
    breaks: (house) => house.sql('alter table gate.erasure disable trigger refuse_ownerless'),
    finds: { [OWNED]: /refuse_ownerless on gate\.erasure/, [ASKED]: /refuse_ownerless on gate\.erasure/ },
  },
];

for (const twin of twins) test(twin.title, () => catches(twin));
