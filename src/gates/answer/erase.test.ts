import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openProduct } from '#product';
import { World } from '#test/world.ts';
import { type Actor, SYSTEM, VISITOR } from '../actor.ts';
import { verifyReceipt } from '../receipt-check.ts';
import { decide } from './erase.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

const gates = () => world.product.gates;
const self = (id: string) => ({ kind: 'person', id }) as const;
const STAY = ['gate.erasure', 'gate.receipt', 'journal.entry'];

/** Somebody with a profile, a session and the newsletter. */
async function settled(email: string): Promise<string> {
  await world.person(email, { phone: '+4710000004', place: 'Hamar', company: 'Prøve AS' });
  await world.subscriber(email);
  return (await world.idOf(email))!;
}

const receiptOf = async (id: string) => {
  const receipt = await gates().answer.receipt(id, world.now);
  assert.deepEqual(verifyReceipt(receipt, world.product.secrets.journalKey).problems, []);
  return receipt;
};
const keysOf = (person: string) => world.keysSql('select from keys.person_key where person = $1', [person]);

test('r.rectify-erase: an erasure takes what its preview said, and the receipt says the same under seal', async () => {
  const person = await settled('kari@firma.example');
  const preview = await gates().answer.preview(person, self(person), world.now);
  const answer = await gates().answer.erase(person, self(person), world.now);
  assert.deepEqual({ goes: answer.goes, stays: answer.stays }, preview);
  const went = Object.fromEntries(answer.goes.map(({ category, count }) => [category, count]));
  for (const category of [
    'contact.name',
    'contact.email',
    'contact.phone',
    'contact.place',
    'contact.company',
  ])
    assert.equal(went[category], 1, category);
  assert.equal(went['contact.lookup'], 3);
  const { body } = await receiptOf(answer.receipt);
  assert.deepEqual(body, {
    kind: 'erasure',
    id: answer.receipt,
    person,
    at: world.now.toISOString(),
    statement: '3.0',
    operator: 'Catacloud AS',
    ground: 'r.rectify-erase',
    goes: answer.goes.map(({ category, count }) => ({ category, count })),
    stays: answer.stays,
  });
  assert.doesNotMatch(JSON.stringify(body), /kari|4710000004|hamar/i);
});

test('r.rectify-erase: an erased person is in no row, under no key and found by nothing', async () => {
  const person = await settled('ola@firma.example');
  await gates().answer.erase(person, self(person), world.now);
  assert.deepEqual(await world.tablesHolding(person), STAY);
  assert.deepEqual(await keysOf(person), []);
  for (const address of ['ola@firma.example', 'OLA@firma.example'])
    assert.equal(await world.idOf(address), undefined);
  assert.deepEqual(await gates().use('rights', SYSTEM).find('phone', '+4710000004'), []);
  const { answer } = gates();
  for (const ask of [
    () => answer.access(person, SYSTEM, world.now),
    () => answer.export(person, SYSTEM, world.now, 'nb'),
    () => answer.preview(person, SYSTEM, world.now),
    () => answer.erase(person, SYSTEM, world.now),
    () => answer.correct(person, { 'contact.name': 'x' }, SYSTEM, world.now),
    () => answer.restrict(person, 'accuracy', SYSTEM, world.now),
    () => answer.object(person, 'newsletter', SYSTEM, world.now),
  ])
    await assert.rejects(ask, { code: 'answer.unknown-person' });
});

test('what stays is named with its clause and its date: the record of what was done, and an opt-out’s mark', async () => {
  const person = await settled('siv@firma.example');
  const manner = { surface: 'x', method: 'button' };
  await gates().answer.withdraw(person, 'newsletter', self(person), manner, world.now);
  const { stays } = await gates().answer.erase(person, self(person), world.now);
  const named = Object.fromEntries(stays.map(({ what, clause, until }) => [what.en, [clause, until]]));
  assert.deepEqual(named, {
    'What you have asked of us': ['k.as-needed', '2031-11-23'],
    'Who has looked at the data': ['k.as-needed', '2031-11-23'],
    'Opt-out mark': ['k.opt-out', '2031-11-23'],
  });
  for (const { why } of stays) assert.ok(why.nb.length > 10 && why.en.length > 10);
});

test('only the person, the product and privacy staff may erase, and a refusal changes nothing', async () => {
  const person = await settled('liv@firma.example');
  const other = await settled('annen@firma.example');
  const staff = (role: string): Actor => ({ kind: 'staff', id: other, roles: [role] });
  const before = await world.counts();
  for (const [actor, code] of [
    [VISITOR, 'identity.signed-out'],
    [self(other), 'identity.role-missing'],
    [staff('support'), 'identity.role-missing'],
    [staff('administrator'), 'identity.role-missing'],
    [{ kind: 'visitor', id: person } as Actor, 'identity.signed-out'],
  ] as const)
    await assert.rejects(gates().answer.erase(person, actor, world.now), { code });
  assert.deepEqual(await world.counts(), before);
  await gates().answer.erase(person, staff('privacy'), world.now);
  const [row] = await world.sql('select asked_by from gate.erasure where person = $1', [person]);
  assert.deepEqual(row, { asked_by: 'staff' });
});

test('an erasure cut short after its decision, or after the key, is finished by whoever comes by, with its receipt', async () => {
  for (const [email, cut] of [
    ['etter-vedtak@firma.example', async () => {}],
    [
      'etter-nokkel@firma.example',
      async (person: string) => {
        await world.product.engine.keys.destroy([person]);
      },
    ],
  ] as const) {
    const person = await settled(email);
    await decide(world.product.engine.pools.of('answer'), [
      { person, askedBy: 'person', ground: 'r.rectify-erase', at: world.now },
    ]);
    await cut(person);
    assert.equal(await world.idOf(email), undefined);
    assert.equal((await gates().keep(world.now)).erased, 1);
    assert.deepEqual(await world.tablesHolding(person), STAY);
    assert.deepEqual(await keysOf(person), []);
    const [row] = await world.sql<{ id: string }>('select id from gate.erasure where person = $1', [person]);
    assert.equal((await receiptOf(row!.id)).body.person, person);
    assert.equal((await gates().keep(world.now)).erased, 0);
  }
});

test('two processes asked to erase the same person do it once, and both show the one receipt', async () => {
  const other = await openProduct(world.config, { log: world.log, now: () => world.now });
  try {
    for (let n = 0; n < 5; n += 1) {
      const person = await settled(`begge${n}@firma.example`);
      const answers = await Promise.allSettled(
        [gates(), other.gates].map((through) => through.answer.erase(person, SYSTEM, world.now)),
      );
      const receipts = new Set(
        answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.receipt] : [])),
      );
      assert.equal(receipts.size, 1);
      for (const answer of answers)
        if (answer.status === 'rejected') assert.equal(answer.reason.code, 'answer.unknown-person');
      const rows = await world.sql('select id from gate.receipt where person = $1 and kind = $2', [
        person,
        'erasure',
      ]);
      assert.deepEqual(rows, [{ id: [...receipts][0] }]);
      assert.deepEqual(await world.tablesHolding(person), STAY);
    }
  } finally {
    await other.close();
  }
});

test('many erasures that come at once are each done whole', async () => {
  const people = await Promise.all(
    Array.from({ length: 25 }, async (_, n) => {
      await world.profile(`mange${n}@firma.example`);
      return (await world.idOf(`mange${n}@firma.example`))!;
    }),
  );
  const answers = await Promise.all(
    people.map((person) => gates().answer.erase(person, self(person), world.now)),
  );
  assert.equal(new Set(answers.map(({ receipt }) => receipt)).size, people.length);
  for (const person of people) assert.deepEqual(await keysOf(person), []);
  const left = await world.sql('select from vault.person where person = any($1)', [people]);
  assert.deepEqual(left, []);
});

test('r.withdraw: leaving the last thing one was kept for erases everything, leaving one of two does not', async () => {
  const both = await settled('to@firma.example');
  await world.subscriber('en@post.example');
  const one = (await world.idOf('en@post.example'))!;
  // The week that a sign-up may be confirmed in is over; only the newsletter itself keeps them.
  const later = new Date(world.now.getTime() + 8 * 86_400_000);
  await gates().keep(later);
  const leave = (person: string) =>
    gates().answer.withdraw(person, 'newsletter', self(person), { surface: 'x', method: 'button' }, later);
  const [two, last] = [await leave(both), await leave(one)];
  assert.deepEqual([two.erased, last.erased], [false, true]);
  assert.equal(await world.idOf('to@firma.example'), both);
  assert.equal(await world.idOf('en@post.example'), undefined);
  assert.deepEqual(await world.tablesHolding(one), STAY);
  assert.equal((await receiptOf(last.receipt)).body.consent?.state, 'withdrawn');
  await assert.rejects(leave(both), { code: 'answer.no-consent' });
});
