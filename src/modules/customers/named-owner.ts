import { randomUUID } from 'node:crypto';
import type { Actor } from '#gates/actor.ts';
import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';
import { eventRow } from './events.ts';
import { KEPT } from './lifecycle.ts';

interface Member {
  readonly person: string;
  readonly id: string;
  readonly level: string;
}

/**
 * Makes somebody the owner of a client that runs and has none, which a backup from before its owner came can leave behind
 * (clause `u.customer`). Their word for it is had in another way: nobody is named who has not said yes to it. `actor` acts
 * for the client; the act is in the journal of both, and in the client's log. Refuses a client that has an owner: they hand
 * it over themselves.
 */
export async function nameOwner(
  gates: Gates,
  { client, person }: { client: string; person: string },
  actor: Actor,
  at: Date,
): Promise<void> {
  const handle = gates.use('agreement', actor).of(client);
  const [held] = await handle.rows<{ person: string }>(
    'select person from customers.client where client = $1 and ended_at is null',
    [client],
  );
  if (held === undefined) throw new Refusal('customers.unknown-client');
  const members = await handle.rows<Member>(
    'select person, id, level from customers.member where client = $1 and ended_at is null',
    [client],
  );
  if (members.some(({ level }) => level === 'owner')) throw new Refusal('customers.last-owner');
  const known = members.find((member) => member.person === person);
  const id = known?.id ?? randomUUID();
  await gates.collect({
    point: 'client.member',
    actor,
    at,
    about: { person },
    gives: () => ({
      values: {},
      keeps: [...KEPT, 'contact.phone'],
      rows: [
        ...(known === undefined
          ? [{ table: 'customers.member', values: { person, id, client, level: 'administrator', since: at } }]
          : []),
        eventRow(person, client, { act: 'ownership.named' }, at),
      ],
    }),
  });
  const raised = { table: 'customers.member', id, set: { level: 'owner' } };
  const act = { client, actor, act: 'ownership.named', at };
  if (held.person === person) await gates.client.change(act, [raised], 'customers.unknown-user');
  else
    await gates.client.handOver(act, { from: held.person, to: person }, [raised], 'customers.unknown-user');
}
