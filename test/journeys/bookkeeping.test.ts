import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { verifyReceipt } from '#gates/receipt-check.ts';
import { own } from '#test/clients.ts';
import { invoice } from '#test/invoice.ts';
import { World } from '#test/world.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

/** What a page says, without its marks. */
async function page(path: string, as?: string): Promise<{ status: number; text: string; html: string }> {
  const { status, body } = await world.call('GET', path, { as });
  const html = String(body);
  return { status, html, text: html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ') };
}

test('k.bookkeeping: a customer who erases everything is told what the accounts keep, and years later that it is gone', async () => {
  const { gates, sealer } = world.product;
  const email = 'kunde@firma.example';
  await world.person(email, { company: 'Prøve og Sønn AS' });
  const person = (await world.idOf(email))!;
  const cookie = await world.whole(person);
  await own(gates, person, world.now);
  for (const number of ['1001', '1002']) await invoice(gates, person, number, world.now);

  const before = await page('/min/slett', cookie);
  assert.match(
    before.text,
    /Fakturaer og bilag \(2\) Bokføringsloven § 13 krever det\. senest 1\. januar 2032/,
  );
  assert.match(before.text, /Avtalen \(3\) Bokføringsloven § 13 krever det\. senest 1\. juli 2030/);
  assert.match(before.text, /eget arkiv som bare regnskapet kan lese/);
  const english = await page('/en/my/erase', cookie);
  assert.match(english.text, /Invoices and vouchers \(2\) .* 1 January 2032 at the latest/);

  const answered = await world.call('DELETE', 'me', { as: cookie });
  const first = answered.body.receipt;
  await sealer.seal(world.now);
  const receipt = await page(`/kvittering/${first}`);
  assert.match(receipt.text, /Bare det loven krever i regnskapet, viser hvem du er/);
  assert.match(receipt.text, /Fakturaer og bilag \(2\)/);
  assert.doesNotMatch(receipt.text, /Nyere kvitteringer/);

  // The agreement's time is over first; by then the receipt of the erasure is still there, and leads on.
  world.now = new Date('2030-07-01T10:00:00Z');
  await gates.keep(world.now);
  await sealer.seal(world.now);
  const later = await page(`/kvittering/${first}`);
  assert.match(later.text, /Nyere kvitteringer/);
  const { body } = await world.call('GET', `receipts/${first}`);
  assert.equal(body.later.length, 1);
  assert.deepEqual(verifyReceipt(body, world.product.secrets.journalKey).problems, []);
  assert.ok(later.html.includes(`/kvittering/${body.later[0]}`));
  const second = await page(`/kvittering/${body.later[0]}`);
  assert.match(second.text, /da tiden som loven krever, var ute/);
  assert.match(second.text, new RegExp(`Følger opp kvittering ${first}`));
  assert.match(second.text, /Avtalen 3 /);

  // Then that receipt leaves, as promised; a little later the invoices do, and its number leads to the receipt for that.
  world.now = new Date('2031-12-01T10:00:00Z');
  await gates.keep(world.now);
  const gap = await page(`/en/receipt/${first}`);
  assert.equal(gap.status, 200, 'the receipt for the agreement is still here');
  world.now = new Date('2032-01-01T10:00:00Z');
  await gates.keep(world.now);
  await sealer.seal(world.now);
  const last = await world.call('GET', `receipts/${first}`);
  assert.equal(last.body.body.earlier, first);
  const rest = await world.call('GET', `receipts/${last.body.later.at(-1)}`);
  assert.deepEqual(rest.body.body.goes, [{ category: 'accounting.record', count: 2 }]);
  const left = await world.sql(
    'select person from archive.entry where person = $1 union select person from archive.agreement where person = $1',
    [person],
  );
  assert.deepEqual(left, []);
  assert.deepEqual(
    (await world.product.prove(world.now)).checks.filter(({ ok }) => !ok),
    [],
  );
});

test('k.bookkeeping: a receipt that has left by its own period says so, and no more', async () => {
  const { gates } = world.product;
  world.now = new Date('2026-11-23T12:00:00Z');
  await world.profile('borte@firma.example');
  const person = (await world.idOf('borte@firma.example'))!;
  await invoice(gates, person, '1003', world.now);
  const { receipt } = await gates.answer.erase(person, { kind: 'person', id: person }, world.now);
  world.now = new Date('2031-12-15T10:00:00Z');
  await gates.keep(world.now);
  const gap = await page(`/kvittering/${receipt}`);
  assert.equal(gap.status, 404);
  assert.match(gap.text, /Kvitteringen er ikke her lenger/);
});
