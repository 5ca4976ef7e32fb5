import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#gates/actor.ts';
import { openBulk } from '#gates/bulk/bulk.ts';
import { known, own } from '#test/clients.ts';
import { World } from '#test/world.ts';
import { modules } from '../../modules.ts';
import { drawDue } from './invoicing.ts';

let world: World;
let finance: string;
let clients: string[];
const at = (day: string) => new Date(`${day}T10:00:00Z`);
before(async () => {
  world = await World.open();
  const gates = world.product.gates;
  clients = [];
  for (const name of ['en', 'to', 'tre', 'fire']) {
    const owner = await known(gates, `eier@${name}.example`, at('2026-01-02'));
    clients.push(await own(gates, owner, at('2026-01-02')));
  }
  await drawDue(gates, at('2026-02-01'));
  await world.letters();
  world.now = at('2026-02-24');
  finance = await world.staff('finance');
});
after(() => world.close());

const invoices = async () =>
  (await world.product.gates.archive.sales({ sold: true }, SYSTEM, world.now)).map(({ id }) => id).reverse();
const begin = (body: object, as = finance) => world.call('POST', 'bulk-runs', { as, body });
const view = async (run: string, as = finance) =>
  (await world.call('GET', `bulk-runs/${run}`, { as })).body as {
    done: number;
    refused: number;
    state: string;
    rows: number;
    results: { id: string; name: string; came: string | null }[];
    next: string | null;
  };
const work = async () => {
  while (await world.product.gates.bulk.work(() => world.now));
};
const open = async () =>
  (await world.product.gates.archive.sales({ open: true }, SYSTEM, world.now)).map(({ id }) => id);

test('u.customer: finance reminds of all that are overdue at once, and sees row by row what came of it', async () => {
  const [one] = await invoices();
  const counted = await world.call('POST', 'bulk-counts', {
    as: finance,
    body: { act: 'invoices.remind', choice: { which: 'due' } },
  });
  assert.deepEqual([counted.status, counted.body], [200, { rows: 4 }]);
  const first = await begin({ act: 'invoices.remind', rows: [one, one, crypto.randomUUID()] });
  assert.equal(first.status, 202, JSON.stringify(first.body));
  assert.deepEqual(
    [(await view(first.body.run)).rows, (await view(first.body.run)).state],
    [1, 'waiting'],
    'each row once, and none that is no invoice',
  );
  await work();
  world.now = new Date(world.now.getTime() + 1000);
  const second = await begin({ act: 'invoices.remind', choice: { which: 'due' } });
  await work();
  const { done, refused, state, results } = await view(second.body.run);
  assert.deepEqual([done, refused, state], [3, 1, 'done']);
  assert.equal(results.find(({ id }) => id === one)!.came, 'billing.reminded');
  assert.match(results[0]!.name, /^100\d\d$/);
  const letters = await world.letters();
  assert.deepEqual([...letters.keys()].sort(), [
    'eier@en.example',
    'eier@fire.example',
    'eier@to.example',
    'eier@tre.example',
  ]);
});

test('u.customer: work that was cut short is gone on with, and nothing is done twice', async () => {
  const all = await invoices();
  const { body } = await begin({ act: 'invoices.paid', rows: all, date: '2026-02-20' });
  const { engine, gates } = world.product;
  // A process that dies with an invoice paid and not noted, and holds on to the run for a while.
  const dying = openBulk(engine, () => gates, [
    ...modules.flatMap(({ bulk }) => bulk ?? []),
    {
      acts: {
        'invoices.paid': {
          role: 'finance',
          act: async (...given) => {
            await modules.find(({ name }) => name === 'billing')!.bulk!.acts!['invoices.paid']!.act(...given);
            await engine.pools
              .of('answer')
              .query('select pg_terminate_backend(pg_backend_pid())')
              .catch(() => {});
            throw Object.assign(new Error('killed'), { code: 'killed' });
          },
        },
      },
    },
  ]);
  let rows = 0;
  await dying.work(
    () => world.now,
    () => rows++ >= 1,
  );
  await world.sql(`update gate.bulk_row set came = null where run = $1`, [body.run]);
  await world.sql(`update gate.bulk set moved_at = $2 where id = $1`, [body.run, world.now]);
  assert.equal(await gates.bulk.work(() => world.now), false, 'another process may have it still');
  const later = new Date(world.now.getTime() + 61_000);
  assert.equal(await gates.bulk.work(() => later), true);
  const { done, refused } = await view(body.run);
  assert.deepEqual([done, refused], [4, 0]);
  const payments = await gates.archive.sales({ settles: all[0] }, SYSTEM, world.now);
  assert.equal(payments.length, 1);
  assert.deepEqual(await open(), []);
});

test('u.customer: what was noted as paid together is taken back, once, and is left to pay again', async () => {
  const all = await invoices();
  const before = await begin({ act: 'invoices.paid', rows: all.slice(0, 2), date: '2026-02-24' });
  await work();
  assert.equal((await view(before.body.run)).refused, 2, 'they are paid already');
  const { body } = await begin({ act: 'invoices.take-back', rows: all.slice(0, 2) });
  await work();
  assert.deepEqual((await view(body.run)).done, 2);
  assert.deepEqual(new Set(await open()), new Set(all.slice(0, 2)));
  const again = await begin({ act: 'invoices.take-back', rows: all });
  await work();
  const { results } = await view(again.body.run);
  assert.deepEqual(
    all.map((id) => results.find((row) => row.id === id)!.came),
    ['billing.nothing-noted', 'billing.nothing-noted', 'done', 'done'],
  );
  const undone = await begin({ act: 'invoices.remind', of: body.run });
  assert.equal((await view(undone.body.run)).rows, 2, 'what an earlier run did');
  await work();
  const once = await begin({ act: 'invoices.paid', choice: { which: 'open' }, date: '2026-02-24' });
  await work();
  assert.equal((await view(once.body.run)).done, 4);
  assert.deepEqual(await open(), []);
  const settled = await world.call('GET', `invoices/${all[0]}`, { as: finance });
  assert.deepEqual(
    settled.body.settled.map(({ total }: { total: number }) => total),
    [60_000, -60_000, 60_000],
  );
  const { checks } = await world.product.prove(world.now, 'k.bookkeeping');
  assert.deepEqual(
    checks.filter(({ ok }) => !ok).map(({ detail }) => detail),
    [],
  );
});

test('0.purpose: an act on many rows is for its own role, and says what is wrong with what it is asked', async () => {
  const support = await world.staff('support');
  const [one] = await invoices();
  for (const [body, status, code, as] of [
    [{ act: 'invoices.remind', rows: [one] }, 403, 'identity.role-missing', support],
    [{ act: 'people.sign-out', choice: {} }, 403, 'identity.role-missing', finance],
    [{ act: 'invoices.burn', rows: [one] }, 422, 'bulk.unknown-act', finance],
    [{ act: 'toString', rows: [one] }, 422, 'bulk.unknown-act', finance],
    [{ act: 'invoices.remind', rows: [] }, 422, 'bulk.nothing-chosen', finance],
    [{ act: 'invoices.remind', choice: { which: 'x' } }, 422, 'collect.invalid-field', finance],
    [{ act: 'invoices.paid', rows: [one] }, 422, 'collect.missing-field', finance],
    [{ act: 'invoices.paid', rows: [one], date: '2030-01-01' }, 422, 'collect.invalid-field', finance],
  ] as const) {
    const answered = await begin(body, as);
    assert.deepEqual([answered.status, answered.body.code], [status, code], JSON.stringify(body));
  }
  const { body } = await begin({ act: 'invoices.remind', rows: [one] });
  const seen = await world.call('GET', `bulk-runs/${body.run}`, { as: support });
  assert.equal(seen.body.code, 'identity.role-missing');
  const absent = await world.call('GET', `bulk-runs/${crypto.randomUUID()}`, { as: finance });
  assert.equal(absent.body.code, 'bulk.unknown-run');
  await work();
});

test('0.purpose: a role that was taken away takes effect on the next row of what its owner had begun', async () => {
  const leaving = await world.staff('finance', 'slutter@operator.example');
  const person = (await world.idOf('slutter@operator.example'))!;
  const all = await invoices();
  const { body } = await begin({ act: 'invoices.remind', rows: all }, leaving);
  const { gates } = world.product;
  let rows = 0;
  await gates.bulk.work(
    () => world.now,
    () => rows++ >= 1,
  );
  await gates.answer.endRows(person, 'identity.staff', { role: ['finance'] }, SYSTEM, world.now);
  await work();
  const { state, results } = await view(body.run);
  assert.equal(state, 'done');
  assert.deepEqual(
    results.map(({ came }) => came),
    ['billing.settled', 'identity.role-missing', 'identity.role-missing', 'identity.role-missing'],
  );
});

test('u.customer: staff see the runs of their own acts, whoever began them, the newest first', async () => {
  const list = async (as: string, query = '') =>
    (await world.call('GET', `bulk-runs${query}`, { as })).body as {
      runs: { run: string; act: string; mine: boolean; state: string; rows: number }[];
      next: string | null;
    };
  const own = await list(finance);
  assert.ok(own.runs.length > 3);
  assert.ok(own.runs.every(({ act, state }) => act.startsWith('invoices.') && state === 'done'));
  assert.deepEqual(new Set(own.runs.map(({ mine }) => mine)), new Set([true, false]));
  const first = await list(finance, '?limit=2');
  const second = await list(finance, `?limit=2&cursor=${first.next}`);
  assert.deepEqual(
    [...first.runs, ...second.runs].map(({ run }) => run),
    own.runs.slice(0, 4).map(({ run }) => run),
  );
  assert.deepEqual(await list(await world.staff('support')), { runs: [], next: null });
});

test('0.security: administrators end the sessions of many people at once, and look at nobody', async () => {
  const administrator = await world.staff('administrator');
  const [kari, per] = [await world.person('kari@post.example'), await world.person('per@post.example')];
  const person = (await world.idOf('kari@post.example'))!;
  const looks = () =>
    world.sql(`select from journal.entry where person = $1 and gate = 'use' and actor = 'staff'`, [person]);
  const { body } = await begin({ act: 'people.sign-out', rows: [person] }, administrator);
  await work();
  assert.deepEqual((await view(body.run, administrator)).results, [{ id: person, name: null, came: 'done' }]);
  assert.equal((await world.call('GET', 'sessions/current', { as: kari })).status, 401);
  assert.notEqual((await world.call('GET', 'sessions/current', { as: per })).status, 401);
  const everybody = await begin({ act: 'people.sign-out', choice: { which: 'all' } }, administrator);
  await work();
  assert.ok((await view(everybody.body.run, administrator)).done >= 2);
  assert.equal((await world.call('GET', 'sessions/current', { as: per })).status, 401);
  assert.deepEqual(await looks(), []);
  const [entry] = await world.sql<{ actor: string }>(
    `select actor from journal.entry where person = $1 and act = 'sign-out' order by id desc limit 1`,
    [person],
  );
  assert.equal(entry!.actor, 'staff');
});

test('k.as-needed: runs are told of for thirty days, and then let go of', async () => {
  const count = async () =>
    (await world.sql<{ n: number }>('select count(*)::int as n from gate.bulk_row'))[0]!.n;
  assert.ok((await count()) > 0);
  const later = (days: number) => new Date(world.now.getTime() + days * 86_400_000);
  await world.product.gates.bulk.work(() => later(29));
  assert.ok((await count()) > 0);
  await world.product.gates.bulk.work(() => later(31));
  assert.equal(await count(), 0);
  assert.deepEqual(await world.sql('select from gate.bulk'), []);
});

test('u.customer: the list of invoices is a file for the books, cut as the list is', async () => {
  const all = await world.call('GET', 'invoices/file', { as: finance });
  assert.equal(all.status, 200);
  const lines = String(all.body).trim().split('\r\n');
  assert.match(lines[0]!, /^.?"number";"kind";"buyer";"organisation";"date";"due"/);
  assert.equal(lines.length, 5);
  assert.match(lines[1]!, /^"100\d\d";"invoice";"Prøve og Sønn AS";"\d{9}";"2026-02-01";"2026-02-15";/);
  assert.match(lines[1]!, /;"480\.00";"120\.00";"600\.00";"0\.00";/);
  const due = await world.call('GET', 'invoices/file?which=due', { as: finance });
  assert.equal(String(due.body).trim().split('\r\n').length, 1);
});
