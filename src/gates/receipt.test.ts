import assert from 'node:assert/strict';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson } from '#platform/chain/canonical-json.ts';
import { keyId } from '#platform/secrets.ts';
import { type Scratch, scratch } from '#test/scratch.ts';
import { append, Sealer } from './journal.ts';
import { buildReceipt, digestOf, publicKeyText, type Receipt, type ReceiptBody } from './receipt.ts';
import { verifyReceipt } from './receipt-check.ts';

const NOW = new Date('2026-11-23T08:00:00.123Z');
const pair = generateKeyPairSync('ed25519');
const key = { ...pair, id: keyId(pair.publicKey) };
const person = randomUUID();
const erasure: ReceiptBody = {
  kind: 'erasure',
  id: randomUUID(),
  person,
  at: NOW.toISOString(),
  statement: '3.0',
  operator: 'Eksempel AS',
  ground: 'r.rectify-erase',
  goes: [
    { category: 'contact.email', count: 1 },
    { category: 'record.consent', count: 2 },
  ],
  stays: [
    {
      what: { nb: 'Regnskap', en: 'Accounts' },
      why: { nb: 'Bokføringsloven krever det', en: 'The bookkeeping act demands it' },
      clause: 'k.bookkeeping',
      until: '2031-12-31',
    },
  ],
};
let db: Scratch;
let receipt: Receipt;

before(async () => {
  db = await scratch('src/platform/sql', 'src/gates/sql');
  const others = Array.from({ length: 12 }, () => ({ person: randomUUID() }));
  await append(
    db.pool,
    [...others.slice(0, 5), { person, digest: digestOf(erasure) }, ...others.slice(5)].map((of) => ({
      gate: 'answer' as const,
      act: 'erase',
      actor: 'person' as const,
      purpose: 'rights',
      statement: '3.0',
      at: NOW,
      ...of,
    })),
  );
  await issue(erasure);
});
after(() => db.drop());

async function issue(body: ReceiptBody): Promise<void> {
  await db.pool.query('insert into gate.receipt (person, id, kind, body, at) values ($1, $2, $3, $4, $5)', [
    body.person,
    body.id,
    body.kind,
    canonicalJson(body),
    body.at,
  ]);
}

/** A copy with one place set, by path; `undefined` takes the member out. */
function bent(path: readonly (string | number)[], value: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(receipt));
  let at = copy;
  for (const step of path.slice(0, -1)) at = at[step];
  at[path.at(-1)!] = value;
  return JSON.parse(JSON.stringify(copy));
}

const problems = (json: unknown) => verifyReceipt(json, key).problems;

function leaves(
  value: unknown,
  path: (string | number)[] = [],
): { path: (string | number)[]; value: unknown }[] {
  if (value === null || typeof value !== 'object') return [{ path, value }];
  return Object.entries(value).flatMap(([name, member]) => leaves(member, [...path, name]));
}

test('a receipt is there once its entry is sealed, and holds offline', async () => {
  assert.equal(await buildReceipt(db.pool, erasure.id, key), undefined, 'not sealed yet');
  await new Sealer(db.pool, key).seal(NOW);
  receipt = (await buildReceipt(db.pool, erasure.id, key))!;
  assert.deepEqual(receipt.body, erasure);
  assert.deepEqual([receipt.inclusion.index, receipt.inclusion.size], [5, 13]);
  const verdict = verifyReceipt(JSON.parse(JSON.stringify(receipt)), key);
  assert.deepEqual(verdict.problems, []);
  assert.equal(verdict.ok, true);
  assert.deepEqual(verdict.summary, {
    kind: 'erasure',
    id: erasure.id,
    at: erasure.at,
    operator: 'Eksempel AS',
    statement: '3.0',
    block: 1,
    sealedAt: '2026-11-23T08:00:00.123Z',
    key: key.id,
    trusted: true,
  });
  assert.equal(verifyReceipt(receipt).summary.trusted, false);
  assert.equal(await buildReceipt(db.pool, randomUUID(), key), undefined, 'no such receipt');
});

test('r.rectify-erase: a receipt with any place in it changed does not hold', () => {
  const places = leaves(receipt);
  assert.ok(places.length > 40);
  for (const { path, value } of places) {
    const others =
      typeof value === 'number'
        ? [value + 1, value - 1, 0.5, String(value)]
        : [`${value}x`, `x${value}`, '', null, 1];
    if (typeof value === 'string' && value !== '') {
      const last = value.charCodeAt(value.length - 1);
      others.push(
        value.slice(0, -1),
        value.toUpperCase(),
        value.slice(0, -1) + String.fromCharCode(last + 1),
      );
    }
    for (const other of others) {
      if (other === value) continue;
      assert.equal(verifyReceipt(bent(path, other)).ok, false, `${path.join('.')} = ${other}`);
    }
    assert.equal(verifyReceipt(bent(path, undefined)).ok, false, `${path.join('.')} taken out`);
  }
});

test('r.rectify-erase: a receipt with anything added does not hold', () => {
  for (const path of [[], ['body'], ['entry'], ['inclusion'], ['block'], ['body', 'goes', 0]]) {
    assert.equal(verifyReceipt(bent([...path, 'more'], 1)).ok, false, path.join('.'));
  }
  assert.equal(
    verifyReceipt(bent(['inclusion', 'path'], [...receipt.inclusion.path, receipt.block.root])).ok,
    false,
  );
});

test('each way of tampering has its own sentence', () => {
  const said = (path: (string | number)[], value: unknown, problem: RegExp) =>
    assert.match(problems(bent(path, value)).join(' '), problem);
  said(['body', 'goes', 0, 'count'], 2, /the body was changed\.$/);
  said(['entry', 'act'], 'nothing', /the entry was changed\.$/);
  said(['inclusion', 'path'], receipt.inclusion.path.toReversed(), /^The path does not lead/);
  said(['inclusion', 'path'], [], /^The path does not lead/);
  said(['block', 'root'], '0'.repeat(64), /The signature does not fit the block/);
  said(['block', 'sealedAt'], '2020-01-01T00:00:00.000000Z', /^The signature does not fit the block/);
  said(['signature'], Buffer.alloc(64).toString('base64url'), /^The signature does not fit/);
  said(
    ['publicKey'],
    publicKeyText(generateKeyPairSync('ed25519').publicKey),
    /names another key .* not signed by the trusted key/,
  );
  said(['publicKey'], 'AAAA', /not an Ed25519 key/);
  said(['format'], 'hjemmel-receipt/2', /not a receipt of the format hjemmel-receipt\/1/);
  said(['block', 'previous'], undefined, /The field block\.previous is missing/);
  said(['inclusion', 'more'], 1, /The field inclusion\.more is missing, unknown/);
  said(['body', 'more'], 2 ** 60, /cannot be signed/);
});

test('a receipt that somebody else made with a key of their own is not taken for ours', async () => {
  const theirs = generateKeyPairSync('ed25519');
  const other = await scratch('src/platform/sql', 'src/gates/sql');
  const forger = { ...theirs, id: keyId(theirs.publicKey) };
  await append(other.pool, [
    {
      gate: 'answer',
      act: 'erase',
      person,
      actor: 'person',
      statement: '3.0',
      at: NOW,
      digest: digestOf(erasure),
    },
  ]);
  await other.pool.query(
    'insert into gate.receipt (person, id, kind, body, at) values ($1, $2, $3, $4, $5)',
    [person, erasure.id, 'erasure', canonicalJson(erasure), NOW],
  );
  await new Sealer(other.pool, forger).seal(NOW);
  const forged = await buildReceipt(other.pool, erasure.id, forger);
  await assert.rejects(buildReceipt(other.pool, erasure.id, key), /signed by another key/);
  await other.drop();
  assert.equal(verifyReceipt(forged).ok, true, 'by itself it hangs together');
  assert.deepEqual(problems(forged), [`The receipt is not signed by the trusted key ${key.id}.`]);
});

test('whatever is handed in, the check answers and does not throw', () => {
  fc.assert(fc.property(fc.jsonValue(), (json) => verifyReceipt(json, key).ok === false));
  fc.assert(
    fc.property(fc.constantFrom(...leaves(receipt)), fc.jsonValue(), ({ path, value }, json) => {
      fc.pre(JSON.stringify(json) !== JSON.stringify(value));
      return verifyReceipt(bent(path, json), key).ok === false;
    }),
  );
  assert.equal(verifyReceipt(undefined).ok, false);
});

test('a receipt whose row was changed afterwards no longer has an entry to stand on', async () => {
  await db.pool.query(`update gate.receipt set body = replace(body, '"count":1', '"count":9')`);
  assert.equal(await buildReceipt(db.pool, erasure.id, key), undefined);
});
