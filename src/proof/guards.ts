import { createHash } from 'node:crypto';
import { glob } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readMigrations } from '#platform/migrate.ts';
import { OURS } from './access.ts';
import type { Context } from './check.ts';

/**
 * Functions and triggers by which the database itself keeps a promise: as the migrations made them, and as they stand.
 * Read from the migrations that ran, known by their SHA-256, so that a later migration may replace one and nobody else.
 */
export interface Guard {
  /** `schema.function`, or `trigger on schema.table`. */
  readonly name: string;
  /** Schema of the function or of the trigger's table. */
  readonly schema: string;
  /** What is wrong with it, in a few words that begin with its name; undefined when it stands as it was made. */
  readonly wrong: string | undefined;
}

const source = fileURLToPath(new URL('..', import.meta.url));

/** Every guard that there should be, and every one that no migration made. */
export function guards(context: Context): Promise<Guard[]> {
  return context.once('guards', async () => {
    const [made, ledger] = await migrationsThatRan(context);
    const [functions, triggers] = [await standingFunctions(context), await standingTriggers(context)];
    return [...ledger, ...judge(made.functions, functions), ...judge(made.triggers, triggers)];
  });
}

type Made = Map<string, string>;

async function migrationsThatRan({ main }: Context): Promise<[{ functions: Made; triggers: Made }, Guard[]]> {
  const folders: string[] = [];
  for await (const folder of glob(['*/sql', 'modules/*/sql'], { cwd: source })) folders.push(folder);
  const files = await readMigrations(folders.map((folder) => `${source}/${folder}`));
  const { rows } = await main.query<{ name: string; sha256: string }>(
    'select name, sha256 from platform.migration',
  );
  const ran = new Map(rows.map(({ name, sha256 }) => [name, sha256]));
  const wrong = (name: string, what: string): Guard => ({
    name,
    schema: 'platform',
    wrong: `the migration ${name} ${what}`,
  });
  const ledger: Guard[] = [];
  const [functions, triggers]: [Made, Made] = [new Map(), new Map()];
  for (const { name, sql } of files) {
    const sha256 = ran.get(name);
    ran.delete(name);
    if (sha256 === undefined) ledger.push(wrong(name, 'has not run'));
    else if (sha256 !== createHash('sha256').update(sql).digest('hex'))
      ledger.push(wrong(name, 'ran with another text'));
    else readMade(sql, functions, triggers);
  }
  for (const name of ran.keys()) ledger.push(wrong(name, 'ran and is not here'));
  return [{ functions, triggers }, ledger];
}

const STATEMENTS =
  /create\s+(?:or\s+replace\s+)?function\s+([\w.]+)\s*\([\s\S]*?\bas\s+(\$\w*\$)([\s\S]*?)\2([^;]*);|create\s+trigger\s+(\w+)\s+(before|after)\s+([\w\s]+?)\s+on\s+([\w.]+)\s+(?:referencing\s+([\w\s]+?)\s+)?for\s+each\s+(row|statement)\s+(when\s[\s\S]*?)?execute\s+function\s+([\w.]+)|drop\s+(function|trigger)\s+(?:if\s+exists\s+)?([\w.]+)(?:\s+on\s+([\w.]+))?/gi;

/** Takes the functions and triggers out of one migration, in order: what is made later stands in place of the earlier. */
export function readMade(sql: string, functions: Made, triggers: Made): void {
  for (const found of sql.matchAll(STATEMENTS)) {
    const [whole, called, tag, body, , trigger, time, events, table] = found;
    const [refers, level, when, runs, dropped, name, from] = found.slice(9);
    if (called !== undefined) {
      const outside = whole.replace(tag! + body! + tag!, '').toLowerCase();
      functions.set(
        called,
        functionForm(body!, /\bsecurity\s+definer\b/.test(outside), /\bset\s+search_path\b/.test(outside)),
      );
    } else if (trigger !== undefined)
      triggers.set(
        `${trigger} on ${table}`,
        triggerForm({
          time: time!,
          events: events!.split(/\s+or\s+/i),
          refers: Object.fromEntries(
            [...(refers ?? '').matchAll(REFERENCES)].map(([, which, as]) => [which!.toLowerCase(), as!]),
          ),
          level: level!,
          when: when !== undefined,
          runs: runs!,
          on: true,
        }),
      );
    else if (dropped?.toLowerCase() === 'function') functions.delete(name!);
    else triggers.delete(`${name} on ${from}`);
  }
}

const functionForm = (body: string, definer: boolean, path: boolean) =>
  JSON.stringify([createHash('sha256').update(body.replaceAll('\r', '')).digest('hex'), definer, path]);

interface Trigger {
  readonly time: string;
  readonly events: readonly string[];
  /** What it calls the rows before (`old`) and after (`new`), where it looks at all of a statement's at once. */
  readonly refers: { readonly old?: string; readonly new?: string };
  readonly level: string;
  readonly when: boolean;
  readonly runs: string;
  readonly on: boolean;
}

const REFERENCES = /(old|new)\s+table\s+(?:as\s+)?(\w+)/gi;

const triggerForm = ({ time, events, refers, level, when, runs, on }: Trigger) =>
  JSON.stringify([
    time.toLowerCase(),
    events.map((event) => event.toLowerCase()).sort(),
    [refers.old ?? '', refers.new ?? ''],
    level.toLowerCase(),
    when,
    runs,
    on,
  ]);

async function standingFunctions({ main }: Context): Promise<Made> {
  const { rows } = await main.query<{ name: string; body: string; definer: boolean; path: boolean }>(
    `select n.nspname || '.' || p.proname as name, p.prosrc as body, p.prosecdef as definer,
            coalesce(p.proconfig::text ~ 'search_path', false) as path
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where ${OURS} and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`,
  );
  return new Map(rows.map(({ name, body, definer, path }) => [name, functionForm(body, definer, path)]));
}

async function standingTriggers({ main }: Context): Promise<Made> {
  const { rows } = await main.query<{
    name: string;
    bits: number;
    old?: string;
    new?: string;
    when: boolean;
    runs: string;
    on: boolean;
  }>(
    `select t.tgname || ' on ' || n.nspname || '.' || c.relname as name, t.tgtype as bits, t.tgqual is not null as when,
            t.tgoldtable::text as old, t.tgnewtable::text as new, pn.nspname || '.' || p.proname as runs, t.tgenabled in ('O', 'A') as on
       from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
       join pg_proc p on p.oid = t.tgfoid join pg_namespace pn on pn.oid = p.pronamespace
      where not t.tgisinternal and ${OURS}`,
  );
  return new Map(
    rows.map(({ name, bits, when, runs, on, ...refers }) => {
      const events = Object.entries({ insert: 4, delete: 8, update: 16, truncate: 32 }).flatMap(
        ([event, bit]) => (bits & bit ? [event] : []),
      );
      return [
        name,
        triggerForm({
          time: bits & 2 ? 'before' : 'after',
          events,
          refers,
          level: bits & 1 ? 'row' : 'statement',
          when,
          runs,
          on,
        }),
      ];
    }),
  );
}

function judge(made: Made, standing: Made): Guard[] {
  const names = new Set([...made.keys(), ...standing.keys()]);
  return [...names].sort().map((name) => {
    const [before, now] = [made.get(name), standing.get(name)];
    const wrong =
      before === now
        ? undefined
        : now === undefined
          ? `${name} is gone`
          : before === undefined
            ? `${name} was made by no migration`
            : `${name} is not as it was made, or is off`;
    return { name, schema: name.replace(/^.* on /, '').split('.')[0]!, wrong };
  });
}
