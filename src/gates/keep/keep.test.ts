import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeProfile } from '#modules/customers/profiles.ts';
import { makeLink } from '#modules/identity/links.ts';
import { signInByLink } from '#modules/identity/sessions.ts';
import { signUp } from '#modules/newsletter/subscriptions.ts';
import { World } from '#test/world.ts';
import { SYSTEM } from '../actor.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

const gates = () => world.product.gates;
const self = (id: string) => ({ kind: 'person', id }) as const;
const count = async (table: string, person: string | undefined) =>
  (await world.sql(`select from ${table} where person = $1`, [person])).length;

async function profileAt(email: string, at: Date, more: Record<string, string> = {}): Promise<string> {
  await makeProfile(gates(), { name: 'Kari Prøve', email, accept: { statement: '3.0' }, ...more }, at);
  return (await world.idOf(email))!;
}

/** Nothing is gone a minute before a moment, and it is gone at the moment. */
async function leavesAt(due: string, there: () => Promise<boolean>): Promise<void> {
  const moment = new Date(due);
  await gates().keep(new Date(moment.getTime() - 60_000));
  assert.equal(await there(), true, `still there a minute before ${due}`);
  await gates().keep(moment);
  assert.equal(await there(), false, `gone at ${due}`);
}

test('1.1.newsletter: a sign-up that nobody confirms is forgotten after seven days, and its person with it', async () => {
  await signUp(
    gates(),
    { email: 'glemt@post.example', topics: ['nyhetsbrev'] },
    new Date('2026-03-02T08:30:00Z'),
  );
  const person = (await world.idOf('glemt@post.example'))!;
  await leavesAt('2026-03-09T08:30:00Z', async () => (await world.idOf('glemt@post.example')) !== undefined);
  const [erasure] = await world.sql(
    'select asked_by, ground, done_at is not null as done from gate.erasure where person = $1',
    [person],
  );
  assert.deepEqual(erasure, { asked_by: 'keep', ground: '1.1.newsletter', done: true });
  assert.deepEqual(await world.tablesHolding(person), ['gate.erasure', 'gate.receipt', 'journal.entry']);
});

test('1.1.newsletter: days are counted on the clock of Oslo, so a summer that begins between does not move the hour', async () => {
  await signUp(
    gates(),
    { email: 'sommer@post.example', topics: ['nyhetsbrev'] },
    new Date('2027-03-25T11:00:00Z'),
  );
  await leavesAt('2027-04-01T10:00:00Z', async () => (await world.idOf('sommer@post.example')) !== undefined);
});

test('k.active-12-months: a profile leaves twelve months after it was last used, and use puts it off', async () => {
  const person = await profileAt('borte@firma.example', new Date('2024-01-31T09:00:00Z'));
  await gates().touch(person, 'last-active', new Date('2024-02-29T09:00:00Z'));
  await leavesAt('2025-02-28T09:00:00Z', async () => (await world.idOf('borte@firma.example')) !== undefined);
  assert.equal(await count('customers.profile', person), 0);
});

test('an earlier moment never turns a clock back', async () => {
  const person = await profileAt('klokke@firma.example', new Date('2026-05-01T09:00:00Z'));
  await gates().touch(person, 'last-active', new Date('2026-04-01T09:00:00Z'));
  const [row] = await world.sql('select active_at from customers.profile where person = $1', [person]);
  assert.deepEqual(row, { active_at: new Date('2026-05-01T09:00:00Z') });
});

test('0.security: links and sessions leave after thirty days, and the profile stays', async () => {
  const began = new Date('2026-06-01T09:00:00Z');
  const person = await profileAt('innlogget@firma.example', began);
  const session = await signInByLink(gates(), await makeLink(gates(), person, began), { at: began });
  assert.equal(session.person, person);
  await leavesAt('2026-07-01T09:00:00Z', async () => (await count('identity.session', person)) > 0);
  assert.equal(await count('identity.link', person), 0);
  assert.equal(await world.idOf('innlogget@firma.example'), person);
});

test('k.as-needed: the note of a letter leaves after twelve months, and a receipt after five years', async () => {
  const began = new Date('2019-04-10T09:00:00Z');
  const person = await profileAt('brev@firma.example', began);
  const letters = async () => (await count('mail.letter', person)) > 0;
  await gates().touch(person, 'last-active', new Date('2026-11-01T09:00:00Z'));
  await leavesAt('2020-04-10T09:00:00Z', letters);
  await gates().answer.erase(person, SYSTEM, new Date('2020-05-01T09:00:00Z'));
  await leavesAt('2025-05-01T09:00:00Z', async () => (await count('gate.receipt', person)) > 0);
  assert.equal(await count('gate.erasure', person), 0);
  assert.deepEqual(await world.tablesHolding(person), ['journal.entry']);
});

test('k.opt-out: the mark of an address that opted out is kept for five years', async () => {
  await world.subscriber('nei@post.example');
  const person = (await world.idOf('nei@post.example'))!;
  const left = new Date('2021-09-15T09:00:00Z');
  await gates().answer.withdraw(person, 'newsletter', self(person), { surface: 'x', method: 'button' }, left);
  await leavesAt('2026-09-15T09:00:00Z', async () => (await world.counts())['newsletter.opt_out']! > 0);
});

test('r.object-restrict: what is due on a restricted person stays until the restriction is lifted', async () => {
  const person = await profileAt('krav@firma.example', new Date('2020-01-01T09:00:00Z'));
  await gates().answer.restrict(person, 'claims', self(person), new Date('2020-06-01T09:00:00Z'));
  await gates().keep(new Date('2026-06-01T09:00:00Z'));
  assert.equal(await world.idOf('krav@firma.example'), person);
  assert.ok((await count('identity.link', person)) > 0);
  await gates().answer.liftRestriction(person, self(person), new Date('2026-06-02T09:00:00Z'));
  await gates().keep(new Date('2026-06-03T09:00:00Z'));
  assert.equal(await world.idOf('krav@firma.example'), undefined);
});

test('a round that finds nothing due takes nothing, and a second one after a first neither', async () => {
  await profileAt('ro@firma.example', world.now);
  await gates().keep(world.now);
  const rows = async () => ({ ...(await world.counts()), 'gate.keep_round': 0 });
  const before = await rows();
  assert.deepEqual(await gates().keep(world.now), { due: [], erased: 0, notified: 0 });
  assert.deepEqual(await rows(), before);
});

test('k.as-needed: a value stays as long as one purpose keeps it, and leaves with the last', async () => {
  const began = new Date('2025-02-01T09:00:00Z');
  const person = await profileAt('flere@firma.example', began, {
    phone: '+4710000003',
    place: 'Molde',
    company: 'Prøve AS',
  });
  await world.letters();
  await world.subscriber('flere@firma.example');
  const held = async () => {
    const [row] = await world.sql(
      `select name is not null as name, email is not null as email, phone is not null as phone,
              place is not null as place, company is not null as company, language
         from vault.person where person = $1`,
      [person],
    );
    return row;
  };
  const kinds = async () =>
    (await world.sql('select kind from vault.lookup where person = $1 order by kind', [person])).map(
      ({ kind }) => kind,
    );
  const all = { name: true, email: true, phone: true, place: true, company: true, language: 'nb' };
  assert.deepEqual([await held(), await kinds()], [all, ['email', 'name', 'phone']]);

  // The profile's twelve months end; the newsletter goes on with what it needs.
  await gates().keep(new Date('2026-02-01T09:00:00Z'));
  assert.deepEqual(await held(), { ...all, phone: false, place: false, company: false });
  assert.deepEqual(await kinds(), ['email', 'name']);
  assert.equal(await count('customers.profile', person), 0);

  const manner = { surface: 'x', method: 'button' };
  const { erased } = await gates().answer.withdraw(person, 'newsletter', self(person), manner, world.now);
  // The sign-up ended with its confirmation: nothing is left that could keep anything.
  assert.equal(erased, true);
  assert.equal(await held(), undefined);
  assert.deepEqual(await world.keysSql('select from keys.person_key where person = $1', [person]), []);
});

test('r.rectify-erase: a row written while its person was being erased does not outlive them by more than a round', async () => {
  const person = await profileAt('sen@firma.example', world.now);
  await gates().answer.erase(person, self(person), world.now);
  await world.sql(`insert into identity.link values ($1, gen_random_uuid(), $2, $2, null, null, null)`, [
    person,
    world.now,
  ]);
  await world.sql(
    `insert into mail.letter (person, id, kind, purpose, queued_at, next_at)
     values ($1, gen_random_uuid(), 'identity.sign-in', 'sign-in', $2, $2)`,
    [person, world.now],
  );
  assert.equal(await world.product.courier.send(world.now).then(() => count('identity.link', person)), 1);
  await gates().keep(new Date(world.now.getTime() + 2 * 3_600_000));
  assert.deepEqual(await world.tablesHolding(person), ['gate.erasure', 'gate.receipt', 'journal.entry']);
});

test('k.as-needed: keys of people who are there are never taken for strays', async () => {
  const person = await profileAt('nokkel@firma.example', new Date('2026-11-01T09:00:00Z'));
  await gates().keep(new Date('2026-11-30T09:00:00Z'));
  assert.equal((await world.product.engine.keys.of([person])).size, 1);
  assert.deepEqual((await world.counts())['keys.person_key'], (await world.counts())['vault.person']);
});

/** What an erasure that the restored rows know nothing of has left: rows, and no key. */
async function keyless(email: string): Promise<string> {
  const person = await profileAt(email, world.now);
  await world.product.engine.keys.destroy([person]);
  return person;
}

const RECORDS = ['gate.erasure', 'gate.receipt', 'journal.entry'];

test('r.rectify-erase: whom a restored backup brings back without a key is erased again within a day, whatever is known', async () => {
  await gates().keep(world.now);
  const person = await keyless('tilbake@firma.example');
  assert.equal((await gates().keep(new Date(world.now.getTime() + 25 * 3_600_000))).erased, 1);
  assert.deepEqual(await world.tablesHolding(person), RECORDS);
});

test('r.rectify-erase: they are erased by the next round where the rows are not those that the keys know of', async () => {
  await gates().keep(world.now);
  await world.product.sealer.seal(world.now);
  const person = await keyless('tilbakerullet@firma.example');
  // The journal that came back ends before the block that was noted last.
  const { wishes } = world.product.engine.keys;
  const noted = (await wishes.head())!;
  await wishes.noteHead({ ...noted, number: noted.number + 1000 });
  assert.equal((await gates().keep(world.now)).erased, 1);
  assert.deepEqual(await world.tablesHolding(person), RECORDS);
  await wishes.resetHead(noted);
});

test('r.rectify-erase: they are erased by the round that goes on with one that was cut short, and by the first of a process', async () => {
  await gates().keep(world.now);
  const person = await keyless('avbrutt@firma.example');
  await world.sql('insert into gate.keep_round (moment, steps) values ($1, 1)', [world.now]);
  assert.equal((await gates().keep(world.now)).erased, 1);
  const other = await keyless('omstart@firma.example');
  await world.stop();
  await world.start();
  assert.equal((await gates().keep(world.now)).erased, 1);
  for (const one of [person, other]) assert.deepEqual(await world.tablesHolding(one), RECORDS);
});

test('r.rectify-erase: who was erased well before the last round has been looked at again, and others are', async () => {
  const at = (minutes: number) => new Date(world.now.getTime() + 48 * 3_600_000 + minutes * 60_000);
  const erasedAt = async (email: string, moment: Date) => {
    const person = await profileAt(email, world.now);
    await gates().answer.erase(person, self(person), moment);
    await world.sql('insert into identity.link values ($1, gen_random_uuid(), $2, $2)', [person, at(0)]);
    return person;
  };
  const early = await erasedAt('lenge@firma.example', at(0));
  const justNow = await erasedAt('nettopp@firma.example', at(58));
  await world.sql('insert into gate.keep_round (moment, done_at, steps) values ($1, $1, 1)', [at(60)]);
  await gates().keep(at(120));
  assert.deepEqual([await count('identity.link', early), await count('identity.link', justNow)], [1, 0]);
  await world.sql('delete from identity.link where person = $1', [early]);
});

test('k.as-needed: what a dry run tells is what a round then takes, and the forecast had it by date', async () => {
  const began = new Date('2026-10-01T09:00:00Z');
  await signUp(gates(), { email: 'forut@post.example', topics: ['nyhetsbrev'] }, began);
  const person = (await world.idOf('forut@post.example'))!;
  const moment = new Date('2026-10-08T09:00:00Z');
  const told = await gates().due(moment);
  assert.ok(told.some(({ clause, rows }) => clause === '1.1.newsletter' && rows === 2));
  const { clauses } = await gates().forecast(began, 30);
  const days = clauses.find(({ clause }) => clause === '1.1.newsletter')!.byDay;
  assert.deepEqual(days, [{ date: '2026-10-08', rows: 2 }]);
  const rows = await gates().openForecast('1.1.newsletter', began, { days: 30, limit: 10 });
  assert.deepEqual(rows.map((row) => [row.table, row.person, row.date]).sort(), [
    ['gate.collection', person, '2026-10-08'],
    ['newsletter.request', person, '2026-10-08'],
  ]);
  assert.deepEqual((await gates().keep(moment)).due, told);
  assert.deepEqual(await gates().due(moment), []);
  const [round] = await gates().keepRounds(1);
  assert.deepEqual([round!.at, round!.doneAt, round!.erased], [moment, moment, 1]);
  assert.deepEqual(round!.results, told);
});

test('k.active-12-months: who has not used a profile is told thirty days before it goes, once', async () => {
  const used = new Date('2025-03-10T09:00:00Z');
  const person = await profileAt('snart@firma.example', used);
  const letters = async () =>
    (await world.sql(`select from mail.letter where person = $1 and kind = 'keep.customer'`, [person]))
      .length;
  await gates().keep(new Date('2026-02-08T08:59:00Z'));
  assert.equal(await letters(), 0);
  assert.equal((await gates().keep(new Date('2026-02-08T09:00:00Z'))).notified, 1);
  assert.equal((await gates().keep(new Date('2026-02-20T09:00:00Z'))).notified, 0);
  assert.equal(await letters(), 1);
  await gates().touch(person, 'last-active', new Date('2026-02-21T09:00:00Z'));
  await gates().keep(new Date('2026-03-10T09:00:00Z'));
  assert.equal(await world.idOf('snart@firma.example'), person);
});
