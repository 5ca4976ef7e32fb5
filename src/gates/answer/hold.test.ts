import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { end, standingOf } from '#modules/customers/lifecycle.ts';
import { makeProfile } from '#modules/customers/profiles.ts';
import { known, own } from '#test/clients.ts';
import { World } from '#test/world.ts';
import { type Actor, SYSTEM, VISITOR } from '../actor.ts';
import type { HoldWish } from './hold.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

const gates = () => world.product.gates;
const self = (id: string) => ({ kind: 'person', id }) as const;
const OFFICER: Actor = {
  kind: 'staff',
  id: '7c4a1f0e-2b52-4e0c-9a3d-5f0b6c1d2e3f',
  roles: ['privacy'],
  reason: 'request',
};
const WHY = 'Faktura 1017 er omtvistet.\nSaken ligger i forliksrådet.';
const manner = { surface: 'x', method: 'button' };
const at = (iso: string) => new Date(iso);

async function somebody(email: string, came = world.now): Promise<string> {
  const statement = gates().statement.version;
  await makeProfile(
    gates(),
    { name: 'Kari', email, phone: '+4710000008', place: 'Hamar', accept: { statement } },
    came,
  );
  return (await world.idOf(email))!;
}

const place = (person: string, more: Partial<HoldWish> = {}, when = world.now) =>
  gates().answer.hold(
    person,
    { why: WHY, ...(more.until ? {} : { review: '2027-04-01' }), ...more },
    OFFICER,
    when,
  );

test('r.rectify-erase: nobody on whom a hold stands is erased, in words that are the same whether it may be told or not', async () => {
  const [open, secret] = [await somebody('holdt@firma.example'), await somebody('taus@firma.example')];
  await place(open);
  await place(secret, { untold: 'hvitvaskingsloven § 28' });
  for (const person of [open, secret]) {
    const before = await world.counts();
    for (const actor of [self(person), OFFICER, SYSTEM])
      await assert.rejects(gates().answer.erase(person, actor, world.now), { code: 'answer.held' });
    assert.deepEqual(await world.counts(), before);
    const preview = await gates().answer.preview(person, self(person), world.now);
    assert.equal(preview.held, true);
    const gone = gates().answer.correct(person, { 'contact.place': null }, self(person), world.now);
    await assert.rejects(gone, { code: 'answer.held' });
  }
  await gates().answer.correct(open, { 'contact.place': 'Gran' }, self(open), world.now);
  const free = await somebody('fri@firma.example');
  assert.equal('held' in (await gates().answer.preview(free, self(free), world.now)), false);
});

test('r.access: a hold is shown to the person with its reason, and one that the law forbids telling of is shown nowhere', async () => {
  const [open, secret] = [await somebody('vist@firma.example'), await somebody('skjult@firma.example')];
  const { id } = await place(open, { until: '2027-03-01' });
  await place(secret, { untold: 'hvitvaskingsloven § 28' });
  const told = await gates().answer.access(open, self(open), world.now);
  assert.deepEqual(told.holds, [
    {
      id,
      since: world.now.toISOString(),
      until: '2027-03-01',
      review: null,
      why: WHY,
      told: true,
      untold: null,
      author: null,
    },
  ]);
  for (const item of told.items.flatMap((one) => [one, ...one.also])) {
    assert.equal(item.expires, null);
    assert.match(item.until.nb, /^Så lenge slettesperren gjelder/);
  }
  const untold = await gates().answer.access(secret, self(secret), world.now);
  assert.deepEqual(untold.holds, []);
  assert.ok(untold.items.some(({ expires }) => expires !== null));
  const [seen] = (await gates().answer.access(secret, OFFICER, world.now)).holds;
  assert.deepEqual(
    [seen?.why, seen?.told, seen?.untold, seen?.author],
    [WHY, false, 'hvitvaskingsloven § 28', OFFICER.id],
  );
  const acts = async (person: string, actor: Actor) =>
    (await gates().answer.log(person, actor)).entries.map(({ act }) => act);
  assert.ok((await acts(open, self(open))).includes('hold'));
  assert.ok(!(await acts(secret, self(secret))).some((act) => act.includes('hold')));
  assert.ok((await acts(secret, OFFICER)).includes('hold-untold'));
});

test('r.portability: an export holds the holds that may be told of, opened, and not a trace of another', async () => {
  const person = await somebody('begge@firma.example');
  await place(person);
  const { id } = await place(person, { why: 'Noe helt annet', untold: 'POL § 16 første ledd bokstav b' });
  await gates().answer.reviewHold(person, id, { review: '2027-02-01' }, OFFICER, world.now);
  await gates().answer.access(person, OFFICER, world.now);
  for (const actor of [self(person), OFFICER]) {
    const zip = unzipSync(await gates().answer.export(person, actor, world.now, 'nb'));
    const data = JSON.parse(strFromU8(zip['data.json']!));
    assert.equal(data.records['gate.hold'].length, 1);
    assert.equal(data.records['gate.hold'][0].why, WHY);
    assert.deepEqual(data.records['gate.hold_review'], []);
    const all = Object.values(zip).map((file) => strFromU8(file));
    for (const text of all)
      assert.doesNotMatch(text, /Noe helt annet|POL § 16|untold"?:"?POL|-untold|7c4a1f0e/, 'nothing of it');
    assert.match(strFromU8(zip['index.html']!), /forliksrådet/);
  }
});

test('r.withdraw: a yes taken back by somebody held ends the use at once and leaves the rows where they are', async () => {
  await world.subscriber('nyheter@post.example');
  const person = (await world.idOf('nyheter@post.example'))!;
  const { id } = await place(person);
  const usable = async () =>
    (await gates().use('newsletter', SYSTEM).people([person], ['email'], 'letter', world.now)).size;
  const subscribed = async () =>
    (await world.sql('select from newsletter.subscription where person = $1', [person])).length;
  assert.deepEqual([await usable(), await subscribed()], [1, 1]);
  const left = await gates().answer.withdraw(person, 'newsletter', self(person), manner, world.now);
  assert.equal(left.erased, false);
  assert.deepEqual([await usable(), await subscribed()], [0, 1]);
  assert.ok((await world.counts())['newsletter.opt_out']! > 0, 'the address is kept off');
  await assert.rejects(gates().answer.withdraw(person, 'newsletter', self(person), manner, world.now), {
    code: 'answer.no-consent',
  });
  for (const clause of ['1.1.newsletter', 'k.opt-out', 'r.withdraw']) {
    const { ok, checks } = await world.product.prove(world.now, clause);
    assert.ok(ok, JSON.stringify(checks.filter((check) => !check.ok)));
  }
  await gates().answer.releaseHold(person, id, OFFICER, world.now);
  await gates().keep(world.now);
  assert.equal(await subscribed(), 0);
  await gates().keep(at('2026-12-01T12:00:00Z'));
  assert.equal(await world.idOf('nyheter@post.example'), undefined);
});

test('k.active-12-months, r.object-restrict: what an objection ends leaves after the hold and not a year later', async () => {
  const person = await known(gates(), 'kunde@firma.example', world.now);
  const client = await own(gates(), person, world.now);
  await end(gates(), client, SYSTEM, world.now);
  const { id } = await place(person);
  assert.equal(await gates().answer.object(person, 'resume', self(person), world.now), undefined);
  assert.deepEqual(await standingOf(gates(), client), { state: 'none' });
  const departures = async () =>
    (await world.sql('select from customers.departure where person = $1', [person])).length;
  await gates().keep(world.now);
  assert.equal(await departures(), 1);
  await gates().answer.releaseHold(person, id, OFFICER, world.now);
  const due = await gates().due(world.now);
  assert.ok(due.some(({ clause }) => clause === 'k.active-12-months'));
  await gates().keep(world.now);
  assert.equal(await departures(), 0);
  assert.equal(await world.idOf('kunde@firma.example'), undefined);
});

test('r.rectify-erase: whom a restored backup brings back with an old hold and no key is erased again all the same', async () => {
  const person = await somebody('gammel-kopi@firma.example');
  await place(person);
  await world.product.engine.keys.destroy([person]);
  const nextDay = new Date(world.now.getTime() + 25 * 3_600_000);
  await gates().keep(nextDay);
  assert.deepEqual(await world.sql('select from vault.person where person = $1', [person]), []);
  const { ok, checks } = await world.product.prove(nextDay, 'r.rectify-erase');
  assert.ok(ok, JSON.stringify(checks.filter((check) => !check.ok)));
});

test('k.as-needed: a forecast tells what a hold keeps on the day the hold is over, and nothing of a hold that stays', async () => {
  const came = at('2025-06-01T09:00:00Z');
  const [stays, ends] = [
    await somebody('blir@firma.example', came),
    await somebody('ender@firma.example', came),
  ];
  await place(stays);
  await place(ends, { until: '2026-12-24' });
  const rows = await gates().openForecast('k.active-12-months', world.now, { days: 90, limit: 1000 });
  const mine = (person: string) => [
    ...new Set(rows.filter((row) => row.person === person).map(({ date }) => date)),
  ];
  assert.deepEqual([mine(stays), mine(ends)], [[], ['2026-12-25']]);
  const days = (await gates().forecast(world.now, 90)).clauses.flatMap(({ byDay }) => byDay);
  assert.ok(days.some(({ date }) => date === '2026-12-25'));
});

test('r.object-restrict: a restricted person’s items have no date either', async () => {
  const person = await somebody('begrenset@firma.example');
  await gates().answer.restrict(person, 'claims', self(person), world.now);
  const { items } = await gates().answer.access(person, self(person), world.now);
  for (const { expires, until } of items) {
    assert.equal(expires, null);
    assert.match(until.en, /^As long as the use is restricted/);
  }
});

test('a hold is the privacy role’s alone to place, to see in a list, to review and to release', async () => {
  const person = await somebody('egen@firma.example');
  const { id } = await place(person);
  const support: Actor = { kind: 'staff', id: person, roles: ['support', 'administrator'] };
  for (const [actor, code] of [
    [self(person), 'identity.role-missing'],
    [support, 'identity.role-missing'],
    [SYSTEM, 'identity.role-missing'],
    [VISITOR, 'identity.signed-out'],
  ] as const)
    for (const ask of [
      () => gates().answer.hold(person, { why: WHY, review: '2027-01-01' }, actor, world.now),
      () => gates().answer.reviewHold(person, id, { review: '2027-01-01' }, actor, world.now),
      () => gates().answer.releaseHold(person, id, actor, world.now),
      () => gates().answer.holds(actor, world.now),
    ])
      await assert.rejects(async () => ask(), { code });
});

test('k.as-needed: a hold needs a reason, and an end or a review within half a year', async () => {
  const person = await somebody('krav@firma.example');
  const before = await world.counts();
  const wrong: [HoldWish, string, string][] = [
    [{ why: ' \n ', review: '2027-01-01' }, 'collect.missing-field', 'why'],
    [{ why: 'x'.repeat(2001), review: '2027-01-01' }, 'collect.invalid-field', 'why'],
    [{ why: 'a\u0000b', review: '2027-01-01' }, 'collect.invalid-field', 'why'],
    [{ why: 'gjelder 018190 12012', review: '2027-01-01' }, 'collect.national-identity-number', 'why'],
    [{ why: WHY }, 'collect.missing-field', 'review'],
    [{ why: WHY, review: '2026-11-22' }, 'collect.invalid-field', 'review'],
    [{ why: WHY, review: '2027-05-24' }, 'collect.invalid-field', 'review'],
    [{ why: WHY, until: '2026-11-22' }, 'collect.invalid-field', 'until'],
    [{ why: WHY, until: '2027-02-30' }, 'collect.invalid-field', 'until'],
    [{ why: WHY, until: '2027' }, 'collect.invalid-field', 'until'],
    [{ why: WHY, until: '2027-01-01', untold: 'hemmelig' }, 'collect.invalid-field', 'untold'],
  ];
  for (const [wish, code, field] of wrong)
    await assert.rejects(gates().answer.hold(person, wish, OFFICER, world.now), {
      code,
      fields: [field],
    });
  assert.deepEqual(await world.counts(), before);
  await place(person, { review: '2027-05-23' });
  await place(person, { until: '2026-11-23' });
  for (const nobody of ['x', '00000000-0000-4000-8000-000000000000'])
    await assert.rejects(place(nobody), { code: 'answer.unknown-person' });
});

test('a review moves the dates of a hold, a release ends it, and both leave rows with an author', async () => {
  const person = await somebody('sett-paa@firma.example');
  const { id } = await place(person);
  const later = at('2027-03-15T10:00:00Z');
  const seen = await gates().answer.reviewHold(person, id, { review: '2027-09-15' }, OFFICER, later);
  assert.deepEqual([seen.until, seen.review, seen.overdue], [null, '2027-09-15', false]);
  const mine = async (when: Date) =>
    (await gates().answer.holds(OFFICER, when)).holds.filter((one) => one.person === person);
  assert.deepEqual(
    (await mine(at('2027-09-15T22:00:00Z'))).map(({ overdue }) => overdue),
    [true],
  );
  assert.equal(JSON.stringify(await mine(later)).includes('forliks'), false, 'no reason in the list');
  const ended = await gates().answer.reviewHold(person, id, { until: '2027-12-31' }, OFFICER, later);
  assert.deepEqual([ended.until, ended.review], ['2027-12-31', null]);
  const open = gates().answer.reviewHold(person, id, { until: null }, OFFICER, later);
  await assert.rejects(open, { code: 'collect.missing-field', fields: ['review'] });
  await gates().answer.releaseHold(person, id, OFFICER, later);
  for (const again of [
    () => gates().answer.releaseHold(person, id, OFFICER, later),
    () => gates().answer.reviewHold(person, id, { review: '2027-09-15' }, OFFICER, later),
    () => gates().answer.releaseHold(person, 'x', OFFICER, later),
  ])
    await assert.rejects(again, { code: 'answer.unknown-hold' });
  const rows = await world.sql(
    'select decision, author from gate.hold_review where person = $1 order by at, decision desc',
    [person],
  );
  assert.deepEqual(rows, [
    { decision: 'stays', author: OFFICER.id },
    { decision: 'stays', author: OFFICER.id },
    { decision: 'released', author: OFFICER.id },
  ]);
});

test('r.rectify-erase: of a hold and an erasure that come at the same time one is refused, and others are erased all the same', async () => {
  for (let n = 0; n < 8; n += 1) {
    const [contested, other] = [
      await somebody(`omkamp${n}@firma.example`),
      await somebody(`ellers${n}@firma.example`),
    ];
    const [held, erased, beside] = await Promise.allSettled([
      place(contested),
      gates().answer.erase(contested, self(contested), world.now),
      gates().answer.erase(other, self(other), world.now),
    ]);
    assert.equal(beside.status, 'fulfilled');
    assert.notEqual(held.status, erased.status);
    const code =
      held.status === 'rejected' ? held.reason.code : (erased as PromiseRejectedResult).reason.code;
    assert.match(code, /^(answer\.held|answer\.unknown-person|HJ001)$/);
  }
});

test('r.rectify-erase: the database itself refuses to decide an erasure of somebody held', async () => {
  const person = await somebody('vern@firma.example');
  await place(person, { until: '2026-12-31' });
  const decide = (when: string) =>
    world.sql(
      `insert into gate.erasure (person, id, asked_by, ground, decided_at) values ($1, gen_random_uuid(), 'keep', 'r.rectify-erase', $2)`,
      [person, when],
    );
  await assert.rejects(decide('2026-12-31T22:59:59Z'), { code: 'HJ002' });
  await decide('2026-12-31T23:00:00Z');
});

test('k.as-needed: nothing of somebody held is deleted, and what was due goes with the next round after the hold', async () => {
  const came = at('2023-01-01T09:00:00Z');
  const placed = at('2023-12-30T09:00:00Z');
  const [released, over] = [
    await somebody('opphevet@firma.example', came),
    await somebody('utlopt@firma.example', came),
  ];
  const { id } = await place(released, { review: '2024-05-01' }, placed);
  await place(over, { until: '2025-06-30' }, placed);
  const rows = async (person: string) =>
    (await world.sql('select from gate.collection where person = $1', [person])).length;
  await gates().keep(at('2025-06-30T21:59:59Z'));
  assert.deepEqual([await rows(released), await rows(over)], [1, 1]);
  // Midnight in Oslo: the last day of the hold is over.
  await gates().keep(at('2025-06-30T22:00:00Z'));
  assert.equal(await world.idOf('utlopt@firma.example'), undefined);
  assert.equal(await rows(released), 1);
  await gates().answer.releaseHold(released, id, OFFICER, at('2025-07-02T09:00:00Z'));
  await gates().keep(at('2025-07-02T10:00:00Z'));
  assert.equal(await world.idOf('opphevet@firma.example'), undefined);
  // The hold outlasts the person under a bare number, its reason with no key to it.
  const left = await world.sql('select released_by from gate.hold where person = $1', [released]);
  assert.deepEqual(left, [{ released_by: OFFICER.id }]);
  await gates().keep(at('2030-07-02T10:00:00Z'));
  assert.deepEqual(await world.tablesHolding(released), ['journal.entry']);
});
