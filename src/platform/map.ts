import type { ClientBase, Pool } from 'pg';
import { judgeRollUps } from './roll-up.ts';

/** One column of the database and what it says of itself: `'contact.email: where letters go'`. */
export interface Column {
  readonly name: string;
  /** PostgreSQL's name of the type, domains by their own name (`vault.sealed`). */
  readonly type: string;
  /** First word of the comment: a category of the statement, or `none`. Undefined: undeclared. */
  readonly category: string | undefined;
  /** The rest of the comment, for people. */
  readonly what: string;
  readonly inKey: boolean;
  /** True for a type that can hold more than its column says: JSON, XML, hstore and rows, also inside arrays and domains. */
  readonly isOpen: boolean;
  /** `[in schema.table]`: the table of words whose numbers the column holds, each an `id` with its `word`. */
  readonly words?: string;
  /** `[month of at]`, in a roll-up: which column of its source it is made of, and how that is generalised. */
  readonly drawn?: { readonly by: string; readonly from: string };
  /** `[people]`, in a roll-up: how many different people a group has. */
  readonly countsPeople?: true;
  /** What stands in brackets and is none of these. */
  readonly odd?: string;
}

/** One table and what its comment says: whose rows, which purpose, which clocks, how it ends. */
export interface Table {
  /** `schema.name` */
  readonly name: string;
  readonly sentence: string;
  /** Column that holds the person's id; `hash:column` for a keyed hash; `none`; undefined: undeclared. */
  readonly subject: string | undefined;
  /** Purpose whose storage rules govern the rows; `collected`: each item's own collections say. */
  readonly purpose: string | undefined;
  /** Clock → column that starts it. */
  readonly clocks: Readonly<Record<string, string>>;
  readonly end: string | undefined;
  /** Column whose ranges the rows are partitioned by; undefined for a table that lies in one piece. */
  readonly partitionedBy?: string;
  /** Set for a roll-up: the table whose people it counts (`rolls-up=…`). */
  readonly rollsUp?: string;
  /** `own`: the purpose of the table alone reads it, and it reads every row, whatever has become of the person. */
  readonly readers: string | undefined;
  /** Column that holds the number of the client whose rows they are (`client=…`). Clocks count client by client there. */
  readonly client?: string;
  /** Says which people are the client's users, for the purpose of the table (`users=…` in place of `client=…`). */
  readonly users?: true;
  /** `owner`: the rows are the client's own, held by its owner, and go along when the ownership is handed over. */
  readonly follows?: string;
  readonly columns: readonly Column[];
}

/** Which column holds what: read from the catalogue, never kept by hand. */
export interface DataMap {
  readonly tables: readonly Table[];
}

/** What each type is made of is asked once a type, not once a column: a program reads its map at every start and in every proof. */
const CATALOGUE = `
with recursive owned as materialized (
  select c.oid, n.nspname || '.' || c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
     and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
     and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')),
held as materialized (
  select a.* from owned c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
kind(whole, oid) as (
  select distinct atttypid, atttypid from held
  union
  select whole, part from kind join pg_type k on k.oid = kind.oid,
         unnest(array[nullif(k.typbasetype, 0), nullif(k.typelem, 0)]) part where part is not null),
open as materialized (
  select whole as type, bool_or(k.typname in ('json', 'jsonb', 'xml', 'hstore') or k.typtype = 'c') as is_open
    from kind join pg_type k on k.oid = kind.oid group by 1)
select c.name as table, obj_description(c.oid, 'pg_class') as said,
  (select a.attname from pg_partitioned_table p join pg_attribute a on a.attrelid = c.oid and a.attnum = p.partattrs[0]
    where p.partrelid = c.oid and p.partstrat = 'r' and p.partnatts = 1) as "partitionedBy",
  json_agg(json_build_object(
    'name', a.attname,
    'type', case when t.typtype = 'd' then tn.nspname || '.' || t.typname else format_type(a.atttypid, null) end,
    'said', col_description(c.oid, a.attnum),
    'isOpen', open.is_open,
    'inKey', coalesce(a.attnum = any(k.indkey::int2[]), false)
  ) order by a.attnum) as columns
from owned c
join held a on a.attrelid = c.oid
join open on open.type = a.atttypid
join pg_type t on t.oid = a.atttypid
join pg_namespace tn on tn.oid = t.typnamespace
left join pg_index k on k.indrelid = c.oid and k.indisprimary
group by c.oid, 1, 2 order by 1`;

interface CatalogueRow {
  table: string;
  said: string | null;
  partitionedBy: string | null;
  columns: { name: string; type: string; said: string | null; inKey: boolean; isOpen: boolean }[];
}

/** Reads the data map from a live database's own comments. */
export async function readMap(client: ClientBase | Pool): Promise<DataMap> {
  const { rows } = await client.query<CatalogueRow>(CATALOGUE);
  return { tables: rows.map(tableOf) };
}

const RESERVED = new Set(['subject', 'purpose', 'end', 'rolls-up', 'readers', 'client', 'users', 'follows']);

function tableOf({ table, said, partitionedBy, columns }: CatalogueRow): Table {
  const [, sentence = said ?? '', declared = ''] = /^(.*?)\s*\[([^\]]*)\]\s*$/s.exec(said ?? '') ?? [];
  const pairs = declared
    .split(/\s+/)
    .filter(Boolean)
    .map((pair) => pair.split('=') as [string, string]);
  const settings = Object.fromEntries(pairs);
  return {
    name: table,
    sentence,
    subject: settings.subject,
    purpose: settings.purpose,
    end: settings.end,
    ...(partitionedBy === null ? {} : { partitionedBy }),
    ...(settings['rolls-up'] === undefined ? {} : { rollsUp: settings['rolls-up'] }),
    readers: settings.readers,
    ...clientOf(settings),
    ...(settings.follows === undefined ? {} : { follows: settings.follows }),
    clocks: Object.fromEntries(pairs.filter(([name]) => !RESERVED.has(name))),
    columns: columns.map((column) => {
      const [, category, what = '', note] =
        /^(\S+):\s*(.*?)\s*(?:\[([^\]]*)\]\s*)?$/s.exec(column.said ?? '') ?? [];
      const { name, type, inKey, isOpen } = column;
      return { name, type, category, what, inKey, isOpen, ...noted(note) };
    }),
  };
}

function clientOf({ client, users }: Readonly<Record<string, string>>): Pick<Table, 'client' | 'users'> {
  if (users !== undefined) return { client: users, users: true };
  return client === undefined ? {} : { client };
}

/** What stands in brackets at the end of a column's comment. */
function noted(note: string | undefined): Pick<Column, 'words' | 'drawn' | 'countsPeople' | 'odd'> {
  if (note === undefined) return {};
  if (note === 'people') return { countsPeople: true };
  const [, by, from] = /^(\S+) of (\S+)$/.exec(note) ?? [];
  if (by !== undefined && from !== undefined) return { drawn: { by, from } };
  const [, words] = /^in (\S+)$/.exec(note) ?? [];
  return words === undefined ? { odd: note } : { words };
}

/** What a map is judged by: the words that the statement in force knows. */
export interface Vocabulary {
  readonly categories: ReadonlySet<string>;
  readonly purposes: ReadonlySet<string>;
  readonly clocks: ReadonlySet<string>;
}

const ENDS = new Set(['delete', 'anonymise', 'stays']);
const MOMENTS = new Set(['timestamp with time zone', 'date']);

/**
 * Everything in the map that the statement does not cover, one sentence each, all at once; empty when the program may
 * start (clauses `1.1.profile`, `1.2.minimal`). Undeclared means closed: a column is personal until it says otherwise.
 */
export function judgeMap(map: DataMap, known: Vocabulary): string[] {
  return [
    ...map.tables.flatMap((table) => [...judgeTable(table, known), ...judgeColumns(table, known, map)]),
    ...judgeRollUps(map),
  ];
}

function judgeTable(table: Table, known: Vocabulary): string[] {
  const wrong: string[] = [];
  const has = (name: string) => table.columns.some((column) => column.name === name);
  const personal = table.columns.some(
    (column) => column.category !== undefined && column.category !== 'none',
  );
  if (table.subject === undefined) {
    wrong.push(`${table.name}: its comment does not say whose rows they are (subject=…)`);
    return wrong;
  }
  if (table.subject === 'none') {
    if (personal) wrong.push(`${table.name}: holds data on persons and names no subject`);
    return wrong;
  }
  const subject = table.subject.replace(/^hash:/, '');
  if (!has(subject)) wrong.push(`${table.name}: its subject ${subject} is not one of its columns`);
  if (table.end === undefined || !ENDS.has(table.end))
    wrong.push(`${table.name}: does not say how its rows end (end=delete|anonymise|stays)`);
  if (table.readers !== undefined && (table.readers !== 'own' || table.purpose === 'collected'))
    wrong.push(`${table.name}: readers=${table.readers} is not known; readers=own goes with one purpose`);
  if (table.purpose === undefined && personal) wrong.push(`${table.name}: names no purpose (purpose=…)`);
  else if (table.purpose !== undefined && table.purpose !== 'collected' && !known.purposes.has(table.purpose))
    wrong.push(`${table.name}: the statement has no purpose ${table.purpose}`);
  wrong.push(...judgeClient(table));
  for (const [clock, name] of Object.entries(table.clocks)) {
    const column = table.columns.find((one) => one.name === name);
    if (!known.clocks.has(clock)) wrong.push(`${table.name}: the statement has no clock ${clock}`);
    if (column === undefined) wrong.push(`${table.name}: its clock ${clock} names no column (${name})`);
    else if (!MOMENTS.has(column.type))
      wrong.push(`${table.name}.${name}: starts the clock ${clock} and is no timestamp (${column.type})`);
  }
  return wrong;
}

/** What a client's rows must have for the database to tell clients apart, and to seal anew for another owner. */
function judgeClient({ name, client, follows, columns }: Table): string[] {
  const column = columns.find((one) => one.name === client);
  const numbered = columns.some((one) => one.name === 'id' && one.inKey);
  return [
    ...(client !== undefined && (column?.type !== 'uuid' || column.category !== 'none')
      ? [`${name}: its client ${client} is no uuid column of the category none`]
      : []),
    ...(follows !== undefined && (follows !== 'owner' || client === undefined || !numbered)
      ? [`${name}: follows=${follows} is not known; follows=owner goes with client=… and an id in the key`]
      : []),
  ];
}

function judgeColumns(table: Table, known: Vocabulary, map: DataMap): string[] {
  return table.columns.flatMap((column) => {
    const name = `${table.name}.${column.name}`;
    if (column.category === undefined)
      return [`${name}: undeclared; give it a comment that begins with its category, or none`];
    if (column.category !== 'none' && !known.categories.has(column.category))
      return [`${name}: the statement has no category ${column.category}`];
    if (column.isOpen) return [`${name}: ${column.type} can hold undeclared data; use columns`];
    if (column.odd !== undefined)
      return [`${name}: its comment ends in [${column.odd}], which is nothing that the map knows`];
    if (column.words !== undefined && !isWords(map, column.words))
      return [`${name}: ${column.words} is no table of words (id, word)`];
    return [];
  });
}

function isWords(map: DataMap, name: string): boolean {
  const columns = map.tables.find((table) => table.name === name)?.columns.map((column) => column.name) ?? [];
  return columns.includes('id') && columns.includes('word');
}

/** Tables whose rows belong to persons by id. */
export function personTables(map: DataMap): (Table & { subject: string })[] {
  return map.tables.filter(
    (table): table is Table & { subject: string } =>
      table.subject !== undefined && table.subject !== 'none' && !table.subject.startsWith('hash:'),
  );
}
