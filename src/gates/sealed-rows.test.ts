import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { World } from '#test/world.ts';
import { SYSTEM } from './actor.ts';

const TABLE = 'customers.note';
const ID = '11111111-1111-4111-8111-111111111111';

let world: World;
before(async () => {
  world = await World.open();
  await world.sql(`
    create table ${TABLE} (person uuid not null, id uuid not null, words vault.sealed, primary key (person, id));
    comment on table ${TABLE} is 'Notes [subject=person purpose=agreement end=delete]';
    comment on column ${TABLE}.person is 'record.person: whose';
    comment on column ${TABLE}.id is 'none: number of the note';
    comment on column ${TABLE}.words is 'access.level: what it says';`);
  await world.stop();
  await world.start();
});
after(() => world.close());

const note = (person: string, words: string) =>
  world.product.gates.collect({
    point: 'client',
    actor: SYSTEM,
    at: world.now,
    about: { person },
    gives: () => ({ values: {}, rows: [{ table: TABLE, values: { person, id: ID, words } }] }),
  });

test('0.security: what a table keeps sealed is given as text, lies there under its person’s own key, and each opening is a look', async () => {
  await world.profile('notat@firma.example');
  const person = (await world.idOf('notat@firma.example'))!;
  await note(person, 'Fjordlys AS');
  assert.deepEqual(await world.tablesHolding('Fjordlys'), []);
  const handle = world.product.gates.use('customer', SYSTEM);
  const rows = await handle.rows<{ person: string; id: string; words: Buffer }>(
    `select person, id, words from ${TABLE} where person = $1`,
    [person],
  );
  const opened = await handle.opened(TABLE, rows, ['words'], 'look', world.now);
  assert.deepEqual(opened, [{ person, id: ID, words: 'Fjordlys AS' }]);
  const looks = await world.sql(
    `select gate, act, actor, purpose from journal.entry where person = $1 and gate = 'use'`,
    [person],
  );
  assert.deepEqual(looks, [{ gate: 'use', act: 'look', actor: 'system', purpose: 'customer' }]);
});

test('r.rectify-erase: nothing is sealed for somebody whose key is gone, and their rows are not opened', async () => {
  await world.profile('borte@firma.example');
  const person = (await world.idOf('borte@firma.example'))!;
  await note(person, 'Havsund AS');
  const handle = world.product.gates.use('customer', SYSTEM);
  const rows = await handle.rows<{ person: string; id: string; words: Buffer }>(
    `select person, id, words from ${TABLE} where person = $1`,
    [person],
  );
  await world.product.gates.answer.erase(person, { kind: 'person', id: person }, world.now);
  assert.deepEqual(await handle.opened(TABLE, rows, ['words'], 'look', world.now), []);
  await assert.rejects(note(person, 'Igjen AS'), { code: 'answer.unknown-person' });
});
