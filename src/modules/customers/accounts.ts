import { type Actor, isPersonNumber } from '#gates/actor.ts';
import { soughtFor } from '#gates/fields.ts';
import type { Gates } from '#gates/gates.ts';
import { keysetOf, type Page, paged, placeText, strides } from '#gates/paging.ts';
import { Refusal } from '#gates/refusal.ts';
import type { PurposeHandle } from '#gates/use.ts';
import { osloDate, after as periodAfter } from '#statement/period.ts';
import { type Company, organisationNumber } from './company.ts';

/** Clients that run, those of them that have not paid for anything yet, and those that have ended and can come back. */
export const WHICH = ['running', 'trial', 'ended'] as const;
/** By when it began, or ended where it has: the newest first, or the oldest. What is sealed cannot be ordered by. */
export const SORTS = ['-since', 'since'] as const;

/** How the list of clients is cut and ordered. */
export interface Listing {
  readonly which: (typeof WHICH)[number];
  readonly sort: (typeof SORTS)[number];
  /** Those alone that have this module in use, or had when they ended. */
  readonly module?: string;
}

/** A client as staff list it. Dates are calendar dates in Europe/Oslo. */
export interface Account {
  readonly account: string;
  readonly company: Company;
  readonly owner: string;
  readonly users: number;
  readonly modules: readonly string[];
  /** Null for one that has ended: what is kept of it does not say. */
  readonly since: string | null;
  readonly ended: string | null;
  /** Until when it can be taken up again; null while it runs. */
  readonly until: string | null;
}

interface Row {
  readonly person: string;
  readonly id: string;
  readonly client: string;
  readonly name: Buffer | null;
  readonly number: Buffer | null;
  readonly place: Buffer | null;
  readonly modules: string[];
  readonly users: number;
  /** When it began, or ended. */
  readonly at: Date;
}

type Standing = 'running' | 'ended';

/** Where clients of each standing are kept, as rows of one shape. */
const KEPT: Readonly<Record<Standing, { table: string; moment: string; rows: string }>> = {
  running: {
    table: 'customers.client',
    moment: 'c.begun_at',
    rows: `select c.person, c.id, c.client, c.name, c.number, c.place, c.begun_at as at,
                  array(select m.module from customers.module m where m.client = c.client and m.ended_at is null order by 1) as modules,
                  (select count(*)::int from customers.member m where m.client = c.client and m.ended_at is null) as users
             from customers.client c where c.ended_at is null`,
  },
  ended: {
    table: 'customers.departure',
    moment: 'c.ended_at',
    rows: `select c.person, c.id, c.client, c.name, c.number, c.place, c.ended_at as at, c.modules,
                  (select count(*)::int from customers.departure d where d.client = c.client) as users
             from customers.departure c where c.level = 'owner'`,
  },
};
const CUT: Readonly<Record<Listing['which'], string>> = {
  running: '$5::date is not null',
  trial: `not exists (select from billing.subscription s
                       where s.client = c.client and s.ended_at is null and s.paid_on <= $5::date)`,
  ended: '$5::date is not null',
};
const OF_MODULE: Readonly<Record<Standing, string>> = {
  running: `exists (select from customers.module m where m.client = c.client and m.ended_at is null and m.module = $4)`,
  ended: '$4 = any(c.modules)',
};
const SEALED = ['name', 'number', 'place'] as const;

/**
 * Clients page by page (clauses `u.customer`, `k.active-12-months`). The company is its owner's data with us: each look is
 * in their own log. Where the owner is restricted or has objected, the client is not here.
 */
export async function listAccounts(
  gates: Gates,
  listing: Listing,
  page: Page,
  actor: Actor,
  at: Date,
): Promise<{ accounts: Account[]; next: string | null }> {
  const handle = gates.use('customer', actor);
  const rows = await rowsOf(handle, listing, page, page.limit + 1, at);
  const { shown, next } = paged(rows, page, placeOf);
  return { accounts: await opened(gates, handle, standingOf(listing), shown, 'account-list', at), next };
}

/** The whole list, for a file. */
export async function* everyAccount(
  gates: Gates,
  listing: Listing,
  actor: Actor,
  at: Date,
): AsyncGenerator<Account[]> {
  const handle = gates.use('customer', actor);
  const read = (after: string | undefined, limit: number) =>
    rowsOf(handle, listing, { after, limit }, limit, at);
  for await (const rows of strides(read, placeOf))
    yield await opened(gates, handle, standingOf(listing), rows, 'account-list-file', at);
}

const placeOf = ({ at, client }: Row) => placeText(at, client);

const standingOf = ({ which }: Listing): Standing => (which === 'ended' ? 'ended' : 'running');

function rowsOf(
  handle: PurposeHandle,
  listing: Listing,
  page: Page,
  limit: number,
  at: Date,
): Promise<Row[]> {
  const standing = standingOf(listing);
  const { rows, moment } = KEPT[standing];
  const [order, beyond] = listing.sort.startsWith('-') ? ['desc', '<'] : ['asc', '>'];
  const [mark, client] = keysetOf(page);
  const start =
    mark === null
      ? '$1::text is null and $2::text is null'
      : `(${moment}, c.client) ${beyond} ($1::timestamptz, $2::uuid)`;
  const ofModule = listing.module === undefined ? '$4::text is null' : OF_MODULE[standing];
  return handle.rows<Row>(
    `${rows} and ${start} and ${ofModule} and ${CUT[listing.which]}
      order by ${moment} ${order}, c.client ${order} limit $3`,
    [mark, client, limit, listing.module ?? null, osloDate(at)],
  );
}

/** What a company is found by: the whole of either. */
export type Sought = { readonly number: string } | { readonly name: string };

/**
 * Clients of the company with this organisation number or this name, those that run first (clause `0.security`: by keyed
 * hash). Refuses what is no number.
 */
export async function findAccounts(gates: Gates, sought: Sought, actor: Actor, at: Date): Promise<Account[]> {
  const handle = gates.use('customer', actor);
  if ('number' in sought) {
    const hash = gates.hash('company', organisationNumber(sought.number));
    return everyStanding(gates, handle, 'c.number_hash = $1', hash, 'account-search', at);
  }
  const name = soughtFor('name', sought.name);
  if (name === undefined) return [];
  return everyStanding(
    gates,
    handle,
    'c.name_hash = $1',
    gates.hash('company-name', name),
    'account-search',
    at,
  );
}

/** Clients that somebody uses, or used and can take up again, those that run first. */
export async function accountsOf(gates: Gates, person: string, actor: Actor, at: Date): Promise<Account[]> {
  const handle = gates.use('customer', actor);
  if (!isPersonNumber(person)) throw new Refusal('answer.unknown-person');
  const used = `c.client in (
    select m.client from customers.member m where m.person = $1 and m.ended_at is null
    union select d.client from customers.departure d where d.person = $1)`;
  const found = await everyStanding(gates, handle, used, person, 'account-list', at);
  if (
    found.length === 0 &&
    (await handle.rows('select from vault.person where person = $1', [person])).length === 0
  )
    throw new Refusal('answer.unknown-person');
  return found;
}

/** One client, whether it runs or has ended. Refuses a number that is none's. */
export async function accountOf(
  gates: Gates,
  handle: PurposeHandle,
  client: string,
  at: Date,
): Promise<Account> {
  const [found] = isPersonNumber(client)
    ? await everyStanding(gates, handle, 'c.client = $1', client, 'account', at)
    : [];
  if (found === undefined) throw new Refusal('customers.unknown-client');
  return found;
}

/** Clients that `where` is true of, of each standing; it reads the client as `c` and its one value as `$1`. */
async function everyStanding(
  gates: Gates,
  handle: PurposeHandle,
  where: string,
  value: string,
  act: string,
  at: Date,
): Promise<Account[]> {
  const found = await Promise.all(
    (['running', 'ended'] as const).map(async (standing) => {
      const { rows, moment } = KEPT[standing];
      const text = `${rows} and ${where} order by ${moment} desc, c.client limit ${MOST}`;
      return opened(gates, handle, standing, await handle.rows<Row>(text, [value]), act, at);
    }),
  );
  return found.flat();
}

/** Clients of one company, or of one person, that are told of at once. */
const MOST = 100;

async function opened(
  gates: Gates,
  handle: PurposeHandle,
  standing: Standing,
  rows: readonly Row[],
  act: string,
  at: Date,
): Promise<Account[]> {
  const { period } = gates.statement.storage.resume!;
  const seen = await handle.opened(KEPT[standing].table, rows, SEALED, act, at);
  return seen.map(({ client, person, name, number, place, users, modules, at: moment }) => ({
    account: client,
    company: { name: name ?? '', number: number ?? '', place },
    owner: person,
    users,
    modules,
    since: standing === 'running' ? osloDate(moment) : null,
    ended: standing === 'ended' ? osloDate(moment) : null,
    until: standing === 'ended' ? osloDate(periodAfter(moment, period)) : null,
  }));
}
