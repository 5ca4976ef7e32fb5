import type { ClientBase, Pool } from 'pg';
import type { DataMap } from '#platform/map.ts';
import { inTransaction } from '#platform/migrate.ts';
import type { ClauseId, Statement } from '#statement/grammar.ts';
import { type NamedRule, ruleFor } from '#statement/rules.ts';

type Asks = Pick<ClientBase | Pool, 'query'>;

/** Blocks in one transaction: a block is a second's entries, and at most some thousands. */
const BLOCKS = 500;
/** More blocks than there can be. */
const EVERY = 2 ** 31 - 1;

/** The rule that the journal's entries end by; undefined when the statement lets them stay. */
function journalRule(statement: Statement, map: DataMap): NamedRule | undefined {
  const purpose = map.tables.find(({ name }) => name === 'journal.entry')?.purpose;
  const named = purpose === undefined ? undefined : ruleFor(statement, purpose, 'record.log');
  return named?.rule.clock === 'recorded' ? named : undefined;
}

/**
 * Lets go of the journal's oldest entries, whole sealed blocks at a time, once the period of the rule for the log is
 * over; the headers of the blocks stay, so that the chain can be checked as before. Batch by batch, each in one
 * transaction with `took`, which is told how many went: killed anywhere, the next round does what is left.
 *
 * A block goes as one, so a restriction or a hold on one person does not keep what the block says of others. The
 * connection is that of the role `keep`.
 */
export async function ageJournal(
  client: ClientBase,
  { statement, map }: { readonly statement: Statement; readonly map: DataMap },
  now: Date,
  took: (clause: ClauseId, rows: number) => Promise<void> = async () => {},
): Promise<{ clause: ClauseId; rows: number }[]> {
  const named = journalRule(statement, map);
  if (named === undefined) return [];
  const { clause, period } = named.rule;
  let rows = 0;
  for (;;) {
    const gone = await inTransaction(client, async () => {
      const { rows: answer } = await client.query<{ gone: string }>(
        'select journal.age($1, $2, $3) as gone',
        [now, period, BLOCKS],
      );
      const n = Number(answer[0]!.gone);
      if (n > 0) await took(clause, n);
      return n;
    });
    if (gone === 0) return [{ clause, rows }];
    rows += gone;
  }
}

/** How many entries {@link ageJournal} would let go of. */
export async function dueEntries(
  client: Asks,
  statement: Statement,
  map: DataMap,
  now: Date,
): Promise<{ clause: ClauseId; rows: number }[]> {
  const named = journalRule(statement, map);
  if (named === undefined) return [];
  const { rows } = await client.query<{ n: string }>(
    'select count(*) as n from journal.entry where id <= (select journal.past_until($1, $2, $3))',
    [now, named.rule.period, EVERY],
  );
  return [{ clause: named.rule.clause, rows: Number(rows[0]!.n) }];
}

/** How many entries leave until a moment, by calendar date in Oslo; what is past its date counts as that of `now`. */
export async function leavingEntries(
  client: Asks,
  statement: Statement,
  map: DataMap,
  { now, until }: { now: Date; until: Date },
): Promise<{ clause: ClauseId; date: string; n: number }[]> {
  const named = journalRule(statement, map);
  if (named === undefined) return [];
  const { rows } = await client.query<{ date: string; n: number }>(
    `select to_char(greatest(d.at, $1) at time zone 'Europe/Oslo', 'YYYY-MM-DD') as date, sum(d.n)::int8 as n
       from (select greatest(((b.sealed_at at time zone 'Europe/Oslo' + $3::interval) at time zone 'Europe/Oslo'),
                             ((max(e.at) at time zone 'Europe/Oslo' + $3::interval) at time zone 'Europe/Oslo')) as at,
                    count(*) as n
               from journal.block b join journal.entry e on e.id between b.first_id and b.last_id
              where b.sealed_at <= $2::timestamptz - $3::interval + interval '4 days'
              group by b.number, b.sealed_at) d
      where d.at <= $2 group by 1`,
    [now, until, named.rule.period],
  );
  return rows.map(({ date, n }) => ({ clause: named.rule.clause, date, n: Number(n) }));
}
