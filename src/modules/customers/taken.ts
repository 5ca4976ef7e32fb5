import { randomUUID } from 'node:crypto';
import {
  type AcceptedVersions,
  DOCUMENTS,
  type DocumentName,
  demandInForce,
  documentInForce,
} from '#gates/documents.ts';
import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';
import type { PurposeHandle } from '#gates/use.ts';
import type { Text } from '#statement/grammar.ts';
import { catalogue, knownModules } from './catalogue.ts';
import { type ByMember, noted } from './events.ts';

/** Every module there is, and since when the client has it. */
export type TakenModules = { module: string; label: Text; about: Text; since: string | null }[];

interface Taken {
  readonly id: string;
  readonly module: string;
  readonly begun_at: Date;
}

function rowsOf(gates: Gates, { actor, member }: ByMember): Promise<Taken[]> {
  return gates
    .use('agreement', actor)
    .of(member.client)
    .rows<Taken>('select id, module, begun_at from customers.module where client = $1 and ended_at is null', [
      member.client,
    ]);
}

export async function takenModules(gates: Gates, by: ByMember): Promise<TakenModules> {
  const rows = await rowsOf(gates, by);
  return catalogue((module) => ({
    since: rows.find((row) => row.module === module)?.begun_at.toISOString() ?? null,
  }));
}

/** Takes a module into use (clause `k.client`). Refuses one that the client has. */
export async function takeModule(gates: Gates, by: ByMember, module: string): Promise<TakenModules> {
  const { actor, member, at } = by;
  const owner = await ownerOf(gates, by);
  knownModules([module]);
  const row = { ...owner, id: randomUUID(), client: member.client, module, begun_at: at };
  await gates.collect({
    point: 'client',
    actor,
    at,
    about: owner,
    taken: 'customers.module-taken',
    gives: () => ({ values: {}, rows: [{ table: 'customers.module', values: row }] }),
  });
  await noted(gates, by, { act: 'module.taken', what: module });
  return takenModules(gates, by);
}

/** Drops a module. Refuses the last one: with it the subscription ends, and that is asked for by its own name. */
export async function dropModule(gates: Gates, by: ByMember, module: string): Promise<TakenModules> {
  const { actor, member, at } = by;
  const rows = await rowsOf(gates, by);
  const row = rows.find((one) => one.module === module);
  if (row === undefined) throw new Refusal('customers.module-not-taken');
  if (rows.length === 1) throw new Refusal('customers.last-module');
  await gates.client.change(
    { client: member.client, actor, act: 'module.dropped', at },
    [{ table: 'customers.module', id: row.id, set: { ended_at: at } }],
    'customers.module-not-taken',
  );
  await noted(gates, by, { act: 'module.dropped', what: module });
  return takenModules(gates, by);
}

async function ownerOf(gates: Gates, { actor, member }: ByMember): Promise<{ person: string }> {
  const [owner] = await gates
    .use('agreement', actor)
    .of(member.client)
    .rows<{ person: string }>('select person from customers.client where client = $1 and ended_at is null', [
      member.client,
    ]);
  if (owner === undefined) throw new Refusal('customers.resting');
  return owner;
}

/** The documents of a client: the version in force of each, and which was accepted last. */
export type Acceptances = {
  document: DocumentName;
  version: string;
  accepted: { version: string; at: string; by: string | null } | null;
}[];

export function acceptancesOf(gates: Gates, { actor, member, at }: ByMember): Promise<Acceptances> {
  const handle = gates.use('agreement', actor).of(member.client);
  return acceptedFor(gates, handle, member.client, 'client.acceptances', at);
}

/** The same for whoever may see it; each who accepted is looked at, by the name of `look`. */
export async function acceptedFor(
  { documents }: Gates,
  handle: PurposeHandle,
  client: string,
  look: string,
  at: Date,
): Promise<Acceptances> {
  const rows = await handle.rows<{ document: DocumentName; version: string; by: string; at: Date }>(
    'select distinct on (document) document, version, by, at from customers.acceptance where client = $1 order by document, at desc',
    [client],
  );
  const names = await handle.people([...new Set(rows.map(({ by }) => by))], ['name'], look, at);
  return DOCUMENTS.map((document) => {
    const row = rows.find((one) => one.document === document);
    return {
      document,
      version: documentInForce(documents, document).version,
      accepted:
        row === undefined
          ? null
          : { version: row.version, at: row.at.toISOString(), by: names.get(row.by)?.name ?? null },
    };
  });
}

/** Accepts both documents in force for the company (clause `0.roles`). */
export async function accept(gates: Gates, by: ByMember, versions: AcceptedVersions): Promise<Acceptances> {
  const { actor, member, at } = by;
  demandInForce(gates.documents, versions);
  const owner = await ownerOf(gates, by);
  await gates.collect({
    point: 'client',
    actor,
    at,
    about: owner,
    gives: () => ({
      values: {},
      rows: DOCUMENTS.map((document) => ({
        table: 'customers.acceptance',
        values: {
          ...owner,
          id: randomUUID(),
          client: member.client,
          by: member.person,
          document,
          version: versions[document],
          at,
        },
      })),
    }),
  });
  for (const document of DOCUMENTS)
    await noted(gates, by, { act: 'document.accepted', what: `${document} ${versions[document]}` });
  return acceptancesOf(gates, by);
}
