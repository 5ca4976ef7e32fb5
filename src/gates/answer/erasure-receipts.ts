import type { ClientBase } from 'pg';
import { canonicalJson } from '#platform/chain/canonical-json.ts';
import { uuidArray } from '#platform/database.ts';
import type { Actor } from '../actor.ts';
import type { ErasureAnswer } from '../answers.ts';
import type { Engine } from '../engine.ts';
import { type Gone, goesOf, type Outlasting, staysOf } from './erased-rows.ts';

/** A person whose rows have just gone: the number of their receipt, why, who had it done and when, and what outlasts them. */
export interface Erased {
  readonly person: string;
  readonly id: string;
  readonly ground: string;
  readonly actor: Actor;
  readonly at: Date;
  /** Undefined where nothing does but what outlasts everybody. */
  readonly outlasting: Outlasting | undefined;
}

/** Receipts that say the same but for two numbers: what is written before, between and after those. */
interface Form {
  readonly parts: readonly [head: string, middle: string, tail: string];
  readonly answer: Omit<ErasureAnswer, 'receipt'>;
  readonly erased: readonly Erased[];
}

/** Stands where a number goes: a value of its own in JSON, and no other value is one. */
const SLOT = '\u001a';

/**
 * Writes for each of these people the receipt, the journal entry that holds its digest, and that the erasure is done, all
 * in the caller's transaction. Many people's receipts differ in nothing but their numbers, so each text is made once, and
 * PostgreSQL puts the numbers in: what it stores is what it takes the digest of.
 */
export async function writeErasures(
  engine: Engine,
  client: Pick<ClientBase, 'query'>,
  gone: readonly Gone[],
  erased: ReadonlyMap<string, Erased>,
): Promise<Map<string, ErasureAnswer>> {
  const forms = gone.flatMap(({ people, counts }) => {
    const goes = goesOf(engine, counts);
    return alike(people.map((person) => erased.get(person)!)).map((some) => formOf(engine, goes, some));
  });
  const rows = forms.flatMap((form, at) => form.erased.map((one) => ({ ...one, form, number: at + 1 })));
  const ofForm = <T>(what: (form: Form, one: Erased) => T) =>
    forms.map((form) => what(form, form.erased[0]!));
  await client.query({
    name: 'erase.receipts',
    text: `
      with form as (
        select * from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::uuid[])
          with ordinality f(head, middle, tail, at, actor, actor_id, number)),
      written as materialized (
        select u.person, u.id, f.at, f.actor, f.actor_id,
               concat(f.head, '"', u.id, '"', f.middle, '"', u.person, '"', f.tail) as body
          from unnest($7::uuid[], $8::uuid[], $9::int[]) u(person, id, form) join form f on f.number = u.form),
      receipts as (
        insert into gate.receipt (person, id, kind, body, at) select person, id, 'erasure', body, at from written),
      done as (update gate.erasure e set done_at = w.at from written w where e.person = w.person)
      insert into journal.entry (at, gate, act, person, actor, actor_id, purpose, statement, digest)
      select at, 'answer', 'erase', person, actor, actor_id, 'rights', $10, sha256(convert_to(body, 'UTF8')) from written`,
    values: [
      ofForm(({ parts }) => parts[0]),
      ofForm(({ parts }) => parts[1]),
      ofForm(({ parts }) => parts[2]),
      ofForm((_, { at }) => at),
      ofForm((_, { actor }) => actor.kind),
      ofForm((_, { actor }) => actor.id),
      uuidArray(rows.map(({ person }) => person)),
      uuidArray(rows.map(({ id }) => id)),
      rows.map(({ number }) => number),
      engine.statement.version,
    ],
  });
  return new Map(rows.map(({ person, id, form }) => [person, { receipt: id, ...form.answer }]));
}

/** Those together whose receipts say the same where the same went. */
function alike(all: readonly Erased[]): Erased[][] {
  const groups = Map.groupBy(all, ({ person, ground, actor, at, outlasting }) =>
    [at.getTime(), actor.kind, actor.id, ground, outlasting && person].join(' '),
  );
  return [...groups.values()];
}

function formOf(engine: Engine, goes: ErasureAnswer['goes'], erased: readonly Erased[]): Form {
  const { at, ground, outlasting = { hashes: [], shelved: [] } } = erased[0]!;
  const stays = staysOf(engine, outlasting, undefined, at);
  const [head, middle, tail] = canonicalJson({
    kind: 'erasure',
    id: SLOT,
    person: SLOT,
    at: at.toISOString(),
    statement: engine.statement.version,
    operator: engine.statement.operator.name,
    ground,
    goes: goes.map(({ category, count }) => ({ category, count })),
    stays,
  }).split(JSON.stringify(SLOT));
  return { parts: [head!, middle!, tail!], answer: { goes, stays }, erased };
}
