import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '#config';
import { SYSTEM } from '#gates/actor.ts';
import { verifyReceipt } from '#gates/receipt-check.ts';
import { makeProfile } from '#modules/customers/profiles.ts';
import { makeLink } from '#modules/identity/links.ts';
import { asOwner } from '#platform/database.ts';
import { openLog } from '#platform/log.ts';
import { personTables } from '#platform/map.ts';
import { openProduct, type Product } from '#product';
import type { Verdict } from '#statement/verdict.ts';
import { own } from '#test/clients.ts';
import { invoice } from '#test/invoice.ts';
import { type Serving, serve } from '#test/program.ts';

const DATA_DIR = await mkdtemp(join(tmpdir(), 'hjemmel-crash-'));
after(() => rm(DATA_DIR, { recursive: true, force: true }));

const KILLS = 8;
const PEOPLE = 160;

const addressOf = (n: number) => `krasj${n}@firma.example`;

/** People to erase, and a link that lets a privacy officer in. */
async function populate({ gates }: Product): Promise<{ people: string[]; links: string[] }> {
  const at = new Date();
  const { person: officer } = await gates.collect({
    point: 'staff.account',
    actor: SYSTEM,
    at,
    about: { email: 'vern@operator.example' },
    gives: ({ person }) => ({
      values: { 'contact.name': 'Vakt', 'preference.language': 'nb' },
      rows: [{ table: 'identity.staff', values: { person, role: 'privacy', granted_at: at } }],
    }),
  });
  const made = Array.from({ length: PEOPLE }, (_, n) =>
    makeProfile(
      gates,
      {
        name: `Prøve ${n}`,
        email: addressOf(n),
        phone: `+47100${String(n).padStart(5, '0')}`,
        accept: { statement: '3.0' },
      },
      at,
    ),
  );
  const people = (await Promise.all(made)).map(({ person }) => person);
  // A law holds what was agreed with every one of them, and an invoice that each has been sent.
  await Promise.all(
    people.map(async (person, n) => {
      await own(gates, person, at);
      await invoice(gates, person, String(n), at);
    }),
  );
  const links: string[] = [];
  for (let n = 0; n <= KILLS; n += 1)
    links.push(await makeLink(gates, officer, at, { local: true, life: 'PT1H' }));
  return { people, links };
}

/** What the server said yes to before it was killed. */
interface Promised {
  readonly erased: Set<string>;
  readonly joined: Set<string>;
}

/** Erases and signs up, several at a time, until the server is killed at a moment of no choosing. */
async function strike(
  serving: Serving,
  token: string,
  queue: string[],
  round: number,
  promised: Promised,
): Promise<void> {
  const opened = await fetch(`${serving.url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  assert.equal(opened.status, 201);
  const cookie = String(opened.headers.get('set-cookie')).split(';', 1)[0]!;
  let answered = 0;
  let killed = false;
  const erasing = async () => {
    for (let person = queue.pop(); person !== undefined && !killed; person = queue.pop()) {
      const response = await fetch(`${serving.url}/api/v1/persons/${person}`, {
        method: 'DELETE',
        headers: { cookie },
      });
      assert.equal(response.status, 200);
      promised.erased.add(person);
      answered += 1;
    }
  };
  const joining = async () => {
    for (let n = 0; !killed; n += 1) {
      const response = await fetch(`${serving.url}/api/v1/profiles`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          name: 'Prøve Ny',
          email: `ny${round}-${n}@firma.example`,
          accept: { statement: '3.0' },
        }),
      });
      assert.equal(response.status, 201);
      promised.joined.add(((await response.json()) as { person: string }).person);
    }
  };
  // Whoever was talking to the server when it went hears no answer: that is what is being tried.
  const silenced = (error: unknown) => {
    if (!killed || error instanceof assert.AssertionError) throw error;
  };
  const work = [erasing(), erasing(), erasing(), joining()].map((each) => each.catch(silenced));
  const goal = Math.floor(Math.random() * 12);
  while (answered < goal && queue.length > 0) await pause(1);
  await pause(Math.random() * 25);
  killed = true;
  await serving.kill(round % 2 === 1);
  await Promise.all(work);
}

/** Everybody is there and can be read, or is gone everywhere with a receipt; and what was promised is so. */
async function nobodyHalf(product: Product, people: readonly string[], promised: Promised): Promise<number> {
  const { engine, gates, keysUrl, secrets } = product;
  const all = [...people, ...promised.joined];
  const { rows: keys } = await asOwner(keysUrl, (client) =>
    client.query<{ person: string }>('select person from keys.person_key where person = any($1)', [all]),
  );
  const keyed = new Set(keys.map(({ person }) => person));
  const tables = personTables(engine.map).filter(({ end }) => end !== 'stays');
  const union = tables.map(({ name, subject }) => `select ${subject} as person from ${name}`).join(' union ');
  // The auditor's own login sees every row.
  const auditor = engine.pools.of('proof');
  const { rows } = await auditor.query<{ person: string }>(union);
  const there = new Set(rows.map(({ person }) => person));
  const { rows: erasures } = await auditor.query<{ person: string; id: string; done: boolean }>(
    'select person, id, done_at is not null as done from gate.erasure',
  );
  const erased = new Map(erasures.map((row) => [row.person, row]));
  const records = Map.groupBy(await gates.archive.records({}, SYSTEM, new Date()), ({ person }) => person);
  for (const [at, person] of all.entries()) {
    const receipt = erased.get(person);
    if (receipt === undefined) {
      assert.ok(there.has(person) && keyed.has(person), 'nobody asked for this one to go');
      assert.ok(!promised.erased.has(person), 'an erasure that was confirmed is done');
      continue;
    }
    assert.ok(at < people.length && receipt.done, 'an erasure that was begun is finished');
    assert.ok(!there.has(person) && !keyed.has(person), 'nothing is left of whoever was erased');
    const file = await gates.answer.receipt(receipt.id, new Date());
    assert.deepEqual(verifyReceipt(file, secrets.journalKey).problems, []);
    const held = (records.get(person) ?? []).map(({ content }) => content.buyer ?? content.party).sort();
    // The agreement, and that both of its documents were accepted; and the invoice.
    const agreed = Array<string>(3).fill(`Prøve ${at}`);
    assert.deepEqual(
      held,
      [...agreed, 'Prøve og Sønn AS'],
      'what a law holds is there once, and can be read',
    );
    const told = file.body.stays?.flatMap(({ count }) => count ?? []).sort();
    assert.deepEqual(told, [1, 3], 'and the receipt tells of it');
  }
  const sample = people.map((person, n) => [person, n] as const).filter(([person]) => there.has(person));
  for (const [person, n] of sample.slice(0, 10)) {
    const { items } = await gates.answer.access(person, SYSTEM, new Date());
    assert.ok(
      items.some(({ value }) => value === addressOf(n)),
      'whoever is there can be read',
    );
  }
  return erased.size;
}

test('r.rectify-erase: killed again and again while it erases, it never leaves half a person', async (t) => {
  // The product in this process looks on, beside whichever server is killed and begun again.
  const log = openLog('error', [process.stderr]);
  const beside = await openProduct(readConfig({ DATA_DIR }), { log, now: () => new Date() });
  t.after(() => beside.close());
  const { people, links } = await populate(beside);
  const queue = [...people];
  const promised: Promised = { erased: new Set(), joined: new Set() };
  const settings = { DATA_DIR, LOG_LEVEL: 'silent' };
  for (let round = 0; round < KILLS; round += 1) {
    const serving = await serve(settings, '--no-demo');
    try {
      if (round > 0) await nobodyHalf(beside, people, promised);
      await strike(serving, links[round]!, queue, round, promised);
    } finally {
      if (serving.child.exitCode === null && serving.child.signalCode === null) await serving.kill();
    }
  }
  const serving = await serve(settings, '--no-demo');
  try {
    const gone = await nobodyHalf(beside, people, promised);
    assert.ok(gone >= promised.erased.size && promised.joined.size > 0);
    const verdict: Verdict = await beside.prove(new Date());
    assert.deepEqual(
      verdict.checks.filter(({ ok }) => !ok),
      [],
    );
  } finally {
    await serving.stop();
  }
});
