import { randomUUID } from 'node:crypto';
import { SYSTEM } from '#gates/actor.ts';
import type { RowChange } from '#gates/client.ts';
import type { Row } from '#gates/collect-batch.ts';
import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';
import type { PurposeHandle } from '#gates/use.ts';
import { companyOf } from './company.ts';

const TABLE = 'customers.completion';
/** The point by which the register's answer comes in. */
const POINT = 'client.register';

/** What a register says of a company under a number, as far as a client is known by it. */
export type RegisterAnswer =
  | { readonly state: 'known'; readonly name: string; readonly place: string | null }
  | { readonly state: Unanswered };

/** What it says where there is nothing to complete with. */
type Unanswered = 'unknown' | 'struck-off' | 'removed';

/** Asks the register; refuses with `collect.source-away` while it does not answer. */
export type AskRegister = (gates: Gates, number: string) => Promise<RegisterAnswer>;

/** How far the completing of a company has come, as its users see it. */
export interface Completion {
  readonly state: 'waiting' | 'completed' | Unanswered;
  /** The third party that is asked, by its name in the statement. */
  readonly source: string;
  readonly askedAt: string;
  readonly answeredAt: string | null;
}

interface CompletionRow {
  readonly id: string;
  readonly state: Completion['state'];
  readonly asked_at: Date;
  readonly answered_at: Date | null;
}

/** The row of a wish that the register fill in what was written by hand; `request` is the act of collection it came with. */
export function wishRow(person: string, client: string, request: string, at: Date): Row {
  return {
    table: TABLE,
    values: { person, id: randomUUID(), client, request, state: 'waiting', asked_at: at },
  };
}

async function rowOf(handle: PurposeHandle, client: string): Promise<CompletionRow | undefined> {
  const [row] = await handle.rows<CompletionRow>(
    `select id, state, asked_at, answered_at from customers.completion where client = $1 and state <> 'set-aside'`,
    [client],
  );
  return row;
}

/** How far it has come; null where nobody wished it, and where what it was about has been written anew since. */
export async function completionOf(
  { statement }: Gates,
  handle: PurposeHandle,
  client: string,
): Promise<Completion | null> {
  const row = await rowOf(handle, client);
  const source = statement.points[POINT]?.source;
  if (row === undefined || source === undefined) return null;
  return {
    state: row.state,
    source,
    askedAt: row.asked_at.toISOString(),
    answeredAt: row.answered_at?.toISOString() ?? null,
  };
}

/** What ends the wish when somebody writes the company anew: what they write is not written over. */
export async function settingAside(handle: PurposeHandle, client: string): Promise<RowChange[]> {
  const row = await rowOf(handle, client);
  return row === undefined ? [] : [{ table: TABLE, id: row.id, set: { state: 'set-aside' } }];
}

/** What a round of completing did, in clients. */
export interface Completed {
  readonly completed: number;
  /** Of which the register said something else; each owner has a letter. */
  readonly told: number;
  /** True when the register does not answer yet: the rest waits for the next round. */
  readonly away: boolean;
}

/**
 * Completes the companies that were written by hand while the register did not answer, for whoever wished it (clauses
 * `1.3.third-party`, `1.3.brreg`): name and place become the register's, the number stays. Where the register does not
 * know the number, or has struck it off, nothing is written over, and the owner is told. Asks nothing where nobody waits.
 */
export async function completeWritten(gates: Gates, ask: AskRegister, at: Date): Promise<Completed> {
  const round = { completed: 0, told: 0, away: false };
  // A statement in force from before names no such source of a client: nothing is fetched under it.
  if (gates.statement.points[POINT] === undefined) return round;
  const waiting = await gates
    .use('group-facts', SYSTEM)
    .rows<{ client: string }>(
      `select client from customers.completion where state = 'waiting' order by asked_at, client`,
    );
  for (const { client } of waiting) {
    try {
      const done = await completeOne(gates, ask, client, at);
      if (done !== undefined) round[done] += 1;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code === 'collect.source-away') return { ...round, away: true };
      // Whose account rests, or has just ended, is asked about another time or not at all.
    }
  }
  return round;
}

interface Written {
  readonly person: string;
  readonly id: string;
  readonly number: Buffer;
}

async function completeOne(
  gates: Gates,
  ask: AskRegister,
  client: string,
  at: Date,
): Promise<'completed' | 'told' | undefined> {
  const handle = gates.use('agreement', SYSTEM).of(client);
  const [row, [written]] = await Promise.all([
    rowOf(handle, client),
    handle.rows<Written>(
      'select person, id, number from customers.client where client = $1 and ended_at is null',
      [client],
    ),
  ]);
  if (row?.state !== 'waiting' || written === undefined) return undefined;
  const [opened] = await handle.opened('customers.client', [written], ['number'], 'client.completion', at);
  if (opened?.number == null) return undefined;
  const { person, id, number } = opened;
  const said = await ask(gates, number);
  const act = { client, actor: SYSTEM, act: 'client.completed', at };
  const settled = { table: TABLE, id: row.id, set: { state: said.state, answered_at: at } };
  if (said.state !== 'known') {
    // Settled first: a crash in between leaves a page that tells, and never a letter twice.
    await gates.client.change(act, [settled], 'customers.resting');
    const kind = said.state === 'unknown' ? 'customers.register-unknown' : 'customers.register-gone';
    const letters = [{ kind, purpose: 'agreement', reference: client, client }];
    await gates.trace({
      purpose: 'agreement',
      act: 'client.register-told',
      person,
      actor: SYSTEM,
      at,
      letters,
    });
    return 'told';
  }
  const { name, place } = companyOf({ name: said.name, number, place: said.place });
  // Where it comes from is on record before it is there: a crash in between is gone on with, and leaves one act too many.
  await gates.collect({
    point: POINT,
    actor: SYSTEM,
    at,
    about: { person },
    gives: () => ({ values: {}, keeps: ['company.identity', ...(place === null ? [] : ['company.place'])] }),
  });
  const found = { name_hash: gates.hash('company-name', name) };
  const set = { name, ...found, ...(place === null ? {} : { place }) };
  await gates.client.change(
    act,
    [
      { table: 'customers.client', id, set },
      { ...settled, set: { ...settled.set, state: 'completed' } },
    ],
    'customers.resting',
  );
  return 'completed';
}
