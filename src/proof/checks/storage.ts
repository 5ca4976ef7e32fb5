import type { DataMap } from '#platform/map.ts';
import type { ClauseId, Statement } from '#statement/grammar.ts';
import { ruleFor } from '#statement/rules.ts';
import { type Check, type Context, count, outcome } from '../check.ts';
import { many } from '../counted.ts';
import { type Due, dues, unruledColumns } from '../dues.ts';
import { collections } from '../tallies.ts';

/** A day's grace: what is due is taken by a job that runs at least daily. */
const GRACE = 86_400_000;
/** What lies in days may already be a day late by then; a round of keeping comes each hour, and may fail once. */
const DAYS_GRACE = 2 * 3_600_000;

/**
 * One check for each clause that a storage rule serves, as far as a table starts the rule's clock (clauses `k.*` and
 * those that promise a period of their own).
 */
export function storageChecks(statement: Statement, map: DataMap): Check[] {
  const byClause = Map.groupBy(dues(statement, map), ({ clause }) => clause);
  return [
    ...[...byClause].map(([clause, places]) => past(clause, places)),
    {
      clause: 'k.as-needed',
      title: 'Nothing is kept for a purpose that no storage rule covers',
      titleNb: 'Ingenting er lagret for et formål som ingen lagringsregel dekker',
      run: ruled,
    },
  ];
}

function past(clause: ClauseId, places: readonly Due[]): Check {
  const rules = [...new Set(places.map(({ rule }) => rule))];
  return {
    clause,
    title: `Nothing is kept past its date by the storage ${rules.length === 1 ? 'rule' : 'rules'} ${rules.join(', ')}`,
    titleNb: `Ingenting blir liggende etter fristen i ${rules.length === 1 ? 'lagringsregelen' : 'lagringsreglene'} ${rules.join(', ')}`,
    async run({ main, now }: Context) {
      const findings = [];
      for (const { what, sql, byDay } of places) {
        const latest = new Date(now.getTime() - (byDay ? DAYS_GRACE : GRACE));
        findings.push({ what, count: await count(main, sql, [latest]) });
      }
      return outcome(findings, many(places.length, 'place'));
    },
  };
}

async function ruled(context: Context) {
  const {
    map,
    applied: { statement },
  } = context;
  const kinds = await collections(context);
  const pairs = new Map<string, { purpose: string; item: string; n: number }>();
  for (const { purpose, items, n } of kinds)
    for (const item of items) {
      const pair = pairs.get(`${purpose} ${item}`) ?? { purpose, item, n: 0 };
      pair.n += n;
      pairs.set(`${purpose} ${item}`, pair);
    }
  const known = (word: string, words: object) => (Object.hasOwn(words, word) ? word : 'something unknown');
  return outcome(
    [
      ...[...pairs.values()]
        .filter(({ purpose, item }) => ruleFor(statement, purpose, item) === undefined)
        .map(({ purpose, item, n }) => ({
          what: `${known(item, statement.categories)} is kept for ${known(purpose, statement.purposes)} without a rule`,
          count: n,
        })),
      ...unruledColumns(statement, map).map((what) => ({ what: `${what} is kept without a rule`, count: 1 })),
    ],
    many(pairs.size, 'keptItem'),
  );
}
