import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { parseStatement } from '#gates/statement-file.ts';
import { prove } from '#proof/prove.ts';
import type { Applied } from '#statement/applied.ts';
import { after } from '#statement/period.ts';
import { restamped } from '#statement/revision.ts';
import { catches, NOW, type Stage, stage, type Twin } from '#test/stage.ts';
import { shipped, swap, texts } from '#test/statement.ts';

/** Each promise about new versions, broken on purpose. */
const PLANNED = 'applied by a plan that the journal knows';
const DONE = 'What a version was to do';
const SOONER = 'took effect sooner than they were promised';
const TOLD = 'Everybody concerned was told';

const day = (n: number) => new Date(NOW.getTime() + n * 86_400_000);

/** What was in force before 3.0 in these lives: the shipped statement with one place written otherwise. */
function earlier(version: string, written = 'period: P18M', instead = 'period: P12M'): Applied {
  const yaml = swap(restamped(texts.yaml, { version, updated: '2025-01-01' })!, written, instead);
  return parseStatement({ ...texts, yaml }, 'earlier');
}

/** Puts a version before 3.0, so that 3.0 is one that was planned: well, unless told otherwise. */
async function before(
  { sql, sealer }: Stage,
  {
    was = earlier('2.9'),
    notice = 'P30D',
    plan = true,
    journal = true,
    told = [] as string[],
    toldAt = day(-40),
    done = true,
    settled = true,
    appliedAt = day(-40),
  } = {},
): Promise<void> {
  await sql('set session_replication_role = replica');
  await sql('delete from statement.version');
  const insert = (
    { statement, texts: t, fingerprint, personFingerprint }: Applied,
    at: Date,
    from: Date | null,
  ) =>
    sql('insert into statement.version values ($1, $2, $3, $4, $5, $6, $7, $8)', [
      statement.version,
      t.yaml,
      t.nb,
      t.en,
      fingerprint,
      personFingerprint,
      at,
      from,
    ]);
  await insert(was, day(-400), null);
  await insert(shipped(), appliedAt, notice === '' ? null : after(appliedAt, notice));
  await sql('set session_replication_role = origin');
  for (const person of told)
    await sql(`insert into gate.notice values ($1, '3.0', $2, null)`, [person, toldAt]);
  if (!plan) return;
  const text = JSON.stringify({
    from: { version: was.statement.version, fingerprint: was.fingerprint },
    to: { version: '3.0' },
  });
  const hash = createHash('sha256').update(text).digest('hex');
  await sql(
    `insert into statement.application values ('3.0', gen_random_uuid(), $1, '3.0', $2, $3, $4, $5, $6)`,
    [was.statement.version, text, hash, toldAt, settled ? day(-10) : null, done ? day(-10) : null],
  );
  if (!journal) return;
  await sql(
    `insert into journal.entry (at, gate, act, actor, statement, digest) values ($1, 'statement', 'apply', 'staff', '3.0', decode($2, 'hex'))`,
    [appliedAt, hash],
  );
  await sealer.seal(NOW);
}

/** That a sign-up was kept for shorter before: what came after matters to whoever has one. */
const RULE = '    end: delete\n    why:\n      nb: Rekker du ikke';
const LONGER = [`period: P7D\n${RULE}`, `period: P6D\n${RULE}`] as const;

test('v.changes: a version that was planned, told of and done is found to be so', async () => {
  const house = await stage();
  try {
    const { kari, ola, siv } = house.people;
    await house.sql('update vault.person set recorded_at = least(recorded_at, $1)', [day(-50)]);
    await before(house, { was: earlier('2.9', ...LONGER), told: [kari!, ola!, siv!] });
    const { checks } = await prove(house.installation);
    assert.deepEqual(
      checks.filter(({ ok }) => !ok),
      [],
    );
    assert.match(checks.find(({ title }) => title.includes(PLANNED))!.detail, /^2 versions, 1 plan$/);
    assert.match(
      checks.find(({ title }) => title.includes(TOLD))!.detail,
      /^1 version that matters to people, 3 notices$/,
    );
  } finally {
    await house.close();
  }
});

const twins: readonly Twin[] = [
  {
    title: 'v.changes: a version that came by no plan is found',
    breaks: (house) => before(house, { plan: false, notice: '' }),
    finds: {
      [PLANNED]: /^version 3\.0 was applied by no plan$/,
      [SOONER]: /^version 3\.0 took effect before/,
    },
  },
  {
    title: 'v.changes: a plan that the journal never sealed is found',
    breaks: (house) => before(house, { journal: false }),
    finds: { [PLANNED]: /^the journal does not know the plan of 3\.0$/ },
  },
  {
    title: 'v.changes: a plan that was written over is found',
    async breaks(house) {
      await before(house);
      await house.sql(`update statement.application set plan = replace(plan, '3.0', '3.5')`);
    },
    finds: { [PLANNED]: /^the plan of version 3\.0 is not what was decided$/ },
  },
  {
    title: 'v.changes: a plan for another version than it was applied to is found',
    async breaks(house) {
      await before(house);
      await house.sql(`update statement.application set before = '1.0'`);
    },
    finds: { [PLANNED]: /^the plan of version 3\.0 is about other versions$/ },
  },
  {
    title: 'v.changes: a version in force whose work was left undone is found',
    breaks: (house) => before(house, { done: false, settled: false }),
    finds: {
      [DONE]: /^roles and consents do not follow version 3\.0 yet; version 3\.0 took effect and is not/,
    },
  },
  {
    title: 'v.notice: a version that took effect before its notice was over is found',
    breaks: (house) => before(house, { notice: 'P29D' }),
    finds: { [SOONER]: /^version 3\.0 took effect before its notice was over$/ },
  },
  {
    title: 'v.notice: somebody who was never told is found',
    async breaks(house) {
      await house.sql('update vault.person set recorded_at = least(recorded_at, $1)', [day(-50)]);
      await before(house, { was: earlier('2.9', 'mailbox: beredskap@', 'mailbox: vakt@') });
    },
    finds: { [TOLD]: /^not told of version 3\.0/ },
  },
  {
    title: 'v.notice: somebody who was told too late is found',
    async breaks(house) {
      await house.sql('update vault.person set recorded_at = $1', [day(-50)]);
      const { kari } = house.people;
      await before(house, { was: earlier('2.9', ...LONGER), told: [kari!], toldAt: day(-5) });
    },
    finds: { [TOLD]: /^told of version 3\.0 after it took effect$/ },
  },
];
for (const twin of twins) test(twin.title, () => catches(twin));
