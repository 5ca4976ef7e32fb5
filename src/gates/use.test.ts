import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { roleName } from '#platform/database.ts';
import { World } from '#test/world.ts';
import { type Actor, SYSTEM, VISITOR } from './actor.ts';
import { decide } from './answer/erase.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

const use = (purpose: string, actor: Actor = SYSTEM) => world.product.gates.use(purpose, actor);
const staff = (...roles: string[]): Actor => ({ kind: 'staff', id: randomUUID(), roles });
const self = (id: string) => ({ kind: 'person', id }) as const;

async function profile(email: string, more: Record<string, string> = {}): Promise<string> {
  await world.profile(email, more);
  await world.letters();
  return (await world.idOf(email))!;
}

async function subscriber(email: string): Promise<string> {
  await world.subscriber(email);
  return (await world.idOf(email))!;
}

const look = async (purpose: string, person: string) =>
  (await use(purpose).people([person], ['email'], 'look', world.now)).has(person);
const looksAt = async (person: string) =>
  world.sql<{ purpose: string; act: string; actor: string; actor_id: string | null; at: Date }>(
    `select purpose, act, actor, actor_id, at from journal.entry where person = $1 and gate = 'use' and act <> 'letter' order by id`,
    [person],
  );

test('0.purpose: each actor may act for the purposes of their role, and for no other', () => {
  const purposes = Object.keys(world.product.engine.statement.purposes);
  const may: [Actor, string[]][] = [
    [SYSTEM, purposes],
    [VISITOR, []],
    [self(randomUUID()), ['rights', 'sign-in']],
    [staff(), []],
    [staff('no-such-role'), []],
    [staff('privacy'), ['rights', 'accountability', 'customer', 'support', 'duty']],
    [staff('marketing'), ['newsletter', 'course-invitations', 'campaign']],
    [staff('courses'), ['course-documents', 'course-invitations']],
    [staff('support'), ['support', 'follow-up', 'customer']],
    [staff('finance'), ['bookkeeping', 'customer']],
    [staff('administrator'), ['customer', 'sign-in']],
    [staff('finance', 'courses'), ['bookkeeping', 'customer', 'course-documents', 'course-invitations']],
    // Roles count for staff alone: nobody else brings one along.
    [{ ...VISITOR, roles: ['privacy'] }, []],
  ];
  for (const [actor, allowed] of may)
    for (const purpose of purposes) {
      const words = `${actor.kind} ${actor.roles ?? ''} for ${purpose}`;
      if (allowed.includes(purpose)) assert.doesNotThrow(() => use(purpose, actor), words);
      else assert.throws(() => use(purpose, actor), { code: 'use.not-your-purpose' }, words);
    }
});

test('a purpose that the statement lacks is refused, whoever asks', () => {
  for (const purpose of ['profiling', '', 'constructor', '__proto__', 'collect', 'answer'])
    assert.throws(() => use(purpose), { code: 'use.unknown-purpose' });
});

test('0.purpose: PostgreSQL itself refuses a purpose the columns it was not given', async () => {
  await profile('kolonner@firma.example', { phone: '+4710000001' });
  for (const [purpose, sql] of [
    ['newsletter', 'select phone from vault.person'],
    ['newsletter', 'select * from vault.person'],
    ['newsletter', 'select person from customers.profile where active_at is not null'],
    ['newsletter', 'select person from identity.session'],
    ['customer', 'select topic from newsletter.subscription'],
    ['customer', 'select act from journal.entry'],
    ['customer', 'select rules from statement.version'],
    ['abuse', 'select email from vault.person'],
    ['rights', 'update vault.person set place = null'],
    ['rights', 'delete from vault.person'],
    ['rights', 'insert into gate.objection select person from vault.person'],
    ['customer', 'set role postgres'],
  ] as const)
    await assert.rejects(use(purpose).rows(sql), { code: '42501' }, `${purpose}: ${sql}`);
});

test('a look answers what was asked for, opened, and leaves out what is not held', async () => {
  const person = await profile('se@firma.example', { place: 'Bodø' });
  const seen = await use('customer').people([person], ['email', 'place', 'phone'], 'look', world.now);
  assert.deepEqual([...seen], [[person, { email: 'se@firma.example', place: 'Bodø' }]]);
  const nobody = await use('customer').people([randomUUID()], ['email'], 'look', world.now);
  assert.equal(nobody.size, 0);
  await assert.rejects(use('customer').people([person], ['shoe-size'], 'look', world.now), {
    code: 'collect.undeclared-field',
  });
  await assert.rejects(use('newsletter').people([person], ['phone'], 'look', world.now), { code: '42501' });
});

test('looks that come at once each get what they asked for and no more', async () => {
  const people = await Promise.all(
    Array.from({ length: 20 }, (_, n) => profile(`samtidig${n}@firma.example`, { place: `Sted ${n}` })),
  );
  const seen = await Promise.all(
    people.map((person, n) =>
      use('customer').people([person], n % 2 === 0 ? ['email'] : ['place'], 'look', world.now),
    ),
  );
  for (const [n, answer] of seen.entries())
    assert.deepEqual(
      [...answer],
      [[people[n], n % 2 === 0 ? { email: `samtidig${n}@firma.example` } : { place: `Sted ${n}` }]],
    );
});

test('r.access: every look is in the journal with who looked, for what and when', async () => {
  const person = await profile('sett@firma.example');
  const helper = staff('support');
  await use('customer', helper).people([person], ['email'], 'open-case', world.now);
  const [entry, ...more] = await looksAt(person);
  assert.deepEqual(
    [entry, more],
    [{ purpose: 'customer', act: 'open-case', actor: 'staff', actor_id: helper.id, at: world.now }, []],
  );
});

test('r.access: a look that cannot be written down is not answered', async () => {
  const person = await profile('ikke-sett@firma.example');
  const role = roleName(world.config.rolePrefix, 'collect');
  await world.sql(`revoke insert on journal.entry from "${role}"`);
  try {
    await assert.rejects(look('customer', person), { code: '42501' });
  } finally {
    await world.sql(`grant insert on journal.entry to "${role}"`);
  }
  assert.deepEqual(await looksAt(person), []);
});

test('r.object-restrict: a restricted person is seen by no purpose but those that the statement excepts', async () => {
  const person = await profile('begrenset@firma.example');
  const { gates, engine } = world.product;
  await gates.answer.restrict(person, 'accuracy', self(person), world.now);
  assert.equal(await look('customer', person), false);
  assert.deepEqual(await use('customer').find('email', 'begrenset@firma.example'), []);
  for (const [purpose, { reads, duringRestriction }] of Object.entries(engine.statement.purposes))
    if (reads.includes('contact.email') && reads.includes('contact.lookup'))
      assert.equal(await look(purpose, person), duringRestriction !== undefined, purpose);
  await gates.answer.liftRestriction(person, self(person), world.now);
  assert.equal(await look('customer', person), true);
});

test('r.object-restrict: an objection shuts the purpose out, and leaves the others', async () => {
  const person = await subscriber('protest@post.example');
  const { gates } = world.product;
  await gates.answer.object(person, 'newsletter', self(person), world.now);
  assert.equal(await look('newsletter', person), false);
  assert.deepEqual(
    await use('newsletter').rows('select from newsletter.subscription where person = $1', [person]),
    [],
  );
  assert.equal(await look('confirmation', person), true);
  await gates.answer.liftObjection(person, 'newsletter', self(person), world.now);
  assert.equal(await look('newsletter', person), true);
  await assert.rejects(gates.answer.object(person, 'sign-in', self(person), world.now), {
    code: 'answer.not-objectable',
  });
});

test('r.withdraw: a purpose that rests on consent sees whoever consents, from the moment on and no longer', async () => {
  const person = await profile('samtykke@post.example');
  assert.equal(await look('newsletter', person), false, 'has not consented');
  await world.subscriber('samtykke@post.example');
  assert.equal(await look('newsletter', person), true);
  assert.equal(await look('course-invitations', person), false, 'a consent is for one purpose');
  const manner = { surface: 'x', method: 'button' };
  await world.product.gates.answer.withdraw(person, 'newsletter', self(person), manner, world.now);
  assert.equal(await look('newsletter', person), false);
  assert.equal(await look('customer', person), true);
});

test('r.rectify-erase: from the decision on a person is nobody to every purpose, before any row is gone', async () => {
  const person = await profile('pa-vei@firma.example');
  const before = await looksAt(person);
  await decide(world.product.engine.pools.of('answer'), [
    { person, askedBy: 'person', ground: 'r.rectify-erase', at: world.now },
  ]);
  for (const purpose of ['customer', 'rights', 'sign-in', 'duty', 'accountability']) {
    if (world.product.engine.statement.purposes[purpose]!.reads.includes('contact.email'))
      assert.equal(await look(purpose, person), false, purpose);
  }
  assert.deepEqual(await use('rights').find('email', 'pa-vei@firma.example'), []);
  assert.deepEqual(await looksAt(person), before, 'who is not answered about was not looked at');
  await assert.rejects(world.product.gates.answer.access(person, SYSTEM, world.now), {
    code: 'answer.unknown-person',
  });
});

test('whoever has a row and no key is nobody, and the look is not counted', async () => {
  const person = await profile('uten-nokkel@firma.example');
  await world.product.engine.keys.destroy([person]);
  assert.equal(await look('customer', person), false);
  assert.deepEqual(await looksAt(person), []);
});
