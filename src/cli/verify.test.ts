import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { digestOf, publicKeyText, type Receipt, type ReceiptBody } from '#gates/receipt.ts';
import { canonicalJson } from '#platform/chain/canonical-json.ts';
import { BEGINNING, type Block, signHeader } from '#platform/chain/chain.ts';
import { leafHash, merkleRoot } from '#platform/chain/merkle.ts';
import { keyId } from '#platform/secrets.ts';
import { PUBLIC_KEY_FILE, verify } from './verify.ts';

const folder = mkdtempSync(join(tmpdir(), 'hjemmel-verify-'));
after(() => rmSync(folder, { recursive: true }));
const ours = generateKeyPairSync('ed25519');
const theirs = generateKeyPairSync('ed25519');
const pem = (key: KeyObject) => key.export({ format: 'pem', type: 'spki' }).toString();

function receipt(more: Partial<ReceiptBody> = {}): Receipt {
  const body: ReceiptBody = {
    kind: 'erasure',
    id: '0b0c6a3e-9a1f-4a53-9d3c-1f1f6a0c5a11',
    person: '7d0a3f4e-35c5-4e0b-8e0e-0a4f0f8f2b22',
    at: '2026-11-23T08:00:00.000Z',
    statement: '3.0',
    operator: 'Eksempel AS',
    ...more,
  };
  const entry = {
    id: 1,
    at: '2026-11-23T08:00:00.000000Z',
    gate: 'answer',
    act: 'erase',
    actor: 'person',
    statement: '3.0',
    digest: digestOf(body).toString('hex'),
  };
  const leaf = leafHash(canonicalJson(entry));
  const block: Block = {
    number: 1,
    first: 1,
    last: 1,
    root: merkleRoot([leaf]).toString('hex'),
    previous: BEGINNING.hash,
    sealedAt: '2026-11-23T08:00:01.000Z',
    key: keyId(ours.publicKey),
  };
  return {
    format: 'hjemmel-receipt/1',
    body,
    entry,
    inclusion: { index: 0, size: 1, leaf: leaf.toString('hex'), path: [] },
    block,
    signature: signHeader({ ...block, size: 1 }, ours.privateKey).toString('base64url'),
    publicKey: publicKeyText(ours.publicKey),
  };
}

let count = 0;
function written(content: unknown): string {
  const file = join(folder, `${++count}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return file;
}

test('a receipt that holds is told in words and exits 0, with a warning while no key is trusted', async () => {
  const file = written(receipt());
  const { exitCode, output } = await verify(file);
  assert.equal(exitCode, 0);
  assert.match(output, /holds\.\n\n {2}Erasure 0b0c6a3e.*\n.*Eksempel AS under version 3\.0/);
  assert.match(output, /anybody can make a receipt/);
  const trusted = await verify(file, { keyFile: written(pem(ours.publicKey)) });
  assert.equal(trusted.exitCode, 0);
  assert.doesNotMatch(trusted.output, /anybody/);
});

test('the operator finds its own key in the data directory; without one there, the receipt is checked by itself', async () => {
  const file = written(receipt());
  assert.match((await verify(file, { dataDir: folder })).output, /anybody/);
  writeFileSync(join(folder, PUBLIC_KEY_FILE), pem(ours.publicKey));
  assert.doesNotMatch((await verify(file, { dataDir: folder })).output, /anybody/);
  writeFileSync(join(folder, PUBLIC_KEY_FILE), pem(theirs.publicKey));
  assert.equal((await verify(file, { dataDir: folder })).exitCode, 1);
  assert.equal(
    (await verify(file, { dataDir: folder, keyFile: written(publicKeyText(ours.publicKey)) })).exitCode,
    0,
  );
  rmSync(join(folder, PUBLIC_KEY_FILE));
});

test('a tampered receipt exits 1 and says what is wrong, also as JSON', async () => {
  const file = written({ ...receipt(), body: receipt({ operator: 'En annen AS' }).body });
  const { exitCode, output } = await verify(file);
  assert.equal(exitCode, 1);
  assert.match(output, /does not hold\.\n\n {2}What the receipt says .* the body was changed\./);
  const json = await verify(file, { json: true });
  assert.equal(json.exitCode, 1);
  assert.deepEqual([JSON.parse(json.output).ok, JSON.parse(json.output).problems.length], [false, 1]);
});

test('what is no receipt, or no key, exits 2 in one sentence', async () => {
  for (const [file, says, options] of [
    [join(folder, 'none.json'), /cannot be read \(ENOENT\)/],
    [folder, /cannot be read \(EISDIR\)/],
    [written('{'), /not JSON/],
    [written('null'), /not a receipt/],
    [written({ format: 'hjemmel-receipt/9' }), /not a receipt of the format hjemmel-receipt\/1/],
    [written(receipt()), /holds no Ed25519 public key/, { keyFile: written('x') }],
    [written(receipt()), /key file .* cannot be read/, { keyFile: join(folder, 'none.pub') }],
    [
      written(receipt()),
      /no Ed25519/,
      { keyFile: written(pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey)) },
    ],
  ] as const) {
    const { exitCode, output } = await verify(file, options);
    assert.equal(exitCode, 2, output);
    assert.match(output, says);
    assert.equal(JSON.parse((await verify(file, { ...options, json: true })).output).ok, false);
  }
});

test('what a file says cannot steer the terminal', async () => {
  const { output } = await verify(written(receipt({ operator: '\u001b[2JEksempel\nAS' })));
  assert.ok(!output.includes('\u001b'));
  assert.match(output, /by \ufffd\[2JEksempel\ufffdAS/);
});
