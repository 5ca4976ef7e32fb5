import { type Call, route } from '#gates/module.ts';
import { Refusal } from '#gates/refusal.ts';
import { everyPerson, type Listing, listPeople, SORTS, WHICH } from './people.ts';

const MOST = 100;

/** The list of people that staff see: a page of it, and all of it as a file. */
export const peopleRoutes = [
  route({
    method: 'GET',
    path: '/people',
    about: `People with a profile, at most ${MOST} at a time; \`next\` is the cursor of the next page. Each look is logged and shown to them.`,
    who: 'staff',
    query: ['which', 'sort', 'cursor', 'limit'],
    outcome: 'read',
    handle: ({ gates, actor, at, query }) =>
      listPeople(gates, listingOf(query), { cursor: query.cursor, limit: limitOf(query.limit) }, actor, at),
  }),
  route({
    method: 'GET',
    path: '/people/file',
    about:
      'The whole list of people as comma-separated values. Asks for a reason; each look is logged and shown to them.',
    who: 'staff',
    query: ['which', 'sort', 'reason'],
    outcome: 'sheet',
    handle: async ({ gates, actor, at, query }) => {
      if (actor.reason === undefined) throw new Refusal('use.reason-missing', ['reason']);
      const pages = everyPerson(gates, listingOf(query), actor, at);
      return { name: 'people', head: COLUMNS, rows: linesOf(pages) };
    },
  }),
];

const COLUMNS = [
  'name',
  'email',
  'phone',
  'place',
  'company',
  'made',
  'active',
  'leaves',
  'modules',
] as const;

async function* linesOf(pages: ReturnType<typeof everyPerson>): AsyncGenerator<string[][]> {
  for await (const people of pages)
    yield people.map((one) =>
      COLUMNS.map((column) => (column === 'modules' ? one.modules.join(' ') : (one[column] ?? ''))),
    );
}

function listingOf({ which = 'all', sort = '-active' }: Call<unknown>['query']): Listing {
  return { which: oneOf(WHICH, 'which', which), sort: oneOf(SORTS, 'sort', sort) };
}

function oneOf<T extends string>(choices: readonly T[], name: string, value: string): T {
  const choice = choices.find((each) => each === value);
  if (choice === undefined) throw new Refusal('collect.invalid-field', [name]);
  return choice;
}

function limitOf(limit = '25'): number {
  const count = /^\d{1,3}$/.test(limit) ? Number(limit) : 0;
  if (count < 1 || count > MOST) throw new Refusal('collect.invalid-field', ['limit']);
  return count;
}
