import { randomUUID } from 'node:crypto';
import { type AcceptedVersions, DOCUMENTS, demandInForce } from '#gates/documents.ts';
import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';
import { type ByMember, eventRow, noted } from './events.ts';
import { KEPT } from './lifecycle.ts';

interface Offer {
  readonly person: string;
  readonly id: string;
}

/** Offers the ownership to another user, who gets a letter; an offer before it is taken back. For the owner alone. */
export async function offerOwnership(gates: Gates, by: ByMember, person: string): Promise<void> {
  const { actor, member, at } = by;
  const { client } = member;
  demandOwner(by);
  const handle = gates.use('agreement', actor).of(client);
  const [user] = await handle.rows<{ person: string }>(
    'select person from customers.member where client = $1 and person = $2 and ended_at is null',
    [client, person],
  );
  if (user === undefined || user.person === actor.id) throw new Refusal('customers.unknown-user');
  const before = await offerOf(gates, by);
  if (before !== undefined) await remove(gates, by, before);
  const id = randomUUID();
  await gates.collect({
    point: 'client.member',
    actor,
    at,
    about: user,
    taken: 'customers.no-offer',
    gives: () => ({
      values: {},
      keeps: KEPT,
      rows: [{ table: 'customers.offer', values: { ...user, id, client, by: actor.id, offered_at: at } }],
      letters: [{ kind: 'customers.ownership', purpose: 'agreement', reference: client, client }],
    }),
  });
  await noted(gates, by, { act: 'ownership.offered', about: user.person });
}

/** Takes an offer of the ownership back. For the owner alone. */
export async function withdrawOffer(gates: Gates, by: ByMember): Promise<void> {
  demandOwner(by);
  const offer = await offerOf(gates, by);
  if (offer === undefined) throw new Refusal('customers.no-offer');
  await noted(gates, by, { act: 'ownership.withdrawn', about: offer.person });
  await remove(gates, by, offer);
}

/**
 * Takes the ownership over: everything that is the client's own becomes the new owner's, sealed anew under their key, and
 * they accept both documents for the company. The owner before becomes administrator, in the same commit, so that there
 * is never none and never two (clause `u.customer`).
 */
export async function takeOwnership(gates: Gates, by: ByMember, accept: AcceptedVersions): Promise<void> {
  const { actor, member, at } = by;
  const { client } = member;
  const to = actor.id!;
  const offer = await offerOf(gates, by);
  if (offer?.person !== to) throw new Refusal('customers.no-offer');
  demandInForce(gates.documents, accept);
  const members = await gates
    .use('agreement', actor)
    .of(client)
    .rows<{ person: string; id: string; level: string }>(
      `select person, id, level from customers.member where client = $1 and ended_at is null and (level = 'owner' or person = $2)`,
      [client, to],
    );
  const [owner, next] = [
    members.find(({ level }) => level === 'owner'),
    members.find(({ person }) => person === to),
  ];
  if (owner === undefined || next === undefined || owner === next) throw new Refusal('customers.resting');
  await gates.client.handOver(
    { client, actor, act: 'ownership.taken', at },
    { from: owner.person, to },
    [
      { table: 'customers.member', id: owner.id, set: { level: 'administrator' } },
      { table: 'customers.member', id: next.id, set: { level: 'owner' } },
    ],
    'customers.no-offer',
  );
  await gates.collect({
    point: 'client',
    actor,
    at,
    about: { person: to },
    gives: () => ({
      values: {},
      keeps: [...KEPT, 'contact.phone'],
      rows: [
        ...DOCUMENTS.map((document) => ({
          table: 'customers.acceptance',
          values: { person: to, id: randomUUID(), client, by: to, document, version: accept[document], at },
        })),
        eventRow(to, client, { act: 'ownership.taken', about: owner.person }, at),
      ],
    }),
  });
  await remove(gates, by, offer);
}

function demandOwner({ member }: ByMember): void {
  if (member.level !== 'owner') throw new Refusal('customers.right-missing');
}

async function offerOf(gates: Gates, { actor, member }: ByMember): Promise<Offer | undefined> {
  const rows = await gates
    .use('agreement', actor)
    .of(member.client)
    .rows<Offer>('select person, id from customers.offer where client = $1', [member.client]);
  return rows[0];
}

function remove(gates: Gates, { actor, member, at }: ByMember, { id }: Offer): Promise<void> {
  return gates.client.remove(
    { client: member.client, actor, act: 'ownership.offer-ended', at },
    { table: 'customers.offer', id },
    'customers.no-offer',
  );
}
