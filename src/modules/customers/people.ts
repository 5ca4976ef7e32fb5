import type { Actor } from '#gates/actor.ts';
import type { Gates } from '#gates/gates.ts';
import { type Page, paged, strides } from '#gates/paging.ts';
import type { PurposeHandle } from '#gates/use.ts';
import { before, osloDate, after as periodAfter } from '#statement/period.ts';

/** How the list of people is cut and ordered. */
export interface Listing {
  readonly which: (typeof WHICH)[number];
  readonly sort: (typeof SORTS)[number];
}

/** All with a profile, those with an agreement that runs, those without, and those whose profile leaves within 60 days. */
export const WHICH = ['all', 'customers', 'others', 'leaving'] as const;
/** By last use or by when the profile was made; the newest first, or the oldest. */
export const SORTS = ['-active', 'active', '-made', 'made'] as const;

/** One line of the list, as the customer relationship needs to see it. Dates are calendar dates in Europe/Oslo. */
export interface Listed {
  readonly person: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly place: string | null;
  readonly company: string | null;
  readonly made: string;
  readonly active: string;
  /** When the profile leaves unless it is used. */
  readonly leaves: string;
  readonly modules: readonly string[];
}

interface Row {
  readonly person: string;
  readonly made_at: Date;
  readonly active_at: Date;
  /** The moment that the list is ordered by, to the microsecond. */
  readonly mark: string;
  readonly modules: string[];
}

const FIELDS = ['name', 'email', 'phone', 'place', 'company'] as const;
const RUNS = 'exists (select from customers.agreement a where a.person = p.person and a.ended_at is null)';
const CUT: Readonly<Record<Listing['which'], string>> = {
  all: 'true',
  customers: RUNS,
  others: `not ${RUNS}`,
  // Nobody uses a profile before it is made; said aloud, so that the index by age is read no further than it leads.
  leaving: '$4::timestamptz > p.active_at and $4::timestamptz > p.made_at',
};
const SOON = 60 * 86_400_000;

/**
 * People with a profile, page by page (clause `u.customer`). Whoever is shown is looked at: each look is in their own
 * log. Who is restricted or has objected is not here.
 */
export async function listPeople(
  gates: Gates,
  listing: Listing,
  page: Page,
  actor: Actor,
  at: Date,
): Promise<{ people: Listed[]; next: string | null }> {
  const handle = gates.use('customer', actor);
  const rows = await rowsOf(gates, handle, listing, page.after, page.limit + 1, at);
  const { shown, next } = paged(rows, page, placeOf);
  return { people: await opened(gates, handle, shown, 'list', at), next };
}

/** The whole list, for a file; opened some hundreds at a time. */
export async function* everyPerson(
  gates: Gates,
  listing: Listing,
  actor: Actor,
  at: Date,
): AsyncGenerator<Listed[]> {
  const handle = gates.use('customer', actor);
  for await (const rows of everyRow(gates, handle, listing, at))
    yield await opened(gates, handle, rows, 'list-file', at);
}

/** Numbers of everybody in the list, for doing something with them; nobody is opened. */
export async function* everyNumber(
  gates: Gates,
  listing: Listing,
  actor: Actor,
  at: Date,
): AsyncGenerator<{ id: string; person: string }[]> {
  const handle = gates.use('customer', actor);
  for await (const rows of everyRow(gates, handle, listing, at))
    yield rows.map(({ person }) => ({ id: person, person }));
}

const everyRow = (gates: Gates, handle: PurposeHandle, listing: Listing, at: Date) =>
  strides((after, limit) => rowsOf(gates, handle, listing, after, limit, at), placeOf);

async function rowsOf(
  gates: Gates,
  handle: PurposeHandle,
  { which, sort }: Listing,
  place: string | undefined,
  limit: number,
  at: Date,
): Promise<Row[]> {
  const column = sort.endsWith('active') ? 'active_at' : 'made_at';
  const [order, beyond] = sort.startsWith('-') ? ['desc', '<'] : ['asc', '>'];
  const [mark, person] = place === undefined ? [null, null] : place.split('/');
  const start =
    mark === null
      ? '$1::text is null and $2::text is null'
      : `(p.${column}, p.person) ${beyond} ($1::timestamptz, $2::uuid)`;
  // Last used before this, and the profile is gone within the span.
  const unused = before(new Date(at.getTime() + SOON), gates.statement.storage.customer!.period);
  return handle.rows<Row>(
    `select p.person, p.made_at, p.active_at, p.${column}::text as mark,
            array(select m.module from customers.module m where m.person = p.person and m.ended_at is null order by 1) as modules
       from customers.profile p
      where ${start} and ${CUT[which]}${which === 'leaving' ? '' : ' and $4::timestamptz is not null'}
      order by p.${column} ${order}, p.person ${order} limit $3`,
    [mark, person, limit, unused],
  );
}

async function opened(
  gates: Gates,
  handle: PurposeHandle,
  rows: readonly Row[],
  act: string,
  at: Date,
): Promise<Listed[]> {
  const seen = await handle.people(
    rows.map(({ person }) => person),
    FIELDS,
    act,
    at,
  );
  const { period } = gates.statement.storage.customer!;
  return rows.flatMap(({ person, made_at, active_at, modules }) => {
    const fields = seen.get(person);
    // Somebody who has left between the two questions.
    if (fields === undefined) return [];
    const [name, email, phone, place, company] = FIELDS.map((field) => fields[field] ?? null);
    return [
      {
        person,
        name: name!,
        email: email!,
        phone: phone!,
        place: place!,
        company: company!,
        made: osloDate(made_at),
        active: osloDate(active_at),
        leaves: osloDate(periodAfter(active_at, period)),
        modules,
      },
    ];
  });
}

/** Where a page ends: the moment and the person it is ordered by. */
function placeOf({ mark, person }: Row): string {
  return `${mark}/${person}`;
}
