import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Pools } from '#platform/database.ts';
import type { Keys } from '#platform/keys.ts';
import { World } from '#test/world.ts';
import { erase, finishErasures } from '../answer/erase.ts';
import type { Engine } from '../engine.ts';

const SEALED = 'customers.agreement.note';

let world: World;
before(async () => {
  world = await World.open();
  // A table may hold what is sealed beside what is not; the shipped one has nothing to seal.
  await world.sql(`
    alter table customers.agreement add column note vault.sealed;
    comment on column customers.agreement.note is 'customer.agreement: what was agreed besides';`);
  await world.stop();
  await world.start();
});
after(() => world.close());

const self = (id: string) => ({ kind: 'person', id }) as const;

async function party(email: string, ended: string | null): Promise<string> {
  await world.profile(email, { name: 'Siri Avtale', company: 'Avtale AS' });
  const person = (await world.idOf(email))!;
  const key = (await world.product.engine.keys.of([person])).get(person)!;
  const id = randomUUID();
  await world.sql(
    `insert into customers.agreement (person, id, client, terms, note, begun_at, ended_at) values ($1, $2, $2, '3.0', $3, $4, $5)`,
    [person, id, key.seal('Ti moduler', `${SEALED}#${id}`), new Date('2025-02-01T09:00:00Z'), ended],
  );
  return person;
}

const agreements = (person: string) =>
  world.sql('select from customers.agreement where person = $1', [person]);
const archived = (person: string) =>
  world.sql<{ told: string | null }>('select told from archive.agreement where person = $1', [person]);

/** What the archive says of a person, read by bookkeeping. */
async function contentOf(person: string) {
  const all = await world.product.gates.archive.records({}, { kind: 'staff', roles: ['finance'] }, world.now);
  return all.filter((one) => one.person === person && one.category === 'customer.agreement');
}

test('k.bookkeeping: an agreement that is over moves to the archive, with whom it was made and nothing to reach them by', async () => {
  const { gates } = world.product;
  const person = await party('over@firma.example', '2026-11-20T12:00:00Z');
  const running = await party('lopende@firma.example', null);
  const told = await gates.due(world.now);
  const kept = await gates.keep(world.now);
  assert.deepEqual(kept.due, told);
  assert.deepEqual([(await agreements(person)).length, (await agreements(running)).length], [0, 1]);
  const [record] = await contentOf(person);
  assert.deepEqual(record?.content, {
    party: 'Siri Avtale',
    company: 'Avtale AS',
    terms: '3.0',
    note: 'Ti moduler',
    begun_at: '2025-02-01T09:00:00.000Z',
    ended_at: '2026-11-20T12:00:00.000Z',
  });
  assert.deepEqual([record?.fiscalYear, record?.leaves], ['2026-12-31', '2030-07-01']);
  assert.deepEqual(await world.tablesHolding('Ti moduler'), []);
  const { items } = await gates.answer.access(person, self(person), world.now);
  assert.equal(items.find(({ category }) => category === 'customer.agreement')?.expires, '2030-07-01');
  await gates.keep(world.now);
  assert.equal((await archived(person)).length, 1, 'nothing twice');
});

test('k.bookkeeping: an agreement whose time in the archive is over already is deleted and not moved', async () => {
  const person = await party('gammel@firma.example', '2022-05-01T12:00:00Z');
  await world.product.gates.keep(world.now);
  assert.deepEqual([(await agreements(person)).length, (await archived(person)).length], [0, 0]);
});

test('k.bookkeeping: erasing somebody in the middle of an agreement counts it among what stays', async () => {
  const { gates } = world.product;
  const person = await party('midt@firma.example', null);
  const preview = await gates.answer.preview(person, self(person), world.now);
  const answer = await gates.answer.erase(person, self(person), world.now);
  assert.deepEqual(answer.stays, preview.stays);
  assert.deepEqual(answer.goes, preview.goes);
  const stays = answer.stays.find(({ clause }) => clause === 'k.bookkeeping');
  assert.deepEqual([stays?.what.nb, stays?.count, stays?.until], ['Avtalen', 1, '2030-07-01']);
  assert.ok(!answer.goes.some(({ category }) => category === 'customer.agreement'));
  assert.deepEqual(await agreements(person), []);
  assert.deepEqual(await archived(person), [{ told: answer.receipt }]);
  assert.equal((await contentOf(person))[0]?.content.note, 'Ti moduler');
});

class Crash extends Error {}

/** The engine, but for one thing that fails as a crash would at that point. */
function crashing(step: string): Engine {
  const { engine } = world.product;
  const crash = async () => {
    throw new Crash(step);
  };
  const { keys, pools } = engine;
  const shelves = Object.create(keys.shelves, {
    ensure: {
      value: async (...given: Parameters<typeof keys.shelves.ensure>) => {
        await keys.shelves.ensure(...given);
        return step === 'with a shelf’s key and no record' ? crash() : keys.shelves.ensure(...given);
      },
    },
  });
  const failing = Object.create(keys, {
    of: { value: (people: string[]) => keys.of(people) },
    shelves: { value: shelves },
    destroy: {
      value: async (people: string[]) => {
        if (step === 'before the person’s key is destroyed') await crash();
        await keys.destroy(people);
        return step === 'after the person’s key is destroyed' ? crash() : 1;
      },
    },
  }) as Keys;
  let connections = 0;
  const limited = {
    of: (role: string) => {
      const pool = pools.of(role);
      if (role !== 'answer') return pool;
      return {
        query: pool.query.bind(pool),
        connect: async () => {
          connections += 1;
          if (step === 'before anything is archived' && connections === 1) await crash();
          if (step === 'before the rows go' && connections === 2) await crash();
          return pool.connect();
        },
      };
    },
  } as unknown as Pools;
  return { ...engine, keys: failing, pools: limited };
}

const STEPS = [
  'before anything is archived',
  'with a shelf’s key and no record',
  'before the person’s key is destroyed',
  'after the person’s key is destroyed',
  'before the rows go',
];

for (const step of STEPS)
  test(`k.bookkeeping: an erasure that crashes ${step} is finished with nothing lost and nothing twice`, async () => {
    const { engine } = world.product;
    const person = await party(`krasj${STEPS.indexOf(step)}@firma.example`, null);
    await assert.rejects(erase(crashing(step), person, self(person), 'r.rectify-erase', world.now), Crash);
    assert.equal(await finishErasures(engine, world.now), 1);
    assert.deepEqual(await agreements(person), []);
    assert.deepEqual(await world.keysSql('select from keys.person_key where person = $1', [person]), []);
    const records = await contentOf(person);
    assert.equal(records.length, 1);
    assert.deepEqual([records[0]?.content.party, records[0]?.content.note], ['Siri Avtale', 'Ti moduler']);
    const [said] = await world.sql<{ id: string; body: string }>(
      `select id, body from gate.receipt where person = $1 and kind = 'erasure'`,
      [person],
    );
    const stays = JSON.parse(said!.body).stays.find(
      (one: { clause: string }) => one.clause === 'k.bookkeeping',
    );
    assert.equal(stays.count, 1);
    assert.deepEqual(await archived(person), [{ told: said!.id }]);
    assert.equal(await finishErasures(engine, world.now), 0);
  });

test('k.bookkeeping: of somebody brought back without a key, what was never sealed is kept', async () => {
  const { gates, engine } = world.product;
  const person = await party('uten.nokkel@firma.example', null);
  await engine.keys.destroy([person]);
  await gates.keep(new Date(world.now.getTime() + 25 * 3_600_000));
  assert.deepEqual(await agreements(person), []);
  assert.deepEqual((await contentOf(person))[0]?.content, {
    terms: '3.0',
    begun_at: '2025-02-01T09:00:00.000Z',
  });
});
