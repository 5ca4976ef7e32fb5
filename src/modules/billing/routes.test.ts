import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#gates/actor.ts';
import { end } from '#modules/customers/lifecycle.ts';
import { own } from '#test/clients.ts';
import { World } from '#test/world.ts';
import { drawDue } from './invoicing.ts';
import { remindDue } from './reminders.ts';

let world: World;
let finance: string;
before(async () => {
  world = await World.open();
  finance = await world.staff('finance');
});
after(() => world.close());

const at = (day: string) => new Date(`${day}T10:00:00Z`);

/** A client that began on a day, with its owner signed in. */
async function owner(email: string, day: string): Promise<{ client: string; as: string; person: string }> {
  await world.person(email);
  const person = (await world.idOf(email))!;
  const as = await world.whole(person);
  return { as, person, client: await own(world.product.gates, person, at(day), ['arkiv']) };
}
const get = (path: string, as?: string) => world.call('GET', path, { as });

test('the price list is public, and says what it costs today', async () => {
  const { status, body, headers } = await get('prices');
  assert.deepEqual([status, headers['cache-control']], [200, 'public, max-age=300']);
  assert.deepEqual([body.currency, body.vat, body.trialUntil], ['NOK', 25, '2026-12-23']);
  assert.deepEqual(body.plans[0], {
    plan: 'basis',
    label: { nb: 'Basis', en: 'Basic' },
    about: body.plans[0].about,
    month: 29_000,
    year: 290_000,
  });
});

test('u.customer: an owner sees the plan and what the next invoice will say, and changes it knowing what it costs', async () => {
  const { client, as } = await owner('plan@firma.example', '2026-09-01');
  const path = `clients/${client}/subscription`;
  await drawDue(world.product.gates, at('2026-11-20'));
  const { body } = await get(path, as);
  assert.deepEqual(
    [body.plan, body.span, body.since, body.freeUntil, body.next.on, body.next.total],
    ['basis', 'month', '2026-09-01', null, '2026-12-01', 60_000],
  );
  const preview = await get(`${path}/preview?plan=pluss&span=month`, as);
  // Eight of thirty days: from 23 November.
  assert.deepEqual(
    preview.body.lines.map(({ what, net }: { what: string; net: number }) => [what, net]),
    [
      ['Pluss', 21_067],
      ['Basis', -7_733],
    ],
  );
  const changed = await world.call('PUT', `${path}/plan`, { as, body: { plan: 'pluss', span: 'month' } });
  assert.deepEqual([changed.status, changed.body.plan], [200, 'pluss']);
  assert.equal(changed.body.next.net, preview.body.net + 79_000 + 19_000);
  await drawDue(world.product.gates, at('2026-12-01'));
  const { invoices } = (await get(`clients/${client}/invoices`, as)).body;
  assert.deepEqual(
    invoices.slice(0, 2).map(({ kind, net }: { kind: string; net: number }) => [kind, net]),
    [
      ['credit', 7_733],
      ['invoice', 21_067 + 79_000 + 19_000],
    ],
  );
  const unknown = await world.call('PUT', `${path}/plan`, { as, body: { plan: 'gull', span: 'month' } });
  assert.deepEqual([unknown.status, unknown.body.code], [422, 'billing.unknown-plan']);
});

test('u.customer: a year is paid for from the day of the change, and what was paid by the month is given back', async () => {
  const { client, as } = await owner('aar@firma.example', '2026-09-01');
  await drawDue(world.product.gates, at('2026-11-20'));
  const changed = await world.call('PUT', `clients/${client}/subscription/plan`, {
    as,
    body: { plan: 'basis', span: 'year' },
  });
  assert.deepEqual([changed.body.span, changed.body.next.on], ['year', '2026-12-23']);
  await drawDue(world.product.gates, at('2026-11-23'));
  const [credit, invoice] = (await get(`clients/${client}/invoices`, as)).body.invoices;
  // The module is paid for to the end of November already, and from then to the end of the year.
  assert.deepEqual([invoice.net, credit.net], [290_000 + 185_836, 7_733]);
});

test('k.bookkeeping: an invoice is read as JSON, as a PDF and as EHF, by its own client and by finance alone', async () => {
  const { client, as, person } = await owner('lesbar@firma.example', '2026-10-01');
  const other = await owner('annen@firma.example', '2026-10-01');
  await drawDue(world.product.gates, at('2026-11-20'));
  const [{ invoice }] = (await get(`clients/${client}/invoices`, as)).body.invoices;
  const one = await get(`clients/${client}/invoices/${invoice}`, as);
  assert.deepEqual([one.body.buyer, one.body.total, one.body.left], ['Prøve og Sønn AS', 60_000, 60_000]);
  const paper = await get(`clients/${client}/invoices/${invoice}/paper`, as);
  assert.deepEqual([paper.status, paper.type], [200, 'application/pdf']);
  assert.equal(paper.raw.subarray(0, 5).toString(), '%PDF-');
  assert.deepEqual((await get(`clients/${client}/invoices/${invoice}/paper`, as)).raw, paper.raw);
  const ehf = await get(`clients/${client}/invoices/${invoice}/ehf`, as);
  assert.match(ehf.type, /^application\/xml/);
  assert.match(String(ehf.raw), /<cbc:PayableAmount currencyID="NOK">600\.00</);
  for (const form of ['', '/paper', '/ehf']) {
    assert.equal((await get(`invoices/${invoice}${form}`, finance)).status, 200, form);
    assert.equal((await get(`invoices/${invoice}${form}`, as)).body.code, 'identity.role-missing', form);
    assert.equal((await get(`clients/${client}/invoices/${invoice}${form}`, other.as)).status, 404, form);
    const crossed = await get(`clients/${other.client}/invoices/${invoice}${form}`, other.as);
    assert.deepEqual([crossed.status, crossed.body.code], [404, 'billing.unknown-invoice'], form);
  }
  const log = (await world.call('GET', 'me/log', { as })).body.entries;
  assert.ok(
    log.some(({ act, actor }: Record<string, string>) => act === 'archive' && actor === 'staff'),
    'finance’s look is in the log of whom it was at',
  );
  assert.ok(person);
});

test('u.customer: finance notes a payment and credits the rest, and the client sees what settled it', async () => {
  const { client, as } = await owner('oppgjor@firma.example', '2026-10-01');
  await drawDue(world.product.gates, at('2026-11-20'));
  const [{ invoice, number }] = (await get(`clients/${client}/invoices`, as)).body.invoices;
  const pay = (body: object) => world.call('POST', `invoices/${invoice}/payments`, { as: finance, body });
  const paid = await pay({ amount: 60_000, date: '2026-11-22', reference: 'Bank 4711' });
  assert.deepEqual([paid.status, paid.body.left], [201, 0]);
  assert.equal((await pay({ amount: 60_000, date: '2026-11-22', reference: 'Bank 4711' })).status, 201);
  for (const [body, code] of [
    [{ amount: 1, date: '2026-11-22', reference: 'Bank 4712' }, 'billing.too-much'],
    [{ amount: 1, date: '2026-11-24', reference: 'Bank 4713' }, 'collect.invalid-field'],
    [{ amount: 1, date: '2026-11-22', reference: '4242 4242 4242 4242' }, 'collect.card-number'],
  ] as const)
    assert.equal((await pay(body)).body.code, code);
  const credit = await world.call('POST', `invoices/${invoice}/credit`, { as: finance });
  assert.deepEqual([credit.status, credit.body.credits, credit.body.total], [201, number, 60_000]);
  const seen = (await get(`clients/${client}/invoices/${invoice}`, as)).body;
  assert.deepEqual([paid.body.credited, seen.credited, seen.left], [0, 48_000, -60_000]);
  assert.deepEqual(
    seen.settled.map(({ kind, reference }: Record<string, string>) => [kind, reference]),
    [
      ['payment', 'Bank 4711'],
      ['credit', null],
    ],
  );
  const again = await world.call('POST', `invoices/${invoice}/credit`, { as: finance });
  assert.deepEqual([again.status, again.body.code], [409, 'billing.settled']);
  await end(world.product.gates, client, SYSTEM, world.now);
  await world.product.gates.keep(world.now);
  const { invoices } = (await get('invoices?which=all', finance)).body;
  assert.equal(invoices.filter((one: { client: string }) => one.client === client).length, 2);
});

test('u.customer: finance sees what was invoiced each month and what is not paid, page by page', async () => {
  const all = (await get('invoices', finance)).body.invoices;
  const paged = [];
  for (let cursor = ''; ; ) {
    const { body } = await get(`invoices?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`, finance);
    paged.push(...body.invoices);
    if (body.next === null) break;
    cursor = body.next;
  }
  assert.deepEqual(paged, all);
  const open = (await get('invoices?which=open', finance)).body.invoices;
  assert.ok(open.length > 0 && open.every(({ left }: { left: number }) => left > 0));
  const { body } = await get('invoices/months?months=3', finance);
  assert.deepEqual(
    body.months.map(({ month }: { month: string }) => month),
    ['2026-09', '2026-10', '2026-11'],
  );
  const sum = all
    .filter(({ date }: { date: string }) => date.startsWith('2026-11'))
    .reduce(
      (total: number, { kind, net }: { kind: string; net: number }) =>
        total + (kind === 'credit' ? -net : net),
      0,
    );
  assert.equal(body.months[2].invoiced, sum);
  assert.equal((await get('invoices', await world.staff('privacy'))).body.code, 'identity.role-missing');
});

test('u.customer: when a reminder went out is told to the client and to finance, on the list and on the invoice', async () => {
  const { client, as } = await owner('paaminnet@firma.example', '2026-09-01');
  await drawDue(world.product.gates, at('2026-10-01'));
  const told = async () => {
    const [[mine], one, [sale], theirs] = await Promise.all([
      get(`clients/${client}/invoices`, as).then(({ body }) => body.invoices),
      get(`clients/${client}/invoices/${invoice}`, as).then(({ body }) => body),
      get(`invoices?client=${client}`, finance).then(({ body }) => body.invoices),
      get(`invoices/${invoice}`, finance).then(({ body }) => body),
    ]);
    return [mine, one, sale, theirs].map(({ reminded }) => reminded);
  };
  const [{ invoice }] = (await get(`clients/${client}/invoices`, as)).body.invoices;
  assert.deepEqual(await told(), [null, null, null, null]);
  // Half past eleven in the evening of the 22nd in London is the 23rd here.
  await remindDue(world.product.gates, new Date('2026-10-22T22:30:00Z'));
  const day = '2026-10-23';
  assert.deepEqual(await told(), [day, day, day, day]);
});
