import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#gates/actor.ts';
import { oreOf, type SalesDocument } from '#gates/archive/sales.ts';
import { isKid } from '#gates/numbers.ts';
import { end } from '#modules/customers/lifecycle.ts';
import { known, own } from '#test/clients.ts';
import { World } from '#test/world.ts';
import { drawDue } from './invoicing.ts';
import { amountOf } from './money.ts';
import { linesOf, totalsOfContent } from './sales.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

const gates = () => world.product.gates;
const at = (day: string) => new Date(`${day}T10:00:00Z`);
const newClient = async (email: string, day: Date, modules: string[]) =>
  own(gates(), await known(gates(), email, day), day, modules);
const drawn = async (client: string): Promise<SalesDocument[]> =>
  (await gates().archive.sales({ client }, SYSTEM, world.now)).reverse();
const lines = (all: readonly SalesDocument[]) =>
  all.map(({ kind, dated, content }) => [
    `${kind} ${dated} ${content.amount}`,
    ...linesOf(content).map(({ what, from, to, net }) => `${what} ${from} ${to} ${amountOf(net)}`),
  ]);

test('u.customer: a client is invoiced by the month from the end of the trial, once a term, however often it is tried', async () => {
  const client = await newClient('faktura@firma.example', at('2026-01-02'), ['arkiv']);
  for (const day of ['2026-01-02', '2026-01-31', '2026-02-01', '2026-02-01', '2026-02-20', '2026-03-01'])
    await drawDue(gates(), at(day));
  assert.deepEqual(lines(await drawn(client)), [
    ['invoice 2026-02-01 600.00', 'Basis 2026-02-01 2026-02-28 290.00', 'Arkiv 2026-02-01 2026-02-28 190.00'],
    ['invoice 2026-03-01 600.00', 'Basis 2026-03-01 2026-03-31 290.00', 'Arkiv 2026-03-01 2026-03-31 190.00'],
  ]);
});

test('k.bookkeeping: an invoice says what the law asks for, and what it adds up to', async () => {
  const client = await newClient('innhold@firma.example', at('2026-01-02'), ['arkiv', 'kurs']);
  await drawDue(gates(), at('2026-02-03'));
  const [invoice] = await drawn(client);
  const { content, number, due, left } = invoice!;
  assert.deepEqual([content.date, content.due, due], ['2026-02-03', '2026-02-17', '2026-02-17']);
  assert.equal(content.number, String(number));
  assert.ok(isKid(content.kid!) && content.kid!.includes(String(number)));
  assert.equal(content.seller, 'Catacloud AS');
  assert.deepEqual([content.sellerOrganisation, content.sellerVat], ['310000027', 'yes']);
  assert.match(content.organisation!, /^\d{9}$/);
  const totals = totalsOfContent(content);
  assert.deepEqual(
    [content.net, content.vat, content.amount],
    [totals.net, totals.vat, totals.total].map(amountOf),
  );
  assert.equal(left, totals.total);
  assert.deepEqual(totals.rates, [{ rate: 25, net: 72_000, vat: 18_000 }]);
  for (const word of Object.values(content)) assert.doesNotMatch(word, /@|\+47/);
});

test('u.customer: at the end what was paid beyond the day is credited, before keeping lets go of what it is reckoned from', async () => {
  const client = await newClient('slutt@firma.example', at('2026-01-02'), ['arkiv']);
  await drawDue(gates(), at('2026-02-01'));
  await end(gates(), client, SYSTEM, at('2026-02-15'));
  await gates().keep(at('2026-02-15'));
  const all = await drawn(client);
  assert.deepEqual(lines(all)[1], [
    'credit 2026-02-15 300.00',
    'Basis 2026-02-15 2026-02-28 145.00',
    'Arkiv 2026-02-15 2026-02-28 95.00',
  ]);
  const [invoice, credit] = all;
  assert.deepEqual([credit!.content.credits, credit!.settles], [invoice!.content.number, invoice!.id]);
  assert.deepEqual([invoice!.left, invoice!.credited], [30_000, 24_000]);
  for (const table of ['subscription', 'charge'])
    assert.deepEqual(await world.sql(`select from billing.${table} where client = $1`, [client]), [], table);
  await gates().keep(at('2026-03-15'));
  assert.equal((await drawn(client)).length, 2);
});

test('k.bookkeeping: documents drawn at the same time by several processes have numbers without gaps, and none is drawn twice', async () => {
  const clients = await Promise.all(
    [1, 2, 3, 4, 5].map((n) => newClient(`samtidig.${n}@firma.example`, at('2026-03-02'), ['arkiv'])),
  );
  await Promise.all([1, 2, 3].map(() => drawDue(gates(), at('2026-03-02'))));
  const before = await numbers();
  await Promise.all([1, 2, 3, 4].map(() => drawDue(gates(), at('2026-04-02'))));
  for (const client of clients) assert.equal((await drawn(client)).length, 1);
  const all = await numbers();
  assert.ok(all.length > before.length);
  assert.deepEqual(
    all,
    all.map((_, n) => 10_001 + n),
  );
  const { checks } = await world.product.prove(at('2026-04-02'), 'k.bookkeeping');
  assert.deepEqual(
    checks.filter(({ ok }) => !ok).map(({ detail }) => detail),
    [],
  );
});

const numbers = async () =>
  (
    await world.sql<{ number: string }>(
      `select number from archive.entry where kind in ('invoice', 'credit') order by number`,
    )
  ).map(({ number }) => Number(number));

test('k.bookkeeping: a document that cannot be booked takes no number', async () => {
  const client = await newClient('stanset@firma.example', at('2026-03-02'), ['arkiv']);
  const [row] = await world.sql<{ person: string }>('select person from customers.client where client = $1', [
    client,
  ]);
  const before = await numbers();
  const asked = {
    kind: 'invoice',
    client,
    person: row!.person,
    dated: '2026-05-01',
    actor: SYSTEM,
    at: at('2026-05-01'),
  } as const;
  for (const [once, content, rows] of [
    ['feil/innhold', () => ({ what: 'x' }), undefined],
    ['feil/tall', () => ({ amount: 'mye' }), undefined],
    [
      'feil/rad',
      (number: number) => ({ ...good, number: String(number) }),
      () => [{ table: 'billing.charge', values: { person: row!.person } }],
    ],
  ] as const)
    await assert.rejects(gates().archive.issue({ ...asked, once, content: content as never, rows }));
  assert.deepEqual(await numbers(), before);
  const { number } = await gates().archive.issue({
    ...asked,
    once: 'riktig',
    content: (n) => ({ ...good, number: String(n) }),
  });
  assert.equal(number, before.at(-1)! + 1);
});

const good = {
  date: '2026-05-01',
  buyer: 'Prøve AS',
  organisation: '310000000',
  what: 'Abonnement',
  line1: 'Basis, 2026-05-01–2026-05-31: 290.00 + 25 %',
  net: '290.00',
  vat: '72.50',
  amount: '362.50',
  currency: 'NOK',
};

test('k.bookkeeping: payments and credits settle an invoice and no more than it, and what is paid twice is booked once', async () => {
  const client = await newClient('betaler@firma.example', at('2026-01-02'), ['arkiv']);
  await drawDue(gates(), at('2026-02-01'));
  const [invoice] = await drawn(client);
  const pay = (amount: string, once: string) =>
    gates().archive.issue({
      kind: 'payment',
      client,
      person: invoice!.person,
      dated: '2026-02-10',
      settles: invoice!.id,
      once,
      content: (number) => ({
        number: `B${number}`,
        date: '2026-02-10',
        buyer: invoice!.content.buyer!,
        organisation: invoice!.content.organisation!,
        what: 'Innbetaling',
        amount,
        currency: 'NOK',
        pays: invoice!.content.number!,
      }),
      actor: SYSTEM,
      at: at('2026-02-10'),
    });
  const open = async () =>
    (await gates().archive.sales({ client, open: true }, SYSTEM, world.now)).map(({ left }) => left);
  await pay('100.00', 'bank/1');
  await pay('100.00', 'bank/1');
  assert.deepEqual(await open(), [50_000]);
  await assert.rejects(pay('500.01', 'bank/2'), { code: 'billing.too-much' });
  const [one, two] = await Promise.allSettled([pay('500.00', 'bank/3'), pay('500.00', 'bank/4')]);
  assert.deepEqual([one.status, two.status].sort(), ['fulfilled', 'rejected']);
  assert.deepEqual(await open(), []);
  assert.equal(oreOf(invoice!.content.amount), 60_000);
  await assert.rejects(
    gates().archive.sales(
      { client },
      { kind: 'person', id: invoice!.person, client: invoice!.id },
      world.now,
    ),
    { code: 'use.not-your-purpose' },
  );
});

test('r.rectify-erase: an owner who is alone and is erased is credited to the day as at an end, and the records outlast them', async () => {
  const client = await newClient('slettet@firma.example', at('2026-01-02'), ['arkiv']);
  await drawDue(gates(), at('2026-02-01'));
  const person = (await world.idOf('slettet@firma.example'))!;
  await gates().answer.erase(person, { kind: 'person', id: person }, at('2026-02-15'));
  const all = await drawn(client);
  assert.deepEqual(lines(all)[1], [
    'credit 2026-02-15 300.00',
    'Basis 2026-02-15 2026-02-28 145.00',
    'Arkiv 2026-02-15 2026-02-28 95.00',
  ]);
  assert.equal(all[1]!.settles, all[0]!.id);
  for (const table of ['subscription', 'charge', 'reminder'])
    assert.deepEqual(await world.sql(`select from billing.${table} where client = $1`, [client]), [], table);
  await drawDue(gates(), at('2026-03-15'));
  assert.equal((await drawn(client)).length, 2);
  const { checks } = await world.product.prove(at('2026-03-15'), 'k.bookkeeping');
  assert.deepEqual(
    checks.filter(({ ok }) => !ok).map(({ detail }) => detail),
    [],
  );
});

test('r.rectify-erase: who is restricted is credited all the same, and a refused erasure settles nothing', async () => {
  const resting = await newClient('begrenset@firma.example', at('2026-01-02'), ['arkiv']);
  const shared = await newClient('delt@firma.example', at('2026-01-02'), ['arkiv']);
  const heldBack = await newClient('sperret@firma.example', at('2026-01-02'), ['arkiv']);
  await gates().collect({
    point: 'client.member',
    actor: SYSTEM,
    at: at('2026-01-03'),
    about: { email: 'kollega@firma.example' },
    gives: ({ person }) => ({
      values: { 'contact.name': 'Ola Kollega' },
      rows: [
        {
          table: 'customers.member',
          values: {
            person,
            id: crypto.randomUUID(),
            client: shared,
            level: 'reader',
            since: at('2026-01-03'),
          },
        },
      ],
    }),
  });
  await drawDue(gates(), at('2026-02-01'));
  const idOf = async (email: string) => (await world.idOf(email))!;
  const erase = (person: string) =>
    gates().answer.erase(person, { kind: 'person', id: person }, at('2026-02-15'));
  const [restricted, owner, held] = await Promise.all(
    ['begrenset', 'delt', 'sperret'].map((name) => idOf(`${name}@firma.example`)),
  );
  await gates().answer.restrict(
    restricted!,
    'accuracy',
    { kind: 'person', id: restricted! },
    at('2026-02-10'),
  );
  await erase(restricted!);
  assert.equal((await drawn(resting))[1]?.content.amount, '300.00');
  await assert.rejects(erase(owner!), { code: 'customers.last-owner' });
  const officer = { kind: 'staff', roles: ['privacy'], id: crypto.randomUUID(), reason: 'duty' } as const;
  await gates().answer.hold(
    held!,
    { why: 'En sak om en faktura', until: '2027-01-01' },
    officer,
    at('2026-02-10'),
  );
  await assert.rejects(erase(held!), { code: 'answer.held' });
  for (const client of [shared, heldBack]) assert.equal((await drawn(client)).length, 1);
});

test('u.customer: a change of plan that was cut short goes on where the plan left off, and charges no day twice', async () => {
  const client = await newClient('avbrutt@firma.example', at('2026-01-02'), []);
  await drawDue(gates(), at('2026-03-01'));
  await world.sql('update billing.subscription set ended_at = $2 where client = $1', [
    client,
    at('2026-03-10'),
  ]);
  await drawDue(gates(), at('2026-04-01'));
  const all = lines(await drawn(client)).flat();
  assert.deepEqual(
    all.filter((line) => line.startsWith('Basis')),
    [
      'Basis 2026-02-01 2026-02-28 290.00',
      'Basis 2026-03-01 2026-03-31 290.00',
      'Basis 2026-03-10 2026-03-31 205.81',
      'Basis 2026-04-01 2026-04-30 290.00',
      'Basis 2026-03-10 2026-03-31 205.81',
    ],
  );
});
