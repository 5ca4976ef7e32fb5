import type { PersonKey, SealKey } from '#platform/keys.ts';
import { personTables } from '#platform/map.ts';
import { recipientsOf } from '#statement/rules.ts';
import { type Actor, demandPerson, demandReason } from '../actor.ts';
import type { AccessAnswer, ConsentEvent, Ground, Item } from '../answers.ts';
import type { Engine } from '../engine.ts';
import { note } from '../looks.ts';
import { Refusal } from '../refusal.ts';
import { together } from '../together.ts';
import { archivedItems, shelfKeys } from './archived-items.ts';
import { type DayValues, dayValues, SHOWN } from './day-rows.ts';
import {
  clockOfPurpose,
  clockOfRow,
  endOfPerson,
  groundOf,
  longestFirst,
  type Standstill,
  undated,
} from './grounds.ts';
import { can } from './needed.ts';
import { purposeStates } from './purpose-states.ts';
import {
  bytesOf,
  iso,
  isRecord,
  momentOf,
  type Records,
  type Row,
  readRecords,
  wordings,
  written,
} from './records.ts';
import { renewalsOf } from './renewals.ts';
import { type Eyes, shownHolds } from './shown-holds.ts';

/** Everything on a person as it lies in the database, and the key that opens it. */
export interface Opened {
  readonly records: Records;
  readonly key: PersonKey;
  /** Keys of the archive's shelves that something on the person lies on. */
  readonly shelves: ReadonlyMap<string, SealKey>;
  /** The exact words of each consent prompt in the history, by their hash. */
  readonly words: ReadonlyMap<string, string>;
  /** What lies in days, summed up. */
  readonly days: readonly DayValues[];
}

/**
 * Everything held on a person: each item with source, purpose, ground, recipients and the date it leaves (art. 15,
 * clause `r.access`). The look is journalled before it is answered. Refuses: nobody under that number.
 */
export async function access(engine: Engine, person: string, actor: Actor, at: Date): Promise<AccessAnswer> {
  demandPerson(actor, person);
  if (actor.id !== person) demandReason(actor, 'rights');
  const opened = await lookTogether(engine, { person, actor, at });
  if (opened === undefined) throw new Refusal('answer.unknown-person');
  return accessAnswer(engine, person, opened, { at, eyes: actor.kind === 'person' ? 'person' : 'staff' });
}

const lookTogether = together(async (engine: Engine, asked: { person: string; actor: Actor; at: Date }[]) => {
  const opened = await openPeople(engine, [...new Set(asked.map(({ person }) => person))]);
  const entries = asked.map(({ person, actor, at }) => ({
    gate: 'answer' as const,
    act: 'access',
    person,
    actor: actor.kind,
    actorId: actor.id,
    purpose: 'rights',
    reason: actor.reason,
    statement: engine.statement.version,
    at,
  }));
  await note(
    engine,
    entries.filter(({ person }) => opened.has(person)),
  );
  return asked.map(({ person }) => opened.get(person));
});

/** Reads a person without journalling; only for acts that write their own entry. */
export async function openPerson(engine: Engine, person: string): Promise<Opened> {
  const opened = (await openPeople(engine, [person])).get(person);
  if (opened === undefined) throw new Refusal('answer.unknown-person');
  return opened;
}

/** Reads people without journalling; whoever is nobody here is absent. */
async function openPeople(engine: Engine, people: readonly string[]): Promise<Map<string, Opened>> {
  const [records, keys, days] = await Promise.all([
    readRecords(engine, people),
    engine.keys.of(people),
    dayValues(engine, people),
  ]);
  const opened = new Map<string, { records: Records; key: PersonKey }>();
  for (const [person, key] of keys) {
    const found = records.get(person);
    // A key without rows is a sign-up that never finished, rows without a key a person being erased: both are nobody.
    if (found !== undefined && found['vault.person']!.length > 0 && found['gate.erasure']!.length === 0)
      opened.set(person, { records: found, key });
  }
  const [words, shelves] = await Promise.all([
    wordings(
      engine,
      [...opened.values()].flatMap((one) => one.records['consent.event']!),
    ),
    shelfKeys(
      engine,
      [...opened.values()].map((one) => one.records),
    ),
  ]);
  return new Map(
    [...opened].map(([person, one]) => [person, { ...one, words, shelves, days: days.get(person) ?? [] }]),
  );
}

/** Everything as it is at a moment, for the eyes of the person or of staff. */
export function accessAnswer(
  engine: Engine,
  person: string,
  opened: Opened,
  { at, eyes }: { at: Date; eyes: Eyes },
): AccessAnswer {
  const { records, key, words, days } = opened;
  const restriction = records['gate.restriction']![0];
  const holds = shownHolds(records, key, at, eyes);
  // A hold that the person must not be told of leaves the dates as they would be: a missing one would tell.
  const standstill = holds.length > 0 ? 'hold' : restriction === undefined ? undefined : 'restriction';
  const items = [
    ...vaultItems(engine, opened),
    ...rowItems(engine, opened),
    ...dayItems(engine, opened),
    ...archivedItems(engine, records, opened.shelves).map((raw) => item(engine, raw)),
  ];
  return {
    person,
    items: standstill === undefined ? items : items.map((one) => still(one, standstill)),
    holds,
    purposes: purposeStates(engine, records, days),
    restricted:
      restriction === undefined ? null : { reason: String(restriction.reason), since: iso(restriction.at) },
    consents: records['consent.active']!.map((row) => ({
      purpose: String(row.purpose),
      since: iso(row.since),
      wording:
        words.get(String(records['consent.event']!.find((event) => event.id === row.event)?.wording)) ?? '',
    })),
    history: byTime(records['consent.event']!).map((row) => ({
      purpose: String(row.purpose),
      state: row.state as ConsentEvent['state'],
      words: words.get(String(row.wording)) ?? '',
      language: row.language as ConsentEvent['language'],
      statement: String(row.statement),
      surface: String(row.surface),
      method: String(row.method),
      at: iso(row.at),
    })),
    receipts: byTime(records['gate.receipt']!).map((row) => ({
      id: String(row.id),
      kind: row.kind as 'erasure' | 'consent',
      at: iso(row.at),
    })),
    acceptances: byTime(records['gate.acceptance']!).map((row) => ({
      statement: String(row.statement),
      at: iso(row.at),
    })),
    notices: byTime(records['gate.notice']!).map((row) => ({
      statement: String(row.statement),
      at: iso(row.at),
    })),
    renewals: renewalsOf(engine, records, at),
  };
}

function still(item: Item, standstill: Standstill): Item {
  return {
    ...item,
    // Nobody takes a value away while a hold stands; a restricted person may.
    can: standstill === 'hold' ? item.can.filter((act) => act !== 'erase') : item.can,
    ...undated(item, standstill),
    also: item.also.map((ground) => undated(ground, standstill)),
  };
}

/** Items of the vault: each is kept for every purpose whose collections still name its category. */
function vaultItems(engine: Engine, { records, key }: Opened): Item[] {
  const collections = byTime(records['gate.collection']!);
  return personTables(engine.map)
    .filter((table) => table.purpose === 'collected' && !isRecord(table))
    .flatMap((table) =>
      records[table.name]!.flatMap((row, index) =>
        table.columns.flatMap((column): Item[] => {
          const { category } = column;
          const value = row[column.name];
          if (category === undefined || category === 'none' || category === 'record.person' || value === null)
            return [];
          // A search key stays as long as the address that it finds.
          const claim = category === 'contact.lookup' ? `contact.${row.kind}` : category;
          const naming = collections.filter((one) => (one.items as string[]).includes(claim)).reverse();
          const latest = naming[0];
          const purposes = [...new Set(naming.map((one) => String(one.purpose)))];
          const reasons = purposes.map((purpose) => {
            const collection = naming.find((one) => one.purpose === purpose)!;
            return groundOf(engine, purpose, category, (clock) =>
              clock === 'recorded'
                ? momentOf(collection.at)
                : clockOfPurpose(engine, purpose, records)(clock),
            );
          });
          const place = `${table.name}.${column.name}`;
          return [
            item(engine, {
              id: index === 0 ? place : `${place}#${index + 1}`,
              category,
              value: column.type === 'vault.sealed' ? key.open(bytesOf(value), place) : written(value),
              source: String(latest?.source ?? 'unknown'),
              statement: String(latest?.statement ?? ''),
              collectedAt: latest === undefined ? '' : iso(latest.at),
              grounds: longestFirst(reasons),
              can: can(engine, category, purposes),
            }),
          ];
        }),
      ),
    );
}

/** Items of the modules' own rows, which their table's purpose governs. */
function rowItems(engine: Engine, { records, key, days }: Opened): Item[] {
  const collections = byTime(records['gate.collection']!);
  const end = endOfPerson(engine, records, days);
  return personTables(engine.map)
    .filter(
      (table) =>
        table.purpose !== 'collected' &&
        table.readers !== 'own' &&
        table.partitionedBy === undefined &&
        !isRecord(table),
    )
    .flatMap((table) =>
      records[table.name]!.flatMap((row, index) => {
        const purpose = table.purpose!;
        const clock = clockOfRow(engine, table, row, records);
        const ofPurpose = collections.filter((one) => one.purpose === purpose);
        return table.columns.flatMap((column): Item[] => {
          const { category } = column;
          const value = row[column.name];
          if (category === undefined || category === 'none' || category === 'record.person' || value === null)
            return [];
          const place = `${table.name}.${column.name}`;
          const naming = ofPurpose.findLast((one) => (one.items as string[]).includes(category));
          const origin = naming ?? ofPurpose.at(-1);
          return [
            item(engine, {
              id: index === 0 ? place : `${place}#${index + 1}`,
              category,
              value:
                column.type === 'vault.sealed'
                  ? key.open(bytesOf(value), `${place}#${row.id}`)
                  : written(value),
              // What no collection names is our own trace of the person's act: observed, not given.
              source: naming === undefined ? 'observed' : String(naming.source),
              statement: String(origin?.statement ?? engine.statement.version),
              collectedAt: iso(clock('recorded') ?? origin?.at),
              grounds: [groundOf(engine, purpose, category, clock, table.end === 'stays' ? undefined : end)],
              can: [],
            }),
          ];
        });
      }),
    );
}

/** Items of tables kept in days: one a column, for all its rows. It leaves day by day, and the last of it on the date told. */
function dayItems(engine: Engine, { records, days }: Opened): Item[] {
  const collections = byTime(records['gate.collection']!);
  return days.map(({ table, column, count, from, to, values }) => {
    const purpose = table.purpose!;
    const category = column.category!;
    const origin = collections.findLast(
      (one) => one.purpose === purpose && (one.items as string[]).includes(category),
    );
    const ground = groundOf(engine, purpose, category, (clock) =>
      table.clocks[clock] === table.partitionedBy ? to : undefined,
    );
    return item(engine, {
      id: `${table.name}.${column.name}`,
      category,
      value: values.length > SHOWN ? `${values.slice(0, SHOWN).join(', ')} …` : values.join(', '),
      source: String(origin?.source ?? 'observed'),
      statement: String(origin?.statement ?? engine.statement.version),
      collectedAt: iso(to),
      grounds: [ground],
      can: [],
      ...(count > 1 ? { rows: { count, from: iso(from), to: iso(to) } } : {}),
    });
  });
}

interface Raw
  extends Pick<
    Item,
    'id' | 'category' | 'value' | 'fields' | 'source' | 'statement' | 'collectedAt' | 'can' | 'rows'
  > {
  readonly grounds: Ground[];
}

function item({ statement }: Engine, { grounds, ...raw }: Raw): Item {
  const [first, ...also] = grounds;
  const main = first ?? {
    purpose: 'unknown',
    basis: 'A6-1-f' as const,
    clause: '',
    expires: null,
    until: { nb: '', en: '' },
  };
  return {
    ...raw,
    ...main,
    label: statement.categories[raw.category]!.label,
    recipients: grounds.flatMap(({ purpose }) =>
      recipientsOf(statement, purpose, raw.category).map(([id]) => id),
    ),
    also,
  };
}

/** Rows from first to last; `at` where they have it. */
function byTime(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => momentOf(a.at).getTime() - momentOf(b.at).getTime());
}
