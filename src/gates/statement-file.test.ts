import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { StatementError } from '#statement/applied.ts';
import { shipped, texts, wrongWith } from '#test/statement.ts';
import { parseRules, parseStatement, readStatement } from './statement-file.ts';

const home = new URL('../../statement', import.meta.url).pathname;

test('v.available: reads the shipped statement, the same from files as from its texts', () => {
  const read = readStatement(home);
  const parsed = parseStatement(read.texts, 'elsewhere');
  assert.deepEqual(parsed, read);
  assert.equal(read.statement.version, '3.0');
  assert.match(read.fingerprint, /^[0-9a-f]{64}$/);
  assert.match(read.personFingerprint, /^[0-9a-f]{64}$/);
  assert.notEqual(read.fingerprint, read.personFingerprint);
});

test('0.version: another word is another version; only what matters changes the fingerprint for a person', () => {
  const { fingerprint, personFingerprint } = shipped();
  const reworded = parseStatement({ ...texts, en: texts.en.replace('In short', 'Briefly') }, 'statement');
  assert.notEqual(reworded.fingerprint, fingerprint);
  assert.equal(reworded.personFingerprint, personFingerprint);
  const longer = parseStatement({ ...texts, yaml: texts.yaml.replace('P18M', 'P24M') }, 'statement');
  assert.notEqual(longer.personFingerprint, personFingerprint);
});

test('a comment in the YAML changes no fingerprint', () => {
  const commented = parseStatement({ ...texts, yaml: `# en merknad\n${texts.yaml}` }, 'statement');
  assert.equal(commented.fingerprint, shipped().fingerprint);
});

test('v.changes: files that cannot be meant are told of in one sentence, and nothing falls over', () => {
  const letters = [...'abcdefgh'];
  const bomb = letters
    .map(
      (name, at) =>
        `${name}: &${name} [${Array(9)
          .fill(at === 0 ? 'x' : `*${letters[at - 1]}`)
          .join(', ')}]`,
    )
    .join('\n');
  for (const yaml of [bomb, '['.repeat(20_000) + ']'.repeat(20_000)]) {
    const [only, ...more] = wrongWith({ yaml });
    assert.match(only ?? '', /^statement\/statement\.yaml:\d+:\d+: /);
    assert.ok(more.length < 3);
  }
  const [long] = wrongWith({ yaml: texts.yaml.replace('P18M', 'P9999Y') });
  assert.match(long ?? '', /storage\.behaviour\.period: expected no more than P100Y$/);
});

test('says which file is missing or is no text', () => {
  const dir = mkdtempSync(join(tmpdir(), 'statement-'));
  try {
    writeFileSync(join(dir, 'statement.yaml'), texts.yaml);
    writeFileSync(join(dir, 'nb.md'), new Uint8Array([0xff, 0xfe, 0x00]));
    assert.throws(
      () => readStatement(dir),
      (error: unknown) => {
        assert.ok(error instanceof StatementError);
        assert.deepEqual(
          error.problems.map(({ file, message }) => [file, message]),
          [
            [join(dir, 'nb.md'), 'is not UTF-8'],
            [join(dir, 'en.md'), 'cannot be read'],
          ],
        );
        return true;
      },
    );
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test('says where the YAML itself is broken', () => {
  const [first] = wrongWith({ yaml: `${texts.yaml}\nclauses: {}\n` });
  const line = texts.yaml.split('\n').length + 1;
  assert.match(first!, new RegExp(`^statement/statement\\.yaml:${line}:1: .*unique`));
  assert.match(wrongWith({ yaml: 'version: "3.0\n' })[0]!, /^statement\/statement\.yaml:\d+:\d+: /);
});

test('lists problems of both texts at once', () => {
  const wrong = wrongWith({
    nb: texts.nb.replace('{{version}}', '3'),
    en: texts.en.replace('{{version}}', '3'),
  });
  assert.deepEqual(
    wrong.map((line) => line.replace(/:.*/, '')),
    ['statement/nb.md', 'statement/en.md'],
  );
});

test('never falls over, whatever is in the files', () => {
  const lines = texts.yaml.split('\n');
  fc.assert(
    fc.property(
      fc.nat(lines.length - 1),
      fc.oneof(fc.string(), fc.constantFrom('{', '- a', '  b: {}', '&a *a', '')),
      (at, line) => {
        const yaml = lines.with(at, line).join('\n');
        try {
          parseRules(yaml, 'statement.yaml');
        } catch (error) {
          assert.ok(error instanceof StatementError, String(error));
          for (const problem of error.problems)
            assert.ok(problem.line >= 1 && problem.column >= 1 && problem.message !== '');
        }
      },
    ),
    { numRuns: 60 },
  );
  const words = texts.en.split('\n');
  fc.assert(
    fc.property(
      fc.nat(words.length - 1),
      fc.oneof(fc.string(), fc.constantFrom('{{', '## {#', '**', '[a](', '{{table }}')),
      (at, line) => {
        wrongWith({ en: words.with(at, line).join('\n') });
      },
    ),
    { numRuns: 30 },
  );
});
