import { isPersonNumber } from '#gates/actor.ts';
import type { Gates } from '#gates/gates.ts';
import { keysetOf, type Page, paged, placeText } from '#gates/paging.ts';
import { Refusal } from '#gates/refusal.ts';
import type { Text } from '#statement/grammar.ts';
import { type ByMember, noted } from './events.ts';
import { givenLevel, type Level, levelName, levelsOf } from './levels.ts';

/** A user of a client, as its other users see them (clause `u.customer`). */
export interface User {
  readonly person: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly level: string;
  readonly levelName: Text;
  readonly since: string;
  readonly you: boolean;
}

interface Row {
  readonly person: string;
  readonly id: string;
  readonly level: string;
  readonly since: Date;
}

/** Users of a client, those first who have been it longest; whom the client may not use now is left out. */
export async function usersOf(
  gates: Gates,
  by: ByMember,
  page: Page,
): Promise<{ users: User[]; next: string | null }> {
  const { actor, member, at } = by;
  const handle = gates.use('agreement', actor).of(member.client);
  const rows = await handle.rows<Row>(
    `select person, id, level, since from customers.member
      where client = $1 and ended_at is null and ($2::timestamptz is null or (since, id) > ($2, $3::uuid))
      order by since, id limit $4`,
    [member.client, ...keysetOf(page), page.limit + 1],
  );
  const levels = await levelsOf(handle, member.client, at);
  const { shown, next } = paged(rows, page, ({ since, id }) => placeText(since, id));
  return { users: await seen(gates, by, shown, levels), next };
}

async function seen(
  gates: Gates,
  { actor, member, at }: ByMember,
  rows: readonly Row[],
  levels: readonly Level[],
): Promise<User[]> {
  const people = await gates
    .use('agreement', actor)
    .of(member.client)
    .people(
      rows.map(({ person }) => person),
      ['name', 'email'],
      'client.users',
      at,
    );
  return rows.map(({ person, level, since }) => ({
    person,
    name: people.get(person)?.name ?? null,
    email: people.get(person)?.email ?? null,
    level,
    levelName: levelName(levels, level),
    since: since.toISOString(),
    you: person === actor.id,
  }));
}

/** Gives a user another access level, from their next request on. The ownership is handed over and not given. */
export async function changeUser(gates: Gates, by: ByMember, person: string, level: string): Promise<User> {
  const { actor, member, at } = by;
  const { row, levels } = await within(gates, by, person);
  givenLevel(levels, level, member);
  if (row.level === 'owner') throw new Refusal('customers.last-owner');
  await gates.client.change(
    { client: member.client, actor, act: 'user.level', at },
    [{ table: 'customers.member', id: row.id, set: { level } }],
    'customers.unknown-user',
  );
  await noted(gates, by, { act: 'user.level', about: person, what: level });
  return (await seen(gates, by, [{ ...row, level }], levels))[0]!;
}

/**
 * Ends somebody's use of the account, from their next request on: by whoever manages users, or by themselves. What is
 * theirs here leaves with the next round of keeping (clause `k.contact-agreement`). The owner hands over or ends first.
 */
export async function removeUser(gates: Gates, by: ByMember, person: string): Promise<void> {
  const { actor, member, at } = by;
  const own = person === actor.id;
  if (!own && !member.rights.includes('users.manage')) throw new Refusal('customers.right-missing');
  const row = own ? await rowOf(gates, by, person) : (await within(gates, by, person)).row;
  if (row.level === 'owner') throw new Refusal('customers.last-owner');
  if (!own) await noted(gates, by, { act: 'user.removed', about: person });
  await gates.client.stop(
    { client: member.client, actor, act: 'user.removed', at },
    ['agreement-ended'],
    person,
  );
}

async function rowOf(gates: Gates, { actor, member }: ByMember, person: string): Promise<Row> {
  if (!isPersonNumber(person)) throw new Refusal('customers.unknown-user');
  const [row] = await gates
    .use('agreement', actor)
    .of(member.client)
    .rows<Row>(
      'select person, id, level, since from customers.member where client = $1 and person = $2 and ended_at is null',
      [member.client, person],
    );
  if (row === undefined) throw new Refusal('customers.unknown-user');
  return row;
}

/** A user whom the caller may manage: one who can do no more than they can themselves. */
async function within(gates: Gates, by: ByMember, person: string): Promise<{ row: Row; levels: Level[] }> {
  const row = await rowOf(gates, by, person);
  const levels = await levelsOf(
    gates.use('agreement', by.actor).of(by.member.client),
    by.member.client,
    by.at,
  );
  const theirs = levels.find(({ level }) => level === row.level)?.rights ?? [];
  if (row.level !== 'owner' && theirs.some((right) => !by.member.rights.includes(right)))
    throw new Refusal('customers.right-missing');
  return { row, levels };
}
