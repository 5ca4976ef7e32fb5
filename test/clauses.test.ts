import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type DataMap, readMap } from '#platform/map.ts';
import { checksFor } from '#proof/prove.ts';
import { type Scratch, scratch } from '#test/scratch.ts';
import { shipped } from '#test/statement.ts';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const { statement } = shipped();
let database: Scratch;
let map: DataMap;
before(async () => {
  const modules = globSync('src/modules/*/sql', { cwd: checkout });
  database = await scratch('src/platform/sql', 'src/gates/sql', ...modules);
  map = await readMap(database.pool);
});
after(() => database.drop());

/** Titles of tests, and of the broken twins that make some, with the file each is in. */
function titles(): { title: string; file: string }[] {
  return globSync(['src/**/*.test.ts', 'test/**/*.test.ts'], { cwd: checkout }).flatMap((file) => {
    const text = readFileSync(`${checkout}/${file}`, 'utf8');
    const found = text.matchAll(/\b(?:test\(|title:)\s*(['"`])((?:\\.|(?!\1).)*)\1/gs);
    return [...found].map(([, , title]) => ({ title: title!, file }));
  });
}

/** The clause a title cites: what stands before its first colon, when that is written as an id. */
const cited = (title: string) => /^([01cukrsv](?:\.[\w-]+)+): /.exec(title)?.[1];

test('every clause that the proof checks is proved by a test that cites it', () => {
  const checked = new Set(checksFor(statement, map).map(({ clause }) => clause));
  const proved = new Set(titles().map(({ title }) => cited(title)));
  assert.ok(checked.size >= 15);
  assert.deepEqual(
    [...checked].filter((clause) => !proved.has(clause)),
    [],
  );
});

test('no test cites a clause that the statement lacks', () => {
  const unknown = titles().filter(({ title }) => {
    const clause = cited(title);
    return clause !== undefined && !Object.hasOwn(statement.clauses, clause);
  });
  assert.deepEqual(unknown, []);
});

test('titles are sentences in the present tense', () => {
  const all = titles();
  assert.ok(all.length > 100, 'the tests were found');
  const wrong = all.filter(({ title }) => /\bshould\b/.test(title));
  assert.deepEqual(wrong, []);
});
