import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '#config';
import { makeProfile } from '#modules/customers/profiles.ts';
import { confirm, signUp } from '#modules/newsletter/subscriptions.ts';
import { asOwner } from '#platform/database.ts';
import { openLog } from '#platform/log.ts';
import { personTables } from '#platform/map.ts';
import { openProduct, type Product } from '#product';
import { ended, hjemmel, launch, postmaster, program, serve } from '#test/program.ts';

const home = await mkdtemp(join(tmpdir(), 'hjemmel-restoring-'));
const DATA_DIR = join(home, 'data');
const settings = { DATA_DIR, LOG_LEVEL: 'silent' };
after(() => rm(home, { recursive: true, force: true }));

const PEOPLE = 200;
const self = (id: string) => ({ kind: 'person', id }) as const;
const manner = { surface: 'newsletter-preferences', method: 'button' };

/** Opens the product in this process for as long as `work` takes. */
async function inside<T>(work: (product: Product) => Promise<T>): Promise<T> {
  const log = openLog('error', [process.stderr]);
  const product = await openProduct(readConfig({ DATA_DIR }), { log, now: () => new Date() });
  try {
    return await work(product);
  } finally {
    await product.close();
  }
}

/** People with profiles, the first forty of whom get the newsletter too. */
async function populate({ gates, databaseUrl }: Product): Promise<string[]> {
  const at = new Date(Date.now() - 60_000);
  const made = Array.from({ length: PEOPLE }, (_, n) =>
    makeProfile(
      gates,
      { name: `Prøve ${n}`, email: `tilbake${n}@firma.example`, accept: { statement: '3.0' } },
      at,
    ),
  );
  const people = (await Promise.all(made)).map(({ person }) => person);
  for (let n = 0; n < 40; n += 1)
    await signUp(gates, { email: `tilbake${n}@firma.example`, topics: ['nyhetsbrev'] }, at);
  const { rows } = await asOwner(databaseUrl, (client) =>
    client.query<{ id: string }>('select id from newsletter.request'),
  );
  for (const { id } of rows) await confirm(gates, gates.token('newsletter.confirm', id), undefined, at);
  return people;
}

/** Nobody who was erased is anywhere, nobody who said no is written to, and everybody else is as they were. */
async function asAsked(product: Product, people: readonly string[]): Promise<void> {
  const { engine, keysUrl } = product;
  const auditor = engine.pools.of('proof');
  const [erased, rest] = [people.slice(0, 20), people.slice(20)];
  for (const { name, subject, end } of personTables(engine.map))
    if (end !== 'stays') {
      const { rowCount } = await auditor.query(`select from ${name} where ${subject} = any($1)`, [erased]);
      assert.equal(rowCount, 0, `${name} holds somebody who was erased`);
    }
  const counts = async (sql: string) => (await auditor.query<{ n: number }>(sql, [people])).rows[0]!.n;
  assert.equal(await counts('select count(*) as n from vault.person where person = any($1)'), rest.length);
  assert.equal(await counts('select count(*) as n from consent.active where person = any($1)'), 10);
  assert.equal(await counts('select count(*) as n from gate.objection where person = any($1)'), 10);
  assert.equal(await counts('select count(*) as n from gate.restriction where person = any($1)'), 10);
  assert.equal(await counts('select count(*) as n from newsletter.opt_out where $1::uuid[] is not null'), 10);
  const { rows } = await asOwner(keysUrl, (client) =>
    client.query<{ n: number }>('select count(*) as n from keys.person_key where person = any($1)', [people]),
  );
  assert.equal(rows[0]!.n, rest.length);
}

async function proven(product: Product): Promise<void> {
  const verdict = await product.prove(new Date());
  assert.deepEqual(
    verdict.checks.filter(({ ok }) => !ok),
    [],
  );
}

test('r.rectify-erase, r.withdraw: killed again and again while it restores, it brings back nobody and nothing', async () => {
  const place = join(home, 'backup');
  const people = await inside(populate);
  const backedUp = await hjemmel(settings, 'backup', place, '--json');
  assert.equal(backedUp.code, 0, backedUp.err);
  await inside(async (product) => {
    const { answer } = product.gates;
    const at = new Date();
    for (const id of people.slice(0, 20)) await answer.erase(id, self(id), at);
    for (const id of people.slice(20, 30)) await answer.withdraw(id, 'newsletter', self(id), manner, at);
    for (const id of people.slice(40, 50)) await answer.object(id, 'confirmation', self(id), at);
    for (const id of people.slice(50, 60)) await answer.restrict(id, 'claims', self(id), at);
    await asAsked(product, people);
  });
  // Killed right after the rows came in, in the middle of the replay, and anywhere before.
  const moments = [/Restoring: (\d+) of \1 tables/, /Replaying/, undefined];
  for (const [round, moment] of moments.entries()) {
    const child = launch(program, ['restore', place, '--replace'], settings);
    const over = ended(child);
    let said = '';
    await new Promise<void>((resolve) => {
      const wait = moment === undefined ? setTimeout(resolve, Math.random() * 3000) : undefined;
      child.stderr!.on('data', (words: string) => {
        said += words;
        if (moment?.test(said)) resolve();
      });
      void over.then(() => {
        clearTimeout(wait);
        resolve();
      });
    });
    await pause(Math.random() * 60);
    if (child.exitCode === null) process.kill(-child.pid!, 'SIGKILL');
    const server = round % 2 === 1 ? await postmaster(DATA_DIR) : undefined;
    if (server !== undefined) process.kill(server, 'SIGKILL');
    await over;
    if (round === 1) {
      // Whoever starts instead of running it again is served by what was there, or by what was replayed.
      const serving = await serve(settings, '--no-demo');
      await inside((product) => asAsked(product, people));
      await serving.stop();
    }
  }
  const last = await hjemmel(settings, 'restore', place, '--replace', '--json');
  assert.equal(last.code, 0, last.err + last.out);
  await inside(async (product) => {
    await asAsked(product, people);
    await proven(product);
  });
});
