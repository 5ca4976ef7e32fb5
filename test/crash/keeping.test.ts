import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { end as endAgreement } from '#modules/customers/lifecycle.ts';
import { makeProfile } from '#modules/customers/profiles.ts';
import { known, own } from '#test/clients.ts';
import { cutShort, hjemmel, type Settings } from '#test/program.ts';
import { World } from '#test/world.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

const PEOPLE = 700;
const KILLS = 6;
const BEGAN = new Date('2025-06-01T09:00:00Z');
/** A year and a day later: profiles are due, and the ends of those who were used a little later are near. */
const NOW = '2026-06-02T09:00:00Z';

test('k.as-needed: keeping that is killed anywhere is completed by the next round, nothing twice and nothing skipped', async () => {
  const { gates } = world.product;
  const email = (n: number) => `krasj${n}@firma.example`;
  await Promise.all(
    Array.from({ length: PEOPLE }, (_, n) =>
      // Every seventh comes three weeks later, and is only told that the end is near.
      makeProfile(
        gates,
        { name: `Prøve ${n}`, email: email(n), accept: { statement: gates.statement.version } },
        new Date(BEGAN.getTime() + (n % 7 === 0 ? 21 : 0) * 86_400_000),
      ),
    ),
  );
  const owner = await known(gates, 'avtale@firma.example', BEGAN);
  const client = await own(gates, owner, BEGAN, ['kurs']);
  await endAgreement(gates, client, { kind: 'system' }, BEGAN);
  const told = await gates.due(new Date(NOW));
  const near = Math.ceil(PEOPLE / 7);
  const people = await world.sql<{ person: string }>('select person from vault.person');
  await world.stop();

  const { databaseUrl, keysUrl, dataDir, rolePrefix } = world.config;
  const settings: Settings = {
    DATABASE_URL: databaseUrl!,
    KEYS_URL: keysUrl!,
    DATA_DIR: dataDir,
    ROLE_PREFIX: rolePrefix,
  };
  const keep = ['keep', '--now', NOW, '--json'];
  // How long it takes with nothing to do: what comes after that is the work.
  const begun = performance.now();
  assert.equal((await hjemmel(settings, 'keep', '--dry-run', '--json')).code, 0);
  const opening = performance.now() - begun;
  let killed = 0;
  for (let n = 0; n < KILLS; n += 1) {
    const { code } = await cutShort(settings, opening * (0.7 + (n / KILLS) * 0.8), ...keep);
    if (code === null) killed += 1;
  }
  assert.ok(killed > 0, 'it was killed at least once');
  const last = await hjemmel(settings, ...keep);
  assert.equal(last.code, 0, last.err);

  await world.start();
  const taken = await world.sql<{ clause: string; rows: number }>(
    'select clause, sum(rows)::int8 as rows from gate.keep_result group by clause order by clause',
  );
  const byClause = [...told].sort((a, b) => (a.clause < b.clause ? -1 : 1));
  assert.deepEqual(taken, byClause, 'the rounds together took what the dry run told');
  const receipts = await world.sql<{ person: string; n: number }>(
    `select person, count(*)::int as n from gate.receipt where kind = 'erasure' group by person`,
  );
  assert.equal(receipts.length, people.length - near);
  assert.ok(
    receipts.every(({ n }) => n === 1),
    'one receipt each',
  );
  const [letters] = await world.sql<{ people: number; letters: number }>(
    `select count(distinct person)::int as people, count(*)::int as letters from mail.letter where kind = 'keep.customer'`,
  );
  assert.deepEqual(letters, { people: near, letters: near });
  assert.deepEqual(await world.sql('select from gate.keep_round where done_at is null'), []);
  const { gates: again } = world.product;
  assert.deepEqual(await again.keep(new Date(NOW)), { due: [], erased: 0, notified: 0 });
  await world.product.sealer.seal(new Date(NOW));
  const { checks } = await world.product.prove(new Date());
  assert.deepEqual(
    checks.filter(({ ok, title }) => !ok && !title.startsWith('Nothing is kept past')),
    [],
  );
});
