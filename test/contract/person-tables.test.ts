import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { personTables } from '#platform/map.ts';
import { World } from '#test/world.ts';
import { fill } from './fill.ts';

/** One suite for every table that holds data on persons, made from the data map: whoever adds a table passes it. */
let world: World;
let opened: number;
before(async () => {
  opened = Date.now();
  world = await World.open();
});
after(() => world.close());

const self = (id: string) => ({ kind: 'person', id }) as const;
const DECIDED = 'gate.erasure';
const isRecord = (name: string) => /^(gate|consent|journal)\./.test(name);

/** Somebody with a row in every table. */
async function everywhere(
  email: string,
  phone = '+4710000006',
): Promise<{ person: string; tables: string[] }> {
  await world.person(email, { place: 'Alta', company: 'Prøve AS', phone });
  await world.subscriber(email);
  const person = (await world.idOf(email))!;
  return { person, tables: await fill(world, person, [DECIDED]) };
}

async function rowsOf(person: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name, subject } of personTables(world.product.engine.map))
    counts[name] = (await world.sql(`select from ${name} where ${subject} = $1`, [person])).length;
  return counts;
}

test('r.access: access shows every declared column of every row, with purpose, ground, source and date', async () => {
  const { person, tables } = await everywhere('tilgang@firma.example');
  const { answer } = world.product.gates;
  const { items } = await answer.access(person, self(person), world.now);
  const shown = new Set(items.map(({ id }) => id));
  const rows = await rowsOf(person);
  for (const table of personTables(world.product.engine.map)) {
    if (isRecord(table.name) || !tables.includes(table.name)) continue;
    for (const column of table.columns) {
      if (column.category === 'none' || column.category === 'record.person') continue;
      const values = await world.sql<{ held: boolean }>(
        `select ${column.name} is not null as held from ${table.name} where ${table.subject} = $1`,
        [person],
      );
      if (!values.some(({ held }) => held)) continue;
      const place = `${table.name}.${column.name}`;
      const found = [...shown].filter((id) => id === place || id.startsWith(`${place}#`));
      assert.equal(found.length, values.filter(({ held }) => held).length, place);
    }
    assert.ok(rows[table.name]! > 0, table.name);
  }
  const { clauses, purposes } = world.product.engine.statement;
  for (const item of items) {
    assert.ok(item.clause in clauses, `${item.id} names a clause`);
    assert.ok(item.purpose in purposes, `${item.id} names a purpose`);
    assert.ok(['given', 'observed'].includes(item.source), `${item.id} names a source`);
    assert.ok(item.expires !== null || item.until.nb.length > 0, `${item.id} says until when`);
    assert.ok(item.value.length > 0 && !item.value.startsWith('\\x'), `${item.id} can be read`);
  }
});

test('r.access: an export has every row of every table', async () => {
  const { person, tables } = await everywhere('eksport@firma.example');
  const zip = unzipSync(await world.product.gates.answer.export(person, self(person), world.now, 'nb'));
  const data = JSON.parse(strFromU8(zip['data.json']!));
  const rows = await rowsOf(person);
  const items = new Map<string, Set<string>>();
  for (const { id } of data.items as { id: string }[]) {
    const [place, row = '1'] = id.split('#');
    const table = place!.slice(0, place!.lastIndexOf('.'));
    items.set(table, (items.get(table) ?? new Set()).add(row));
  }
  for (const table of tables) {
    const there = table.startsWith('journal.')
      ? data.log.length
      : isRecord(table)
        ? data.records[table]?.length
        : items.get(table)?.size;
    assert.equal(there, rows[table], table);
  }
});

test('r.rectify-erase: erasing leaves nothing in any table, in no file of the cluster, and no key', async () => {
  const email = 'ingenting.igjen@firma.example';
  const { person, tables } = await everywhere(email, '+4710000007');
  const { engine } = world.product;
  // A name may be another's too, and so may its hash.
  const hashes = await world.sql<{ hash: string }>(
    `select encode(hash, 'hex') as hash from vault.lookup where person = $1 and kind <> 'name' order by kind`,
    [person],
  );
  assert.equal(hashes.length, 2);
  const files = await clusterFiles();
  assert.deepEqual(await holding(files, email), [], 'the address is in no file before');

  await world.product.gates.answer.erase(person, self(person), world.now);
  const stays = personTables(engine.map)
    .filter(({ end, name }) => end === 'stays' && (tables.includes(name) || name === DECIDED))
    .map(({ name }) => name);
  // Every table of the catalogue, declared or not, looked through as text.
  const every = await world.sql<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'`,
  );
  const found: Record<string, string[]> = {};
  for (const { name } of every)
    for (const [what, words] of Object.entries({
      person,
      email,
      lookup: hashes[0]!.hash,
      phone: hashes[1]!.hash,
    }))
      if (
        (await world.sql(`select from ${name} t where strpos(t::text, $1) > 0 limit 1`, [words])).length > 0
      )
        found[what] = [...(found[what] ?? []), name].sort();
  assert.deepEqual(found, { person: stays.sort() });
  assert.deepEqual(await world.keysSql('select from keys.person_key where person = $1', [person]), []);

  await world.sql('checkpoint');
  assert.deepEqual(await holding(await clusterFiles(), email), [], 'nor in any file after');
});

test('k.as-needed: with time everything leaves every table, but for the sealed journal', async () => {
  const { person } = await everywhere('til-slutt@firma.example');
  const { gates } = world.product;
  await gates.keep(new Date('2029-01-01T00:00:00Z'));
  // A subscription has no end of its own, and a restriction keeps everything: both are the person's to end.
  await gates.answer.liftRestriction(person, self(person), new Date('2029-01-01T00:00:00Z'));
  const manner = { surface: 'x', method: 'button' };
  await gates.answer.withdraw(person, 'newsletter', self(person), manner, new Date('2029-01-01T00:00:00Z'));
  await gates.keep(new Date('2040-01-01T00:00:00Z'));
  // The archived agreement goes with a receipt of its own, which is kept for as long again.
  await gates.keep(new Date('2046-01-01T00:00:00Z'));
  await gates.keep(new Date('2052-01-01T00:00:00Z'));
  const left = Object.entries(await rowsOf(person)).filter(([, rows]) => rows > 0);
  assert.deepEqual(
    left.map(([name]) => name),
    ['journal.entry'],
  );
  assert.deepEqual(await world.keysSql('select from keys.person_key where person = $1', [person]), []);
});

test('1.2.minimal: every table says whose rows it holds and how they end, and every column what it is', () => {
  const { map, statement } = world.product.engine;
  for (const table of map.tables) {
    assert.ok(table.subject, table.name);
    for (const { name, category, what } of table.columns)
      assert.ok(
        category !== undefined &&
          (category === 'none' || category in statement.categories) &&
          what.length > 2,
        `${table.name}.${name}`,
      );
  }
});

/** Files of the whole cluster that were written since these tests began: an address of theirs is in no other. */
async function clusterFiles(): Promise<string[]> {
  const [row] = await world.sql<{ folder: string }>(`select current_setting('data_directory') as folder`);
  const files = await readdir(row!.folder, { recursive: true, withFileTypes: true });
  const written: string[] = [];
  for (const file of files.filter((entry) => entry.isFile())) {
    const path = join(file.parentPath, file.name);
    const times = await stat(path).catch(() => undefined);
    if (times !== undefined && times.mtimeMs >= opened) written.push(path);
  }
  return written;
}

/** Files in which a text lies as it is written, or as UTF-16; one that goes away meanwhile holds nothing. */
async function holding(files: readonly string[], text: string): Promise<string[]> {
  const forms = [Buffer.from(text), Buffer.from(text, 'utf16le')];
  const overlap = forms[1]!.length;
  const found: string[] = [];
  for (const file of files) {
    let tail = Buffer.alloc(0);
    try {
      for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
        const seen = Buffer.concat([tail, chunk as Buffer]);
        if (forms.some((form) => seen.includes(form))) found.push(file);
        tail = seen.subarray(-overlap);
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return [...new Set(found)];
}
