import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { REFUSALS, Refusal, type RefusalCode } from '#gates/refusal.ts';
import { describeApi } from './openapi.ts';
import { HTTP_REFUSALS, type HttpCode, HttpRefusal, problemOf } from './problem.ts';

const root = new URL('../../', import.meta.url).pathname;
const docs = readFileSync(join(root, 'docs/refusals.md'), 'utf8');
const rows = new Map(
  [...docs.matchAll(/^\| `([a-z.-]+)` \| (\d{3}) \| (.+?) \| (.+?) \|$/gm)].map(
    ([, code, status, meaning, cure]) => [code!, { status: Number(status), meaning: meaning!, cure: cure! }],
  ),
);
const codes = [...Object.keys(REFUSALS), ...Object.keys(HTTP_REFUSALS)];
const refusalOf = (code: string) =>
  code in REFUSALS ? new Refusal(code as RefusalCode) : new HttpRefusal(code as HttpCode);

test('every refusal has its meaning and its cure in the docs, and the docs know no other', () => {
  assert.deepEqual([...rows.keys()].sort(), [...codes].sort());
  assert.equal(rows.size, docs.match(/^\| `/gm)!.length, 'a row of the docs cannot be read');
  for (const [code, { meaning, cure }] of rows)
    for (const text of [meaning, cure]) assert.match(text, /^[A-Z].{6,}\.$/, code);
});

test('every refusal becomes a problem document with the status that the docs say', () => {
  for (const code of codes) {
    const { problem, known } = problemOf(refusalOf(code));
    assert.equal(problem.status, rows.get(code)!.status, code);
    assert.deepEqual([problem.code, problem.title, known], [code, code, true]);
    assert.equal(problem.type, `urn:hjemmel:refusal:${code}`);
    assert.match(problem.detail, /^[A-Z].*\.$/);
  }
});

test('the API description knows the same codes', () => {
  const api = describeApi([], '3.0') as {
    components: { schemas: { Problem: { properties: { code: { enum: string[] } } } } };
  };
  assert.deepEqual(api.components.schemas.Problem.properties.code.enum.sort(), [...codes].sort());
});

test('every refusal is one that the code can say', () => {
  const source = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('refusal.ts'))
    .map((name) => readFileSync(join(root, 'src', name), 'utf8'))
    .join('\n');
  const unsaid = codes.filter((code) => !new RegExp(`[^\\n]'${code}'(?!:)`).test(source));
  assert.deepEqual(unsaid, []);
});

test('what nobody foresaw is told as a failure of ours, and quotes nothing', () => {
  for (const error of [new Error('kari@firma.example'), 'kari@firma.example', undefined, { code: '22P02' }]) {
    const { problem, known } = problemOf(error);
    assert.deepEqual([problem.code, problem.status, known], ['http.failed', 500, false]);
    assert.doesNotMatch(JSON.stringify(problem), /kari/);
  }
});

test('a database that does not answer is told as that', () => {
  const away = ['ECONNREFUSED', 'ECONNRESET', '57P01', '08006'];
  const errors = [...away.map((code) => Object.assign(new Error('x'), { code }))];
  errors.push(new Error('timeout exceeded when trying to connect') as (typeof errors)[number]);
  for (const error of errors) assert.equal(problemOf(error).problem.code, 'http.database-away');
});
