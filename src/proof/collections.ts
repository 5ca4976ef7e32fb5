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
 * kinds share one pass over the rows.
 */
export function collections(context: Context): Promise<Collections[]> {
  return context.once('collections', async () => {
    const { rows } = await context.main.query<Collections>(
      'select statement, point, purpose, source, items, count(*) as n from gate.collection group by 1, 2, 3, 4, 5',
    );
    return rows;
  });
}

/** How many acts there are of the kinds that fulfil a condition. */
export function acts(
  kinds: readonly Collections[],
  which: (kind: Collections) => boolean = () => true,
): number {
  return kinds.filter(which).reduce((sum, { n }) => sum + n, 0);
}
