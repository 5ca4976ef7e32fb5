import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { asOwner } from '#platform/database.ts';
import { shipped } from '#test/statement.ts';
import { World } from '#test/world.ts';
import { applyDocuments, documentInForce } from './documents.ts';

let world: World;
let dir: string;
before(async () => {
  world = await World.open();
  dir = await mkdtemp(join(tmpdir(), 'hjemmel-documents-'));
  await cp(fileURLToPath(new URL('../../statement/', import.meta.url)), dir, { recursive: true });
});
after(async () => {
  await rm(dir, { recursive: true });
  await world.close();
});

const apply = () =>
  asOwner(world.config.databaseUrl!, (client) =>
    applyDocuments(client, { dir, statement: shipped().statement, now: world.now }),
  );
const change = async (name: string, words: string, instead: string) => {
  const text = await readFile(join(dir, name), 'utf8');
  assert.ok(text.includes(words), name);
  await writeFile(join(dir, name), text.replace(words, instead));
};

test('0.roles: a version of an agreement is applied once, and stays as it was accepted whatever becomes of its file', async () => {
  assert.equal((await apply()).length, 2, 'applied at the start already');
  await change('dpa.nb.md', 'Bare etter instruks', 'Etter instruks');
  await assert.rejects(
    apply(),
    /says something else than version 1\.0 that was applied: give it a new version/,
  );
  await change('dpa.nb.md', '"1.0"', '"1.1"');
  await assert.rejects(apply(), /dpa\.en\.md:1:1: has another version or date/);
  await change('dpa.en.md', '"1.0"', '"1.1"');
  const documents = await apply();
  assert.equal(documentInForce(documents, 'dpa').version, '1.1');
  assert.deepEqual(
    documents.filter(({ document }) => document === 'dpa').map(({ version }) => version),
    ['1.1', '1.0'],
  );
  await change('agreement.nb.md', '"1.0"', '"2.0"');
  await change('agreement.en.md', '"1.0"', '"2.0"');
  await change('agreement.nb.md', '{{operator.name}}', '{{operator.nam}}');
  await assert.rejects(apply(), /agreement\.nb\.md:\d+:\d+: .*nam/);
  for (const name of ['agreement.nb.md', 'agreement.en.md']) await rm(join(dir, name));
  assert.equal(
    documentInForce(await apply(), 'agreement').version,
    '1.0',
    'the one applied serves without its file',
  );
  await assert.rejects(world.sql('update statement.document set bound = $1', ['{}']), /immutable/);
});
