import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Fault } from './fault.ts';
import { addMasterKey, createMasterKeyFile, readMasterKeys } from './master-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'hjemmel-master-'));
after(() => rmSync(folder, { recursive: true }));
let count = 0;
const place = () => join(folder, `${++count}.key`);

function faultOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof Fault, String(error));
    return error.message;
  }
  return assert.fail('no fault');
}

test('a new key file is for its owner only and is never overwritten', () => {
  const file = place();
  const made = createMasterKeyFile(file);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(made.current.id, 'k1');
  const text = readFileSync(file, 'utf8');
  assert.match(
    faultOf(() => createMasterKeyFile(file)),
    /is there already/,
  );
  assert.equal(readFileSync(file, 'utf8'), text);
});

test('a key file that others can read is refused with the cure', () => {
  const file = place();
  createMasterKeyFile(file);
  chmodSync(file, 0o640);
  assert.equal(
    faultOf(() => readMasterKeys(file)),
    `The key file ${file} can be read by other users; run: chmod 600 ${file}`,
  );
});

test('a missing, empty, garbled or doubled key file is one sentence that names it, without the key', () => {
  const file = place();
  assert.match(
    faultOf(() => readMasterKeys(file)),
    /is missing; put it back, or set MASTER_KEY_FILE/,
  );
  writeFileSync(file, '# nothing here\n', { mode: 0o600 });
  assert.match(
    faultOf(() => readMasterKeys(file)),
    /holds no key/,
  );
  const key = Buffer.alloc(32, 7).toString('base64');
  writeFileSync(file, `k1 ${key}\nk1 ${key}\n`);
  assert.match(
    faultOf(() => readMasterKeys(file)),
    /line 2 repeats k1/,
  );
  writeFileSync(file, `k1 ${key.slice(4)}\n`);
  const told = faultOf(() => readMasterKeys(file));
  assert.match(told, /line 1 is no key/);
  assert.ok(!told.includes(key.slice(4)));
  assert.match(
    faultOf(() => createMasterKeyFile(join(folder, 'none', 'x.key'))),
    /cannot be written \(ENOENT\)/,
  );
});

test('an added key becomes current, and earlier ones still open', () => {
  const file = place();
  createMasterKeyFile(file);
  assert.equal(addMasterKey(file), 'k2');
  const keys = readMasterKeys(file);
  assert.deepEqual(keys.ids, ['k1', 'k2']);
  assert.equal(keys.current.id, 'k2');
  assert.ok(keys.find('k1'));
  assert.equal(statSync(file).mode & 0o777, 0o600);
});

test('a draft left by a broken rotation is not overwritten', () => {
  const file = place();
  createMasterKeyFile(file);
  writeFileSync(`${file}.new`, '');
  assert.match(
    faultOf(() => addMasterKey(file)),
    /left from a rotation/,
  );
});

test('a running process meets an added key without a restart', () => {
  const file = place();
  const running = createMasterKeyFile(file);
  addMasterKey(file);
  assert.ok(running.find('k2'));
  assert.equal(running.current.id, 'k2');
  assert.equal(running.find('k3'), undefined);
});

test('a key file taken away from a running process leaves it what it knows', () => {
  const file = place();
  const running = createMasterKeyFile(file);
  rmSync(file);
  assert.equal(running.current.id, 'k1');
  assert.equal(running.find('k2'), undefined);
});

test('lines of comment and Windows line ends are no obstacle', () => {
  const file = place();
  createMasterKeyFile(file);
  appendFileSync(file, '\r\n# locked away in the safe\r\n');
  assert.deepEqual(readMasterKeys(file).ids, ['k1']);
});
