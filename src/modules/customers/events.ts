import { randomUUID } from 'node:crypto';
import type { Actor } from '#gates/actor.ts';
import type { Row } from '#gates/collect-batch.ts';
import type { Gates } from '#gates/gates.ts';
import type { Call, Member } from '#gates/module.ts';
import { keysetOf, type Page, paged, placeText } from '#gates/paging.ts';
import type { PurposeHandle } from '#gates/use.ts';

/** A user acting for their client at this very request. */
export interface ByMember {
  readonly actor: Actor;
  readonly member: Member;
  readonly at: Date;
}

/** Who acts, of a call to a route for members. */
export function byMember({ actor, member, at }: Call<unknown>): ByMember {
  return { actor, member: member!, at };
}

/** What users do with the account of their client, as the client's log tells it. */
export const CLIENT_ACTS = [
  'client.began',
  'client.changed',
  'client.ended',
  'client.resumed',
  'client.exported',
  'document.accepted',
  'module.taken',
  'module.dropped',
  'user.invited',
  'user.uninvited',
  'user.joined',
  'user.level',
  'user.removed',
  'level.made',
  'level.changed',
  'level.removed',
  'ownership.offered',
  'ownership.withdrawn',
  'ownership.taken',
  'ownership.named',
  'key.made',
  'key.ended',
] as const;
export type ClientAct = (typeof CLIENT_ACTS)[number];

export interface Event {
  readonly act: ClientAct;
  /** Number of the user it was done to. */
  readonly about?: string;
  /** The module, level, version or key it was about. */
  readonly what?: string;
  /** What the key is called that did it in the person's place. */
  readonly key?: string;
}

/** The row that tells of an act; it is the actor's own, or that of whoever made the key that acted. */
export function eventRow(person: string, client: string, event: Event, at: Date): Row {
  return { table: 'customers.event', values: { person, id: randomUUID(), client, ...event, at } };
}

/** Adds an act to the client's log. */
export async function noted(gates: Gates, { actor, member, at }: ByMember, event: Event): Promise<void> {
  await gates.trace({
    purpose: 'agreement',
    act: event.act,
    person: member.person,
    actor,
    at,
    rows: [eventRow(member.person, member.client, { ...event, key: member.key }, at)],
  });
}

interface Told {
  readonly person: string;
  /** Null for who is no user any more. */
  readonly name: string | null;
}

export interface ClientLog {
  readonly entries: {
    readonly id: string;
    readonly at: string;
    readonly act: ClientAct;
    readonly by: Told;
    /** What the key is called that did it in their place. */
    readonly key: string | null;
    readonly about: Told | null;
    readonly what: string | null;
  }[];
  readonly next: string | null;
}

/** What the present users of a client have done with its account, newest first. */
export function clientLog(gates: Gates, { actor, member, at }: ByMember, page: Page): Promise<ClientLog> {
  const handle = gates.use('agreement', actor).of(member.client);
  return logOf(handle, { client: member.client, look: 'client.log' }, page, at);
}

/** The same for whoever may see it; each user who is named is looked at, by the name of `look`. */
export async function logOf(
  handle: PurposeHandle,
  { client, look }: { client: string; look: string },
  page: Page,
  at: Date,
): Promise<ClientLog> {
  const rows = await handle.rows<{
    person: string;
    id: string;
    act: ClientAct;
    about: string | null;
    what: string | null;
    key: string | null;
    at: Date;
  }>(
    `select person, id, act, about, what, key, at from customers.event
      where client = $1 and ($2::timestamptz is null or (at, id) < ($2, $3::uuid))
      order by at desc, id desc limit $4`,
    [client, ...keysetOf(page), page.limit + 1],
  );
  const { shown, next } = paged(rows, page, (row) => placeText(row.at, row.id));
  const people = [
    ...new Set(shown.flatMap(({ person, about }) => (about === null ? [person] : [person, about]))),
  ];
  const names = await handle.people(people, ['name'], look, at);
  const told = (person: string): Told => ({ person, name: names.get(person)?.name ?? null });
  return {
    entries: shown.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      act: row.act,
      by: told(row.person),
      key: row.key,
      about: row.about === null ? null : told(row.about),
      what: row.what,
    })),
    next,
  };
}
