import { randomUUID } from 'node:crypto';
import { type Actor, SYSTEM } from '#gates/actor.ts';
import type { Row } from '#gates/collect-batch.ts';
import { type AcceptedVersions, DOCUMENTS, demandInForce } from '#gates/documents.ts';
import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';
import { after, before, osloDate } from '#statement/period.ts';
import { type Company, hashesOf } from './company.ts';
import { wishRow } from './completion.ts';
import { type ClientAct, eventRow } from './events.ts';

/** Where a client stands. Dates are calendar dates in Europe/Oslo. */
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
export const KEPT = ['contact.email', 'contact.name', 'preference.language'] as const;
const KEPT_FOR_RESUMING = ['customers.departure', 'customers.kept_level'] as const;
/** What ends with the subscription. */
const CLOCKS = ['last-module-ended', 'agreement-ended'] as const;

export interface Beginning {
  /** Somebody already recorded. */
  readonly owner: string;
  readonly company: Company;
  readonly modules: readonly string[];
  readonly accept: AcceptedVersions;
  /** The company was written by hand, and the register is to fill in name and place. */
  readonly complete?: boolean;
}

/**
 * Enters into an agreement for a company, with its modules and its owner (clauses `u.customer`, `k.client`,
 * `k.contact-agreement`, `0.roles`), in one commit: there is no client without an owner, nor without versions accepted.
 * Answers with the client's number. Refuses versions that are not in force.
 */
export async function begin(gates: Gates, beginning: Beginning, actor: Actor, at: Date): Promise<string> {
  const client = randomUUID();
  await beginAs(gates, client, beginning, { actor, at, act: 'client.began' });
  return client;
}

interface By {
  readonly actor: Actor;
  readonly at: Date;
  readonly act: ClientAct;
}

async function beginAs(
  gates: Gates,
  client: string,
  { owner: person, company, modules, accept, complete = false }: Beginning,
  { actor, at, act }: By,
  more: readonly Row[] = [],
): Promise<void> {
  demandInForce(gates.documents, accept);
  const row = (table: string, values: Record<string, unknown>): Row => ({
    table,
    values: { person, id: randomUUID(), client, ...values },
  });
  await gates.collect({
    point: 'client',
    actor,
    at,
    about: { person },
    taken: 'customers.nothing-to-resume',
    gives: ({ collection }) => ({
      values: {},
      keeps: [...KEPT, 'contact.phone'],
      rows: [
        row('customers.client', {
          ...company,
          ...hashesOf(gates, company),
          begun_at: at,
        }),
        row('customers.agreement', {
          terms: TERMS,
          company: `${company.name} (${company.number})`,
          begun_at: at,
        }),
        row('customers.member', { level: 'owner', since: at }),
        ...modules.map((module) => row('customers.module', { module, begun_at: at })),
        ...DOCUMENTS.map((document) =>
          row('customers.acceptance', { by: person, document, version: accept[document], at }),
        ),
        ...(complete ? [wishRow(person, client, collection, at)] : []),
        ...more,
        eventRow(person, client, { act }, at),
      ],
    }),
  });
}

/**
 * Ends the subscription with all its modules (clause `k.active-12-months`). What is needed to take it up again is
 * claimed, of each user, before the agreement's own claim ends, so that a crash in between loses nothing; then the clocks
 * of all of them start in one commit. Refuses a client that does not run.
 */
export async function end(gates: Gates, client: string, actor: Actor, at: Date): Promise<void> {
  const handle = gates.use('agreement', actor).of(client);
  const [found] = await handle.rows<Owned>(
    'select person, id, name, number, place from customers.client where client = $1 and ended_at is null',
    [client],
  );
  if (found === undefined) throw new Refusal('customers.no-agreement');
  const modules = await modulesOf(gates, client, actor);
  const [company] = await handle.opened(
    'customers.client',
    [found],
    ['name', 'number', 'place'],
    'client.end',
    at,
  );
  const members = await handle.rows<{ person: string; level: string }>(
    'select person, level from customers.member where client = $1 and ended_at is null order by person',
    [client],
  );
  const levels = await handle.rows<{ person: string; id: string; name: Buffer; rights: string[] }>(
    'select person, id, name, rights from customers.level where client = $1',
    [client],
  );
  const named =
    levels.length === 0 ? [] : await handle.opened('customers.level', levels, ['name'], 'client.end', at);
  const { name, number, place } = company!;
  const hashes = name === null || number === null ? {} : hashesOf(gates, { name, number });
  for (const { person, level } of members) {
    const departure = {
      person,
      id: randomUUID(),
      client,
      level,
      modules,
      name,
      number,
      place,
      ...hashes,
      ended_at: at,
    };
    const kept = level === 'owner' ? named : [];
    await gates.collect({
      point: 'client.ended',
      actor,
      at,
      about: { person },
      gives: () => ({
        values: {},
        keeps: KEPT,
        rows: [
          { table: 'customers.departure', values: departure },
          ...kept.map(
            (one): Row => ({
              table: 'customers.kept_level',
              values: { ...one, person, client, ended_at: at },
              once: true,
            }),
          ),
        ],
      }),
    });
  }
  await endInvitations(gates, client, at);
  await gates.client.stop({ client, actor, act: 'client.ended', at }, CLOCKS);
}

type Owned = { person: string; id: string; name: Buffer; number: Buffer; place: Buffer };

/** Whoever has not answered is not asked any longer. */
async function endInvitations(gates: Gates, client: string, at: Date): Promise<void> {
  const asked = await gates
    .use('invitation', SYSTEM)
    .of(client)
    .rows<{ person: string }>('select distinct person from customers.invitation where client = $1', [client]);
  for (const { person } of asked)
    await gates.answer.fulfil(
      person,
      { point: 'client.invitation', tables: ['customers.invitation'], client },
      SYSTEM,
      at,
    );
}

/**
 * Takes a subscription up again while it can be: the company, its modules, its users, and each with the level they had.
 * Whoever objected to being kept for that meanwhile is not among them. Refuses when there is nothing to take up, or when
 * the versions accepted are not in force.
 */
export async function resume(
  gates: Gates,
  client: string,
  accept: AcceptedVersions,
  actor: Actor,
  at: Date,
): Promise<void> {
  const handle = gates.use('resume', actor).of(client);
  const departed = await handle.rows<Owned & { level: string; modules: string[] }>(
    `select distinct on (person) person, id, level, modules, name, number, place from customers.departure
      where client = $1 order by person, ended_at desc`,
    [client],
  );
  const owner = departed.find(({ level }) => level === 'owner');
  if (owner === undefined || (await runs(gates, client))) throw new Refusal('customers.nothing-to-resume');
  const [company] = await handle.opened(
    'customers.departure',
    [owner],
    ['name', 'number', 'place'],
    'client.resume',
    at,
  );
  const levels = await handle.rows<{ person: string; id: string; name: Buffer; rights: string[] }>(
    'select person, id, name, rights from customers.kept_level where client = $1 and person = $2',
    [client, owner.person],
  );
  const named =
    levels.length === 0
      ? []
      : await handle.opened('customers.kept_level', levels, ['name'], 'client.resume', at);
  const beginning: Beginning = {
    owner: owner.person,
    company: { name: company!.name ?? '', number: company!.number ?? '', place: company!.place },
    modules: owner.modules,
    accept,
  };
  const more = named.map(
    (one): Row => ({
      table: 'customers.level',
      values: { ...one, client, made_at: at },
      once: true,
    }),
  );
  await beginAs(gates, client, beginning, { actor, at, act: 'client.resumed' }, more);
  for (const { person, level } of departed) {
    if (level !== 'owner')
      await gates.collect({
        point: 'client.member',
        actor,
        at,
        about: { person },
        taken: 'customers.already-user',
        gives: () => ({
          values: {},
          keeps: [...KEPT, 'contact.phone'],
          rows: [
            { table: 'customers.member', values: { person, id: randomUUID(), client, level, since: at } },
          ],
        }),
      });
    await gates.answer.fulfil(
      person,
      { point: 'client.ended', tables: KEPT_FOR_RESUMING, client },
      SYSTEM,
      at,
    );
  }
}

async function runs(gates: Gates, client: string): Promise<boolean> {
  const rows = await gates
    .use('agreement', SYSTEM)
    .of(client)
    .rows('select from customers.client where client = $1 and ended_at is null', [client]);
  return rows.length > 0;
}

async function modulesOf(gates: Gates, client: string, actor: Actor): Promise<string[]> {
  const rows = await gates
    .use('agreement', actor)
    .of(client)
    .rows<{ module: string }>(
      'select module from customers.module where client = $1 and ended_at is null order by module',
      [client],
    );
  return rows.map(({ module }) => module);
}

/** Where a client stands; whoever objects to being kept for coming back has none. */
export async function standingOf(gates: Gates, client: string, person?: string): Promise<Standing> {
  const [running] = await gates
    .use('agreement', SYSTEM)
    .of(client)
    .rows<{ begun_at: Date }>(
      'select begun_at from customers.client where client = $1 and ended_at is null',
      [client],
    );
  if (running !== undefined)
    return {
      state: 'active',
      since: osloDate(running.begun_at),
      modules: await modulesOf(gates, client, SYSTEM),
    };
  const [departure] = await gates
    .use('resume', SYSTEM)
    .of(client)
    .rows<{ ended_at: Date; modules: string[] }>(
      `select ended_at, modules from customers.departure where client = $1 and ($2::uuid is null or person = $2)
        order by ended_at desc limit 1`,
      [client, person ?? null],
    );
  return departure === undefined ? { state: 'none' } : graceOf(gates, departure);
}

function graceOf(
  { statement }: Gates,
  { ended_at, modules }: { ended_at: Date; modules: string[] },
): Standing {
  const { period, notice } = statement.storage.resume!;
  const until = after(ended_at, period);
  return {
    state: 'grace',
    ended: osloDate(ended_at),
    told: notice === undefined ? null : osloDate(before(until, notice)),
    until: osloDate(until),
    modules,
  };
}
