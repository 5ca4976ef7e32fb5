import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { codeOf, ident } from '#platform/database.ts';
import type { Context, Finding } from './check.ts';
import { type Counted, many } from './counted.ts';
import { type Detector, detect, detectInBytes, isMasked, type Kind } from './detectors.ts';
import { reading } from './stretch.ts';

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
  /** Columns of large tables, of which this proof read the newest part and a stretch more. */
  readonly inPart: number;
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
}

// A type that is not known to hold no text is looked through: undeclared is not harmless.
const TEXT_COLUMNS = `
select n.nspname || '.' || c.relname as table, a.attname as column,
       coalesce(nullif(b.typbasetype, 0), b.oid) = 'bytea'::regtype as bytes,
       coalesce(s.n_distinct > 0 and s.n_distinct < 1000, false) as few,
       coalesce(split_part(col_description(c.oid, a.attnum), ':', 1), '') as category,
       coalesce(obj_description(c.oid, 'pg_class') ~ '\\[subject=none[] ]', false) as nobodys
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

/** The values of every column that can hold text, in every table: all of them, or of large tables what one proof reads. */
export function scanRows(context: Context): Promise<Scan> {
  return context.once('rows', async () => {
    const { rows: columns } = await context.main.query<TextColumn>(TEXT_COLUMNS);
    const sightings: Sighting[] = [];
    const closed: string[] = [];
    let inPart = 0;
    const looked = columns.filter(({ table }) => table !== PUBLISHED);
    for (const [table, own] of Map.groupBy(looked, (column) => column.table)) {
      if (!(await reading(context, table)).whole) inPart += own.length;
      try {
        sightings.push(...(await scanTable(context, own)));
      } catch (error) {
        if (codeOf(error) !== '42501') throw error;
        closed.push(...own.map(({ column }) => `${table}.${column}`));
      }
    }
    return { sightings, looked: looked.length, inPart, closed };
  });
}

async function scanTable(context: Context, columns: readonly TextColumn[]): Promise<Sighting[]> {
  const { operator } = context.applied.statement;
  const found = new Map<string, Sighting>();
  for await (const { column, value, times } of values(context, columns)) {
    const detector: Detector = { bareNumbers: !column.nobodys, published: publishedOf(operator) };
    const masked = column.category === 'network.address-masked';
    for (const [kind, count] of typeof value === 'string' ? detect(value, detector) : detectInBytes(value)) {
      if (kind === 'network address' && masked && String(value).split('\n').every(isMasked)) continue;
      const where = `${column.table}.${column.column}`;
      const before = found.get(`${where} ${kind}`)?.count ?? 0;
      found.set(`${where} ${kind}`, { where, kind, count: before + count * times });
    }
  }
  return [...found.values()];
}

interface Piece {
  readonly column: TextColumn;
  /** One value, or many with something between them that no pattern spans. */
  readonly value: string | Buffer;
  readonly times: number;
}

/**
 * What lies in the columns of one table. Of few different values each comes once, with how often it is there; others
 * come in pieces of a few megabytes, whole stretches of the table as one value: a row at a time would take twenty times
 * as long.
 */
async function* values(context: Context, columns: readonly TextColumn[]): AsyncGenerator<Piece> {
  const { all, pieces } = await reading(context, columns[0]!.table);
  const textOf = ({ column, bytes }: TextColumn) => `t.${ident(column)}${bytes ? '' : '::text'}`;
  const [few, others] = [columns.filter(({ few }) => few), columns.filter(({ few }) => !few)];
  for (const column of few) {
    const { rows } = await context.main.query<{ value: string | Buffer | null; times: number }>(
      `select ${textOf(column)} as value, count(*) as times from ${all} group by 1`,
    );
    for (const { value, times } of rows) if (value !== null) yield { column, value, times };
  }
  if (others.length === 0) return;
  const joined = others.map((column, at) =>
    column.bytes
      ? `string_agg(${textOf(column)}, '\\x00') as v${at}`
      : `string_agg(${textOf(column)}, E'\\n') as v${at}`,
  );
  for (const piece of pieces) {
    const { rows } = await context.main.query<Record<string, string | Buffer | null>>(
      `select ${joined.join(', ')} from ${piece}`,
    );
    for (const [at, column] of others.entries()) {
      const value = rows[0]![`v${at}`];
      if (value != null) yield { column, value, times: 1 };
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
    return { sightings, looked, inPart: 0, closed: [] };
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

/** How many columns were read, and of how many only a part. */
export function columnsRead({ looked, inPart }: Scan): Counted[] {
  return [many(looked - inPart, 'columnRead'), ...(inPart === 0 ? [] : [many(inPart, 'columnInPart')])];
}
