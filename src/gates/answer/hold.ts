import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { Wish } from '#platform/wishes.ts';
import { after, isDate, osloDate, startOfDate } from '#statement/period.ts';
import { deadlineAfter } from '#statement/rules.ts';
import { type Actor, demandPrivacy, isPersonNumber, SYSTEM } from '../actor.ts';
import type { Hold, StandingHold } from '../answers.ts';
import type { Engine } from '../engine.ts';
import { freeText } from '../fields.ts';
import { lastDay, UNTOLD } from '../held.ts';
import { Refusal } from '../refusal.ts';
import { act } from './wishes.ts';

/** What a hold is placed with. Dates are calendar dates in Europe/Oslo and count as whole days: `2027-03-01`. */
export interface HoldWish {
  /** The reason, in words; it is sealed under the person's key and shown to them. */
  readonly why: string;
  /** The last day of it; without one it stands until it is released. */
  readonly until?: string;
  /** The last day on which it must be looked at again; a hold without an end has one. */
  readonly review?: string;
  /** The exact law by which the person is not told; without one they are. */
  readonly untold?: string;
}

/** What a hold is given when somebody has looked at it again. An end that is not named stays; null takes it away. */
export interface HoldReview {
  readonly until?: string | null;
  readonly review?: string;
}

/** Whoever runs the command line has no number. */
const authorOf = ({ id }: Actor): string => id ?? 'command-line';

/**
 * Places a hold on a person (art. 17(3)(e), clause `k.as-needed`): from its commit on nothing that is theirs is deleted,
 * and they are not erased, until it is released or over. It opens nothing: what could not be used before cannot be used
 * now. Refuses: a reason that is empty or holds a national identity number, an end or a review that is not to come, a
 * hold without an end that nobody is to look at again within the statement's time, a law that cannot be looked up.
 */
export async function hold(
  engine: Engine,
  person: string,
  wish: HoldWish,
  actor: Actor,
  at: Date,
): Promise<Hold> {
  demandPrivacy(actor);
  const why = freeText('why', wish.why);
  const untold = wish.untold === undefined ? null : freeText('untold', wish.untold);
  // A law is named by its paragraph or article; "secret" is no reference (personopplysningsloven § 16).
  if (untold !== null && !/\d/.test(untold)) throw new Refusal('collect.invalid-field', ['untold']);
  const dates = datesOf(engine, wish, at);
  const key = isPersonNumber(person) ? (await engine.keys.of([person])).get(person) : undefined;
  if (key === undefined) throw new Refusal('answer.unknown-person');
  const id = randomUUID();
  const author = authorOf(actor);
  const wishes = [heldWish({ id, ...dates, author, untold })];
  await act(engine, { person, actor, at, name: actName('hold', untold), wishes }, (client) =>
    client.query(
      `insert into gate.hold (person, id, scope, why, until, review_at, author, told, untold, at)
       values ($1, $2, 'person', $3, $4, $5, $6, $7, $8, $9)`,
      [
        person,
        id,
        key.seal(why, `gate.hold.why#${id}`),
        dates.until,
        dates.review,
        author,
        untold === null,
        untold,
        at,
      ],
    ),
  );
  return {
    id,
    since: at.toISOString(),
    until: lastDay(dates.until),
    review: lastDay(dates.review),
    why,
    told: untold === null,
    untold,
    author,
  };
}

/** Notes that somebody has looked at a hold again and that it stays, with the dates it has from then on. */
export async function reviewHold(
  engine: Engine,
  person: string,
  id: string,
  wish: HoldReview,
  actor: Actor,
  at: Date,
): Promise<StandingHold> {
  demandPrivacy(actor);
  const standing = await standingHold(engine, person, id, at);
  const until = wish.until === undefined ? lastDay(standing.until) : wish.until;
  const dates = datesOf(engine, { review: wish.review, until: until ?? undefined }, at);
  const { author, untold } = standing;
  const wishes = [heldWish({ id, ...dates, author, untold })];
  await act(engine, { person, actor, at, name: actName('review-hold', untold), wishes }, async (client) => {
    const { rowCount } = await client.query(
      'update gate.hold set until = $3, review_at = $4 where person = $1 and id = $2 and released_at is null',
      [person, id, dates.until, dates.review],
    );
    if (rowCount === 0) throw new Refusal('answer.unknown-hold');
    await note(client, { person, hold: id, decision: 'stays', ...dates, author: authorOf(actor), at });
  });
  return summary({ ...standing, until: dates.until, review_at: dates.review }, at);
}

/** Releases a hold: what was due meanwhile goes at the next round of keeping. */
export async function releaseHold(
  engine: Engine,
  person: string,
  id: string,
  actor: Actor,
  at: Date,
): Promise<void> {
  demandPrivacy(actor);
  const standing = await standingHold(engine, person, id, at);
  const wishes = [{ act: 'release-hold', purpose: HOLDS_FOR, what: id }] as const;
  await act(
    engine,
    { person, actor, at, name: actName('release-hold', standing.untold), wishes },
    async (client) => {
      const { rowCount } = await client.query(
        'update gate.hold set released_at = $3, released_by = $4 where person = $1 and id = $2 and released_at is null',
        [person, id, at, authorOf(actor)],
      );
      if (rowCount === 0) throw new Refusal('answer.unknown-hold');
      const author = authorOf(actor);
      await note(client, { person, hold: id, decision: 'released', until: null, review: null, author, at });
    },
  );
}

/**
 * Ends the holds on people whose key is gone: they were erased, and a restored backup brought their rows and an old hold
 * back. Nothing of them can be read, so there is nothing left for a hold to keep.
 */
export async function releaseKeyless(engine: Engine, people: readonly string[], at: Date): Promise<void> {
  if (people.length === 0) return;
  await engine.pools.of('keep').query(
    `with gone as (update gate.hold set released_at = $2, released_by = 'key-gone'
                    where person = any($1) and released_at is null returning person)
     insert into journal.entry (at, gate, act, person, actor, purpose, statement)
     select distinct $2::timestamptz, 'answer', 'release-hold${UNTOLD}', person, 'system', 'accountability', $3 from gone`,
    [people, at, engine.statement.version],
  );
}

/** The purpose that holds are for. */
const HOLDS_FOR = 'accountability';

/** A hold as it is noted beside the keys, and put back from there: everything but its reason, which is about the person. */
interface NotedHold {
  readonly id: string;
  readonly until: Date | null;
  readonly review: Date | null;
  readonly author: string;
  readonly untold: string | null;
}

function heldWish(hold: NotedHold) {
  return { act: 'hold', purpose: HOLDS_FOR, what: JSON.stringify(hold) } as const;
}

/** The number of the hold that a wish is about. */
export function holdOf({ act: what, what: said }: Pick<Wish, 'act' | 'what'>): string {
  return what === 'hold' ? (JSON.parse(said) as { id: string }).id : said;
}

/** Who decides anew what was decided before the rows were put back. */
const RESTORED = 'restored-backup';

/** What the person reads of a hold whose own words went with the rows. */
const LOST = {
  nb: 'Grunnen gikk tapt da databasen ble satt tilbake fra en kopi. Sperren står som den ble satt.',
  en: 'The reason was lost when the database was put back from a copy. The hold stands as it was placed.',
} as const;

/**
 * Puts back a hold that a restored backup knows nothing of, or gives one the dates that it had come to; false where it
 * stands so already, and where it is over.
 */
export async function holdAgain(engine: Engine, { person, what, at }: Wish): Promise<boolean> {
  const { id, until, review, author, untold } = JSON.parse(what) as Record<'id' | 'author', string> &
    Record<'until' | 'review' | 'untold', string | null>;
  const key = (await engine.keys.of([person])).get(person);
  if (key === undefined) return false;
  const { rows: here } = await engine.pools.of('answer').query<{ same: boolean }>(
    `select released_at is not null or (until, review_at) is not distinct from ($3::timestamptz, $4::timestamptz) as same
       from gate.hold where person = $1 and id = $2`,
    [person, id, until, review],
  );
  if (here[0]?.same) return false;
  const dates = {
    until: until === null ? null : new Date(until),
    review: review === null ? null : new Date(review),
  };
  const verb = here.length === 0 ? 'hold' : 'review-hold';
  await act(engine, { person, actor: SYSTEM, at, name: actName(verb, untold) }, async (client) => {
    if (here.length > 0) {
      await client.query('update gate.hold set until = $3, review_at = $4 where person = $1 and id = $2', [
        person,
        id,
        until,
        review,
      ]);
      await note(client, { person, hold: id, decision: 'stays', ...dates, author: RESTORED, at });
      return;
    }
    const { rows } = await client.query<{ language: string | null }>(
      'select language from vault.person where person = $1',
      [person],
    );
    const why = LOST[rows[0]?.language === 'en' ? 'en' : 'nb'];
    await client.query(
      `insert into gate.hold (person, id, scope, why, until, review_at, author, told, untold, at)
       values ($1, $2, 'person', $3, $4, $5, $6, $7, $8, $9)`,
      [person, id, key.seal(why, `gate.hold.why#${id}`), until, review, author, untold === null, untold, at],
    );
  });
  return true;
}

/** Releases a hold that a restored backup has standing still; false where none of that number stands. */
export async function releaseAgain(engine: Engine, { person, what: id, at }: Wish): Promise<boolean> {
  const { rows } = await engine.pools
    .of('answer')
    .query<{ untold: string | null }>(
      'select untold from gate.hold where person = $1 and id = $2 and released_at is null',
      [person, id],
    );
  const [standing] = rows;
  if (standing === undefined) return false;
  const name = actName('release-hold', standing.untold);
  await act(engine, { person, actor: SYSTEM, at, name }, async (client) => {
    await client.query(
      'update gate.hold set released_at = $3, released_by = $4 where person = $1 and id = $2 and released_at is null',
      [person, id, at, RESTORED],
    );
    const released = { decision: 'released', until: null, review: null, author: RESTORED } as const;
    await note(client, { person, hold: id, ...released, at });
  });
  return true;
}

/** Most holds that are listed: they are placed one by one, by hand. */
const LISTED = 1000;

/**
 * Every hold that stands, those to be looked at first on top. Numbers, dates and laws alone: a reason is opened where
 * the person is, and that look is in their log.
 */
export async function holds(engine: Engine, actor: Actor, at: Date): Promise<{ holds: StandingHold[] }> {
  demandPrivacy(actor);
  const { rows } = await engine.pools.of('answer').query<HoldRow>({
    name: 'hold.all',
    text: `${STANDING} order by least(review_at, until), at, id limit ${LISTED}`,
    values: [at],
  });
  return { holds: rows.map((row) => summary(row, at)) };
}

interface HoldRow {
  readonly person: string;
  readonly id: string;
  readonly until: Date | null;
  readonly review_at: Date | null;
  readonly author: string;
  readonly told: boolean;
  readonly untold: string | null;
  readonly at: Date;
}

const STANDING = `select person, id, until, review_at, author, told, untold, at from gate.hold
  where released_at is null and (until is null or until > $1)`;

async function standingHold(engine: Engine, person: string, id: string, at: Date): Promise<HoldRow> {
  if (!isPersonNumber(person) || !isPersonNumber(id)) throw new Refusal('answer.unknown-hold');
  const { rows } = await engine.pools.of('answer').query<HoldRow>({
    name: 'hold.one',
    text: `${STANDING} and person = $2 and id = $3`,
    values: [at, person, id],
  });
  if (rows[0] === undefined) throw new Refusal('answer.unknown-hold');
  return rows[0];
}

function summary(row: HoldRow, at: Date): StandingHold {
  return {
    person: row.person,
    id: row.id,
    since: row.at.toISOString(),
    until: lastDay(row.until),
    review: lastDay(row.review_at),
    overdue: row.review_at !== null && row.review_at <= at,
    told: row.told,
    untold: row.untold,
    author: row.author,
  };
}

async function note(
  client: PoolClient,
  review: {
    person: string;
    hold: string;
    decision: 'stays' | 'released';
    until: Date | null;
    review: Date | null;
    author: string;
    at: Date;
  },
): Promise<void> {
  await client.query(
    `insert into gate.hold_review (person, id, hold, decision, until, review_at, author, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      review.person,
      randomUUID(),
      review.hold,
      review.decision,
      review.until,
      review.review,
      review.author,
      review.at,
    ],
  );
}

const actName = (verb: string, untold: string | null): string =>
  untold === null ? verb : `${verb}${UNTOLD}`;

/** The moments that the dates of a hold amount to: each when its day is over in Oslo. */
function datesOf(
  engine: Engine,
  { until, review }: { until?: string; review?: string },
  at: Date,
): { until: Date | null; review: Date | null } {
  const end = until === undefined ? null : endOfDate('until', until);
  const next = review === undefined ? null : endOfDate('review', review);
  if (end !== null && end <= at) throw new Refusal('collect.invalid-field', ['until']);
  if (end === null && next === null) throw new Refusal('collect.missing-field', ['review']);
  const latest = after(startOfDate(osloDate(deadlineAfter(engine.statement, 'hold-review', at))), 'P1D');
  if (next !== null && (next <= at || next > latest)) throw new Refusal('collect.invalid-field', ['review']);
  return { until: end, review: next };
}

function endOfDate(field: string, date: string): Date {
  if (!isDate(date)) throw new Refusal('collect.invalid-field', [field]);
  return after(startOfDate(date), 'P1D');
}
