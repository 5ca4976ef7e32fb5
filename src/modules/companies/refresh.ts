import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';
import type { Followed, Following, KnownRow, Renewal } from '#gates/third-party/follow.ts';
import { changesFrom } from './feed.ts';
import { BRREG, forget, type LookedUp, lookUp } from './lookup.ts';
import { factOf, figuresOf } from './mine.ts';
import { SHELF } from './shelf.ts';
import { stateText } from './words.ts';

/** What a round of following the register did, in rows that are kept. */
export interface Refreshed {
  /** Changes that the register told of, of all companies. */
  readonly changes: number;
  readonly renewed: number;
  readonly removed: number;
  /** True when everything kept was asked for again, because the register was not followed for long. */
  readonly whole: boolean;
}

const HOUR = 3_600_000;
/** Older than this a mark is not gone on from: everything kept is asked for again instead. */
const TOO_LONG = 30 * 24 * HOUR;
/** A server follows the register when so long has passed: once a day, at whatever hour it started. */
const DAILY = 23 * HOUR;

/**
 * Brings what is kept of companies in step with the register (clauses `1.3.third-party`, `1.3.brreg`). The register tells
 * what has changed, of everybody; only companies that somebody asked us to know are looked up again. Each page is carried
 * out with its mark or not at all, so that a round broken off is gone on with. Asks nothing where nothing is kept.
 */
export async function refresh(gates: Gates, at: Date): Promise<Refreshed> {
  const following = gates.following(BRREG, SHELF);
  const round = { changes: 0, renewed: 0, removed: 0, whole: false };
  if (!(await following.any())) return round;
  const before = await following.followed();
  let mark: Followed = before ?? { cursor: null, at };
  if (before === undefined || at.getTime() - before.at.getTime() > TOO_LONG) {
    round.whole = true;
    await renewAll(gates, following, at, round);
    // What changed while everything was asked for is told again by the feed, from the moment it began.
    mark = { cursor: null, at };
    const stepped = await following.step({ from: before, to: mark, renewals: [], removed: [], at });
    if (stepped === undefined) return round;
  }
  for (;;) {
    const { changes, last } = await changesFrom(gates, mark);
    const hashed = changes.map((change) => ({ ...change, hash: gates.hash('company', change.number) }));
    const gone = new Set(hashed.filter((change) => change.removed).map(({ hash }) => hash));
    for (const change of changes) if (change.removed) forget(gates, change.number);
    const kept = await following.kept([...new Set(hashed.map(({ hash }) => hash))]);
    const found = await askedAnew(
      gates,
      kept.filter(({ hash }) => !gone.has(hash)),
    );
    const to: Followed = { cursor: changes.length === 0 ? mark.cursor : String(changes.at(-1)!.id), at };
    const removed = [...gone, ...found.removed];
    const stepped = await following.step({ from: mark, to, renewals: found.renewals, removed, at });
    // Another process was first, and does the rest.
    if (stepped === undefined) return round;
    note(round, stepped);
    round.changes += changes.length;
    if (last) return round;
    mark = to;
  }
}

type Counts = { renewed: number; removed: number };

function note(round: Counts, { renewed, removed }: Counts): void {
  round.renewed += renewed;
  round.removed += removed;
}

/** Rows that are renewed together. */
const CHUNK = 50;

async function renewAll(gates: Gates, following: Following, at: Date, round: Counts): Promise<void> {
  const kept = await following.kept();
  for (let begin = 0; begin < kept.length; begin += CHUNK) {
    const found = await askedAnew(gates, kept.slice(begin, begin + CHUNK));
    const stepped = await following.step({ from: undefined, ...found, at });
    if (stepped !== undefined) note(round, stepped);
  }
}

/** Asks the register about each company of these rows, one after the other. What it does not know is left as it is. */
async function askedAnew(
  gates: Gates,
  rows: readonly KnownRow[],
): Promise<{ renewals: Renewal[]; removed: string[] }> {
  const renewals: Renewal[] = [];
  const removed: string[] = [];
  for (const [number, theirs] of Map.groupBy(rows, ({ name }) => name)) {
    try {
      const found = await lookUp(gates, number, { fresh: true });
      renewals.push(...theirs.map((row) => renewalOf(row, found)));
    } catch (error) {
      if (!(error instanceof Refusal) || error.code === 'collect.source-away') throw error;
      // Not found once is no proof that it is gone; removed is said in so many words.
      if (error.code === 'companies.removed') removed.push(theirs[0]!.hash);
    }
  }
  return { renewals, removed };
}

function renewalOf({ person, id, carried }: KnownRow, found: LookedUp): Renewal {
  const { company, source } = found;
  const row = { person, id };
  // Of a company that is struck off the register tells its name and little more: the rest stays as it was.
  if (company.state === 'struck-off')
    return {
      row,
      values: { state: stateText(company.state, company.since), fetched_at: source.fetchedAt },
    };
  return {
    row,
    values: factOf(found),
    rows: figuresOf(found, { ...carried, person, fact: id, source: BRREG }),
  };
}

/** The same when a day has passed since the last time; undefined when it has not. For a server's clock. */
export async function refreshDaily(gates: Gates, at: Date): Promise<Refreshed | undefined> {
  const mark = await gates.following(BRREG, SHELF).followed();
  if (mark !== undefined && at.getTime() - mark.at.getTime() < DAILY) return undefined;
  return refresh(gates, at);
}
