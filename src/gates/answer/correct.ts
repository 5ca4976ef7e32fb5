import { codeOf } from '#platform/database.ts';
import { pointsOf } from '#statement/rules.ts';
import { type Actor, demandPerson } from '../actor.ts';
import { vaultColumns } from '../collect.ts';
import type { Engine } from '../engine.ts';
import { fieldOf, isFoundBy, normalise } from '../fields.ts';
import { Refusal } from '../refusal.ts';
import { together } from '../together.ts';
import { type Origin, type Standing, writeCorrections } from './corrections.ts';
import { needed } from './needed.ts';

/** New values by category; null takes one away. */
export type Changes = Readonly<Record<string, string | null>>;

interface Asked {
  readonly person: string;
  readonly values: ReadonlyMap<string, string | null>;
  readonly actor: Actor;
  readonly at: Date;
}

/**
 * Corrects what the vault holds on a person (art. 16, clause `r.rectify-erase`), and takes away single values that no
 * purpose needs. A value is only taken for purposes that are kept already and whose collection points name it; each
 * gets a collection of its own, so that the new value's origin shows. Refuses: an undeclared field, a needed value
 * taken away, any value taken away while a hold stands, an address that is somebody else's. Corrections asked for at the same time share a commit.
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
  demandPerson(actor, person);
  // A value that was taken away must not come back with a restored backup; noted first, as every such wish is.
  const gone = [...values].filter(([, value]) => value === null).map(([category]) => category);
  await engine.keys.wishes.note(
    gone.map((what) => ({ person, act: 'erase-item', purpose: 'rights', what, at })),
  );
  const failed = await correctTogether(engine, { person, values, actor, at });
  if (codeOf(failed) === '23505') throw new Refusal('answer.address-taken', ['email']);
  if (failed !== undefined) throw failed;
}

const correctTogether = together(correctAll);

/** Answers with what stopped each; nothing when it is done. */
async function correctAll(engine: Engine, asked: readonly Asked[]): Promise<unknown[]> {
  const failures = new Array<unknown>(asked.length);
  // A second correction of the same person builds on the first, so it goes in the next commit.
  let left = asked.map((one, index) => ({ one, index }));
  while (left.length > 0) {
    const first = new Map(left.toReversed().map((each) => [each.one.person, each]));
    const now = [...first.values()];
    const answers = await correctOnce(
      engine,
      now.map(({ one }) => one),
    );
    for (const [at, { index }] of now.entries()) failures[index] = answers[at];
    left = left.filter((each) => first.get(each.one.person) !== each);
  }
  return failures;
}

/** One commit for corrections of as many people; when it fails each is tried alone, so that the others do not pay. */
async function correctOnce(engine: Engine, asked: readonly Asked[]): Promise<unknown[]> {
  const keys = await engine.keys.of(asked.map(({ person }) => person));
  const write = (some: readonly Asked[]) =>
    writeCorrections(
      engine,
      some.map((one) => one.person),
      (standing) =>
        some.map((one) => {
          const here = standing.get(one.person);
          const key = keys.get(one.person);
          try {
            if (here === undefined || key === undefined) throw new Refusal('answer.unknown-person');
            return { ...one, key, values: one.values, origins: originsOf(engine, one, here) };
          } catch (error) {
            return error as Error;
          }
        }),
    );
  try {
    return await write(asked);
  } catch (error) {
    if (asked.length === 1) return [error];
    const answers: unknown[] = [];
    for (const one of asked) answers.push(...(await write([one]).catch((alone: unknown) => [alone])));
    return answers;
  }
}

/** Under which purposes the new values are kept, by the first collection point of each that names them. */
function originsOf(
  engine: Engine,
  { values, at }: Asked,
  { purposes, consents, heldUntil }: Standing,
): Origin[] {
  // A value may be put right while a hold stands, and may not be taken away.
  if ([...values.values()].includes(null) && heldUntil !== null && heldUntil > at.getTime())
    throw new Refusal('answer.held');
  const given = [...values.keys()].filter((category) => values.get(category) !== null);
  for (const category of values.keys())
    if (values.get(category) === null && needed(engine, category, purposes))
      throw new Refusal('answer.needed-item', [fieldOf(category)]);
  const homeless = new Set(given);
  const origins: Origin[] = [];
  for (const purpose of purposes)
    for (const [point, { asks, source }] of pointsOf(engine.statement, purpose)) {
      const items = given.filter((category) => category in asks);
      if (items.length === 0) continue;
      for (const category of items) homeless.delete(category);
      if (items.some((category) => isFoundBy(category))) items.push('contact.lookup');
      origins.push({ point, purpose, source, items, consent: consents[purpose] });
      break;
    }
  if (homeless.size > 0) throw new Refusal('collect.undeclared-field', [...homeless].map(fieldOf));
  return origins;
}
