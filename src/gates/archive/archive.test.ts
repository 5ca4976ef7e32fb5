import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { SYSTEM } from '#gates/actor.ts';
import { Refusal, type RefusalCode } from '#gates/refusal.ts';
import { fiscalYearEnded } from '#statement/fiscal-year.ts';
import { invoice } from '#test/invoice.ts';
import { World } from '#test/world.ts';
import { book } from './book.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

const self = (id: string) => ({ kind: 'person', id }) as const;
const FINANCE = { kind: 'staff', roles: ['finance'] } as const;
const refuses = (code: RefusalCode, fields: string[]) => (error: unknown) =>
  error instanceof Refusal && error.code === code && error.fields.join() === fields.join();

async function someone(email: string): Promise<string> {
  await world.profile(email, { company: 'Prøve AS' });
  return (await world.idOf(email))!;
}

const recordsOf = (person: string) =>
  world.sql<{ id: string; told: string | null }>(
    'select id, told from archive.entry where person = $1 order by id',
    [person],
  );

test('k.bookkeeping: a record is kept sealed, and its person sees it with the date it leaves', async () => {
  const { gates } = world.product;
  const person = await someone('bilag@firma.example');
  const { leaves } = await invoice(gates, person, '1001', world.now);
  assert.equal(leaves, '2032-01-01', 'five years after the end of 2026');
  assert.deepEqual(await world.tablesHolding('Prøve og Sønn AS'), [], 'nowhere in the clear');
  const { items } = await gates.answer.access(person, self(person), world.now);
  const item = items.find(({ id }) => id === 'archive.entry.content')!;
  assert.equal(item.value, '1001 · 2026-11-23 · Prøve og Sønn AS · 310000000 · Abonnement · 1250.00 · NOK');
  assert.equal(item.fields?.amount, '1250.00');
  assert.deepEqual([item.expires, item.clause, item.purpose], [leaves, 'k.bookkeeping', 'bookkeeping']);
  assert.deepEqual(item.can, [], 'what was issued is not altered (bokføringsloven § 10)');
  const zip = unzipSync(await gates.answer.export(person, self(person), world.now, 'nb'));
  assert.match(strFromU8(zip['data.json']!), /Prøve og Sønn AS/);
});

test('k.bookkeeping: only bookkeeping reads the archive, also of people who are restricted or gone', async () => {
  const { gates, engine } = world.product;
  const person = await someone('stengt@firma.example');
  const gone = await someone('borte@firma.example');
  await invoice(gates, person, '1002', world.now);
  await invoice(gates, gone, '1003', world.now);
  await gates.answer.restrict(person, 'claims', self(person), world.now);
  await gates.answer.erase(gone, self(gone), world.now);
  const seen = await gates.archive.records({ fiscalYear: '2026-12-31' }, FINANCE, world.now);
  const mine = seen.filter((one) => one.person === person || one.person === gone);
  assert.deepEqual(mine.map(({ content }) => content.number).sort(), ['1002', '1003']);
  assert.deepEqual(await gates.archive.records({ fiscalYear: '2025-12-31' }, FINANCE, world.now), []);
  const looks = await world.sql(
    `select person from journal.entry where act = 'archive' and actor = 'staff' and person = any($1)`,
    [[person, gone]],
  );
  assert.equal(looks.length, 2, 'each look is in the log of whom it was at');
  await assert.rejects(
    gates.archive.records({}, { kind: 'staff', roles: ['privacy'] }, world.now),
    refuses('use.not-your-purpose', []),
  );
  // The purpose that runs the agreement reads that category elsewhere, and not here.
  for (const purpose of ['agreement', 'customer', 'rights', 'accountability'])
    for (const table of ['archive.entry', 'archive.agreement'])
      await assert.rejects(engine.pools.of(purpose).query(`select id from ${table}`), { code: '42501' });
  for (const [role, sql] of [
    ['bookkeeping', 'delete from archive.entry'],
    ['answer', 'delete from archive.entry'],
    ['answer', 'update archive.entry set year_ended = year_ended'],
    ['keep', 'update archive.entry set told = null'],
    ['collect', 'select id from archive.entry'],
  ] as const)
    await assert.rejects(engine.pools.of(role).query(sql), { code: '42501' }, `${role}: ${sql}`);
  await assert.rejects(world.sql(`update archive.entry set year_ended = now()`), { code: '42501' });
});

test('k.bookkeeping: a record booked twice is kept once, and one that does not open elsewhere is not moved', async () => {
  const { gates } = world.product;
  const [kari, ola] = [await someone('kari@firma.example'), await someone('ola@firma.example')];
  const id = '00000000-0000-4000-8000-000000000001';
  for (let n = 0; n < 2; n += 1) await invoice(gates, kari, '1004', world.now, { id });
  assert.equal((await recordsOf(kari)).length, 1);
  const entries = await world.sql(`select from journal.entry where person = $1 and act = 'book'`, [kari]);
  assert.equal(entries.length, 1);
  await world.sql(
    'insert into archive.entry select $2, id, shelf, content, year_ended from archive.entry where person = $1',
    [kari, ola],
  );
  await assert.rejects(gates.answer.access(ola, self(ola), world.now), { name: 'SealError' });
  await world.sql('delete from archive.entry where person = $1', [ola]);
});

test('k.bookkeeping: what the act does not ask for is refused by name', async () => {
  const { gates } = world.product;
  const person = await someone('avvist@firma.example');
  const tries: [Record<string, string>, RefusalCode, string[]][] = [
    [{ email: 'avvist@firma.example' }, 'collect.undeclared-field', ['email']],
    [{ buyer: 'avvist@firma.example' }, 'collect.invalid-field', ['buyer']],
    [{ what: 'For 01819012012' }, 'collect.national-identity-number', ['what']],
    [{ organisation: '310000001' }, 'collect.invalid-field', ['organisation']],
    [{ organisation: '' }, 'collect.missing-field', ['address']],
    [{ number: '' }, 'collect.missing-field', ['number']],
    [{ date: '2026-02-30' }, 'collect.invalid-field', ['date']],
    [{ amount: '12,50' }, 'collect.invalid-field', ['amount']],
    [{ currency: 'kr' }, 'collect.invalid-field', ['currency']],
  ];
  for (const [content, code, fields] of tries)
    await assert.rejects(
      invoice(gates, person, '1', world.now, { content }),
      refuses(code, fields),
      fields[0],
    );
  const whole = { person, content: {}, booked: world.now, at: world.now };
  await assert.rejects(
    gates.archive.book({ ...whole, category: 'contact.email', actor: SYSTEM }),
    refuses('collect.undeclared-field', ['contact.email']),
  );
  await assert.rejects(
    gates.archive.book({ ...whole, category: 'accounting.record', actor: self(person) }),
    refuses('use.not-your-purpose', []),
  );
  for (const booked of [new Date('2020-06-01T12:00:00Z'), new Date('2027-01-01T12:00:00Z')])
    await assert.rejects(
      invoice(gates, person, '1', world.now, { booked }),
      refuses('collect.invalid-field', ['booked']),
    );
  const nobody = '00000000-0000-4000-8000-00000000000f';
  await assert.rejects(invoice(gates, nobody, '1', world.now), refuses('answer.unknown-person', []));
  assert.deepEqual(await recordsOf(person), []);
});

test('k.bookkeeping: the operator’s own fiscal year decides when records leave', async () => {
  const { gates, engine } = world.product;
  const person = await someone('juni@firma.example');
  const operator = { ...engine.statement.operator, fiscalYearEnd: '06-30' };
  const { leaves } = await book(
    { ...engine, statement: { ...engine.statement, operator } },
    {
      person,
      category: 'accounting.record',
      content: {
        number: '7',
        date: '2026-06-30',
        buyer: 'Juni AS',
        address: 'Storgata 1, 0155 Oslo',
        what: 'Kurs',
        amount: '100',
        currency: 'NOK',
      },
      booked: new Date('2026-06-30T20:00:00Z'),
      actor: SYSTEM,
      at: world.now,
    },
  );
  assert.equal(leaves, '2031-07-01');
  const [row] = await world.sql<{ year_ended: Date }>(
    'select year_ended from archive.entry where person = $1',
    [person],
  );
  assert.deepEqual(row!.year_ended, fiscalYearEnded('06-30', new Date('2026-06-30T20:00:00Z')));
  const { items } = await gates.answer.access(person, self(person), world.now);
  assert.equal(items.find(({ category }) => category === 'accounting.record')?.expires, leaves);
});
