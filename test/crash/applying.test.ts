import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readConfig } from '#config';
import { makeProfile } from '#modules/customers/profiles.ts';
import { openLog } from '#platform/log.ts';
import { openProduct } from '#product';
import { ended, hjemmel, launch, program, serve, until } from '#test/program.ts';
import { swap } from '#test/statement.ts';

const home = await mkdtemp(join(tmpdir(), 'hjemmel-applying-'));
after(() => rm(home, { recursive: true, force: true }));
const statementDir = join(home, 'statement');
const settings = { DATA_DIR: join(home, 'data'), STATEMENT_DIR: statementDir, LOG_LEVEL: 'silent' };

const PEOPLE = 400;
const KILLS = 6;

async function write(written: string, instead: string): Promise<void> {
  const file = join(statementDir, 'statement.yaml');
  await writeFile(file, swap(await readFile(file, 'utf8'), written, instead));
}

async function planned(): Promise<{ hash: string; version: string }> {
  const { code, out, err } = await hjemmel(settings, 'plan', '--json');
  assert.equal(code, 0, out + err);
  return JSON.parse(out);
}

test('v.changes: killed again and again while it applies, it applies once, tells everybody once, and is served', async (t) => {
  await cp(fileURLToPath(new URL('../../statement/', import.meta.url)), statementDir, { recursive: true });
  const serving = await serve(settings, '--no-demo');
  t.after(() => serving.stop());
  // The product in this process looks on beside the server.
  const log = openLog('error', [process.stderr]);
  const beside = await openProduct(readConfig({ DATA_DIR: settings.DATA_DIR, STATEMENT_DIR: statementDir }), {
    log,
    now: () => new Date(),
  });
  t.after(() => beside.close());
  await Promise.all(
    Array.from({ length: PEOPLE }, (_, n) =>
      makeProfile(
        beside.gates,
        { name: 'Kari Prøve', email: `kari${n}@firma.example`, accept: { statement: '3.0' } },
        new Date(),
      ),
    ),
  );
  let [turnedAway, stop] = [0, false];
  const knocking = (async () => {
    while (!stop) {
      const answered = await fetch(`${serving.url}/api/v1/statement`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (!answered) turnedAway += 1;
      await pause(5);
    }
  })();
  const served = async () => {
    const response = await fetch(`${serving.url}/api/v1/statement`);
    return (await response.json()) as { version: string; coming: { version: string } | null };
  };
  const auditor = beside.engine.pools.of('proof');
  const count = async (sql: string) =>
    Number((await auditor.query(`select count(*) as n from ${sql}`)).rows[0].n);

  await t.test('a version that waits: each person has one notice and one letter', async () => {
    await write('mailbox: beredskap@catacloud.no', 'mailbox: vakt@catacloud.no');
    const { hash } = await planned();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const child = launch(program, ['apply', hash], settings);
      const over = ended(child);
      // Later each time, to strike before, in and after what it does.
      await Promise.race([over, pause(500 + kill * 250 + Math.random() * 250)]);
      child.kill('SIGKILL');
      await over;
    }
    const { code, out, err } = await hjemmel(settings, 'apply', hash, '--json');
    assert.equal(code, 0, out + err);
    assert.equal(await count('statement.version'), 2);
    assert.equal(await count(`journal.entry where gate = 'statement'`), 1);
    assert.equal(await count(`gate.notice where statement = '3.1'`), PEOPLE);
    assert.equal(await count(`mail.letter where kind = 'notices.version'`), PEOPLE);
    assert.equal(
      await count(`gate.notice n join mail.letter m on m.id = n.letter and m.person = n.person`),
      PEOPLE,
    );
  });

  await t.test(
    'the server that runs shows it with no restart, and nobody is turned away meanwhile',
    async () => {
      await until(async () => (await served()).coming?.version === '3.1');
      assert.equal((await served()).version, '3.0');
      assert.match(await (await fetch(`${serving.url}/personvern`)).text(), /gjelder en ny versjon, 3\.1/);
    },
  );

  await t.test('taken back, and another one put in force at once: served, and done', async () => {
    assert.equal((await hjemmel(settings, 'apply', '--withdraw', '3.1')).code, 0);
    await write('mailbox: vakt@catacloud.no', 'mailbox: beredskap@catacloud.no');
    await write('period: P18M', 'period: P12M');
    const { hash, version } = await planned();
    assert.equal(version, '3.2');
    const child = launch(program, ['apply', hash], settings);
    const over = ended(child);
    await Promise.race([over, pause(900)]);
    child.kill('SIGKILL');
    await over;
    assert.equal((await hjemmel(settings, 'apply', hash)).code, 0);
    await until(async () => (await served()).version === '3.2');
    await until(
      async () => (await count(`statement.application where version = '3.2' and done_at is null`)) === 0,
    );
    assert.match(await (await fetch(`${serving.url}/en/privacy`)).text(), /12 months/);
    stop = true;
    await knocking;
    assert.equal(turnedAway, 0, 'whoever came meanwhile was answered');
    const proof = await hjemmel(settings, 'prove', '--json');
    const { checks } = JSON.parse(proof.out) as { checks: { ok: boolean }[] };
    assert.deepEqual(
      checks.filter(({ ok }) => !ok),
      [],
    );
  });
});
