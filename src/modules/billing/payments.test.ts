import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { own } from '#test/clients.ts';
import { type AskedPage, LoopbackPayments, signatureOf } from '#test/payments.ts';
import { shipped } from '#test/statement.ts';
import { World } from '#test/world.ts';
import { openPayments } from '../../payments.ts';
import { drawDue } from './invoicing.ts';

let world: World;
let provider: LoopbackPayments;
before(async () => {
  provider = await LoopbackPayments.open();
  world = await World.open(provider.env);
});
after(async () => {
  await world.close();
  await provider.close();
});

interface Owner {
  readonly as: string;
  readonly at: string;
  readonly invoice: string;
  readonly person: string;
}

/** Somebody whose company has one invoice that is not paid. */
async function owner(email: string): Promise<Owner> {
  await world.person(email);
  const person = (await world.idOf(email))!;
  const as = await world.whole(person);
  const client = await own(world.product.gates, person, new Date('2026-10-20T10:00:00Z'));
  await drawDue(world.product.gates, new Date('2026-11-20T10:00:00Z'));
  const at = `clients/${client}`;
  const [{ invoice }] = (await world.call('GET', `${at}/invoices`, { as })).body.invoices;
  return { as, at, invoice, person };
}
const begin = ({ as, at, invoice }: Owner) => world.call('POST', `${at}/invoices/${invoice}/payment`, { as });
const read = async ({ as, at, invoice }: Owner) =>
  (await world.call('GET', `${at}/invoices/${invoice}`, { as })).body;
const method = async ({ as, at }: Owner) => (await world.call('GET', `${at}/payment-method`, { as })).body;
const send = (event: string, signature = signatureOf(event, world.now)) =>
  world.call('POST', 'payment-events', {
    payload: event,
    headers: { 'content-type': 'application/json', 'stripe-signature': signature },
  });
const last = (): AskedPage => provider.pages.at(-1)!;

test('u.customer: an invoice is paid on the provider’s page, and what is kept of the card is its mask', async () => {
  const one = await owner('kort@firma.example');
  assert.deepEqual(await method(one), { hosted: true, card: null });
  const begun = await begin(one);
  assert.equal(begun.status, 201);
  assert.equal(begun.body.url, `${provider.url}/pay/${last().id}`);
  assert.equal((await begin(one)).body.url, begun.body.url, 'pressed twice, the same page');
  assert.equal((await send(provider.event(last(), world.now))).status, 200);
  const paid = await read(one);
  assert.equal(paid.left, 0);
  assert.deepEqual(
    paid.settled.map(({ kind, total, reference }: Record<string, unknown>) => [kind, total, reference]),
    [['payment', 60_000, `pi_${last().id}`]],
  );
  const card = { brand: 'visa', lastFour: '4242', expires: '2028-04', provider: '127.0.0.1' };
  assert.deepEqual((await method(one)).card, card);
  const { items } = await world.product.gates.answer.access(
    one.person,
    { kind: 'person', id: one.person },
    world.now,
  );
  assert.ok(items.some(({ id, value }) => id === 'billing.card.last_four' && value === '4242'));
  const again = await begin(one);
  assert.deepEqual([again.status, again.body.code], [409, 'billing.settled']);
});

test('s.processors: the provider gets the invoice’s number and amount, and nothing that tells who somebody is', async () => {
  const one = await owner('minst@firma.example');
  await begin(one);
  const { form, headers } = last();
  assert.deepEqual(Object.keys(form).sort(), [
    'cancel_url',
    'client_reference_id',
    'line_items[0][price_data][currency]',
    'line_items[0][price_data][product_data][name]',
    'line_items[0][price_data][unit_amount]',
    'line_items[0][quantity]',
    'metadata[invoice]',
    'mode',
    'success_url',
  ]);
  assert.doesNotMatch(JSON.stringify([form, headers]), /minst|Prøve|310000000|@/);
  const log = (await world.call('GET', 'me/log', { as: one.as })).body.entries;
  assert.ok(log.some(({ gate, act }: Record<string, string>) => gate === 'share' && act === 'payment'));
});

test('u.customer: an event that comes twice, or of another’s invoice, books nothing more', async () => {
  const [one, other] = [await owner('to.ganger@firma.example'), await owner('annens@firma.example')];
  await begin(one);
  const event = provider.event(last(), world.now);
  const all = await Promise.all([send(event), send(event), send(event)]);
  assert.deepEqual(
    all.map(({ status }) => status),
    [200, 200, 200],
  );
  assert.equal((await read(one)).settled.length, 1);
  const crossed = provider.event(last(), world.now, {
    payment_intent: 'pi_krysset',
    metadata: { invoice: other.invoice },
  });
  assert.equal((await send(crossed)).status, 200);
  assert.equal((await read(other)).settled.length, 0);
  for (const more of [{ payment_status: 'unpaid' }, { currency: 'eur' }, { payment_intent: undefined }])
    assert.equal(
      (await send(provider.event(last(), world.now, { payment_intent: 'pi_annet', ...more }))).status,
      200,
    );
  assert.equal((await read(one)).settled.length, 1);
});

test('0.security: what the provider did not sign just now is refused, and leaves nothing', async () => {
  const one = await owner('falsk@firma.example');
  await begin(one);
  const event = provider.event(last(), world.now);
  const moved = (seconds: number) => new Date(world.now.getTime() + seconds * 1000);
  const before = await world.state();
  for (const [what, body, signature] of [
    ['no signature', event, ''],
    ['another key', event, signatureOf(event, world.now, 'whsec_annen')],
    ['another amount', event.replace('60000', '60001'), signatureOf(event, world.now)],
    ['too old', event, signatureOf(event, moved(-301))],
    ['from the future', event, signatureOf(event, moved(301))],
    ['no moment', event, signatureOf(event, world.now).replace(/^t=\d+/, 't=x')],
    ['nothing', '', signatureOf(event, world.now)],
  ] as const) {
    const answered = await send(body, signature);
    assert.deepEqual([answered.status, answered.body.code], [403, 'billing.unsigned'], what);
  }
  assert.deepEqual(await world.state(), before);
  assert.equal((await send(event, signatureOf(event, moved(-299)))).status, 200);
  assert.equal((await read(one)).left, 0);
});

test('u.customer: while the provider is away nothing is said to be paid, and the event is asked for again', async () => {
  const one = await owner('nede@firma.example');
  provider.down = 500;
  const refused = await begin(one);
  assert.deepEqual([refused.status, refused.body.code], [503, 'billing.provider-away']);
  provider.down = undefined;
  await begin(one);
  const event = provider.event(last(), world.now);
  provider.down = 503;
  assert.equal((await send(event)).status, 503);
  assert.equal((await read(one)).settled.length, 0);
  provider.down = undefined;
  assert.equal((await send(event)).status, 200);
  assert.equal((await read(one)).left, 0);
});

test('u.customer: money that comes in twice is booked twice, and a newer card takes the place of the older', async () => {
  const one = await owner('dobbelt@firma.example');
  await begin(one);
  const page = last();
  await send(provider.event(page, world.now));
  provider.card = { brand: 'mastercard', last4: '4444', exp_month: 12, exp_year: 2027 };
  const later = new Date(world.now.getTime() + 60_000);
  await send(provider.event(page, later, { payment_intent: 'pi_nok_en_gang' }));
  assert.equal((await read(one)).left, -60_000, 'the client has money coming');
  assert.deepEqual((await method(one)).card.lastFour, '4444');
  provider.card = { brand: 'visa', last4: '4242', exp_month: 4, exp_year: 2028 };
  const forgotten = await world.call('DELETE', `${one.at}/payment-method`, { as: one.as });
  assert.equal(forgotten.status, 204);
  assert.equal((await method(one)).card, null);
});

test('s.processors: a provider that the statement does not name, or without its keys, stops the start', () => {
  const named = world.product.engine.statement;
  const paymentProvider = { url: provider.url, keyFile: '/nowhere/payment.key' };
  assert.equal(openPayments({ paymentProvider: undefined }, shipped().statement), undefined);
  assert.throws(
    () => openPayments({ paymentProvider }, shipped().statement),
    /names no recipient of customer\.payment/,
  );
  assert.throws(
    () => openPayments({ paymentProvider }, named),
    /does not hold the keys of the payment provider/,
  );
});
