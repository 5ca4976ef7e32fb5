import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { verifyReceipt } from '#gates/receipt-check.ts';
import { Refusal } from '#gates/refusal.ts';
import { invoice } from '#test/invoice.ts';
import { World } from '#test/world.ts';
import { clearShelves } from './leave.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

const self = (id: string) => ({ kind: 'person', id }) as const;
const day = (text: string) => new Date(`${text}T12:00:00Z`);

async function someone(email: string): Promise<string> {
  await world.profile(email);
  return (await world.idOf(email))!;
}

interface Said {
  kind: string;
  ground: string;
  earlier?: string;
  goes: { category: string; count: number }[];
  stays: { what: { nb: string }; count?: number; clause: string; until: string | null }[];
}

async function receipt(id: string, at: Date): Promise<{ body: Said; later?: string[]; file: unknown }> {
  const { status, body } = await world.call('GET', `receipts/${id}`);
  assert.equal(status, 200);
  assert.deepEqual(
    verifyReceipt(body, world.product.secrets.journalKey).problems,
    [],
    `at ${at.toISOString()}`,
  );
  return { ...body, file: body };
}

const shelvesOf = () => world.keysSql('select from keys.archive_key');
const held = (person: string) => world.sql('select from archive.entry where person = $1', [person]);
const due = (kept: { due: readonly { clause: string; rows: number }[] }) =>
  kept.due.find(({ clause }) => clause === 'k.bookkeeping')?.rows ?? 0;

test('k.bookkeeping: an erasure says which records stay, on which ground and until when, before it and after', async () => {
  const { gates } = world.product;
  const person = await someone('eva@firma.example');
  await invoice(gates, person, '1', world.now, { booked: day('2025-03-01') });
  await invoice(gates, person, '2', world.now);
  await invoice(gates, person, '3', world.now);
  const preview = await gates.answer.preview(person, self(person), world.now);
  const answer = await gates.answer.erase(person, self(person), world.now);
  assert.deepEqual(answer.stays, preview.stays);
  const records = answer.stays.find(({ clause }) => clause === 'k.bookkeeping')!;
  assert.equal(records.count, 3);
  assert.equal(records.what.nb, 'Fakturaer og bilag');
  assert.equal(records.until, '2032-01-01', 'the latest of them');
  assert.match(records.why.nb, /Bokføringsloven/);
  assert.ok(!answer.goes.some(({ category }) => category === 'accounting.record'));
  const { body } = await receipt(answer.receipt, world.now);
  assert.deepEqual(
    body.stays.find(({ clause }) => clause === 'k.bookkeeping'),
    records,
  );
  assert.deepEqual(await world.tablesHolding('Prøve og Sønn AS'), []);
  assert.equal((await held(person)).length, 3);
});

test('k.bookkeeping: when their date comes they go, no day sooner or later, and a second receipt says so', async () => {
  const { gates, sealer, engine } = world.product;
  const [gone, here] = [await someone('gone@firma.example'), await someone('here@firma.example')];
  for (const person of [gone, here]) {
    await invoice(gates, person, '1', world.now, { booked: day('2025-03-01') });
    await invoice(gates, person, '2', world.now);
  }
  const { receipt: first } = await gates.answer.erase(gone, self(gone), world.now);
  assert.equal((await receipt(first, world.now)).later, undefined);
  const before = new Date('2030-12-31T22:59:59Z');
  assert.equal(due({ due: await gates.due(before) }), 0);
  await gates.touch(here, 'last-active', before);
  await gates.keep(before);
  assert.equal((await held(gone)).length, 2, 'kept to the last second of 2030 in Oslo');

  const midnight = new Date('2030-12-31T23:00:00Z');
  const told = due({ due: await gates.due(midnight) });
  assert.equal(due(await gates.keep(midnight)), told);
  await sealer.seal(midnight);
  assert.equal((await held(gone)).length, 1);
  assert.equal(due(await gates.keep(midnight)), 0, 'nothing twice');
  const { later } = await receipt(first, midnight);
  assert.equal(later?.length, 1);
  const second = await receipt(later[0]!, midnight);
  assert.deepEqual(
    [second.body.kind, second.body.ground, second.body.earlier],
    ['erasure', 'k.bookkeeping', first],
  );
  assert.deepEqual(second.body.goes, [{ category: 'accounting.record', count: 1 }]);
  const left = second.body.stays.find(({ clause }) => clause === 'k.bookkeeping');
  assert.deepEqual([left?.count, left?.until], [1, '2032-01-01']);

  // By now the receipt of the erasure has left by its own period, and its number leads to those that follow it up.
  const end = new Date('2031-12-31T23:00:00Z');
  const shelves = (await shelvesOf()).length;
  await gates.keep(end);
  await sealer.seal(end);
  assert.deepEqual(await held(gone), []);
  assert.ok((await shelvesOf()).length < shelves, 'the key is gone, and with it every copy in a backup');
  world.now = end;
  const found = await receipt(first, end);
  assert.equal(found.body.earlier, first);
  assert.equal(found.later?.length, 1);
  const last = await receipt(found.later[0]!, end);
  assert.deepEqual(last.body.goes, [{ category: 'accounting.record', count: 1 }]);
  assert.ok(!last.body.stays.some(({ clause }) => clause === 'k.bookkeeping'), 'nothing is left');
  const { rows: both } = await engine.pools
    .of('proof')
    .query<{ body: string }>('select body from gate.receipt where person = $1 and earlier is null', [here]);
  const theirs = both.filter(({ body }) => JSON.parse(body).ground === 'k.bookkeeping');
  assert.equal(theirs.length, 2, 'whoever is still here gets theirs too, and it follows up none');
});

test('k.bookkeeping: of two who are erased, the number of one does not lead to the receipts of the other', async () => {
  const { gates } = world.product;
  const at = world.now;
  const [one, other] = [await someone('en@firma.example'), await someone('to@firma.example')];
  for (const person of [one, other]) await invoice(gates, person, '1', at);
  const first = (await gates.answer.erase(one, self(one), at)).receipt;
  const second = (await gates.answer.erase(other, self(other), at)).receipt;
  const between = new Date('2037-06-01T12:00:00Z');
  await gates.keep(between);
  await assert.rejects(
    gates.answer.receipt(first, between),
    (error) => error instanceof Refusal && error.code === 'answer.past-receipt',
    'the first is gone by its own period, and the records are not yet',
  );
  const later = new Date('2038-01-01T12:00:00Z');
  await gates.keep(later);
  await world.product.sealer.seal(later);
  for (const [id, person] of [
    [first, one],
    [second, other],
  ] as const) {
    const found = await gates.answer.receipt(id, later);
    assert.deepEqual([found.body.person, found.body.earlier], [person, id]);
  }
  await assert.rejects(
    gates.answer.receipt(randomUUID(), later),
    (error) => error instanceof Refusal && error.code === 'answer.unknown-receipt',
  );
});

test('k.bookkeeping: a shelf that nothing lies on loses its key, and one that is being filled does not', async () => {
  const { gates, engine } = world.product;
  const at = world.now;
  const person = await someone('hylle@firma.example');
  await clearShelves(engine);
  const before = (await shelvesOf()).length;
  await engine.keys.shelves.ensure([randomUUID()], at);
  assert.equal(await clearShelves(engine), 1);
  await Promise.all(
    Array.from({ length: 12 }, async (_, n) => {
      await invoice(gates, person, `s${n}`, at, {
        booked: new Date(Date.UTC(at.getUTCFullYear() - (n % 4), 5, 1)),
      });
      await clearShelves(engine);
    }),
  );
  assert.equal((await shelvesOf()).length - before <= 4, true);
  const { items } = await gates.answer.access(person, self(person), at);
  assert.equal(
    items.filter(({ category }) => category === 'accounting.record').length,
    12,
    'all can be read',
  );
});
