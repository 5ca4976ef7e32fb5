import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { prove } from '#proof/prove.ts';
import { type Stage, stage } from '#test/stage.ts';
import type { Context } from './check.ts';
import { type Reading, reading } from './stretch.ts';

let house: Stage;
before(async () => {
  house = await stage();
  await house.sql(`create table platform.long (id bigint primary key, words text not null)`);
  await house.sql(`comment on table platform.long is 'A long table [subject=none]'`);
  await house.sql(`comment on column platform.long.id is 'none: number'`);
  await house.sql(`comment on column platform.long.words is 'none: words'`);
  await house.sql(`grant select on platform.long to ${house.prefix}_proof`);
  await house.sql(
    `insert into platform.long select n, n || repeat(' ord', 200) from generate_series(1, 30000) n`,
  );
});
after(() => house.close());

function contextOf(): Context {
  const shared = new Map<string, Promise<unknown>>();
  return {
    ...house.installation,
    map: { tables: [] },
    once<T>(name: string, work: () => Promise<T>) {
      const there = shared.get(name) ?? work();
      shared.set(name, there);
      return there as Promise<T>;
    },
  };
}

async function idsOf(from: string): Promise<number[]> {
  const rows = await house.sql(`select id from ${from} order by id`);
  return rows.map(({ id }) => Number(id));
}

const inPieces = async ({ pieces }: Reading) =>
  (await Promise.all(pieces.map(idsOf))).flat().sort((a, b) => a - b);

test('0.security: of a large table the newest part is read, and a stretch that differs from time to time', async () => {
  const stretches = new Set<number>();
  for (let round = 0; round < 12; round += 1) {
    const read = await reading(contextOf(), 'platform.long');
    assert.equal(read.whole, false);
    const ids = await idsOf(read.all);
    assert.deepEqual(await inPieces(read), ids, 'the pieces are the whole of what is read');
    assert.ok(ids.length > 2500 && ids.length < 10_000, `${ids.length} rows of 30,000`);
    assert.equal(ids.at(-1), 30_000);
    stretches.add(ids[0]!);
  }
  assert.ok(stretches.size > 1);
});

test('0.security: what is found in a large table is told, with how much of it was looked at', async () => {
  await house.sql(`insert into platform.long values (30001, 'skriv til kari@firma.example')`);
  const { checks } = await prove(house.installation, '0.security');
  const check = checks.find(({ title }) => title.includes('No column of any table holds'));
  assert.equal(check?.detail, 'platform.long.words holds an e-mail address');
  assert.match(
    check!.looked.nb,
    /\d+ kolonner lest i sin helhet, 1 kolonne lest i det nyeste og i en tilfeldig del/,
  );
});

test('0.security: a table that fits, and one in partitions, is read whole', async () => {
  await house.sql('create table platform.parts (id bigint) partition by range (id)');
  await house.sql('create table platform.parts_1 partition of platform.parts for values from (0) to (100)');
  await house.sql('insert into platform.parts select generate_series(0, 99)');
  for (const table of ['platform.parts', 'platform.migration', 'platform.nowhere']) {
    const read = await reading(contextOf(), table);
    assert.equal(read.whole, true, table);
  }
  const read = await reading(contextOf(), 'platform.parts');
  assert.equal((await inPieces(read)).length, 100);
  assert.equal((await idsOf(read.all)).length, 100);
});
