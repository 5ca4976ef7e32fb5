import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { codeOf, ident } from '#platform/database.ts';
import { pointsOf } from '#statement/rules.ts';
import type { Actor } from '../actor.ts';
import { vaultColumns } from '../collect.ts';
import type { Engine } from '../engine.ts';
import { fieldOf, normalise } from '../fields.ts';
import { Refusal } from '../refusal.ts';
import { needed } from './access.ts';
import { act } from './wishes.ts';

/** New values by category; null takes one away. */
export type Changes = Readonly<Record<string, string | null>>;

/**
 * Corrects what the vault holds on a person (art. 16, clause `r.rectify-erase`), and takes away single values that no
 * purpose needs. A value is only taken for purposes that are kept already and whose collection points name it; each
 * gets a collection of its own, so that the new value's origin shows. Refuses: an undeclared field, a needed value
 * taken away, an address that is somebody else's.
 */
export async function correct(
  engine: Engine,
  person: string,
  changes: Changes,
  actor: Actor,
  at: Date,
): Promise<void> {
  const columns = vaultColumns(engine);
  const values = new Map<string, string | null>();
  for (const [category, value] of Object.entries(changes)) {
    if (!columns.has(category) || category === 'contact.lookup')
      throw new Refusal('collect.undeclared-field', [fieldOf(category)]);
    values.set(category, value === null ? null : normalise(category, value));
  }
  if (values.size === 0) return;
  const key = (await engine.keys.of([person])).get(person);
  if (key === undefined) throw new Refusal('answer.unknown-person');
  try {
    await act(engine, { person, actor, at, name: 'correct' }, async (client) => {
      const { rows } = await client.query<{ purpose: string }>(
        'select distinct purpose from gate.collection where person = $1',
        [person],
      );
      const purposes = rows.map(({ purpose }) => purpose);
      const given = [...values].filter(([, value]) => value !== null).map(([category]) => category);
      const taken = [...values].filter(([, value]) => value === null).map(([category]) => category);
      for (const category of taken)
        if (needed(engine, category, purposes)) throw new Refusal('answer.needed-item', [fieldOf(category)]);
      const sets = [...values].map(
        ([category], index) => `${ident(columns.get(category)!.column)} = $${index + 2}`,
      );
      const sealed = [...values].map(([category, value]) => {
        const place = columns.get(category)!;
        return value !== null && place.sealed ? key.seal(value, `vault.person.${place.column}`) : value;
      });
      await client.query(`update vault.person set ${sets.join(', ')} where person = $1`, [person, ...sealed]);
      for (const kind of ['email', 'phone'] as const) {
        const value = values.get(`contact.${kind}`);
        if (value === null)
          await client.query('delete from vault.lookup where person = $1 and kind = $2', [person, kind]);
        else if (value !== undefined)
          await client.query(
            'insert into vault.lookup (person, kind, hash) values ($1, $2, $3) on conflict (person, kind) do update set hash = excluded.hash',
            [person, kind, engine.secrets.hash(kind, value)],
          );
      }
      for (const category of taken)
        await client.query(
          'update gate.collection set items = array_remove(items, $2) where person = $1 and $2 = any(items)',
          [person, category],
        );
      await recordOrigins(engine, client, person, given, purposes, at);
    });
  } catch (error) {
    if (codeOf(error) === '23505') throw new Refusal('answer.address-taken', ['email']);
    throw error;
  }
}

async function recordOrigins(
  engine: Engine,
  client: PoolClient,
  person: string,
  given: readonly string[],
  purposes: readonly string[],
  at: Date,
): Promise<void> {
  const homeless = new Set(given);
  for (const purpose of purposes) {
    for (const [point, { asks, source }] of pointsOf(engine.statement, purpose)) {
      const items = given.filter((category) => category in asks);
      if (items.length === 0) continue;
      for (const category of items) homeless.delete(category);
      const lookup = items.some((category) => /^contact\.(email|phone)$/.test(category))
        ? ['contact.lookup']
        : [];
      await client.query(
        `insert into gate.collection (person, id, point, purpose, source, items, statement, consent, at)
         values ($1, $2, $3, $4, $5, $6, $7, (select event from consent.active where person = $1 and purpose = $4), $8)`,
        [person, randomUUID(), point, purpose, source, [...items, ...lookup], engine.statement.version, at],
      );
      break;
    }
  }
  if (homeless.size > 0) throw new Refusal('collect.undeclared-field', [...homeless].map(fieldOf));
}
