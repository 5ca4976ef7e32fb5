import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Scratch, scratch } from '#test/scratch.ts';
import { Keys } from './keys.ts';
import { createMasterKeyFile } from './master-key.ts';
import type { Wish, WishAct } from './wishes.ts';

const NOW = new Date('2026-11-23T08:00:00Z');
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const folder = mkdtempSync(join(tmpdir(), 'hjemmel-wishes-'));
let db: Scratch;
let keys: Keys;

before(async () => {
  db = await scratch('src/platform/sql-keys');
  keys = new Keys(db.pool, createMasterKeyFile(join(folder, 'master.key')));
});
after(async () => {
  await db.drop();
  rmSync(folder, { recursive: true });
});

async function somebody(): Promise<string> {
  const person = randomUUID();
  await keys.create([person], NOW);
  return person;
}
const wish = (person: string, act: WishAct, minutes: number, purpose = 'newsletter'): Wish => ({
  person,
  act,
  purpose,
  what: '',
  at: at(minutes),
});

async function noted(...people: string[]): Promise<Wish[]> {
  const found: Wish[] = [];
  for (let last = '00000000-0000-0000-0000-000000000000'; ; ) {
    const page = await keys.wishes.page(last, 1);
    if (page.length === 0) return found.filter(({ person }) => people.includes(person));
    found.push(...page);
    last = page.at(-1)!.person;
  }
}

test('r.withdraw: a wish is noted once, with the last time it was made, and of nobody who has no key', async () => {
  const [kari, ola, nobody] = [await somebody(), await somebody(), randomUUID()];
  await keys.wishes.note([wish(kari, 'withdraw', 5), wish(kari, 'withdraw', 9), wish(nobody, 'withdraw', 1)]);
  await keys.wishes.note([
    wish(kari, 'withdraw', 7),
    wish(kari, 'object', 2),
    wish(ola, 'withdraw', 1, 'campaign'),
  ]);
  await keys.wishes.note([]);
  const all = await noted(kari, ola, nobody);
  assert.deepEqual(
    all.filter(({ person }) => person === kari),
    [wish(kari, 'object', 2), wish(kari, 'withdraw', 9)],
  );
  assert.deepEqual(
    all.filter(({ person }) => person !== kari),
    [wish(ola, 'withdraw', 1, 'campaign')],
  );
});

test('u.customer: what is noted of a client is read by client, and goes along with the rows that are handed over', async () => {
  const [kari, ola, client] = [await somebody(), await somebody(), randomUUID()];
  const note = (person: string, act: WishAct, what: object, minutes: number) => ({
    ...wish(person, act, minutes, 'agreement'),
    what: JSON.stringify(what),
    client,
  });
  const [level, member] = [
    note(kari, 'set-row', { table: 'a.level' }, 3),
    note(kari, 'end-row', { table: 'a.member' }, 2),
  ];
  await keys.wishes.note([level, member, wish(kari, 'withdraw', 1)]);
  assert.deepEqual(await noted(kari), [wish(kari, 'withdraw', 1)]);
  const first = '00000000-0000-0000-0000-000000000000';
  assert.deepEqual(await keys.wishes.clientPage(first, 9), [member, level]);
  await keys.wishes.handOver(client, { from: kari, to: ola }, ['a.level']);
  await keys.destroy([kari]);
  assert.deepEqual(await keys.wishes.clientPage(first, 9), [{ ...level, person: ola }]);
  assert.deepEqual(await keys.wishes.clientPage(client, 9), []);
  await keys.destroy([ola]);
});

test('r.rectify-erase: wishes leave with the key, except that the person had withdrawn', async () => {
  const person = await somebody();
  await keys.wishes.note([
    wish(person, 'restrict', 1),
    wish(person, 'withdraw', 2),
    wish(person, 'erase-item', 3),
  ]);
  assert.equal(await keys.destroy([person]), 1);
  assert.deepEqual(await noted(person), [wish(person, 'withdraw', 2)]);
});

test('k.as-needed: a wish is forgotten when the period of the records is over on Oslo’s calendar, and no sooner', async () => {
  const person = await somebody();
  const made = new Date('2024-02-29T11:00:00Z');
  await keys.wishes.note([{ ...wish(person, 'object', 0), at: made }]);
  await keys.wishes.forget('P5Y', new Date('2029-02-28T10:59:59Z'));
  assert.equal((await noted(person)).length, 1);
  await keys.wishes.forget('P5Y', new Date('2029-02-28T11:00:00Z'));
  assert.deepEqual(await noted(person), []);
});

test('0.security: the newest block that was noted is told, and none before there was one', async () => {
  assert.equal(await keys.wishes.head(), undefined);
  for (const number of [1, 2])
    await keys.wishes.noteHead({ number, hash: `0${number}`.repeat(32), sealedAt: at(number) });
  assert.deepEqual(await keys.wishes.head(), { number: 2, hash: '02'.repeat(32), sealedAt: at(2) });
});
