import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { World } from '#test/world.ts';
import { SYSTEM, VISITOR } from '../actor.ts';
import { verifyReceipt } from '../receipt-check.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

const self = (id: string) => ({ kind: 'person', id }) as const;

async function exported(person: string, language: 'nb' | 'en' = 'nb') {
  const zip = unzipSync(await world.product.gates.answer.export(person, self(person), world.now, language));
  const files = Object.fromEntries(Object.entries(zip).map(([name, bytes]) => [name, strFromU8(bytes)]));
  return { files, data: JSON.parse(files['data.json'] ?? assert.fail('no data.json')) };
}

test('r.access: an export holds every item of the access answer, the history, the log and each receipt', async () => {
  const email = 'kari@firma.example';
  await world.person(email, { place: 'Narvik', company: 'Prøve <b>AS</b>', phone: '+4710000005' });
  await world.subscriber(email);
  const person = (await world.idOf(email))!;
  const answer = await world.product.gates.answer.access(person, self(person), world.now);
  const { files, data } = await exported(person);
  assert.deepEqual(data.items, answer.items);
  for (const part of [
    'purposes',
    'consents',
    'history',
    'receipts',
    'acceptances',
    'notices',
    'renewals',
    'restricted',
  ] as const)
    assert.deepEqual(data[part], answer[part], part);
  const values = answer.items.map(({ value }) => value);
  for (const value of [email, 'Narvik', '+4710000005', 'nyhetsbrev'])
    assert.ok(values.includes(value), value);
  const { entries } = await world.product.gates.answer.log(person, self(person));
  assert.equal(data.log.length, entries.length);
  assert.ok(
    data.log.some(({ act }: { act: string }) => act === 'export'),
    'the export is in its own log',
  );

  assert.equal(answer.receipts.length, 1);
  for (const { id } of answer.receipts) {
    const receipt = JSON.parse(files[`receipts/${id}.json`] ?? assert.fail('a receipt is missing'));
    assert.deepEqual(verifyReceipt(receipt, world.product.secrets.journalKey).problems, []);
  }
  const page = files['index.html'] ?? '';
  for (const value of [email, 'Narvik', 'Prøve &#60;b&#62;AS']) assert.ok(page.includes(value), value);
  assert.doesNotMatch(page, /<b>AS|<script/);
});

test('r.access: a log longer than one page is exported whole, in order and with nothing twice', async () => {
  await world.profile('lang-logg@firma.example');
  const person = (await world.idOf('lang-logg@firma.example'))!;
  await world.sql(
    `insert into journal.entry (at, gate, act, person, actor, purpose, statement)
     select $2::timestamptz + n * interval '1 second', 'use', 'look', $1, 'system', 'customer', '3.0' from generate_series(1, 2500) n`,
    [person, world.now],
  );
  const { data } = await exported(person);
  const [row] = await world.sql<{ n: number }>(
    'select count(*)::int as n from journal.entry where person = $1',
    [person],
  );
  const ids = data.log.map(({ id }: { id: number }) => Number(id));
  assert.equal(ids.length, row!.n);
  assert.deepEqual(
    ids,
    [...new Set<number>(ids)].sort((a, b) => b - a),
  );
});

test('an export in English has an English page and the same data', async () => {
  await world.profile('english@firma.example');
  const person = (await world.idOf('english@firma.example'))!;
  const [nb, en] = [await exported(person, 'nb'), await exported(person, 'en')];
  assert.match(nb.files['index.html']!, /<html lang="nb"/);
  assert.match(en.files['index.html']!, /<html lang="en"/);
  assert.deepEqual(nb.data.items, en.data.items);
});

test('an export is for the person, the product and privacy staff alone', async () => {
  await world.profile('min@firma.example');
  const person = (await world.idOf('min@firma.example'))!;
  const { answer } = world.product.gates;
  await assert.rejects(answer.export(person, VISITOR, world.now, 'nb'), { code: 'identity.signed-out' });
  // Somebody else: whoever asks for their own is let in whatever they are.
  const support = { kind: 'staff', id: randomUUID(), roles: ['support'] } as const;
  await assert.rejects(answer.export(person, support, world.now, 'nb'), { code: 'identity.role-missing' });
  assert.ok((await answer.export(person, SYSTEM, world.now, 'nb')).length > 0);
});
