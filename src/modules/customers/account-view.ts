import type { Actor } from '#gates/actor.ts';
import type { Gates } from '#gates/gates.ts';
import type { Page } from '#gates/paging.ts';
import type { PurposeHandle } from '#gates/use.ts';
import type { Text } from '#statement/grammar.ts';
import { osloDate } from '#statement/period.ts';
import { type Account, accountOf } from './accounts.ts';
import { type ClientLog, logOf } from './events.ts';
import { type Level, levelName, levelsOf } from './levels.ts';
import { type Acceptances, acceptedFor } from './taken.ts';

/** A client with its users, what it pays for and what was accepted for it. */
export interface AccountView extends Account {
  readonly plan: { readonly label: Text; readonly span: string; readonly freeUntil: string | null } | null;
  /** What each access level of the client is called. */
  readonly levels: readonly { readonly level: string; readonly name: Text }[];
  readonly people: {
    readonly person: string;
    readonly name: string | null;
    readonly email: string | null;
    readonly levelName: Text;
    readonly since: string | null;
  }[];
  readonly documents: Acceptances;
}

/** What the log of each user calls the look. */
const LOOK = 'account';
/** Users that are shown at once, those first who have been it longest. */
const SHOWN = 100;

/** One client, whether it runs or can be taken up again. Refuses a number that is none's. */
export async function viewAccount(
  gates: Gates,
  client: string,
  actor: Actor,
  at: Date,
): Promise<AccountView> {
  const handle = gates.use('customer', actor);
  const account = await accountOf(gates, handle, client, at);
  const levels = await levelsOf(handle, client, at);
  const [plan, people, documents] = await Promise.all([
    planOf(gates, handle, client, at),
    peopleOf(handle, account, levels, at),
    acceptedFor(gates, handle, client, LOOK, at),
  ]);
  const named = levels.map(({ level, name }) => ({ level, name }));
  return { ...account, plan, levels: named, people, documents };
}

async function planOf(
  { prices }: Gates,
  handle: PurposeHandle,
  client: string,
  at: Date,
): Promise<AccountView['plan']> {
  const [found] = await handle.rows<{ plan: string; span: string; paid_on: string }>(
    'select plan, span, paid_on::text from billing.subscription where client = $1 and ended_at is null',
    [client],
  );
  if (found === undefined) return null;
  const { plan, span, paid_on: paidOn } = found;
  const label = Object.hasOwn(prices.plans, plan) ? prices.plans[plan]!.label : { nb: plan, en: plan };
  return { label, span, freeUntil: paidOn > osloDate(at) ? paidOn : null };
}

async function peopleOf(
  handle: PurposeHandle,
  { account, ended }: Account,
  levels: readonly Level[],
  at: Date,
): Promise<AccountView['people']> {
  const rows = await handle.rows<{ person: string; level: string; since: Date | null }>(
    ended === null
      ? `select person, level, since from customers.member where client = $1 and ended_at is null
          order by since, id limit ${SHOWN}`
      : `select person, level, null::timestamptz as since from customers.departure where client = $1
          order by level <> 'owner', id limit ${SHOWN}`,
    [account],
  );
  const seen = await handle.people(
    rows.map(({ person }) => person),
    ['name', 'email'],
    LOOK,
    at,
  );
  return rows.map(({ person, level, since }) => ({
    person,
    name: seen.get(person)?.name ?? null,
    email: seen.get(person)?.email ?? null,
    levelName: levelName(levels, level),
    since: since && osloDate(since),
  }));
}

/** What the users have done with a client's account, newest first. Refuses a number that is none's. */
export async function accountLog(
  gates: Gates,
  client: string,
  page: Page,
  actor: Actor,
  at: Date,
): Promise<ClientLog> {
  const handle = gates.use('customer', actor);
  await accountOf(gates, handle, client, at);
  return logOf(handle, { client, look: LOOK }, page, at);
}
