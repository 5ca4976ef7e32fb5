import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Restorable } from '#test/restorable.ts';
import { allowStatistics, visits } from '#test/visits.ts';
import type { World } from '#test/world.ts';

let house: Restorable;
let world: World;
before(async () => {
  house = await Restorable.open();
  world = house.world;
});
after(() => house.close());

const self = (id: string) => ({ kind: 'person', id }) as const;
const manner = { surface: 'newsletter-preferences', method: 'button' };

test('r.withdraw, r.rectify-erase, r.object-restrict: what people asked for after a backup is so again when it is put back', async () => {
  const { gates } = world.product;
  const cookies: Record<string, string> = {};
  const ids: Record<string, string> = {};
  for (const who of ['erased', 'objects', 'restricted', 'lifts', 'item', 'same'])
    cookies[who] = await world.person(`${who}@firma.example`, {
      phone: `+4710000${100 + Object.keys(cookies).length}`,
    });
  const tokens: Record<string, string> = {};
  for (const who of ['leaves', 'topics', 'again', 'stays', 'same'])
    tokens[who] = await world.subscriber(`${who}@${who === 'same' ? 'firma' : 'post'}.example`, [
      'nyhetsbrev',
      'fag',
    ]);
  await world.person('leaves-and-stays@firma.example');
  tokens.both = await world.subscriber('leaves-and-stays@firma.example');
  await world.call('POST', 'newsletter/subscriptions', {
    body: { email: 'expires@post.example', topics: ['fag'] },
  });
  await world.letters();
  const idOf = async (who: string, at = 'firma') => (ids[who] = (await world.idOf(`${who}@${at}.example`))!);
  for (const who of ['erased', 'objects', 'restricted', 'lifts', 'item', 'same', 'leaves-and-stays'])
    await idOf(who);
  for (const who of ['leaves', 'topics', 'again', 'stays', 'expires']) await idOf(who, 'post');
  await gates.answer.restrict(ids.lifts!, 'accuracy', self(ids.lifts!), world.now);
  await gates.answer.object(ids.lifts!, 'confirmation', self(ids.lifts!), world.now);
  // Withdrew and came back, all of it before the backup: that yes is the last word.
  await gates.answer.withdraw(ids.same!, 'newsletter', self(ids.same!), manner, world.now);
  world.now = new Date(world.now.getTime() + 60_000);
  await world.subscriber('same@firma.example');
  // A letter that waits while the backup is taken, and goes out after it.
  await world.call('POST', 'sign-in/links', { body: { email: 'same@firma.example' } });

  const place = await house.backup();
  house.later(1);
  await gates.answer.erase(ids.erased!, self(ids.erased!), world.now);
  await gates.answer.object(ids.objects!, 'confirmation', self(ids.objects!), world.now);
  await gates.answer.restrict(ids.restricted!, 'claims', self(ids.restricted!), world.now);
  await gates.answer.liftRestriction(ids.lifts!, self(ids.lifts!), world.now);
  await gates.answer.liftObjection(ids.lifts!, 'confirmation', self(ids.lifts!), world.now);
  await gates.answer.correct(ids.item!, { 'contact.phone': null }, self(ids.item!), world.now);
  await gates.answer.withdraw(ids.leaves!, 'newsletter', self(ids.leaves!), manner, world.now);
  await gates.answer.withdraw(
    ids['leaves-and-stays']!,
    'newsletter',
    self(ids['leaves-and-stays']!),
    manner,
    world.now,
  );
  await gates.answer.endRows(
    ids.topics!,
    'newsletter.subscription',
    { topic: ['fag'] },
    self(ids.topics!),
    world.now,
  );
  const newcomer = await world.person('newcomer@firma.example');
  assert.ok(newcomer);
  await world.letters();
  house.later(7);

  const { code, err, json } = await house.restore(place, '--replace');
  assert.equal(code, 0, err);
  const answer = json();
  assert.deepEqual(answer.proof, { ok: true, broken: [] });
  assert.deepEqual(answer.statement, { inForce: '3.0', filesDiffer: false });
  assert.ok(answer.restored.rows > 100 && answer.restored.tables > 20, JSON.stringify(answer.restored));
  const { erased, withdrawn, objected, restricted, lifted, ended } = answer.replayed;
  assert.deepEqual(
    { erased, withdrawn, objected, restricted, lifted, ended },
    // Whoever left the newsletter and had nothing else was erased with it.
    { erased: 2, withdrawn: 1, objected: 1, restricted: 1, lifted: 2, ended: 2 },
  );
  assert.ok(answer.replayed.expired > 0);
  assert.equal(answer.replayed.letters, 1);

  // The erased is nowhere but in the register of erasures, the receipts and the journal.
  for (const who of ['erased', 'leaves', 'expires']) {
    const tables = await world.tablesHolding(ids[who]!);
    assert.deepEqual(
      tables.filter((name) => !['gate.erasure', 'gate.receipt', 'journal.entry'].includes(name)),
      [],
      who,
    );
    assert.deepEqual(await world.keysSql('select from keys.person_key where person = $1', [ids[who]]), []);
  }
  assert.equal(await world.idOf('erased@firma.example'), undefined);
  assert.equal(
    await world.idOf('newcomer@firma.example'),
    undefined,
    'who came after the backup is not in it',
  );
  // The withdrawn gets no letters and is held off.
  const hashOf = (email: string) => world.product.secrets.hash('email', email);
  for (const email of ['leaves@post.example', 'leaves-and-stays@firma.example'])
    assert.equal(
      (await world.sql('select from newsletter.opt_out where hash = $1', [hashOf(email)])).length,
      1,
      email,
    );
  assert.equal(
    (await world.sql('select from newsletter.opt_out')).length,
    2,
    'who came back is not held off',
  );
  const standing = await world.sql<{ person: string }>(
    `select person from consent.active where purpose = 'newsletter'`,
  );
  assert.deepEqual(
    standing.map(({ person }) => person).sort(),
    [ids.again, ids.same, ids.stays, ids.topics].sort(),
  );
  const topics = await world.sql<{ topic: string }>(
    'select topic from newsletter.subscription where person = $1',
    [ids.topics],
  );
  assert.deepEqual(topics, [{ topic: 'nyhetsbrev' }]);
  assert.deepEqual(
    await world.sql<{ person: string; purpose: string }>('select person, purpose from gate.objection'),
    [{ person: ids.objects, purpose: 'confirmation' }],
  );
  assert.deepEqual(await world.sql('select person, reason from gate.restriction'), [
    { person: ids.restricted, reason: 'claims' },
  ]);
  const { answer: again } = world.product.gates;
  const items = (await again.access(ids.item!, self(ids.item!), world.now)).items;
  assert.deepEqual(
    items.filter(({ category }) => category === 'contact.phone'),
    [],
  );
  // Whoever asked for nothing is who they were.
  assert.ok(
    (await again.access(ids.same!, self(ids.same!), world.now)).items.some(
      ({ value }) => value === 'same@firma.example',
    ),
  );
  // Nobody is signed in, and nothing that waited goes out.
  assert.equal((await world.call('GET', 'me', { as: cookies.same })).status, 401);
  assert.deepEqual([...(await world.letters()).keys()], []);
  const [entry] = await world.sql<{ digest: Buffer }>(
    `select digest from journal.entry where act = 'restore'`,
  );
  assert.equal(entry?.digest.length, 32);
});

test('r.rectify-erase: an untouched installation is the same, row for row, after its own backup was put back', async () => {
  await world.letters();
  // Days are tables that no migration made.
  await world.person('visits@firma.example');
  const visitor = (await world.idOf('visits@firma.example'))!;
  const sql = (text: string, values?: readonly unknown[]) => world.sql(text, values);
  await visits(sql, [{ person: visitor, at: world.now }]);
  await allowStatistics(world.product.gates, visitor, world.now);
  await world.product.gates.keep(world.now);
  await world.product.sealer.seal(world.now);
  const before = await house.digests();
  assert.match(before['analytics.event']!, /^3 /);
  const lines = Number((await world.sql('select count(*) as n from journal.entry'))[0]!.n);
  const { code, json, err } = await house.restore(await house.backup(), '--replace');
  assert.equal(code, 0, err);
  const { keys, letters, expired, ...people } = json().replayed;
  assert.deepEqual(
    Object.values(people),
    Object.values(people).map(() => 0),
  );
  assert.deepEqual([keys, letters, expired], [0, 0, 0]);
  const back = await house.digests();
  assert.deepEqual(back, before);
  // The journal has one line more, which goes on from the last.
  assert.equal(Number((await world.sql('select count(*) as n from journal.entry'))[0]!.n), lines + 1);
});
