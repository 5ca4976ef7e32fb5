import { randomUUID } from 'node:crypto';
import { isPersonNumber, SYSTEM } from '#gates/actor.ts';
import type { Row } from '#gates/collect-batch.ts';
import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';
import { RIGHTS, type Right } from '#gates/rights.ts';
import type { Text } from '#statement/grammar.ts';
import { deadlineAfter } from '#statement/rules.ts';
import type { Company } from './company.ts';
import { eventRow } from './events.ts';
import { expiry, type InvitationRow, SERVED } from './invitations.ts';
import { levelName, levelsOf } from './levels.ts';
import { KEPT } from './lifecycle.ts';

/** An invitation as whoever was asked sees it, by its link or signed in with the address that it went to. */
export interface InvitationView {
  readonly company: Company;
  readonly by: string | null;
  readonly level: string;
  readonly levelName: Text;
  readonly rights: readonly { readonly right: Right; readonly label: Text }[];
  readonly email: string;
  readonly name: string | null;
  readonly expiresAt: string;
}

const COLUMNS = 'person, id, client, level, by, asked_at';

/** The invitation that a link is for; refuses one that is answered, taken back, too old, or not ours. */
async function byToken(gates: Gates, token: string, at: Date): Promise<InvitationRow> {
  const id = gates.readToken('customers.invitation', token);
  const rows =
    id === undefined
      ? []
      : await gates
          .use('sign-in', SYSTEM)
          .rows<InvitationRow>(
            `select ${COLUMNS} from customers.invitation where id = $1 and served_at is null`,
            [id],
          );
  return open(gates, rows[0], at);
}

/**
 * One that waits for somebody by its number. An address is one person's here, found by its keyed hash when they were
 * asked; whoever is signed in as them has shown that it is theirs.
 */
async function ofPerson(gates: Gates, person: string, id: string, at: Date): Promise<InvitationRow> {
  const rows = !isPersonNumber(id)
    ? []
    : await gates
        .use('sign-in', SYSTEM)
        .rows<InvitationRow>(
          `select ${COLUMNS} from customers.invitation where person = $1 and id = $2 and served_at is null`,
          [person, id],
        );
  return open(gates, rows[0], at);
}

function open(gates: Gates, row: InvitationRow | undefined, at: Date): InvitationRow {
  if (row === undefined || expiry(gates, row.asked_at) <= at) throw new Refusal('customers.invitation-spent');
  return row;
}

/** Shows an invitation to whoever has its link. Changes nothing. */
export async function viewInvitation(gates: Gates, token: string, at: Date): Promise<InvitationView> {
  const view = await viewOf(gates, await byToken(gates, token, at), at);
  if (view === undefined) throw new Refusal('customers.invitation-spent');
  return view;
}

/** How many are shown: nobody waits for more companies than that. */
const SHOWN = 50;

/** Invitations that wait for whoever is signed in, oldest first; one whose client rests meanwhile is left out. */
export async function invitationsFor(
  gates: Gates,
  person: string,
  at: Date,
): Promise<(InvitationView & { readonly invitation: string })[]> {
  const rows = await gates.use('sign-in', SYSTEM).rows<InvitationRow>(
    `select ${COLUMNS} from customers.invitation where person = $1 and served_at is null
        order by asked_at, id limit ${SHOWN}`,
    [person],
  );
  const waiting = rows.filter(({ asked_at }) => expiry(gates, asked_at) > at);
  const views = await Promise.all(
    waiting.map(async (row) => {
      const view = await viewOf(gates, row, at);
      return view && { invitation: row.id, ...view };
    }),
  );
  return views.filter((view) => view !== undefined);
}

/** Undefined while the client's owner, or who was asked, has the use of their data stopped. */
async function viewOf(gates: Gates, row: InvitationRow, at: Date): Promise<InvitationView | undefined> {
  const { client, person, level, by } = row;
  const actor = { kind: 'person', id: person, client } as const;
  const handle = gates.use('agreement', actor).of(client);
  const companies = await handle.rows<{
    person: string;
    id: string;
    name: Buffer;
    number: Buffer;
    place: Buffer;
  }>('select person, id, name, number, place from customers.client where client = $1 and ended_at is null', [
    client,
  ]);
  const [company] = await handle.opened(
    'customers.client',
    companies,
    ['name', 'number', 'place'],
    'invitation',
    at,
  );
  const [levels, askers, own] = await Promise.all([
    levelsOf(handle, client, at),
    handle.people([by], ['name'], 'invitation', at),
    gates.use('invitation', actor).of(client).people([person], ['email', 'name'], 'invitation', at),
  ]);
  const mine = own.get(person);
  if (company === undefined || mine?.email === undefined) return undefined;
  return {
    company: { name: company.name ?? '', number: company.number ?? '', place: company.place },
    by: askers.get(by)?.name ?? null,
    level,
    levelName: levelName(levels, level),
    rights: (levels.find((one) => one.level === level)?.rights ?? []).map((right) => ({
      right,
      label: RIGHTS[right],
    })),
    email: mine.email,
    name: mine.name ?? null,
    expiresAt: expiry(gates, row.asked_at).toISOString(),
  };
}

/** What somebody says yes with. */
interface Taking {
  readonly name?: string;
  readonly accept: { readonly statement: string };
}

/**
 * Says yes by the link: whoever was asked becomes a user, and gets a one-time sign-in, because the link has shown that the
 * address is theirs. Refuses what {@link join} and {@link byToken} refuse.
 */
export async function takeInvitation(
  gates: Gates,
  token: string,
  taking: Taking,
  at: Date,
): Promise<{ client: string; person: string; signIn: string }> {
  const row = await byToken(gates, token, at);
  const { person, client } = row;
  const id = randomUUID();
  const expires_at = deadlineAfter(gates.statement, 'sign-in-link', at);
  const link = { table: 'identity.link', values: { person, id, asked_at: at, expires_at } };
  await join(gates, row, taking, at, [link]);
  return { client, person, signIn: gates.token('sign-in', id) };
}

/** The same for whoever is signed in with the address that was asked; they stay signed in as they are. */
export async function takeMine(
  gates: Gates,
  person: string,
  invitation: string,
  taking: Taking,
  at: Date,
): Promise<{ client: string }> {
  const row = await ofPerson(gates, person, invitation, at);
  await join(gates, row, taking, at);
  return { client: row.client };
}

/** Makes whoever was asked a user. What they write of their name is theirs to correct. Refuses without a name. */
async function join(
  gates: Gates,
  { person, client, level }: InvitationRow,
  { name, accept }: Taking,
  at: Date,
  more: readonly Row[] = [],
): Promise<void> {
  const actor = { kind: 'person', id: person, client } as const;
  const own = await gates.use('invitation', actor).of(client).people([person], ['name'], 'invitation', at);
  const held = own.get(person)?.name;
  const written = name?.trim() === '' ? undefined : name;
  if (held === undefined && written === undefined) throw new Refusal('collect.missing-field', ['name']);
  await gates.collect({
    point: 'client.member',
    actor,
    at,
    about: { person },
    taken: 'customers.invitation-spent',
    gives: () => ({
      values: {},
      keeps: [...KEPT, 'contact.phone'],
      accepts: accept.statement,
      rows: [
        { table: 'customers.member', values: { person, id: randomUUID(), client, level, since: at } },
        ...more,
        eventRow(person, client, { act: 'user.joined' }, at),
      ],
    }),
  });
  if (written !== undefined && written !== held)
    await gates.answer.correct(person, { 'contact.name': written }, actor, at);
  await gates.answer.fulfil(person, { ...SERVED, client }, actor, at);
}

/** Says no by the link: what was given for the invitation is forgotten at once. */
export async function declineInvitation(gates: Gates, token: string, at: Date): Promise<void> {
  await decline(gates, await byToken(gates, token, at), at);
}

/** The same for whoever is signed in. */
export async function declineMine(gates: Gates, person: string, invitation: string, at: Date): Promise<void> {
  await decline(gates, await ofPerson(gates, person, invitation, at), at);
}

async function decline(gates: Gates, { person, client }: InvitationRow, at: Date): Promise<void> {
  await gates.answer.fulfil(person, { ...SERVED, client }, { kind: 'person', id: person }, at);
}
