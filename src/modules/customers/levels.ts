import { randomUUID } from 'node:crypto';
import { normalise } from '#gates/fields.ts';
import type { Gates } from '#gates/gates.ts';
import type { Member } from '#gates/module.ts';
import { Refusal } from '#gates/refusal.ts';
import { isRight, type Right, rightsOf } from '#gates/rights.ts';
import type { PurposeHandle } from '#gates/use.ts';
import type { Text } from '#statement/grammar.ts';
import { type ByMember, noted } from './events.ts';

/** An access level of a client: one that every client has, or one of its own. */
export interface Level {
  /** The name of a built-in one, or the number of the client's own. */
  readonly level: string;
  readonly name: Text;
  readonly rights: readonly Right[];
  readonly custom: boolean;
}

/** The levels that every client has; `owner` is held by one user, and handed over rather than given. */
export const BUILT_IN: readonly Level[] = [
  { level: 'owner', name: { nb: 'Eier', en: 'Owner' } },
  { level: 'administrator', name: { nb: 'Administrator', en: 'Administrator' } },
  { level: 'user', name: { nb: 'Bruker', en: 'User' } },
  { level: 'reader', name: { nb: 'Leser', en: 'Reader' } },
].map((one) => ({ ...one, rights: rightsOf(one.level, null), custom: false }));

/** What the caller, who has the right to, knows of a client's levels. */
const LOOK = 'client.levels';

/** Every level of a client, the built-in ones first. */
export async function levelsOf(handle: PurposeHandle, client: string, at: Date): Promise<Level[]> {
  const rows = await handle.rows<{ person: string; id: string; name: Buffer; rights: string[] }>(
    'select person, id, name, rights from customers.level where client = $1 order by made_at, id',
    [client],
  );
  // Most clients have none of their own, and then nobody is looked at.
  const own = rows.length === 0 ? [] : await handle.opened('customers.level', rows, ['name'], LOOK, at);
  return [
    ...BUILT_IN,
    ...own.map(({ id, name, rights }) => ({
      level: id,
      name: { nb: name!, en: name! },
      rights: rights.filter(isRight),
      custom: true,
    })),
  ];
}

/** A level of a client that can be given to somebody by a member; refuses any other, and more than the member has. */
export function givenLevel(levels: readonly Level[], level: string, by: Pick<Member, 'rights'>): Level {
  const found = levels.find((one) => one.level === level);
  if (found === undefined || level === 'owner') throw new Refusal('customers.unknown-level', ['level']);
  demandWithin(found.rights, by);
  return found;
}

/** What a level is called; a level that is gone has no name any more. */
export function levelName(levels: readonly Level[], level: string): Text {
  if (level === 'key') return { nb: 'Nøkkel', en: 'Key' };
  return levels.find((one) => one.level === level)?.name ?? { nb: '–', en: '–' };
}

function demandWithin(rights: readonly string[], by: Pick<Member, 'rights'>): void {
  if (rights.some((right) => !isRight(right) || !by.rights.includes(right)))
    throw new Refusal('customers.unknown-right', ['rights']);
}

/** A level with how many have it. */
export type CountedLevel = Level & { readonly users: number };

/** Every level of a client, and how many users have each. */
export async function countedLevels(gates: Gates, { actor, member, at }: ByMember): Promise<CountedLevel[]> {
  const handle = gates.use('agreement', actor).of(member.client);
  const [levels, counts] = await Promise.all([
    levelsOf(handle, member.client, at),
    handle.rows<{ level: string; users: number }>(
      'select level, count(*)::int as users from customers.member where client = $1 and ended_at is null group by 1',
      [member.client],
    ),
  ]);
  return levels.map((one) => ({
    ...one,
    users: counts.find(({ level }) => level === one.level)?.users ?? 0,
  }));
}

/** Makes an access level of the client's own; whoever makes it gives no right that they lack. */
export async function makeLevel(
  gates: Gates,
  by: ByMember,
  { name, rights }: { name: string; rights: readonly string[] },
): Promise<CountedLevel> {
  const { actor, member, at } = by;
  demandWithin(rights, member);
  const [owner] = await gates
    .use('agreement', actor)
    .of(member.client)
    .rows<{ person: string }>('select person from customers.client where client = $1 and ended_at is null', [
      member.client,
    ]);
  if (owner === undefined) throw new Refusal('customers.resting');
  const id = randomUUID();
  const values = {
    ...owner,
    id,
    client: member.client,
    name: normalise('level.name', name),
    rights: [...new Set(rights)],
    made_at: at,
  };
  await gates.collect({
    point: 'client',
    actor,
    at,
    about: owner,
    gives: () => ({ values: {}, rows: [{ table: 'customers.level', values }] }),
  });
  await noted(gates, by, { act: 'level.made', what: id });
  return (await countedLevels(gates, by)).find(({ level }) => level === id)!;
}

/** Changes an access level of the client's own, for everybody who has it, from their next request on. */
export async function changeLevel(
  gates: Gates,
  by: ByMember,
  level: string,
  { name, rights }: { name?: string; rights?: readonly string[] },
): Promise<CountedLevel> {
  const { actor, member, at } = by;
  const before = await ownRights(gates, by, level);
  demandWithin([...before, ...(rights ?? [])], member);
  const set = {
    ...(name === undefined ? {} : { name: normalise('level.name', name) }),
    ...(rights === undefined ? {} : { rights: [...new Set(rights)] }),
  };
  if (Object.keys(set).length === 0) throw new Refusal('collect.missing-field', ['name', 'rights']);
  await gates.client.change(
    { client: member.client, actor, act: 'level.changed', at },
    [{ table: 'customers.level', id: level, set }],
    'customers.unknown-level',
  );
  await noted(gates, by, { act: 'level.changed', what: level });
  return (await countedLevels(gates, by)).find((one) => one.level === level)!;
}

/** Takes an access level of the client's own away; refuses while somebody has it, or is invited with it. */
export async function removeLevel(gates: Gates, by: ByMember, level: string): Promise<void> {
  const { actor, member, at } = by;
  demandWithin(await ownRights(gates, by, level), member);
  const [used] = await gates
    .use('agreement', actor)
    .of(member.client)
    .rows(
      `select 1 from customers.member where client = $1 and level = $2 and ended_at is null
       union all select 1 from customers.invitation where client = $1 and level = $2 and served_at is null limit 1`,
      [member.client, level],
    );
  if (used !== undefined) throw new Refusal('customers.level-in-use');
  await gates.client.remove(
    { client: member.client, actor, act: 'level.removed', at },
    { table: 'customers.level', id: level },
    'customers.unknown-level',
  );
  await noted(gates, by, { act: 'level.removed', what: level });
}

/** What a level of the client's own gives the right to; its name stays sealed, so nobody is looked at. Refuses any other. */
async function ownRights(gates: Gates, { actor, member }: ByMember, level: string): Promise<Right[]> {
  if (BUILT_IN.some((one) => one.level === level)) throw new Refusal('customers.built-in-level');
  const [found] = await gates
    .use('agreement', actor)
    .of(member.client)
    .rows<{ rights: string[] }>('select rights from customers.level where client = $1 and id::text = $2', [
      member.client,
      level,
    ]);
  if (found === undefined) throw new Refusal('customers.unknown-level', ['level']);
  return found.rights.filter(isRight);
}
