import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Refusal } from '#gates/refusal.ts';
import { asOwner } from '#platform/database.ts';
import { World } from '#test/world.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

const self = (id: string) => ({ kind: 'person', id }) as const;
const entries = async () =>
  (await world.sql<{ n: number }>('select count(*)::int as n from journal.entry'))[0]!.n;
const blocks = async () =>
  (await world.sql<{ n: number }>('select count(*)::int as n from journal.block'))[0]!.n;
const log = (kept: readonly { clause: string; rows: number }[]) =>
  kept.find(({ clause }) => clause === 'k.as-needed')?.rows ?? 0;
const journalChecks = async (now: Date) =>
  (await world.product.prove(now)).checks
    .filter(({ title, ok }) => !ok && /journal/i.test(title))
    .map(({ detail }) => detail);

test('k.as-needed: whole blocks leave the journal when their period is over, no sooner, and the chain still holds', async () => {
  const { gates, sealer } = world.product;
  world.now = new Date('2026-03-01T12:00:00Z');
  const cookie = await world.person('gammel@firma.example');
  const person = (await world.idOf('gammel@firma.example'))!;
  await sealer.seal(world.now);
  const old = { entries: await entries(), blocks: await blocks() };
  world.now = new Date('2026-03-01T13:00:00Z');
  await gates.touch(person, 'last-active', new Date('2031-02-28T12:00:00Z'));
  await world.call('GET', 'me', { as: cookie });
  await sealer.seal(world.now);
  const all = { entries: await entries(), blocks: await blocks() };

  const early = new Date('2031-03-01T11:59:59Z');
  await gates.keep(early);
  assert.ok((await entries()) >= all.entries, 'not a second early');
  await sealer.seal(early);
  const due = new Date('2031-03-01T12:00:00Z');
  const before = await entries();
  const forecast = await gates.forecast(early, 1);
  const told = log(await gates.due(due));
  assert.equal(log((await gates.keep(due)).due), told);
  assert.equal(before - (await entries()) + (await added(due)), old.entries);
  assert.ok((await blocks()) >= all.blocks, 'the headers stay');
  assert.deepEqual(await journalChecks(due), []);
  const tomorrow = forecast.clauses.find(({ clause }) => clause === 'k.as-needed');
  assert.ok((tomorrow?.rows ?? 0) >= all.entries, 'and it was forecast');

  await gates.keep(new Date('2031-03-01T13:00:00Z'));
  await sealer.seal(new Date('2031-03-01T13:00:00Z'));
  assert.deepEqual(await journalChecks(new Date('2031-03-01T13:00:00Z')), []);
  const { entries: shown } = await gates.answer.log(person, self(person));
  assert.ok(
    shown.every(({ at }) => at >= '2031-'),
    'a person’s log goes on without them',
  );
});

/** Entries that the round at a moment wrote about itself. */
async function added(at: Date): Promise<number> {
  return (await world.sql('select from journal.entry where at = $1', [at])).length;
}

test('k.as-needed: what is not sealed yet stays, however old', async () => {
  const { gates, sealer } = world.product;
  const at = new Date('2032-01-01T12:00:00Z');
  await sealer.seal(at);
  await world.sql(
    `insert into journal.entry (at, gate, act, actor, statement) values ('2020-01-01', 'keep', 'round', 'system', '3.0')`,
  );
  await gates.keep(new Date('2040-01-01T12:00:00Z'));
  const left = await world.sql(`select from journal.entry where at = '2020-01-01'`);
  assert.equal(left.length, 1);
});

test('0.security: nobody takes an entry out but keeping, and keeping by its one function', async () => {
  const { engine } = world.product;
  const refused = { code: '42501' };
  for (const role of ['collect', 'answer', 'seal', 'courier', 'proof', 'customer']) {
    const pool = engine.pools.of(role);
    await assert.rejects(pool.query(`select journal.age(now(), 'P0D', 1)`), refused, role);
    await assert.rejects(pool.query('delete from journal.entry'), refused, role);
  }
  const keep = engine.pools.of('keep');
  for (const sql of [
    'delete from journal.entry',
    'update journal.entry set at = at',
    'truncate journal.entry',
    'delete from journal.block',
    'alter table journal.entry disable trigger append_only',
    `create function pg_temp.now() returns int language sql as 'select 1'; delete from journal.entry`,
  ])
    await assert.rejects(keep.query(sql), refused, sql);
  // The owner is refused as everybody is; the trigger has to be taken off first, and that is found.
  await asOwner(world.config.databaseUrl!, async (client) => {
    await assert.rejects(client.query('delete from journal.entry'), refused);
    await assert.rejects(client.query('truncate journal.entry'), refused);
    await assert.rejects(client.query('update journal.entry set act = act'), refused);
  });
  const size = await entries();
  await keep.query(`select journal.age('2026-01-01', 'P5Y', 500)`);
  assert.equal(await entries(), size);
});

test('k.as-needed: a receipt whose entry has left is refused by that name, and does not stop an export', async () => {
  const { gates, sealer } = world.product;
  world.now = new Date('2041-03-01T12:00:00Z');
  await world.person('lenge@firma.example');
  await world.subscriber('lenge@firma.example');
  const person = (await world.idOf('lenge@firma.example'))!;
  await sealer.seal(world.now);
  const { receipts } = await gates.answer.access(person, self(person), world.now);
  assert.equal(receipts.length, 1);
  // Restricted: what is theirs is kept, past its date too. The journal's blocks hold others' entries, and go.
  await gates.answer.restrict(person, 'claims', self(person), world.now);
  await sealer.seal(world.now);
  const later = new Date('2047-03-01T12:00:00Z');
  await gates.keep(later);
  await assert.rejects(
    gates.answer.receipt(receipts[0]!.id, later),
    (error) => error instanceof Refusal && error.code === 'answer.past-receipt',
  );
  const { status } = await world.call('GET', `receipts/${receipts[0]!.id}`);
  assert.equal(status, 404);
  assert.ok((await gates.answer.export(person, self(person), later, 'nb')).length > 0);
  assert.deepEqual(await journalChecks(later), []);
});
