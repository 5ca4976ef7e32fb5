import { codeOf } from '#platform/database.ts';
import { Fault } from '#platform/fault.ts';
import { type DataMap, readMap } from '#platform/map.ts';
import type { ClauseId, Statement } from '#statement/grammar.ts';
import type { Checked, Verdict } from '#statement/verdict.ts';
import type { Check, Context, Installation } from './check.ts';
import { accessChecks } from './checks/access.ts';
import { anonymousChecks } from './checks/anonymous.ts';
import { availableChecks } from './checks/available.ts';
import { bookkeepingChecks } from './checks/bookkeeping.ts';
import { changeChecks } from './checks/changes.ts';
import { clientChecks } from './checks/clients.ts';
import { consentChecks } from './checks/consent.ts';
import { holdChecks } from './checks/holds.ts';
import { journalChecks } from './checks/journal.ts';
import { logChecks } from './checks/logs.ts';
import { restoreChecks } from './checks/restore.ts';
import { rightsChecks } from './checks/rights.ts';
import { sourceChecks } from './checks/sources.ts';
import { statementChecks } from './checks/statement.ts';
import { storageChecks } from './checks/storage.ts';
import { thirdPartyChecks } from './checks/third-party.ts';
import { useChecks } from './checks/use.ts';
import { vaultChecks } from './checks/vault.ts';
import { whyNotYet } from './pending.ts';

/** Checks under way at once; each holds one connection of a small pool, and a second proof may run beside this one. */
const ABREAST = 2;

/** Every check there is for a statement; its storage rules bring one for each clause that they serve. */
export function checksFor(statement: Statement, map: DataMap): Check[] {
  const all = [
    ...statementChecks,
    ...changeChecks,
    ...accessChecks,
    ...vaultChecks,
    ...clientChecks,
    ...journalChecks,
    ...logChecks,
    ...sourceChecks,
    ...thirdPartyChecks,
    ...consentChecks,
    ...rightsChecks,
    ...restoreChecks,
    ...useChecks,
    ...holdChecks,
    ...bookkeepingChecks,
    ...storageChecks(statement, map),
    ...anonymousChecks,
    ...availableChecks,
  ];
  const order = Object.keys(statement.clauses);
  return all
    .filter(({ clause }) => order.includes(clause))
    .sort((a, b) => order.indexOf(a.clause) - order.indexOf(b.clause));
}

/**
 * Tries to catch the installation breaking its statement: reads catalogue, rows and files itself and asks no gate.
 *
 * With `only`, the checks of that clause alone. A check that cannot be carried out counts as broken: what nobody could
 * look at is not shown to hold. Throws a Fault for a clause that the statement lacks.
 */
export async function prove(installation: Installation, only?: ClauseId): Promise<Verdict> {
  const { statement } = installation.applied;
  if (only !== undefined && !Object.hasOwn(statement.clauses, only))
    throw new Fault(`The statement has no clause ${only}: give one that it has, such as 0.security.`);
  const asked = (clause: ClauseId) => only === undefined || clause === only;
  const context = await look(installation);
  const checks = checksFor(statement, context.map).filter(({ clause }) => asked(clause));
  const ran = await each(checks, (check) => {
    installation.signal?.throwIfAborted();
    return run(check, context);
  });
  const results = ran.filter((result) => result !== undefined);
  const covered = new Set(results.map(({ clause }) => clause));
  const notYet = Object.entries(statement.clauses)
    .filter(([clause]) => asked(clause) && !covered.has(clause))
    .map(([clause, { title }]) => {
      const { nb, en } = whyNotYet(clause);
      return { clause, title: title.en, why: en, whyNb: nb };
    });
  return {
    ok: results.length > 0 && results.every(({ ok }) => ok),
    statement: statement.version,
    at: installation.now.toISOString(),
    checks: results,
    notYet,
  };
}

async function look(installation: Installation): Promise<Context> {
  const shared = new Map<string, Promise<unknown>>();
  return {
    ...installation,
    map: await readMap(installation.main),
    once<T>(name: string, work: () => Promise<T>): Promise<T> {
      const there = shared.get(name) ?? work();
      shared.set(name, there);
      return there as Promise<T>;
    },
  };
}

async function run(check: Check, context: Context): Promise<Checked | undefined> {
  const { clause, title, titleNb } = check;
  try {
    if ((await check.ready?.(context)) === false) return undefined;
    const { found, kinds, detail, looked } = await check.run(context);
    return { clause, title, titleNb, ok: found === 0, found, detail, kinds, looked };
  } catch (error) {
    const code = codeOf(error);
    const unseen = code === 'unknown' && error instanceof Error ? error.name : code;
    const detail = `could not be looked at (${unseen})`;
    const looked = { nb: '', en: '' };
    return { clause, title, titleNb, ok: false, found: 1, detail, kinds: 1, looked, unseen };
  }
}

async function each<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at]!);
  };
  await Promise.all(Array.from({ length: ABREAST }, worker));
  return results;
}
