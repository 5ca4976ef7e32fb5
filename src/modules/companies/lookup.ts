import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';
import type { Said } from '#gates/third-party/source.ts';
import { ACCOUNTS, type Accounts, accountsPath, readAccounts } from './accounts.ts';
import { type Company, readUnit, UNIT, unitPath } from './unit.ts';

/** The statement's name of the register. */
export const BRREG = 'brreg';

/** Whose data it is, under which licence, and how new: told wherever it shows (NLOD 2.0). */
export interface Origin {
  readonly name: string;
  readonly licence: { readonly name: string; readonly url: string };
  readonly fetchedAt: string;
  /** True when the register does not answer and this is older than a day. */
  readonly stale: boolean;
}

export function originOf(gates: Gates, { at, stale }: { at: Date; stale: boolean }): Origin {
  return {
    name: gates.statement.sources[BRREG]!.label.nb,
    licence: { name: 'NLOD 2.0', url: 'https://data.norge.no/nlod/no/2.0' },
    fetchedAt: at.toISOString(),
    stale,
  };
}

/** A company with its latest key figures. */
export interface LookedUp {
  readonly company: Company;
  readonly accounts: Accounts | null;
  /** `none`: it has handed in none that are told of. `unknown`: they cannot be had or read now. */
  readonly accountsState: 'known' | 'none' | 'unknown';
  readonly source: Origin;
}

/**
 * Looks a company up by its number, with its latest key figures (clause `1.3.brreg`). Refuses: a number that the register
 * does not know, one that it has removed, and, when it does not answer and nothing is remembered, that. `fresh` asks anew.
 */
export async function lookUp(gates: Gates, number: string, { fresh = false } = {}): Promise<LookedUp> {
  const said = await unitOf(gates, number, fresh);
  if (said.state !== 'found')
    throw new Refusal(said.state === 'removed' ? 'companies.removed' : 'companies.unknown');
  const company = said.value;
  return { company, ...(await accountsOf(gates, company, fresh)), source: originOf(gates, said) };
}

/** What the register of companies says under a number. */
export async function unitOf(gates: Gates, number: string, fresh: boolean): Promise<Said<Company>> {
  const said = await gates.source(BRREG).ask(unitPath(number), { accept: UNIT, read: readUnit, fresh });
  // What was removed goes from every answer that is remembered, of searches too.
  if (said.state === 'removed') forget(gates, number);
  return said;
}

/** Forgets what is remembered of a company: by itself, its accounts, and each search that found it. */
export function forget(gates: Gates, number: string): void {
  gates
    .source(BRREG)
    .forget(
      (path, value) =>
        path === accountsPath(number) ||
        (path === unitPath(number) && value !== undefined) ||
        (isPage(value) && value.companies.some((one) => one.number === number)),
    );
}

function isPage(value: unknown): value is { companies: readonly Company[] } {
  return typeof value === 'object' && value !== null && 'companies' in value;
}

type Figures = Pick<LookedUp, 'accounts' | 'accountsState'>;

/** The figures, for whoever has any: a person's company hands in none, and nothing is asked about it. */
async function accountsOf(gates: Gates, company: Company, fresh: boolean): Promise<Figures> {
  if (company.personal || company.state === 'struck-off') return { accounts: null, accountsState: 'none' };
  try {
    const said = await gates
      .source(BRREG)
      .ask(accountsPath(company.number), { accept: ACCOUNTS, read: readAccounts, fresh });
    if (said.state !== 'found' || said.value === 'none') return { accounts: null, accountsState: 'none' };
    if (said.value === 'unreadable') return { accounts: null, accountsState: 'unknown' };
    return { accounts: said.value, accountsState: 'known' };
  } catch (error) {
    // The company is known; that its figures cannot be had just now is no reason to say nothing.
    if (error instanceof Refusal && error.code === 'collect.source-away')
      return { accounts: null, accountsState: 'unknown' };
    throw error;
  }
}

/**
 * What the register says under a number, for who wishes the name and place of what they wrote by hand. Asks anew: that a
 * number was unknown an hour ago is no answer now.
 */
export async function nameAndPlace(
  gates: Gates,
  number: string,
): Promise<
  { state: 'known'; name: string; place: string | null } | { state: 'unknown' | 'struck-off' | 'removed' }
> {
  const said = await unitOf(gates, number, true);
  if (said.state !== 'found') return { state: said.state === 'removed' ? 'removed' : 'unknown' };
  const { state, name, place } = said.value;
  return state === 'struck-off'
    ? { state }
    : { state: 'known', name, place: place.place ?? place.municipality };
}
