import { test } from 'node:test';
import { catches, NOW, type Stage, type Twin } from '#test/stage.ts';

/** Each storage rule, broken on purpose: something that stays past its date. */
const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

const departed = (house: Stage, period: string, days: number) =>
  house.sql(
    `insert into customers.departure (person, id, client, level, modules, ended_at)
     values ($1, gen_random_uuid(), gen_random_uuid(), 'owner', array['kurs'], $2::timestamptz - $3::interval)`,
    [house.people.kari, ago(days), period],
  );
const CLIENT = '11111111-1111-4111-8111-111111111111';
const modules = async (house: Stage, ended: (Date | null)[]) => {
  for (const [at, moment] of ended.entries())
    await house.sql(
      `insert into customers.module (person, id, client, module, begun_at, ended_at) values ($1, gen_random_uuid(), $2, $3, $4, $5)`,
      [house.people.kari, CLIENT, `modul${at}`, ago(1000), moment],
    );
};

const twins: readonly Twin[] = [
  {
    title: 'k.as-needed: a letter kept past its date is found',
    breaks: (house) =>
      house.sql(
        `update mail.letter set queued_at = $2::timestamptz - interval '12 months' where person = $1`,
        [house.people.kari, ago(2)],
      ),
    finds: { 'records, letters': /^mail\.letter past its date \(letters\)$/ },
  },
  {
    title:
      'k.as-needed: a letter on the last day of its period is not found, nor what is kept for somebody restricted',
    breaks: async (house) => {
      await house.sql(
        `update mail.letter set queued_at = $2::timestamptz - interval '12 months' where person = $1`,
        [house.people.kari, ago(0.5)],
      );
      await house.sql(`update mail.letter set queued_at = $2 where person = $1`, [
        house.people.ola,
        ago(1000),
      ]);
      await house.sql('drop trigger immutable on statement.version');
    },
    finds: { 'An applied version cannot': /./ },
  },
  {
    title: 'k.as-needed: an item kept for a purpose without a rule is found',
    breaks: async (house) => {
      await house.sql(`comment on column newsletter.subscription.since is 'access.level: since when'`);
    },
    finds: {
      'no storage rule covers': /^newsletter\.subscription\.since is kept without a rule$/,
      'Each purpose can read': /newsletter can read newsletter\.subscription\.since/,
      'shows a purpose only the persons': /^newsletter\.subscription has no row policy|of unknown make/,
      'for one client at a time': /newsletter\.subscription shows agreement rows of every client/,
    },
  },
  {
    title: 'k.active-12-months: a profile that nobody has used for longer is found',
    breaks: (house) =>
      house.sql(
        `update customers.profile set active_at = $2::timestamptz - interval '12 months' where person = $1`,
        [house.people.kari, ago(2)],
      ),
    finds: {
      'by the storage rules customer, resume':
        /^customers\.profile past its date \(customer\); gate\.collection past its date/,
    },
  },
  {
    title: 'k.active-12-months: what is left of a subscription that nobody took up again in time is found',
    breaks: (house) => departed(house, '12 months', 2),
    finds: {
      'by the storage rules customer, resume': /^customers\.departure past its date \(resume\)$/,
    },
  },
  {
    title: 'k.contact-agreement: an agreement that is over and still has its contact is found',
    breaks: async (house) => {
      await house.sql(
        `insert into customers.agreement (person, id, client, terms, begun_at, ended_at) values ($1, gen_random_uuid(), $2, 'standard', $3, $3)`,
        [house.people.kari, CLIENT, ago(2)],
      );
      await house.sql(
        `insert into gate.collection (person, id, point, purpose, source, items, statement, at)
         values ($1, gen_random_uuid(), 'client', 'agreement', 'given', array['contact.email'], '3.0', $2)`,
        [house.people.kari, ago(2)],
      );
    },
    finds: {
      'by the storage rule agreement.contact': /^gate\.collection past its date \(agreement\.contact\)$/,
      'agreement.terms': /^customers\.agreement past its date/,
    },
  },
  {
    title: 'k.client: modules that stay when the last of them has ended are found',
    breaks: (house) => modules(house, [ago(9), ago(2)]),
    finds: { 'by the storage rule agreement.client': /^customers\.module past its date .* \(2\)$/ },
  },
  {
    title: 'k.client: a module that ended long ago is not found while another is in use',
    breaks: async (house) => {
      await modules(house, [ago(900), null]);
      await house.sql('drop trigger immutable on statement.version');
    },
    finds: { 'An applied version cannot': /./ },
  },
  {
    title: '0.security: a session that outlives its period is found',
    breaks: (house) =>
      house.sql(
        `insert into identity.session (person, id, began_at, expires_at, methods, proved_at, used_at)
         values ($1, gen_random_uuid(), $2, $2, '{link}', $2, $2)`,
        [house.people.kari, ago(32)],
      ),
    finds: { 'by the storage rules sign-in': /^identity\.session past its date \(sign-in\)$/ },
  },
];

for (const twin of twins) test(twin.title, () => catches(twin));
