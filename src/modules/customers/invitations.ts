import { randomUUID } from 'node:crypto';
import { isPersonNumber, SYSTEM } from '#gates/actor.ts';
import type { Gates } from '#gates/gates.ts';
import { keysetOf, type Page, paged, placeText } from '#gates/paging.ts';
import { Refusal } from '#gates/refusal.ts';
import type { Language, Text } from '#statement/grammar.ts';
import { after } from '#statement/period.ts';
import { type ByMember, noted } from './events.ts';
import { givenLevel, levelName, levelsOf } from './levels.ts';

const TABLE = 'customers.invitation';
/** What an invitation took in, to be ended once it is answered. */
export const SERVED = { point: 'client.invitation', tables: [TABLE] } as const;

/** Somebody who has been asked to be a user and has not answered, as the client's users see them. */
export interface Invitation {
  readonly invitation: string;
  readonly email: string | null;
  readonly level: string;
  readonly levelName: Text;
  readonly askedAt: string;
  readonly expiresAt: string;
}

/** An invitation as it is kept. */
export interface InvitationRow {
  readonly person: string;
  readonly id: string;
  readonly client: string;
  readonly level: string;
  readonly by: string;
  readonly asked_at: Date;
}

/** The moment from which an invitation can be answered no more. */
export const expiry = ({ statement }: Gates, asked: Date) =>
  after(asked, statement.storage.invitation!.period);

/** Invitations of a client that wait for an answer, oldest first. */
export async function invitationsOf(
  gates: Gates,
  by: ByMember,
  page: Page,
): Promise<{ invitations: Invitation[]; next: string | null }> {
  const { actor, member, at } = by;
  const rows = await gates
    .use('invitation', actor)
    .of(member.client)
    .rows<InvitationRow>(
      `select person, id, client, level, by, asked_at from customers.invitation
        where client = $1 and served_at is null and ($2::timestamptz is null or (asked_at, id) > ($2, $3::uuid))
        order by asked_at, id limit $4`,
      [member.client, ...keysetOf(page), page.limit + 1],
    );
  const { shown, next } = paged(rows, page, ({ asked_at, id }) => placeText(asked_at, id));
  const waiting = shown.filter(({ asked_at }) => expiry(gates, asked_at) > at);
  return { invitations: await seen(gates, by, waiting), next };
}

/**
 * What whoever asked sees is what they gave, the address. A name may be held because the person is known here for another
 * reason, and that is not the client's to know.
 */
async function seen(
  gates: Gates,
  { actor, member, at }: ByMember,
  rows: readonly InvitationRow[],
): Promise<Invitation[]> {
  const people = await gates
    .use('invitation', actor)
    .of(member.client)
    .people(
      rows.map(({ person }) => person),
      ['email'],
      'client.invitations',
      at,
    );
  const levels = await levelsOf(gates.use('agreement', actor).of(member.client), member.client, at);
  return rows.map(({ person, id, level, asked_at }) => ({
    invitation: id,
    email: people.get(person)?.email ?? null,
    level,
    levelName: levelName(levels, level),
    askedAt: asked_at.toISOString(),
    expiresAt: expiry(gates, asked_at).toISOString(),
  }));
}

export interface Asking {
  readonly email: string;
  readonly name?: string;
  readonly level: string;
  readonly language?: Language;
}

/**
 * Asks somebody to be a user of the client: they get a letter with a link (clause `u.customer`, art. 14). The answer tells
 * nothing of whether the address was known. Asked again, the newer invitation takes the older one's place.
 */
export async function invite(
  gates: Gates,
  by: ByMember,
  { email, name, level, language }: Asking,
): Promise<Invitation> {
  const { actor, member, at } = by;
  const { client } = member;
  const agreement = gates.use('agreement', actor).of(client);
  givenLevel(await levelsOf(agreement, client, at), level, member);
  const [user] = await agreement.find('email', email);
  if (user !== undefined) {
    const open = await agreement.rows(
      'select from customers.member where client = $1 and person = $2 and ended_at is null',
      [client, user],
    );
    if (open.length > 0) throw new Refusal('customers.already-user', ['email']);
  }
  const [asked] = await gates.use('invitation', actor).of(client).find('email', email);
  if (asked !== undefined) await gates.answer.fulfil(asked, { ...SERVED, client }, SYSTEM, at);
  const id = randomUUID();
  const { person } = await gates.collect({
    point: 'client.invitation',
    actor,
    at,
    about: { email },
    gives: (who) => ({
      values: { 'contact.name': name, 'preference.language': language ?? 'nb' },
      keeps: ['preference.language'],
      rows: [
        { table: TABLE, values: { person: who.person, id, client, level, by: member.person, asked_at: at } },
      ],
      letters: [{ kind: 'customers.invitation', purpose: 'invitation', reference: id, client }],
    }),
  });
  await noted(gates, by, { act: 'user.invited', about: person, what: level });
  const row = { person, id, client, level, by: member.person, asked_at: at };
  return (await seen(gates, by, [row]))[0]!;
}

/** Takes an invitation back: what was given for it is forgotten at once. */
export async function takeBack(gates: Gates, by: ByMember, invitation: string): Promise<void> {
  const { actor, member, at } = by;
  if (!isPersonNumber(invitation)) throw new Refusal('customers.unknown-invitation');
  const [row] = await gates
    .use('invitation', actor)
    .of(member.client)
    .rows<InvitationRow>(
      'select person from customers.invitation where client = $1 and id = $2 and served_at is null',
      [member.client, invitation],
    );
  if (row === undefined) throw new Refusal('customers.unknown-invitation');
  await noted(gates, by, { act: 'user.uninvited', about: row.person });
  await gates.answer.fulfil(row.person, { ...SERVED, client: member.client }, SYSTEM, at);
}
