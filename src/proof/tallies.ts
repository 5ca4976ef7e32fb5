import { tableIdent } from '#platform/database.ts';
import type { Context } from './check.ts';

/** Acts of collection that are alike in everything that the statement rules, and how many there are. */
export interface Collections {
  readonly statement: string;
  readonly point: string;
  readonly purpose: string;
  readonly source: string;
  readonly items: readonly string[];
  readonly n: number;
}

/**
 * Every act of collection, the alike ones together: there are few kinds and many acts, so that the checks that look at
 * kinds share one pass over the rows. The same holds for {@link answers} and {@link entries}.
 */
export function collections(context: Context): Promise<Collections[]> {
  return tally(context, 'gate.collection', 'statement, point, purpose, source, items');
}

/** Answers to consent prompts that are alike in what was asked and said. */
export interface Answers {
  readonly statement: string;
  readonly purpose: string;
  readonly state: string;
  /** Hash of the words that were shown, and their language. */
  readonly wording: string;
  readonly language: string;
  readonly n: number;
}

export function answers(context: Context): Promise<Answers[]> {
  return tally(context, 'consent.event', 'statement, purpose, state, wording, language');
}

/** Entries of the journal under one version of the statement. */
export interface Entries {
  readonly statement: string;
  readonly n: number;
  /** How many are dated more than a day later than now. */
  readonly future: number;
}

export function entries(context: Context): Promise<Entries[]> {
  return context.once('tally journal.entry', async () => {
    const { rows } = await context.main.query<Entries>(
      `select statement, count(*) as n, count(*) filter (where at > $1::timestamptz + interval '1 day') as future
         from journal.entry group by 1`,
      [context.now],
    );
    return rows;
  });
}

/** How many rows of a table came about under each version, for a table with a column called `statement`. */
export function byVersion(
  context: Context,
  table: string,
): Promise<readonly { statement: string; n: number }[]> {
  const shared = { 'gate.collection': collections, 'consent.event': answers, 'journal.entry': entries };
  return Object.hasOwn(shared, table)
    ? shared[table as keyof typeof shared](context)
    : tally(context, table, 'statement');
}

function tally<T>(context: Context, table: string, columns: string): Promise<T[]> {
  return context.once(`tally ${table}`, async () => {
    const { rows } = await context.main.query(
      `select ${columns}, count(*) as n from ${tableIdent(table)} group by ${columns}`,
    );
    return rows as T[];
  });
}

/** How many there are of the kinds that fulfil a condition. */
export function sum<T extends { readonly n: number }>(
  kinds: readonly T[],
  which: (kind: T) => boolean = () => true,
): number {
  return kinds.filter(which).reduce((total, { n }) => total + n, 0);
}
