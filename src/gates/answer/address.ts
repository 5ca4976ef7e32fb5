import { randomUUID } from 'node:crypto';
import { type Actor, demandPerson } from '../actor.ts';
import type { Engine } from '../engine.ts';
import { normalise } from '../fields.ts';
import { Refusal } from '../refusal.ts';
import { correct } from './correct.ts';
import { act } from './wishes.ts';

/** The place that a waiting address is sealed for; each row its own. */
export const newAddressPlace = (id: string) => `vault.new_address.email#${id}`;

/**
 * Takes down a new e-mail address and queues a letter to it. Until the link in that letter is followed nothing has
 * changed, so that nobody learns whether an address is known here, and nobody is moved to a mailbox they do not read.
 */
export async function askNewAddress(
  engine: Engine,
  person: string,
  email: string,
  actor: Actor,
  at: Date,
): Promise<void> {
  demandPerson(actor, person);
  const address = normalise('contact.email', email);
  const key = (await engine.keys.of([person])).get(person);
  if (key === undefined) throw new Refusal('answer.unknown-person');
  const id = randomUUID();
  await act(engine, { person, actor, at, name: 'ask-new-address' }, async (client) => {
    await client.query('delete from vault.new_address where person = $1', [person]);
    await client.query(
      'insert into vault.new_address (person, id, email, asked_at) values ($1, $2, $3, $4)',
      [person, id, key.seal(address, newAddressPlace(id)), at],
    );
    await client.query(
      `insert into mail.letter (person, id, kind, purpose, reference, queued_at, next_at)
       values ($1, $2, 'identity.new-address', 'confirmation', $3, $4, $4)`,
      [person, randomUUID(), id, at],
    );
  });
}

/** The waiting address itself, for the letter that goes to it; undefined when it waits no longer. */
export async function newAddress(engine: Engine, id: string): Promise<string | undefined> {
  const { rows } = await engine.pools
    .of('confirmation')
    .query<{ person: string; email: Buffer }>('select person, email from vault.new_address where id = $1', [
      id,
    ]);
  const row = rows[0];
  const key = row === undefined ? undefined : (await engine.keys.of([row.person])).get(row.person);
  return row === undefined ? undefined : key?.open(row.email, newAddressPlace(id));
}

/** Puts the new address in the old one's place. Refuses a link that is spent, and an address that is another's. */
export async function confirmNewAddress(
  engine: Engine,
  person: string,
  id: string,
  actor: Actor,
  at: Date,
): Promise<void> {
  const address = await newAddress(engine, id);
  const { rowCount } = await engine.pools
    .of('answer')
    .query('select from vault.new_address where person = $1 and id = $2', [person, id]);
  if (address === undefined || rowCount === 0) throw new Refusal('identity.link-spent');
  await correct(engine, person, { 'contact.email': address }, actor, at);
  await engine.pools
    .of('answer')
    .query('delete from vault.new_address where person = $1 and id = $2', [person, id]);
}
