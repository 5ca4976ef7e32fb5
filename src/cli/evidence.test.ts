import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { canonicalJson } from '#platform/chain/canonical-json.ts';
import { keyId } from '#platform/secrets.ts';
import { command } from '#test/command.ts';
import { World } from '#test/world.ts';
import { verifyBundle } from './verify-bundle.ts';

let world: World;
const folder = await mkdtemp(join(tmpdir(), 'hjemmel-evidence-'));
const whole = join(folder, 'whole');
/** Where no key lies: whoever checks here is not the operator. */
const elsewhere = join(folder, 'elsewhere');
before(async () => {
  world = await World.open();
  await world.person('kari@firma.example', { phone: '+47 100 00 001', place: 'Bergen' });
  await world.product.sealer.seal(world.now);
  await world.person('ola@firma.example');
  await world.product.sealer.seal(world.now);
  await world.subscriber('siv@post.example');
  await world.product.sealer.seal(world.now);
  await mkdir(elsewhere);
});
after(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (argv: string) => command(world, argv);
let copies = 0;
/** A copy of the folder to tamper with. */
async function copy(): Promise<string> {
  copies += 1;
  const to = join(folder, `copy-${copies}`);
  await cp(whole, to, { recursive: true });
  return to;
}
const verify = async (dir: string, options: { keyFile?: string } = {}) => {
  const { exitCode, output } = await verifyBundle(dir, { json: true, dataDir: elsewhere, ...options });
  return { exitCode, ...JSON.parse(output) };
};
const change = async (dir: string, name: string, edit: (text: string) => string) => {
  const path = join(dir, name);
  const text = await readFile(path, 'utf8');
  const edited = edit(text);
  assert.notEqual(edited, text, `${name} was not changed`);
  await writeFile(path, edited);
};

test('0.security: evidence is written, checked with no database, and tells what the proof found', async () => {
  const { code, out, json } = await run(`prove --evidence ${whole} --json`);
  assert.equal(code, 0);
  assert.match(out, /"ok": true/);
  const verdict = await verify(whole);
  assert.deepEqual([verdict.exitCode, verdict.ok, verdict.problems], [0, true, []]);
  assert.equal(verdict.summary.blocks, 3);
  assert.equal(verdict.summary.holds, json().checks.length);
  assert.equal(verdict.summary.trusted, false);
  const words = await run(`verify ${whole}`);
  assert.equal(words.code, 0, words.out);
  assert.match(words.out, /is as it was written/);
  assert.doesNotMatch(words.out, /anybody can make/, 'the key in DATA_DIR is trusted');
});

test('0.security: there is nothing on anyone in the evidence', async () => {
  const names = (await readdir(whole, { recursive: true, withFileTypes: true })).filter((each) =>
    each.isFile(),
  );
  const text = (
    await Promise.all(names.map((each) => readFile(join(each.parentPath, each.name), 'utf8')))
  ).join('\n');
  assert.doesNotMatch(text, /kari|siv@|10000001|Bergen/i);
  const people = await world.sql<{ person: string }>('select person from vault.person');
  assert.ok(people.length >= 3);
  for (const { person } of people) assert.ok(!text.includes(person));
  assert.deepEqual(names.map(({ name }) => name).sort(), [
    'README.txt',
    'access.json',
    'counts.json',
    'en.md',
    'fingerprints.json',
    'journal.ndjson',
    'journal.pub',
    'manifest.json',
    'map.json',
    'nb.md',
    'statement.yaml',
    'verdict.json',
  ]);
});

test('0.security: whatever is changed in the evidence is found, file by file', async () => {
  const files = JSON.parse(await readFile(join(whole, 'manifest.json'), 'utf8')).files as { name: string }[];
  for (const { name } of files) {
    const dir = await copy();
    await change(dir, name, (text) => `${text} `);
    const { exitCode, problems } = await verify(dir);
    assert.equal(exitCode, 1, name);
    assert.deepEqual(problems, [`${name} was changed: its SHA-256 is not the one in the manifest.`]);
    await rm(join(dir, name));
    assert.deepEqual((await verify(dir)).problems, [`${name} is missing.`]);
    await symlink(join(whole, name), join(dir, name));
    assert.deepEqual((await verify(dir)).problems, [`${name} is no plain file.`]);
  }
  const dir = await copy();
  await writeFile(join(dir, 'statement', 'more.txt'), 'more');
  assert.deepEqual((await verify(dir)).problems, [
    'statement/more.txt was added: the manifest does not know it.',
  ]);
});

test('0.security: a manifest that was changed is found, however it was done', async () => {
  for (const [edit, says] of [
    [(text: string) => text.replace('"ok":true', '"ok":false'), /its signature does not fit/],
    [(text: string) => text.replace('{"bytes":', '{ "bytes":'), /not written as it was signed/],
    // A sign that is another one for certain: of 64 signatures one begins with whichever is put there.
    [
      (text: string) => text.replace(/(?<="signature":")./, (sign) => (sign === '_' ? 'A' : '_')),
      /its signature does not fit/,
    ],
    [(text: string) => text.replace('"operator":"', '"operator":"\\ud800'), /holds what cannot be signed/],
  ] as const) {
    const dir = await copy();
    await change(dir, 'manifest.json', edit);
    const { exitCode, problems } = await verify(dir);
    assert.equal(exitCode, 1);
    assert.match(problems[0], says);
  }
});

test('0.security: what is no evidence at all cannot be checked, and says so in a sentence', async () => {
  for (const [text, says] of [
    [undefined, /^There is no manifest\.json here/],
    ['{', /^manifest\.json is not JSON/],
    ['{"files": 1}', /^manifest\.json is not a list of files/],
  ] as const) {
    const dir = await copy();
    if (text === undefined) await rm(join(dir, 'manifest.json'));
    else await writeFile(join(dir, 'manifest.json'), text);
    const { exitCode, problems } = await verify(dir);
    assert.equal(exitCode, 2);
    assert.match(problems[0], says);
  }
});

interface Pair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** Signs a folder anew: with our own key, as whoever holds it could, or with another. */
async function resign(
  dir: string,
  edit: (head: Record<string, unknown>) => void = () => {},
  { publicKey, privateKey }: Pair = world.product.secrets.journalKey,
): Promise<void> {
  const { head, files } = JSON.parse(await readFile(join(dir, 'manifest.json'), 'utf8'));
  edit(head);
  const anew = await Promise.all(
    files.map(async ({ name }: { name: string }) => {
      const bytes = await readFile(join(dir, name));
      return { name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    }),
  );
  const body = {
    head,
    files: anew,
    key: keyId(publicKey),
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64url'),
  };
  const signature = sign(null, Buffer.from(canonicalJson(body)), privateKey).toString('base64url');
  await writeFile(join(dir, 'manifest.json'), `${canonicalJson({ ...body, signature })}\n`);
}

test('0.security: a folder signed by somebody else does not pass for ours', async () => {
  const dir = await copy();
  await resign(dir, undefined, generateKeyPairSync('ed25519'));
  const { exitCode, problems } = await verify(dir, { keyFile: join(world.config.dataDir, 'journal.pub') });
  assert.equal(exitCode, 1);
  assert.match(problems[0], /^The manifest is not signed by the trusted key /);
  assert.ok(problems.includes('journal.pub is not the key that signed the manifest.'));
  assert.ok(
    problems.some((each: string) =>
      /^The journal does not hold: block 1 is signed by another key/.test(each),
    ),
  );
});

test('0.security: files that do not belong together are found, even under a signature', async () => {
  const says = async (dir: string) => (await verify(dir)).problems.join('\n');
  for (const [edit, wrong] of [
    [(text: string) => text.split('\n').toSpliced(1, 1).join('\n'), /block 2 is missing/],
    [(text: string) => text.replace(/"root":"./, '"root":"x'), /block 1 has a signature that does not fit/],
    [
      (text: string) => text.replace(/"size":\d+/, '"size":7777'),
      /block 1 has a signature that does not fit/,
    ],
    [(text: string) => text.replace(/"first":\d+/, '"first":9999'), /block 1 does not begin after/],
    [
      (text: string) => text.replace(/("number":3.*"previous":")./, '$1x'),
      /block 3 does not follow from the block before/,
    ],
    [(text: string) => text.replace('"number":2', '"numero":2'), /line 2 of journal\.ndjson is no block/],
  ] as const) {
    const dir = await copy();
    await change(dir, 'journal.ndjson', edit);
    await resign(dir);
    assert.match(await says(dir), wrong);
  }
  const statement = await copy();
  await change(statement, 'statement/nb.md', (text) => text.replace('.', '!'));
  await resign(statement);
  assert.match(await says(statement), /does not have the fingerprint that the manifest names/);
  assert.match(await says(statement), /fingerprints\.json does not have the fingerprints of the statement/);
  const verdict = await copy();
  await change(verdict, 'verdict.json', (text) =>
    text.replace(/"clause": "r\.access"/g, '"clause": "r.nothing"'),
  );
  await resign(verdict);
  assert.match(await says(verdict), /does not tell of every clause of the statement/);
  const other = await copy();
  await resign(other, (head) => {
    head.statement = '9.9';
  });
  assert.match(await says(other), /not of the version that the manifest names/);
  assert.match(await says(other), /The verdict is not the one that the manifest names/);
});

test('0.security: a broken promise is evidence too, and evidence is never written over anything', async () => {
  const role = `"${world.config.rolePrefix}_newsletter"`;
  await world.sql(`grant select (phone) on vault.person to ${role}`);
  const dir = join(folder, 'broken');
  try {
    assert.equal((await run(`prove --evidence ${dir}`)).code, 1);
  } finally {
    await world.sql(`revoke select (phone) on vault.person from ${role}`);
  }
  const { exitCode, summary } = await verify(dir);
  assert.equal(exitCode, 0, 'the folder holds, whatever the proof found');
  assert.ok(summary.broken > 0);
  const again = await run(`prove --evidence ${dir}`);
  assert.equal(again.code, 2);
  assert.match(again.err, /is not empty: name a folder that is/);
  const part = await run(`prove --evidence ${dir} --clause r.access`);
  assert.equal(part.code, 2);
  assert.match(part.err, /^Evidence is of every clause/);
});

test('k.as-needed: the chain is checked from the first block on when its oldest entries have left', async () => {
  const { engine } = world.product;
  await engine.pools.of('keep').query(`select journal.age('2033-01-01T00:00:00Z', 'P5Y', 500)`);
  const dir = join(folder, 'aged');
  // Here they left before their time, which the proof finds; the evidence holds together all the same.
  assert.equal((await run(`prove --evidence ${dir}`)).code, 1);
  const verdict = await verify(dir);
  assert.deepEqual([verdict.exitCode, verdict.ok, verdict.problems], [0, true, []]);
  assert.ok(verdict.summary.blocks >= 3);
});
