import { randomBytes } from 'node:crypto';
import { SYSTEM, VISITOR } from '#gates/actor.ts';
import type { Row } from '#gates/collect-batch.ts';
import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';

/** Tries that cost nothing; from then on each wait is twice the one before. */
const FREE = 5;
const FIRST_WAIT = 30_000;
const LONGEST_WAIT = 15 * 60_000;
/** Tries after which an account takes no more of this kind until it is opened again, or a day has gone by. */
const LOCKED = 20;
/** An address block is many people's, so it is made to wait, and never locked. */
const FREE_OF_BLOCK = 50;
const LONGEST_OF_BLOCK = 60_000;
const DAY = 86_400_000;

/** What is guessed at. A password is unlocked by a mailed link; a code is not, since it is what stands behind the mailbox. */
export type Guessed = 'password' | 'code';

/** One try that was made and counted. */
export interface Attempt<Outcome> {
  readonly outcome: Outcome;
  /** Rows that begin the count anew; they go in with whatever the try led to. */
  readonly cleared: readonly Row[];
}

interface Count {
  /** Failures since the count last began anew. */
  readonly failures: number;
  /** Failures that no success of the same block stands against. */
  readonly net: number;
  readonly last: number;
}

/**
 * Lets a try be made, or refuses it until later. Fails closed: what cannot be counted is not let through. `account` is
 * the person's number or, for an address that is nobody's, the address: both are counted alike, so a refusal tells nothing.
 * `make` goes on while the try is noted, and nothing is told of what came of it before it is counted: whoever tries many
 * at once is counted all the same.
 */
export async function attempt<Outcome>(
  gates: Gates,
  {
    guessed,
    account,
    person,
    block,
    at,
  }: { guessed: Guessed; account: string; person?: string; block: string; at: Date },
  make: () => Promise<Outcome>,
): Promise<Attempt<Outcome>> {
  const own = gates.keyed(`attempt.${guessed}`, account);
  const around = gates.keyed('attempt.block', block);
  const before = await counts(gates, [own, around], at);
  const mine = before(own);
  const { net, last } = before(around);
  const until = Math.max(
    waitsUntil(mine.failures, mine.last, { free: FREE, longest: LONGEST_WAIT, locked: LOCKED }),
    waitsUntil(net, last, { free: FREE_OF_BLOCK, longest: LONGEST_OF_BLOCK, locked: Infinity }),
  );
  if (until > at.getTime()) throw new Refusal('identity.wait');
  const locks = mine.failures + 1 === LOCKED;
  const count = async () => {
    await gates.trace({
      purpose: 'sign-in',
      act: 'try',
      person,
      actor: VISITOR,
      at,
      rows: [row(own, false, at), row(around, false, at)],
      letters: locks && person !== undefined ? [{ kind: 'identity.locked', purpose: 'sign-in' }] : [],
    });
    // Others who tried in the same moment were counted between: only so many go on.
    const after = (await counts(gates, [own], at))(own);
    if (after.failures - 1 > Math.max(mine.failures, FREE - 1)) throw new Refusal('identity.wait');
  };
  const [outcome] = await Promise.all([make(), count()]);
  return { outcome, cleared: [row(own, true, at), row(around, true, at)] };
}

/** Rows by which a mailed link lets an account take passwords again; none where none have failed. */
export async function unlocked(gates: Gates, person: string, at: Date): Promise<Row[]> {
  const key = gates.keyed('attempt.password', person);
  return (await counts(gates, [key], at))(key).failures === 0 ? [] : [row(key, true, at)];
}

function waitsUntil(
  failures: number,
  last: number,
  { free, longest, locked }: { free: number; longest: number; locked: number },
): number {
  if (failures < free) return 0;
  if (failures >= locked) return last + DAY;
  return last + Math.min(FIRST_WAIT * 2 ** (failures - free), longest);
}

/** The attempts of the last day. */
async function counts(gates: Gates, keys: readonly Buffer[], at: Date): Promise<(key: Buffer) => Count> {
  const rows = await gates
    .use('sign-in', SYSTEM)
    .rows<{ key: Buffer; failures: number; net: number; last: Date | null }>(
      `select a.key, max(a.at) filter (where not a.ok) as last,
              (count(*) filter (where not a.ok) - count(*) filter (where a.ok))::int as net,
              (count(*) filter (where not a.ok and not exists (
                select from identity.attempt o where o.key = a.key and o.ok and o.id > a.id)))::int as failures
         from identity.attempt a where a.key = any($1) and a.at > $2 group by a.key`,
      [keys, new Date(at.getTime() - DAY)],
    );
  const found = new Map(
    rows.map(({ key, failures, net, last }) => [
      key.toString('hex'),
      { failures, net, last: last?.getTime() ?? 0 },
    ]),
  );
  return (key) => found.get(key.toString('hex')) ?? { failures: 0, net: 0, last: 0 };
}

function row(key: Buffer, ok: boolean, at: Date): Row {
  return {
    table: 'identity.attempt',
    values: { key: `\\x${key.toString('hex')}`, id: numbered(), ok, at },
  };
}

/** A number that is larger than any given out before, by this machine's clock to the microsecond: attempts are told apart by it. */
function numbered(): string {
  const moment = BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000));
  const hex = moment.toString(16).padStart(16, '0') + randomBytes(8).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
