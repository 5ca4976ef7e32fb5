import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { SYSTEM } from '#gates/actor.ts';
import type { Item } from '#gates/answers.ts';
import { verifyReceipt } from '#gates/receipt-check.ts';
import { personTables } from '#platform/map.ts';
import { World } from '#test/world.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

const me = async (cookie: string) => (await world.call('GET', 'me', { as: cookie })).body;
const item = (held: { items: Item[] }, id: string) => held.items.find((one) => one.id === id);
const minutes = (n: number) => {
  world.now = new Date(world.now.getTime() + n * 60_000);
};
const usable = async (purpose: string, id: string) =>
  (await world.product.gates.use(purpose, SYSTEM).people([id], ['email'], 'look', world.now)).has(id);

test('r.access: each item says what it is, where it came from, why it is kept, and when it leaves', async () => {
  const cookie = await world.person('kari@firma.example', { phone: '400 00 000', place: 'Voss' });
  const held = await me(cookie);
  const phone = item(held, 'vault.person.phone')!;
  assert.deepEqual(
    [phone.category, phone.value, phone.source, phone.purpose, phone.basis, phone.clause],
    ['contact.phone', '+4740000000', 'given', 'customer', 'A6-1-b', 'k.active-12-months'],
  );
  assert.deepEqual([phone.expires, phone.collectedAt], ['2027-11-23', world.now.toISOString()]);
  assert.deepEqual(phone.can.toSorted(), ['correct', 'erase']);
  for (const one of held.items as Item[]) {
    assert.ok(['given', 'observed'].includes(one.source), one.id);
    assert.ok(one.label.nb && one.label.en && one.clause && one.until.nb && one.collectedAt, one.id);
  }
  assert.deepEqual(
    held.acceptances.map(({ statement }: { statement: string }) => statement),
    ['3.0'],
  );
});

test('r.rectify-erase: a correction takes effect and shows its origin; half of one is never done', async () => {
  const cookie = await world.person('ola@firma.example', { place: 'Voss', phone: '40000000' });
  minutes(1);
  const corrected = await world.call('PATCH', 'me', { as: cookie, body: { place: 'Florø', phone: '' } });
  assert.equal(item(corrected.body, 'vault.person.place')!.value, 'Florø');
  assert.equal(item(corrected.body, 'vault.person.place')!.collectedAt, world.now.toISOString());
  assert.equal(item(corrected.body, 'vault.person.phone'), undefined);
  assert.equal((await world.call('DELETE', 'me/items/vault.person.place', { as: cookie })).status, 200);
  const before = await world.state();
  for (const body of [
    { place: 'Bergen', email: 'nei' },
    { place: 'Bergen', email: '01819012012@firma.example' },
    { place: 'Bergen', name: '' },
    { email: 'ny@firma.example', name: null },
    { company: 'Fjell', place: 'a\u0000b' },
    { name: 'Ola', phone: '01819012012' },
  ]) {
    const { status } = await world.call('PATCH', 'me', { as: cookie, body });
    assert.ok(status === 409 || status === 422, JSON.stringify(body));
    assert.deepEqual(await world.state(), before, JSON.stringify(body));
  }
  for (const [path, code] of [
    ['vault.person.name', 'answer.needed-item'],
    ['vault.person.email', 'answer.needed-item'],
    ['vault.person.hash', 'collect.undeclared-field'],
    ['vault.lookup.hash', 'answer.unknown-item'],
    ['customers.profile.made_at', 'answer.unknown-item'],
  ])
    assert.equal((await world.call('DELETE', `me/items/${path}`, { as: cookie })).body.code, code, path);
});

test('r.rectify-erase: a new address takes the old one’s place when its own link is followed, and not before', async () => {
  const cookie = await world.person('gammel@firma.example');
  const other = await world.person('annen@firma.example');
  const asked = await world.call('PATCH', 'me', { as: cookie, body: { email: 'ny@firma.example' } });
  assert.equal(item(asked.body, 'vault.person.email')!.value, 'gammel@firma.example');
  const { token, link } = await world.letterTo('ny@firma.example');
  const before = await world.state();
  assert.ok((await world.call('GET', link, { as: cookie })).status < 400);
  const strangers = await world.call('POST', 'me/address', { as: other, body: { token } });
  assert.deepEqual([strangers.status, strangers.body.code], [404, 'identity.link-spent']);
  assert.equal((await world.call('POST', 'me/address', { body: { token } })).status, 401);
  assert.deepEqual(await world.state(), before);
  const moved = await world.call('POST', 'me/address', { as: cookie, body: { token } });
  assert.equal(item(moved.body, 'vault.person.email')!.value, 'ny@firma.example');
  assert.equal((await world.call('POST', 'me/address', { as: cookie, body: { token } })).status, 404);
  await world.call('POST', 'sign-in/links', { body: { email: 'gammel@firma.example' } });
  assert.equal((await world.letters()).size, 0);
  await world.call('POST', 'sign-in/links', { body: { email: 'ny@firma.example' } });
  await world.open((await world.letterTo('ny@firma.example')).token);
});

test('r.rectify-erase: asking for an address that is somebody else’s looks like any other, and moves nobody', async () => {
  await world.person('eier@firma.example');
  const cookie = await world.person('vil@firma.example');
  const ask = async (email: string) => {
    const answered = await world.call('PATCH', 'me', { as: cookie, body: { email } });
    const { items, ...rest } = answered.body;
    const letters = await world.letters();
    return [
      answered.status,
      rest,
      items.length - items.filter((one: Item) => /^mail/.test(one.id)).length,
      letters.size,
    ];
  };
  assert.deepEqual(await ask('eier@firma.example'), await ask('ledig@firma.example'));
  await world.call('PATCH', 'me', { as: cookie, body: { email: 'eier@firma.example' } });
  const { token } = await world.letterTo('eier@firma.example');
  const taken = await world.call('POST', 'me/address', { as: cookie, body: { token } });
  assert.deepEqual([taken.status, taken.body.code], [409, 'answer.address-taken']);
  assert.equal(item(await me(cookie), 'vault.person.email')!.value, 'vil@firma.example');
});

test('r.object-restrict, r.withdraw: an objection, a restriction and a withdrawal hold at the next use', async () => {
  const email = 'siv@firma.example';
  const cookie = await world.person(email);
  await world.subscriber(email);
  const id = (await world.idOf(email))!;
  for (const purpose of ['newsletter', 'customer']) assert.equal(await usable(purpose, id), true);

  assert.equal((await world.call('PUT', 'me/objections/newsletter', { as: cookie })).status, 200);
  assert.equal(await usable('newsletter', id), false);
  assert.equal(await usable('customer', id), true);
  await world.call('DELETE', 'me/objections/newsletter', { as: cookie });
  assert.equal(await usable('newsletter', id), true);
  const refused = await world.call('PUT', 'me/objections/customer', { as: cookie });
  assert.deepEqual([refused.status, refused.body.code], [409, 'answer.not-objectable']);

  const restricted = await world.call('PUT', 'me/restriction', { as: cookie, body: { reason: 'accuracy' } });
  assert.equal(restricted.body.restricted.reason, 'accuracy');
  for (const purpose of ['newsletter', 'customer']) assert.equal(await usable(purpose, id), false, purpose);
  for (const purpose of ['rights', 'sign-in', 'duty']) assert.equal(await usable(purpose, id), true, purpose);
  await world.call('DELETE', 'me/restriction', { as: cookie });
  assert.equal(await usable('customer', id), true);

  const left = await world.call('DELETE', 'me/consents/newsletter', { as: cookie });
  assert.deepEqual([left.status, left.body.erased], [200, false]);
  assert.equal(await usable('newsletter', id), false);
  const again = await world.call('DELETE', 'me/consents/newsletter', { as: cookie });
  assert.deepEqual([again.status, again.body.code], [409, 'answer.no-consent']);
});

test('r.withdraw: a letter that was queued before a withdrawal does not go', async () => {
  const email = 'liv@firma.example';
  const cookie = await world.person(email);
  await world.call('POST', 'newsletter/subscriptions', { body: { email, topics: ['fag'] } });
  await world.call('PUT', 'me/objections/confirmation', { as: cookie });
  assert.equal((await world.letters()).size, 0);
});

test('r.rectify-erase: an erasure leaves a receipt that anyone can check, and a number that is nobody', async () => {
  const email = 'eva@firma.example';
  const cookie = await world.person(email, { phone: '+4710000007', company: 'Fjell og Fjord' });
  await world.subscriber(email);
  const id = (await world.idOf(email))!;
  const preview = (await world.call('GET', 'me/erasure', { as: cookie })).body;
  const done = await world.call('DELETE', 'me', { as: cookie });
  assert.equal(done.status, 200);
  assert.match(String(done.headers['set-cookie']), /Max-Age=0/);
  const counted = ({ goes }: { goes: { category: string; count: number }[] }) =>
    goes.map(({ category, count }) => [category, count]);
  assert.deepEqual(counted(done.body), counted(preview));
  assert.deepEqual(
    done.body.stays.map(({ clause }: { clause: string }) => clause),
    preview.stays.map(({ clause }: { clause: string }) => clause),
  );

  const receipt = (await world.call('GET', `receipts/${done.body.receipt}`)).body;
  const key = (await world.call('GET', 'journal/key')).body;
  assert.equal(receipt.publicKey, key.key);
  assert.deepEqual(verifyReceipt(receipt).problems, []);
  for (const secret of [email, 'Fjell', '+4710000007', 'Kari'])
    assert.ok(!JSON.stringify(receipt).includes(secret));
  const tampered = structuredClone(receipt);
  tampered.body.goes[0].count += 1;
  assert.equal(verifyReceipt(tampered).ok, false);

  for (const { name, subject, end } of personTables(world.product.engine.map)) {
    const rows = await world.sql(`select from ${name} where ${subject} = $1`, [id]);
    if (end !== 'stays') assert.equal(rows.length, 0, name);
  }
  assert.deepEqual(await world.keysSql('select from keys.person_key where person = $1', [id]), []);
  assert.equal(await world.idOf(email), undefined);
  assert.deepEqual(await world.tablesHolding('eva@'), []);

  const back = await world.person(email);
  const anew = (await me(back)).person;
  assert.notEqual(anew, id);
  assert.equal(item(await me(back), 'vault.person.phone'), undefined);
  assert.equal((await me(back)).history.length, 0);
});

test('r.access, r.portability: the export is what access shows, with every row of every table in it', async () => {
  const email = 'ida@firma.example';
  const cookie = await world.person(email, { phone: '+4710000009', place: 'Ørsta', company: 'Fjord & Søn' });
  const id = (await world.idOf(email))!;
  minutes(1);
  const preferences = await world.subscriber(email);
  await world.call('PUT', `newsletter/preferences/${preferences}`, {
    body: { topics: ['fag', 'produkt'], language: 'nb' },
  });
  await world.call('PATCH', 'me', { as: cookie, body: { place: 'Volda', email: 'ida.ny@firma.example' } });
  await world.call('PUT', 'me/objections/campaign', { as: cookie });
  await world.call('PUT', 'me/restriction', { as: cookie, body: { reason: 'claims' } });
  await world.call('POST', 'newsletter/subscriptions', { body: { email, topics: ['nyhetsbrev'] } });
  minutes(1);

  const shown = await me(cookie);
  const zip = await world.call('GET', 'me/export', { as: cookie });
  assert.deepEqual([zip.status, zip.type], [200, 'application/zip']);
  const files = unzipSync(new Uint8Array(zip.raw));
  const data = JSON.parse(strFromU8(files['data.json']!));
  const { format, exportedAt, statement, records, log, ...same } = data;
  assert.deepEqual(same, shown);
  assert.deepEqual(
    [format, exportedAt, statement.version],
    ['hjemmel-export/1', world.now.toISOString(), '3.0'],
  );

  const filled: string[] = [];
  for (const table of personTables(world.product.engine.map)) {
    const rows = await world.sql(`select * from ${table.name} where ${table.subject} = $1`, [id]);
    if (rows.length > 0) filled.push(table.name);
    if (table.name === 'journal.entry') assert.equal(log.length, rows.length);
    else if (records[table.name] !== undefined)
      assert.equal(records[table.name].length, rows.length, table.name);
    else {
      const told = table.columns.filter(
        ({ category }) => category !== 'none' && category !== 'record.person',
      );
      const values = rows.flatMap((row) => told.filter(({ name }) => row[name] !== null));
      const items = (data.items as Item[]).filter((one) => one.id.startsWith(`${table.name}.`));
      assert.equal(items.length, values.length, table.name);
      for (const { category } of values)
        assert.ok(
          items.some((one) => one.category === category),
          category,
        );
    }
  }
  const empty = [
    'analytics.event',
    'archive.agreement',
    'archive.entry',
    'billing.card',
    'billing.charge',
    'billing.reminder',
    'billing.subscription',
    'companies.fact',
    'companies.key_figures',
    'customers.acceptance',
    'customers.agreement',
    'customers.client',
    'customers.completion',
    'customers.departure',
    'customers.event',
    'customers.invitation',
    'customers.kept_level',
    'customers.level',
    'customers.member',
    'customers.module',
    'customers.offer',
    'gate.bulk',
    'gate.bulk_row',
    'gate.erasure',
    'gate.hold',
    'gate.hold_review',
    'gate.notice',
    'identity.factor',
    'identity.sign_out',
    'identity.staff',
    'integrations.token',
    'integrations.token_end',
    'integrations.token_use',
    'mail.end_notice',
    'request.answered',
  ];
  const tables = personTables(world.product.engine.map).map(({ name }) => name);
  assert.deepEqual(
    tables.filter((name) => !filled.includes(name)).sort(),
    empty,
    'tables with nothing to show',
  );

  const receipts = Object.keys(files).filter((name) => name.startsWith('receipts/'));
  assert.equal(receipts.length, shown.receipts.length);
  for (const name of receipts)
    assert.deepEqual(verifyReceipt(JSON.parse(strFromU8(files[name]!))).problems, []);
  const page = strFromU8(files['index.html']!);
  assert.match(page, /Fjord &#38; Søn|Fjord &amp; Søn/);
  assert.match(page, /ida@firma\.example/);
  assert.doesNotMatch(page, /<script/);
});

test('r.access: the log shows who looked, newest first, page by page', async () => {
  const cookie = await world.person('logg@firma.example');
  for (let looks = 0; looks < 60; looks += 1) await me(cookie);
  const first = (await world.call('GET', 'me/log', { as: cookie })).body;
  assert.equal(first.entries.length, 50);
  const second = (await world.call('GET', `me/log?cursor=${first.next}`, { as: cookie })).body;
  assert.equal(second.next, null);
  const ids = [...first.entries, ...second.entries].map(({ id }: { id: string }) => Number(id));
  assert.deepEqual(
    ids,
    ids.toSorted((a, b) => b - a),
  );
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(second.entries.at(-1).act, 'profile');
});
