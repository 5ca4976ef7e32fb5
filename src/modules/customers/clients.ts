import type { Actor } from '#gates/actor.ts';
import { SYSTEM } from '#gates/actor.ts';
import { type AcceptedVersions, DOCUMENTS, type DocumentName, documentInForce } from '#gates/documents.ts';
import { normalise } from '#gates/fields.ts';
import type { Gates } from '#gates/gates.ts';
import { keysetOf, type Page, paged, placeText } from '#gates/paging.ts';
import { Refusal } from '#gates/refusal.ts';
import type { Right } from '#gates/rights.ts';
import type { Text } from '#statement/grammar.ts';
import { knownModules } from './catalogue.ts';
import { type Company, companyOf, placeOf } from './company.ts';
import { type Completion, completionOf, settingAside } from './completion.ts';
import { type ByMember, noted } from './events.ts';
import { levelName, levelsOf } from './levels.ts';
import { begin, type Standing, standingOf } from './lifecycle.ts';
import { clientsOf, type Mine } from './memberships.ts';

/** A client as one of its users sees it. */
export interface Client {
  readonly client: string;
  readonly company: Company;
  readonly standing: Standing;
  readonly me: {
    readonly person: string;
    readonly level: string;
    readonly levelName: Text;
    readonly rights: readonly Right[];
  };
  readonly owner: { readonly person: string; readonly name: string | null } | null;
  readonly users: number;
  readonly offer: {
    readonly person: string;
    readonly name: string | null;
    readonly offeredAt: string;
    readonly mine: boolean;
  } | null;
  /** Documents whose version in force has not been accepted. */
  readonly due: readonly DocumentName[];
  readonly completion: Completion | null;
}

export interface NewClient {
  readonly company: { readonly name: string; readonly number: string; readonly place?: string };
  readonly modules: readonly string[];
  readonly accept: AcceptedVersions;
  readonly complete?: boolean;
}

/** Registers a company as a client, with whoever asks for its owner (clause `k.client`). Refuses who has no profile. */
export async function register(gates: Gates, asked: NewClient, actor: Actor, at: Date): Promise<string> {
  const owner = actor.id!;
  const profiles = await gates
    .use('sign-in', SYSTEM)
    .rows('select from customers.profile where person = $1', [owner]);
  if (profiles.length === 0) throw new Refusal('customers.no-profile');
  const company = companyOf(asked.company);
  const modules = knownModules(asked.modules);
  const { accept, complete } = asked;
  return begin(gates, { owner, company, modules, accept, complete }, actor, at);
}

interface Seen {
  readonly person: string;
  readonly id: string;
  readonly name: Buffer;
  readonly number: Buffer;
  readonly place: Buffer | null;
}

const SEALED = ['name', 'number', 'place'] as const;

/** The client as it is now; refuses while its owner has the use of their data stopped. */
export async function viewClient(gates: Gates, by: ByMember): Promise<Client> {
  const { actor, member, at } = by;
  if (member.state === 'grace') return viewDeparted(gates, by);
  const { client } = member;
  const handle = gates.use('agreement', actor).of(client);
  const [[found], levels, standing, completion] = await Promise.all([
    handle.rows<
      Seen & { users: number; offered: string | null; offered_at: Date | null; accepted: string[] }
    >(
      `select c.person, c.id, c.name, c.number, c.place, o.person as offered, o.offered_at,
              (select count(*)::int from customers.member m where m.client = c.client and m.ended_at is null) as users,
              array(select a.document || ' ' || a.version from customers.acceptance a where a.client = c.client) as accepted
         from customers.client c left join customers.offer o on o.client = c.client
        where c.client = $1 and c.ended_at is null`,
      [client],
    ),
    levelsOf(handle, client, at),
    standingOf(gates, client),
    completionOf(gates, handle, client),
  ]);
  if (found === undefined) throw new Refusal('customers.resting');
  const [[company], names] = await Promise.all([
    handle.opened('customers.client', [found], SEALED, 'client', at),
    handle.people([found.person, ...(found.offered === null ? [] : [found.offered])], ['name'], 'client', at),
  ]);
  const nameOf = (person: string) => names.get(person)?.name ?? null;
  return {
    client,
    company: openedCompany(company),
    standing,
    me: {
      person: member.person,
      level: member.level,
      levelName: levelName(levels, member.level),
      rights: member.rights,
    },
    owner: { person: found.person, name: nameOf(found.person) },
    users: found.users,
    offer:
      found.offered === null
        ? null
        : {
            person: found.offered,
            name: nameOf(found.offered),
            offeredAt: found.offered_at!.toISOString(),
            mine: found.offered === actor.id,
          },
    due: DOCUMENTS.filter(
      (name) => !found.accepted.includes(`${name} ${documentInForce(gates.documents, name).version}`),
    ),
    completion,
  };
}

function openedCompany(company: { [K in (typeof SEALED)[number]]: string | null } | undefined): Company {
  // Whose key is gone is being erased, and the client with them.
  if (company === undefined) throw new Refusal('customers.unknown-client');
  return { name: company.name ?? '', number: company.number ?? '', place: company.place };
}

/** What is kept of a client that has ended: what its user left, and until when it can be taken up again. */
async function viewDeparted(gates: Gates, { actor, member, at }: ByMember): Promise<Client> {
  const { client, level, rights } = member;
  const handle = gates.use('resume', actor).of(client);
  const rows = await handle.rows<Seen & { level: string }>(
    `select distinct on (person) person, id, level, name, number, place from customers.departure
      where client = $1 order by person, ended_at desc`,
    [client],
  );
  const own = rows.filter(({ person }) => person === actor.id);
  const [[company], standing] = await Promise.all([
    handle.opened('customers.departure', own, SEALED, 'client', at),
    standingOf(gates, client, actor.id),
  ]);
  const owner = rows.find((row) => row.level === 'owner');
  const names = await handle.people(owner === undefined ? [] : [owner.person], ['name'], 'client', at);
  return {
    client,
    company: openedCompany(company),
    standing,
    me: { person: actor.id!, level, levelName: levelName([], level), rights },
    owner: owner === undefined ? null : { person: owner.person, name: names.get(owner.person)?.name ?? null },
    users: rows.length,
    offer: null,
    due: [...DOCUMENTS],
    completion: null,
  };
}

/** One of the clients that somebody uses. */
export interface MyClient {
  readonly client: string;
  readonly company: Company;
  readonly level: string;
  readonly levelName: Text;
  readonly standing: Standing;
}

/** Clients that whoever asks uses, and those that can be taken up again; one whose account rests is left out. */
export async function myClients(
  gates: Gates,
  actor: Actor,
  at: Date,
  page: Page,
): Promise<{ clients: MyClient[]; next: string | null }> {
  const rows = await clientsOf(gates, actor.id!, keysetOf(page), page.limit + 1);
  const { shown, next } = paged(rows, page, (mine) => placeText(mine.at, mine.id));
  const seen = await Promise.all(shown.map((mine) => summary(gates, actor, mine, at)));
  return { clients: seen.filter((one) => one !== undefined), next };
}

async function summary(
  gates: Gates,
  actor: Actor,
  { client, level, state }: Mine,
  at: Date,
): Promise<MyClient | undefined> {
  const acting = { ...actor, client };
  const [purpose, table] =
    state === 'active' ? ['agreement', 'customers.client'] : ['resume', 'customers.departure'];
  const handle = gates.use(purpose, acting).of(client);
  const rows =
    state === 'active'
      ? await handle.rows<Seen>(
          'select person, id, name, number, place from customers.client where client = $1 and ended_at is null',
          [client],
        )
      : await handle.rows<Seen>(
          'select person, id, name, number, place from customers.departure where client = $1 and person = $2 order by ended_at desc limit 1',
          [client, actor.id],
        );
  const [[company], levels, standing] = await Promise.all([
    handle.opened(table, rows, SEALED, 'client', at),
    state === 'active' ? levelsOf(handle, client, at) : [],
    standingOf(gates, client, state === 'active' ? undefined : actor.id),
  ]);
  return company === undefined
    ? undefined
    : { client, company: openedCompany(company), level, levelName: levelName(levels, level), standing };
}

/** Changes what the company is called, or where it is. Its number is what it is known by, and stays. */
export async function changeCompany(
  gates: Gates,
  by: ByMember,
  { name, place }: { name?: string; place?: string | null },
): Promise<void> {
  const { actor, member, at } = by;
  const called = name === undefined ? undefined : normalise('company.name', name);
  const set = {
    ...(called === undefined ? {} : { name: called, name_hash: gates.hash('company-name', called) }),
    ...(place === undefined ? {} : { place: placeOf(place) }),
  };
  if (Object.keys(set).length === 0) throw new Refusal('collect.missing-field', ['name', 'place']);
  const handle = gates.use('agreement', actor).of(member.client);
  const [row] = await handle.rows<{ id: string }>(
    'select id from customers.client where client = $1 and ended_at is null',
    [member.client],
  );
  if (row === undefined) throw new Refusal('customers.resting');
  await gates.client.change(
    { client: member.client, actor, act: 'client.changed', at },
    [{ table: 'customers.client', id: row.id, set }, ...(await settingAside(handle, member.client))],
    'customers.resting',
  );
  await noted(gates, by, { act: 'client.changed' });
}
