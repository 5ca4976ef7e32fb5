import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Fault } from '#platform/fault.ts';
import { openProduct } from '#product';
import { World } from '#test/world.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

/** What a start says of the databases as they are now, line by line; empty when it starts. */
async function complaints(): Promise<string[]> {
  try {
    const product = await openProduct(world.config, { log: world.log, now: () => world.now });
    await product.close();
    return [];
  } catch (error) {
    assert.ok(error instanceof Fault, String(error));
    const [first, ...lines] = error.message.split('\n');
    assert.match(
      first!,
      /^The database holds what statement 3\.0 does not cover; declare it or take it away:$/,
    );
    return lines.map((line) => line.trim());
  }
}

/** Breaks the database, hears what a start says, and mends it. */
async function saidOf(breaks: string, mends: string): Promise<string[]> {
  await world.sql(breaks);
  try {
    return await complaints();
  } finally {
    await world.sql(mends);
  }
}

const undeclared = (name: string) =>
  `${name}: undeclared; give it a comment that begins with its category, or none`;

test('1.2.minimal: a column that nobody declared keeps the product from starting, in any table', async () => {
  const tables = world.product.engine.map.tables.map(({ name }) => name);
  assert.ok(tables.length >= 20);
  for (const table of tables) await world.sql(`alter table ${table} add column note text`);
  // All at once first: every one is named.
  const wanted = tables.map((table) => undeclared(`${table}.note`));
  assert.deepEqual((await complaints()).toSorted(), wanted.toSorted());
  for (const table of tables.slice(1)) await world.sql(`alter table ${table} drop column note`);
  assert.deepEqual(await complaints(), [wanted[0]]);
  await world.sql(`alter table ${tables[0]} drop column note`);
  for (const table of tables.slice(1, 4))
    assert.deepEqual(
      await saidOf(`alter table ${table} add column note text`, `alter table ${table} drop column note`),
      [undeclared(`${table}.note`)],
    );
  assert.deepEqual(await complaints(), []);
});

test('1.2.minimal: a column that nobody declared in the keys database is found too', async () => {
  for (const table of ['keys.person_key', 'keys.secret']) {
    await world.keysSql(`alter table ${table} add column note text`);
    assert.deepEqual(await complaints(), [undeclared(`${table}.note`)]);
    await world.keysSql(`alter table ${table} drop column note`);
  }
  await world.keysSql('create table public.copy (person uuid)');
  assert.deepEqual((await complaints()).length, 2);
  await world.keysSql('drop table public.copy');
});

test('1.2.minimal: tables, views, copies and partitions that nobody declared are found wherever they are', async () => {
  for (const [made, gone] of [
    ['create table public.list (email text)', 'drop table public.list'],
    ['create schema side create table list (email text)', 'drop schema side cascade'],
    [
      'create view newsletter.all_people as select person from vault.person',
      'drop view newsletter.all_people',
    ],
    [
      'create materialized view public.copy as select person, name from vault.person',
      'drop materialized view public.copy',
    ],
    ['create table vault."Odd Name" (email text)', 'drop table vault."Odd Name"'],
    ['create unlogged table public.fast (email text)', 'drop table public.fast'],
    ['create table public.part (at date) partition by range (at)', 'drop table public.part'],
  ] as const)
    assert.ok((await saidOf(made, gone)).length >= 2, made);
});

const DECLARED = `
  create table public.visit (person uuid, page text, at timestamptz);
  comment on table public.visit is 'Visits [subject=person purpose=customer recorded=at end=delete]';
  comment on column public.visit.person is 'record.person: who';
  comment on column public.visit.page is 'contact.place: where';
  comment on column public.visit.at is 'record.origin: when';`;
const GONE = 'drop table public.visit';

test('a table that is declared as the statement has it lets the product start', async () => {
  assert.deepEqual(await saidOf(DECLARED, GONE), []);
});

test('each way of declaring a table wrongly is named with what is wrong', async () => {
  const table = (words: string) => `comment on table public.visit is 'Visits [${words}]'`;
  const column = (words: string) => `comment on column public.visit.page is '${words}'`;
  const cases: [string, RegExp][] = [
    [column('contact.fax: where'), /^public\.visit\.page: the statement has no category contact\.fax$/],
    [column('no category here'), /^public\.visit\.page: undeclared;/],
    [column(''), /^public\.visit\.page: undeclared;/],
    [table('purpose=customer recorded=at end=delete'), /^public\.visit: its comment does not say whose rows/],
    [table('subject=none'), /^public\.visit: holds data on persons and names no subject$/],
    [
      table('subject=who purpose=customer end=delete'),
      /^public\.visit: its subject who is not one of its columns$/,
    ],
    [table('subject=person end=delete'), /^public\.visit: names no purpose/],
    [
      table('subject=person purpose=resale end=delete'),
      /^public\.visit: the statement has no purpose resale$/,
    ],
    [table('subject=person purpose=customer'), /^public\.visit: does not say how its rows end/],
    [table('subject=person purpose=customer end=whenever'), /^public\.visit: does not say how its rows end/],
    [
      table('subject=person purpose=customer recorded=page end=delete'),
      /^public\.visit\.page: starts the clock recorded and is no timestamp \(text\)$/,
    ],
    [table('subject=person purpose=customer recorded=never end=delete'), /names no column \(never\)$/],
    [
      table('subject=person purpose=customer birthday=at end=delete'),
      /^public\.visit: the statement has no clock birthday$/,
    ],
    [
      'alter table public.visit alter column page type json using null',
      /^public\.visit\.page: \S+ can hold undeclared data/,
    ],
    [
      'alter table public.visit alter column page type jsonb using null',
      /^public\.visit\.page: \S+ can hold undeclared data/,
    ],
    [
      'alter table public.visit alter column page type json[] using null',
      /^public\.visit\.page: \S+ can hold undeclared data/,
    ],
    ['alter table public.visit alter column page type xml using null', /^public\.visit\.page: xml can hold/],
    [
      'alter table public.visit alter column page type vault.lookup using null',
      /^public\.visit\.page: \S+ can hold/,
    ],
    [
      `create domain public.bag as jsonb[]; alter table public.visit alter column page type public.bag using null`,
      /^public\.visit\.page: \S+ can hold undeclared data/,
    ],
    [column('customer.payment: what was paid'), /no storage rule for customer\.payment kept for customer$/],
  ];
  for (const [wrong, says] of cases) {
    const found = await saidOf(`${DECLARED}; ${wrong}`, `${GONE}; drop domain if exists public.bag`);
    assert.equal(found.length, 1, `${wrong}: ${found.join(' · ')}`);
    assert.match(found[0]!, says, wrong);
  }
});

test('several things that are wrong are all named at once', async () => {
  const found = await saidOf(
    `${DECLARED};
     alter table public.visit add column note text;
     comment on column public.visit.page is 'contact.fax: where';
     create table public.loose (fact json);
     alter table vault.person add column shoe_size int`,
    `${GONE}; drop table public.loose; alter table vault.person drop column shoe_size`,
  );
  assert.deepEqual(found.toSorted(), [
    'public.loose.fact: undeclared; give it a comment that begins with its category, or none',
    'public.loose: its comment does not say whose rows they are (subject=…)',
    'public.visit.note: undeclared; give it a comment that begins with its category, or none',
    'public.visit.page: the statement has no category contact.fax',
    'vault.person.shoe_size: undeclared; give it a comment that begins with its category, or none',
  ]);
});

test('a start that is refused leaves rights and rows as they were, and the next one finds them', async () => {
  await world.profile('kari@firma.example');
  const before = await world.state();
  assert.equal(
    (
      await saidOf(
        'alter table vault.person add column note text',
        'alter table vault.person drop column note',
      )
    ).length,
    1,
  );
  assert.deepEqual(await complaints(), []);
  assert.deepEqual(await world.state(), before);
  assert.equal((await world.call('GET', '/ready')).status, 200);
});
