import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { makeProfile } from '#modules/customers/profiles.ts';
import { signUp } from '#modules/newsletter/subscriptions.ts';
import { roleName } from '#platform/database.ts';
import { openProduct } from '#product';
import { World } from '#test/world.ts';
import { SYSTEM, VISITOR } from './actor.ts';
import { decide } from './answer/erase.ts';
import type { Collection } from './collect.ts';
import type { Gates } from './gates.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

const gates = () => world.product.gates;
const join = (email: string, through: Gates = gates()) =>
  makeProfile(
    through,
    { name: 'Kari Prøve', email, accept: { statement: through.statement.version } },
    world.now,
  );
const profile = (email: string, more: Partial<Collection> = {}): Collection => ({
  point: 'profile',
  actor: VISITOR,
  at: world.now,
  about: { email },
  gives: () => ({ values: { 'contact.name': 'Kari Prøve' } }),
  ...more,
});
const batchesOf = async (people: readonly (string | undefined)[]) =>
  (await world.sql('select distinct xmin::text from vault.person where person = any($1)', [people])).length;

/** Everyone under these addresses has a row and a key. */
async function allThere(emails: readonly string[]): Promise<string[]> {
  const people: string[] = [];
  for (const email of emails) people.push((await world.idOf(email)) ?? assert.fail('somebody is not there'));
  const keys = await world.keysSql('select from keys.person_key where person = any($1)', [people]);
  assert.equal(keys.length, people.length);
  return people;
}

test('acts that come at once share a few commits, and every one of them is durable', async () => {
  const emails = Array.from({ length: 150 }, (_, n) => `mange${n}@firma.example`);
  await Promise.all(emails.map((email) => join(email)));
  const people = await allThere(emails);
  assert.equal(new Set(people).size, emails.length);
  const batches = await batchesOf(people);
  assert.ok(batches <= 10, `${batches} commits for ${emails.length} acts`);
});

test('one act that is refused and one that breaks a constraint spoil nothing for the others', async () => {
  const emails = Array.from({ length: 20 }, (_, n) => `god${n}@firma.example`);
  const refused = gates().collect(
    profile('feil@firma.example', {
      gives: () => ({ values: { 'contact.name': 'x', 'behaviour.pages': '/' } }),
    }),
  );
  const broken = gates().collect(
    profile('brudd@firma.example', {
      gives: ({ person }) => ({
        values: { 'contact.name': 'x' },
        rows: [{ table: 'newsletter.request', values: { person, id: randomUUID(), asked_at: world.now } }],
      }),
    }),
  );
  const outcomes = await Promise.allSettled([refused, broken, ...emails.map((email) => join(email))]);
  assert.deepEqual(
    outcomes.map(({ status }) => status === 'fulfilled'),
    [false, false, ...emails.map(() => true)],
  );
  await assert.rejects(refused, { code: 'collect.undeclared-field', fields: ['pages'] });
  await assert.rejects(broken, { code: '23502' });
  await allThere(emails);
  assert.equal(await world.idOf('feil@firma.example'), undefined);
  assert.equal(await world.idOf('brudd@firma.example'), undefined);
});

test('two acts on one address in one batch make one person', async () => {
  await Promise.all([
    join('en@firma.example'),
    signUp(gates(), { email: 'En@Firma.example', topics: ['nyhetsbrev'] }, world.now),
    join('en@firma.example'),
  ]);
  const [person] = await allThere(['en@firma.example']);
  const points = await world.sql<{ point: string }>(
    'select point from gate.collection where person = $1 order by point',
    [person],
  );
  assert.deepEqual(
    points.map(({ point }) => point),
    ['newsletter.sign-up', 'profile', 'profile'],
  );
});

test('two processes that meet on the same addresses make one person of each', async () => {
  const other = await openProduct(world.config, { log: world.log, now: () => world.now });
  try {
    const emails = Array.from({ length: 30 }, (_, n) => `begge${n}@firma.example`);
    const both = [gates(), other.gates].flatMap((through) =>
      emails.map((email) => through.collect(profile(email))),
    );
    const collected = await Promise.all(both);
    const people = await allThere(emails);
    for (const [at, { person }] of collected.entries()) assert.equal(person, people[at % emails.length]);
    const lookups = await world.sql('select from vault.lookup where person = any($1)', [people]);
    assert.equal(lookups.length, 2 * emails.length, 'by address and by name');
    const ends = collected.filter(({ known }) => !known).length;
    assert.equal(ends, emails.length, 'each was new to exactly one of the two');
  } finally {
    await other.close();
  }
});

test('a sign-up cut short between key and rows leaves a key without a person, which is let go within a day', async () => {
  const role = roleName(world.config.rolePrefix, 'collect');
  const count = async () => (await world.counts())['keys.person_key']!;
  await world.sql(`revoke insert on vault.person from "${role}"`);
  await world.product.gates.keep(world.now);
  const before = await count();
  try {
    await assert.rejects(join('avbrutt@firma.example'), { code: '42501' });
  } finally {
    await world.sql(`grant insert on vault.person to "${role}"`);
  }
  assert.equal(await count(), before + 1, 'the key came first');
  assert.equal(await world.idOf('avbrutt@firma.example'), undefined);
  const hence = (minutes: number) => new Date(Math.max(Date.now(), +world.now) + minutes * 60_000);
  await gates().keep(hence(55));
  assert.equal(await count(), before + 1, 'young enough to belong to a sign-up under way');
  await gates().keep(hence(25 * 60));
  assert.equal(await count(), (await world.counts())['vault.person']);
});

test('what an act brings is written with it: letters, consent, receipt and journal in one commit', async () => {
  await world.subscriber('siv@post.example');
  const person = await world.idOf('siv@post.example');
  const seen = async (sql: string) => (await world.sql<{ x: string }>(`${sql}`, [person])).map(({ x }) => x);
  const [confirmed] = await seen(
    `select xmin::text as x from gate.collection where person = $1 and point = 'newsletter.confirm'`,
  );
  assert.ok(confirmed);
  for (const sql of [
    `select xmin::text as x from consent.event where person = $1 and state = 'given'`,
    'select xmin::text as x from consent.active where person = $1',
    'select xmin::text as x from gate.receipt where person = $1',
    'select xmin::text as x from newsletter.subscription where person = $1',
    `select xmin::text as x from journal.entry where person = $1 and act = 'newsletter.confirm' and digest is not null`,
  ])
    assert.deepEqual(await seen(sql), [confirmed], sql);
  const letters = await world.sql('select purpose, reference from mail.letter where person = $1', [person]);
  assert.equal(letters.length, 1);

  const body = { email: 'venter@post.example', topics: ['nyhetsbrev'] };
  await world.call('POST', 'newsletter/subscriptions', { body });
  const waits = await world.idOf('venter@post.example');
  const written = async (sql: string) => (await world.sql<{ x: string }>(sql, [waits])).map(({ x }) => x);
  const [asked] = await written(
    `select xmin::text as x from gate.collection where person = $1 and point = 'newsletter.sign-up'`,
  );
  for (const sql of [
    'select xmin::text as x from vault.person where person = $1',
    'select xmin::text as x from vault.lookup where person = $1',
    'select xmin::text as x from newsletter.request where person = $1',
    `select xmin::text as x from consent.event where person = $1 and state = 'requested'`,
  ])
    assert.deepEqual(await written(sql), [asked], sql);
});

test('1.sources: every act says by which point, from whom, for what and under which version it came', async () => {
  await join('kilde@firma.example');
  const [row] = await world.sql(
    'select point, source, purpose, statement, items, at from gate.collection where person = $1',
    [await world.idOf('kilde@firma.example')],
  );
  assert.deepEqual(row, {
    point: 'profile',
    source: 'given',
    purpose: 'customer',
    statement: '3.0',
    items: ['contact.name', 'preference.language', 'contact.email', 'contact.lookup'],
    at: world.now,
  });
});

test('1.1.profile: nothing is stored of an act that is refused, and no key is made', async () => {
  const before = await world.counts();
  const give = (values: Record<string, string>): Partial<Collection> => ({ gives: () => ({ values }) });
  const name = { 'contact.name': 'Kari Prøve' };
  for (const [code, collection] of [
    ['collect.unknown-point', profile('x@firma.example', { point: 'no.such' })],
    ['collect.undeclared-field', profile('x@firma.example', give({ ...name, 'behaviour.pages': '/' }))],
    ['collect.undeclared-field', profile('x@firma.example', give({ ...name, 'contact.unknown': 'x' }))],
    ['collect.missing-field', profile('x@firma.example', give({}))],
    ['collect.missing-field', profile('x@firma.example', give({ 'contact.name': '' }))],
    ['collect.invalid-field', profile('ingen adresse', give(name))],
    ['collect.invalid-field', profile('x@firma.example', give({ 'contact.name': 'a\u0000b' }))],
    ['collect.invalid-field', profile('x@firma.example', give({ ...name, 'contact.phone': '12' }))],
    [
      'collect.statement-not-in-force',
      profile('x@firma.example', { gives: () => ({ values: name, accepts: '2.10' }) }),
    ],
  ] as const)
    await assert.rejects(gates().collect(collection), { name: 'Refusal', code });
  assert.deepEqual(await world.counts(), before);
});

test('0.acceptance: a purpose that rests on consent takes nothing without a consent given for it', async () => {
  await join('uten@firma.example');
  const person = (await world.idOf('uten@firma.example'))!;
  const before = await world.counts();
  for (const state of [undefined, 'requested', 'refused'] as const)
    await assert.rejects(
      gates().collect({
        point: 'newsletter.confirm',
        actor: { kind: 'person', id: person },
        at: world.now,
        about: { person },
        gives: () => ({
          values: {},
          ...(state && { consent: { state, language: 'nb', surface: 'x', method: 'button' } }),
        }),
      }),
      { code: 'collect.consent-missing' },
    );
  assert.deepEqual(await world.counts(), before);
});

test('whoever types a known address changes nothing of what its owner gave', async () => {
  await makeProfile(
    gates(),
    { name: 'Liv Prøve', email: 'liv@firma.example', place: 'Bergen', accept: { statement: '3.0' } },
    world.now,
  );
  await makeProfile(
    gates(),
    {
      name: 'En Annen',
      email: 'LIV@firma.example',
      place: 'Oslo',
      phone: '+4710000002',
      accept: { statement: '3.0' },
    },
    world.now,
  );
  const person = (await world.idOf('liv@firma.example'))!;
  const seen = await gates()
    .use('customer', SYSTEM)
    .people([person], ['name', 'place', 'phone'], 'look', world.now);
  assert.deepEqual(seen.get(person), { name: 'Liv Prøve', place: 'Bergen' });
});

test('nothing is collected on a person whose erasure is decided, and once it is done the address begins anew', async () => {
  await join('tilbake@firma.example');
  const before = (await world.idOf('tilbake@firma.example'))!;
  await decide(world.product.engine.pools.of('answer'), [
    { person: before, askedBy: 'person', ground: 'r.rectify-erase', at: world.now },
  ]);
  await assert.rejects(join('tilbake@firma.example'), { code: 'HJ001' });
  await gates().keep(world.now);
  await join('tilbake@firma.example');
  const again = await world.idOf('tilbake@firma.example');
  assert.ok(again !== undefined && again !== before, 'a new number for a new beginning');
});

test('a trace is taken in tables of its own purpose alone', async () => {
  await join('spor@firma.example');
  const person = (await world.idOf('spor@firma.example'))!;
  const rows = [{ table: 'customers.profile', values: { person, made_at: world.now, active_at: world.now } }];
  await assert.rejects(
    gates().trace({ purpose: 'sign-in', act: 'link', person, actor: VISITOR, at: world.now, rows }),
    { code: 'collect.undeclared-field' },
  );
});
