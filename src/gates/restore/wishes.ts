import { ident, tableIdent } from '#platform/database.ts';
import { personTables } from '#platform/map.ts';
import type { Wish, WishAct } from '#platform/wishes.ts';
import { pointsOf } from '#statement/rules.ts';
import { SYSTEM } from '../actor.ts';
import { correct } from '../answer/correct.ts';
import { holdAgain, holdOf, releaseAgain } from '../answer/hold.ts';
import {
  endRows,
  liftObjection,
  liftRestriction,
  object,
  type RestrictionReason,
  restrict,
} from '../answer/wishes.ts';
import { decline, keepOff, withdraw } from '../answer/withdraw.ts';
import { vaultColumns } from '../collect.ts';
import type { Engine } from '../engine.ts';
import { Refusal } from '../refusal.ts';

/** How many wishes the restored rows contradicted, and do no more. */
export interface CarriedOut {
  withdrawn: number;
  objected: number;
  restricted: number;
  lifted: number;
  ended: number;
  /** Holds placed, and released. */
  held: number;
}

/** People looked at in one step. */
const PAGE = 2000;
const FIRST = '00000000-0000-0000-0000-000000000000';
/** How a replayed act was made, in the consent history. */
const MANNER = { surface: 'restored-backup', method: 'replay' };

/**
 * Holds the restored rows to the ledger of wishes, and carries out those that they contradict, through the gate that did it
 * the first time and with the time of then. Rows are compared and not moments, so that doing it twice changes nothing, and
 * a wish that was noted while the backup was being taken is not missed. A consent given after the wish stands.
 */
export async function carryOutWishes(engine: Engine): Promise<CarriedOut> {
  const done: CarriedOut = { withdrawn: 0, objected: 0, restricted: 0, lifted: 0, ended: 0, held: 0 };
  for (let after = FIRST; ; ) {
    const wishes = await engine.keys.wishes.page(after, PAGE);
    if (wishes.length === 0) return done;
    after = wishes.at(-1)!.person;
    const byPerson = Map.groupBy(wishes, ({ person }) => person);
    const people = [...byPerson.keys()];
    const [keyed, standing] = [await engine.keys.held(people), await standingOf(engine, people)];
    for (const [person, theirs] of byPerson) {
      const here = standing.get(person);
      if (here === undefined) continue;
      if (keyed.has(person)) for (const wish of latest(theirs)) await carryOut(engine, wish, here, done);
      else await holdOff(engine, theirs, here);
    }
  }
}

const OPPOSITE: Partial<Record<WishAct, WishAct>> = {
  object: 'lift-objection',
  restrict: 'lift-restriction',
};

/** Of two that pull in opposite directions, the later; at the same moment, the one that protects. */
function latest(wishes: readonly Wish[]): Wish[] {
  const opposite = (wish: Wish) =>
    wishes.filter(
      (other) =>
        other.purpose === wish.purpose &&
        (OPPOSITE[wish.act] === other.act || OPPOSITE[other.act] === wish.act),
    );
  const last = wishes.filter((wish) =>
    opposite(wish).every((other) => wish.at > other.at || (wish.act in OPPOSITE && +wish.at === +other.at)),
  );
  // A restriction has one ground at a time: the last that was given.
  const ground = last.findLast(({ act }) => act === 'restrict');
  // Of a hold what was decided last, in the place where it was first heard of: nothing was ended while it stood.
  const holds = Map.groupBy(last.filter(isOfHold), holdOf);
  return last.flatMap((wish) => {
    if (wish.act === 'restrict') return wish === ground ? [wish] : [];
    if (!isOfHold(wish)) return [wish];
    const [first, ...more] = holds.get(holdOf(wish))!;
    return wish === first ? [more.at(-1) ?? first] : [];
  });
}

const isOfHold = ({ act }: Wish) => act === 'hold' || act === 'release-hold';

/** What the restored rows say of one person, as far as wishes go. */
interface Standing {
  /** Purpose to the moment since when a consent stands. */
  readonly consents: Readonly<Record<string, string>>;
  readonly objections: Readonly<Record<string, string>>;
  readonly restricted: string | null;
  /** Purpose to the last act of collection. */
  readonly collected: Readonly<Record<string, string>>;
  /** Category to the last act of collection that names it. */
  readonly items: Readonly<Record<string, string>>;
  readonly language: string | null;
}

async function standingOf(engine: Engine, people: readonly string[]): Promise<Map<string, Standing>> {
  const { rows } = await engine.pools.of('answer').query<Standing & { person: string }>(
    `select p.person, p.language,
            coalesce((select json_object_agg(purpose, since) from consent.active a where a.person = p.person), '{}') as consents,
            coalesce((select json_object_agg(purpose, at) from gate.objection o where o.person = p.person), '{}') as objections,
            (select to_json(at) #>> '{}' from gate.restriction r where r.person = p.person) as restricted,
            coalesce((select json_object_agg(purpose, at) from
              (select purpose, max(at) as at from gate.collection c where c.person = p.person group by 1) x), '{}') as collected,
            coalesce((select json_object_agg(item, at) from
              (select item, max(at) as at from gate.collection c, unnest(c.items) item where c.person = p.person group by 1) y), '{}') as items
       from vault.person p where p.person = any($1)
        and not exists (select from gate.erasure e where e.person = p.person and e.done_at is not null)`,
    [people],
  );
  return new Map(rows.map(({ person, ...standing }) => [person, standing]));
}

/** Something that began at or before the wish, and so is what was meant. */
const before = (moment: string | null | undefined, { at }: Wish) => moment != null && new Date(moment) <= at;

async function carryOut(engine: Engine, wish: Wish, here: Standing, done: CarriedOut): Promise<void> {
  const { person, purpose, at } = wish;
  try {
    switch (wish.act) {
      case 'withdraw':
        if (!before(here.consents[purpose], wish)) return;
        await withdraw(engine, person, purpose, SYSTEM, MANNER, at);
        done.withdrawn += 1;
        return;
      case 'decline': {
        const point = pointsOf(engine.statement, purpose)[0]?.[0];
        if (point === undefined || !before(here.collected[purpose], wish)) return;
        const language = here.language === 'en' ? 'en' : 'nb';
        await decline(engine, person, { point, language }, SYSTEM, MANNER, at);
        done.withdrawn += 1;
        return;
      }
      case 'object':
        if (here.objections[purpose] !== undefined) return;
        await object(engine, person, purpose, SYSTEM, at);
        done.objected += 1;
        return;
      case 'restrict':
        if (here.restricted !== null) return;
        await restrict(engine, person, wish.what as RestrictionReason, SYSTEM, at);
        done.restricted += 1;
        return;
      case 'lift-objection':
        if (!before(here.objections[purpose], wish)) return;
        await liftObjection(engine, person, purpose, SYSTEM, at);
        done.lifted += 1;
        return;
      case 'lift-restriction':
        if (!before(here.restricted, wish)) return;
        await liftRestriction(engine, person, SYSTEM, at);
        done.lifted += 1;
        return;
      case 'erase-item':
        if (!vaultColumns(engine).has(wish.what) || !before(here.items[wish.what], wish)) return;
        await correct(engine, person, { [wish.what]: null }, SYSTEM, at);
        done.ended += 1;
        return;
      case 'hold':
        if (await holdAgain(engine, wish)) done.held += 1;
        return;
      case 'release-hold':
        if (await releaseAgain(engine, wish)) done.held += 1;
        return;
      case 'end-rows':
        done.ended += await endNamedRows(engine, wish);
    }
  } catch (error) {
    // The statement in force may allow it no more, or an earlier wish took the person away: there is nothing left to do.
    if (!(error instanceof Refusal)) throw error;
  }
}

/** Ends the rows that a wish names, `schema.table column=value`, where they are no newer than the wish. */
async function endNamedRows(engine: Engine, wish: Wish): Promise<number> {
  const [, name = '', column = '', value = ''] = /^(\S+) (\w+)=(.*)$/s.exec(wish.what) ?? [];
  const table = personTables(engine.map).find((one) => one.name === name);
  const clock = table?.clocks.recorded;
  if (table === undefined || clock === undefined || !table.columns.some((one) => one.name === column))
    return 0;
  const { rowCount } = await engine.pools
    .of('answer')
    .query(
      `select from ${tableIdent(name)} where ${ident(table.subject)} = $1 and ${ident(column)}::text = $2 and ${ident(clock)} <= $3`,
      [wish.person, value, wish.at],
    );
  if (rowCount === 0) return 0;
  await endRows(engine, wish.person, name, { [column]: [value] }, SYSTEM, wish.at);
  return rowCount ?? 0;
}

/**
 * Somebody who withdrew and was erased with it, whose key is gone: what is left of them to do is the keyed hash that holds
 * the address off, made while the restored rows still say which. The round of keeping then erases the rows.
 */
async function holdOff(engine: Engine, wishes: readonly Wish[], here: Standing): Promise<void> {
  for (const wish of wishes) {
    if (wish.act !== 'withdraw') continue;
    const since = here.consents[wish.purpose];
    if (since !== undefined && !before(since, wish)) continue;
    await keepOff(engine, engine.pools.of('answer'), wish.person, wish.purpose, wish.at);
  }
}
