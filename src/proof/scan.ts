import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { codeOf, ident, tableIdent } from '#platform/database.ts';
import { type Context, type Finding, paged } from './check.ts';
import { type Detector, detect, detectInBytes, isMasked, type Kind } from './detectors.ts';

/** Something readable that should not be: where (`schema.table.column`, or a file's path under `DATA_DIR`), what, how often. */
export interface Sighting {
  readonly where: string;
  readonly kind: Kind;
  readonly count: number;
}

export interface Scan {
  readonly sightings: readonly Sighting[];
  /** Columns or files looked through. */
  readonly looked: number;
  /** Columns that the proof may not read: nobody can say that nothing is in them. */
  readonly closed: readonly string[];
}

interface TextColumn {
  readonly table: string;
  readonly column: string;
  readonly bytes: boolean;
  /** So few different values that PostgreSQL had better count them first. */
  readonly few: boolean;
  readonly category: string;
  /** Whether the table's rows are nobody's. */
  readonly nobodys: boolean;
  /** Blocks of the table; null for one whose rows lie in partitions. */
  readonly blocks: number | null;
  readonly size: number;
}

// A type that is not known to hold no text is looked through: undeclared is not harmless.
const TEXT_COLUMNS = `
select n.nspname || '.' || c.relname as table, a.attname as column,
       coalesce(nullif(b.typbasetype, 0), b.oid) = 'bytea'::regtype as bytes,
       coalesce(s.n_distinct > 0 and s.n_distinct < 1000, false) as few,
       coalesce(split_part(col_description(c.oid, a.attnum), ':', 1), '') as category,
       coalesce(obj_description(c.oid, 'pg_class') ~ '\\[subject=none[] ]', false) as nobodys,
       case when c.relkind <> 'p' then pg_relation_size(c.oid) / current_setting('block_size')::int end as blocks,
       pg_table_size(c.oid) as size
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type b on b.oid = a.atttypid
  left join pg_stats s on s.schemaname = n.nspname and s.tablename = c.relname and s.attname = a.attname and not s.inherited
 where c.relkind in ('r', 'p', 'm') and not c.relispartition
   and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
   and coalesce(nullif(b.typbasetype, 0), b.oid) <> all(array['uuid', 'bool', 'int2', 'int4', 'int8', 'float4',
     'float8', 'numeric', 'oid', 'date', 'time', 'timetz', 'timestamp', 'timestamptz', 'interval']::regtype[])
 order by 1, 2`;

/** Versions of the statement are open to everyone, with the operator's own addresses in them. */
const PUBLISHED = 'statement.version';

/** Every value of every column that can hold text, in every table, read whole. */
export function scanRows(context: Context): Promise<Scan> {
  return context.once('rows', async () => {
    const { rows: columns } = await context.main.query<TextColumn>(TEXT_COLUMNS);
    const sightings: Sighting[] = [];
    const closed: string[] = [];
    const looked = columns.filter(({ table }) => table !== PUBLISHED);
    for (const column of looked) {
      try {
        sightings.push(...(await scanColumn(context, column)));
      } catch (error) {
        if (codeOf(error) !== '42501') throw error;
        closed.push(`${column.table}.${column.column}`);
      }
    }
    return { sightings, looked: looked.length, closed };
  });
}

async function scanColumn(context: Context, column: TextColumn): Promise<Sighting[]> {
  const { operator } = context.applied.statement;
  const detector: Detector = { bareNumbers: !column.nobodys, published: publishedOf(operator) };
  const masked = column.category === 'network.address-masked';
  const found = new Map<Kind, number>();
  for await (const { value, times } of values(context, column))
    for (const [kind, count] of typeof value === 'string' ? detect(value, detector) : detectInBytes(value))
      if (kind !== 'network address' || !masked || !String(value).split('\n').every(isMasked))
        found.set(kind, (found.get(kind) ?? 0) + count * times);
  const where = `${column.table}.${column.column}`;
  return [...found].map(([kind, count]) => ({ where, kind, count }));
}

interface Piece {
  /** One value, or many with something between them that no pattern spans. */
  readonly value: string | Buffer;
  readonly times: number;
}

/** Bytes of a table that come over in one piece. */
const PIECE = 4 << 20;

/**
 * What lies in a column. Of few different values each comes once, with how often it is there; others come in pieces of
 * a few megabytes, whole stretches of the table as one value: a row at a time would take twenty times as long.
 */
async function* values({ main }: Context, column: TextColumn): AsyncGenerator<Piece> {
  const { table, bytes, few, blocks, size } = column;
  const c = ident(column.column);
  const from = `from ${tableIdent(table)}`;
  const value = bytes ? c : `${c}::text`;
  if (few && blocks !== null) {
    const { rows } = await main.query<Piece>(
      `select ${value} as value, count(*) as times ${from} where ${c} is not null group by 1`,
    );
    yield* rows;
  } else if (blocks === null) {
    // Rows in partitions are many and their values few: words have tables of their own.
    for await (const page of paged<Piece>(
      main,
      `select ${value} as value, count(*) as times ${from} where ${c} is not null group by 1`,
    ))
      yield* page;
  } else {
    const joined = bytes ? `string_agg(${c}, '\\x00')` : `string_agg(${value}, E'\\n')`;
    const step = Math.max(1, Math.floor(PIECE / Math.max(1, size / Math.max(1, blocks))));
    // The last stretch has no end, so that rows added while we read are read as well.
    for (let block = 0; block === 0 || block < blocks; block += step) {
      const end = block + step < blocks ? ` and ctid < '(${block + step},0)'` : '';
      const { rows } = await main.query<Piece>(
        `select ${joined} as value, 1 as times ${from} where ctid >= '(${block},0)'${end}`,
      );
      if (rows[0]?.value != null) yield rows[0];
    }
  }
}

function publishedOf({ mailbox, officer }: { mailbox: string; officer?: string }): string[] {
  return [mailbox, ...(officer === undefined ? [] : [officer])].map((address) => address.toLowerCase());
}

/** Folders of `DATA_DIR` that are not scanned as files: mail that goes nowhere else, and the tables scanned as rows. */
const NOT_FILES = new Set(['outbox', 'postgres']);
const OVERLAP = 300;

/** Every file under `DATA_DIR` outside `outbox` and `postgres`, whole. A file that cannot be read stops the scan. */
export function scanFiles(context: Context): Promise<Scan> {
  return context.once('files', async () => {
    const sightings: Sighting[] = [];
    let looked = 0;
    for await (const file of filesUnder(context.dataDir, true)) {
      const found = await scanFile(file, publishedOf(context.applied.statement.operator));
      if (found === undefined) continue;
      looked += 1;
      const where = relative(context.dataDir, file);
      for (const [kind, count] of found) sightings.push({ where, kind, count });
    }
    return { sightings, looked, closed: [] };
  });
}

async function* filesUnder(folder: string, top = false): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (top && NOT_FILES.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else if (entry.isFile()) yield path;
  }
}

async function scanFile(file: string, published: string[]): Promise<Map<Kind, number> | undefined> {
  const found = new Map<Kind, number>();
  const detector: Detector = { bareNumbers: false, published };
  const add = (text: string, sign: 1 | -1) => {
    for (const [kind, count] of detect(text, detector))
      found.set(kind, (found.get(kind) ?? 0) + sign * count);
  };
  let tail = '';
  try {
    for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
      // What lies across a border between two chunks is seen whole; what was counted before it is taken off again.
      if (tail !== '') add(tail, -1);
      add(tail + chunk, 1);
      tail = (tail + chunk).slice(-OVERLAP);
    }
  } catch (error) {
    // Locks and rotated logs come and go while we look; a file that is gone holds nothing.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return new Map([...found].filter(([, count]) => count > 0));
}

/** Findings of the kinds wanted, and every place that could not be looked into. */
export function findings({ sightings, closed }: Scan, wanted: (kind: Kind) => boolean): Finding[] {
  return [
    ...sightings
      .filter(({ kind }) => wanted(kind))
      .map(({ where, kind, count }) => ({
        what: `${where} holds ${kind === 'e-mail address' ? 'an' : 'a'} ${kind}`,
        count,
      })),
    ...closed.map((where) => ({ what: `${where} could not be looked at`, count: 1 })),
  ];
}
