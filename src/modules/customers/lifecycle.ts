import { randomUUID } from 'node:crypto';
import { type Actor, SYSTEM } from '#gates/actor.ts';
import type { Contribution } from '#gates/collect.ts';
import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';
import { after, before, osloDate } from '#statement/period.ts';

/** Where a person's customer relationship stands. Dates are calendar dates in Europe/Oslo. */
export type Standing =
  | { readonly state: 'none' }
  | { readonly state: 'active'; readonly since: string; readonly modules: readonly string[] }
  | {
      /** Ended, and can be taken up again until `until`; `told` is when a letter says that the end is near. */
      readonly state: 'grace';
      readonly ended: string;
      readonly told: string | null;
      readonly until: string;
      readonly modules: readonly string[];
    };

/** The terms that an agreement is entered into on, until there are several. */
const TERMS = 'standard';
/** The language is kept where it is known, so that we can go on writing in it. */
const KEPT = ['contact.name', 'preference.language'] as const;

interface Beginning {
  /** A person already recorded, or the address and name of somebody new. */
  readonly about: { readonly person: string } | { readonly email: string; readonly name: string };
  readonly modules: readonly string[];
}

/** Enters into an agreement with its modules (clauses `u.customer`, `k.client`, `k.contact-agreement`). */
export async function begin(
  gates: Gates,
  { about, modules }: Beginning,
  actor: Actor,
  at: Date,
): Promise<string> {
  const gives = ({ person }: { person: string }): Contribution => ({
    values: 'name' in about ? { 'contact.name': about.name } : {},
    keeps: ['contact.email', ...KEPT, 'contact.phone'],
    rows: [
      {
        table: 'customers.agreement',
        values: { person, id: randomUUID(), terms: TERMS, begun_at: at },
      },
      ...modules.map((module) => ({
        table: 'customers.module',
        values: { person, id: randomUUID(), module, begun_at: at },
      })),
    ],
  });
  const { person } = await gates.collect({ point: 'client', actor, at, about, gives });
  return person;
}

/**
 * Ends the subscription with all its modules (clause `k.active-12-months`). What is needed to take it up again is
 * claimed before the agreement's own claim ends, so that a crash in between loses nothing. Refuses who has none.
 */
export async function end(gates: Gates, person: string, actor: Actor, at: Date): Promise<void> {
  const standing = await standingOf(gates, person);
  if (standing.state !== 'active') throw new Refusal('customers.no-agreement');
  await gates.collect({
    point: 'client.ended',
    actor,
    at,
    about: { person },
    gives: () => ({
      values: {},
      keeps: ['contact.email', ...KEPT],
      rows: [
        {
          table: 'customers.departure',
          values: { person, id: randomUUID(), modules: standing.modules, ended_at: at },
        },
      ],
    }),
  });
  await gates.stop(person, 'last-module-ended', at);
  await gates.stop(person, 'agreement-ended', at);
}

/** Takes a subscription up again while it can be, with the modules it had. Refuses when there is nothing to take up. */
export async function resume(gates: Gates, person: string, actor: Actor, at: Date): Promise<void> {
  const standing = await standingOf(gates, person);
  if (standing.state !== 'grace') throw new Refusal('customers.nothing-to-resume');
  await begin(gates, { about: { person }, modules: standing.modules }, actor, at);
  await gates.answer.fulfil(person, { point: 'client.ended', table: 'customers.departure' }, actor, at);
}

/** Where the relationship stands; whoever objects to being kept for coming back has none. */
export async function standingOf(gates: Gates, person: string): Promise<Standing> {
  const running = gates.use('agreement', SYSTEM);
  const [agreement] = await running.rows<{ begun_at: Date }>(
    'select begun_at from customers.agreement where person = $1 and ended_at is null order by begun_at limit 1',
    [person],
  );
  if (agreement !== undefined) {
    const modules = await running.rows<{ module: string }>(
      'select module from customers.module where person = $1 and ended_at is null order by module',
      [person],
    );
    return {
      state: 'active',
      since: osloDate(agreement.begun_at),
      modules: modules.map(({ module }) => module),
    };
  }
  const [departure] = await gates
    .use('resume', SYSTEM)
    .rows<{ ended_at: Date; modules: string[] }>(
      'select ended_at, modules from customers.departure where person = $1 order by ended_at desc limit 1',
      [person],
    );
  if (departure === undefined) return { state: 'none' };
  const { period, notice } = gates.statement.storage.resume!;
  const until = after(departure.ended_at, period);
  return {
    state: 'grace',
    ended: osloDate(departure.ended_at),
    told: notice === undefined ? null : osloDate(before(until, notice)),
    until: osloDate(until),
    modules: departure.modules,
  };
}
