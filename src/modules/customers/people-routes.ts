import { z } from 'zod';
import { route } from '#gates/module.ts';
import { Refusal } from '#gates/refusal.ts';
import { Reason } from '#gates/shapes.ts';
import { everyPerson, listPeople, SORTS, WHICH } from './people.ts';
import { PeopleAnswer } from './shapes.ts';

/** What the list is cut and ordered by. */
export const Choice = z.object({
  which: z.enum(WHICH).default('all'),
  sort: z.enum(SORTS).default('-active'),
});

/** The list of people that staff see: a page of it, and all of it as a file. */
export const peopleRoutes = [
  route({
    method: 'GET',
    path: '/people',
    about: 'People with a profile. Each look is logged and shown to them.',
    who: 'staff',
    query: Choice,
    pages: { usual: 25, most: 100 },
    outcome: 'read',
    answers: PeopleAnswer,
    refuses: ['use.not-your-purpose'],
    handle: ({ gates, actor, at, query, page }) => listPeople(gates, query, page, actor, at),
  }),
  route({
    method: 'GET',
    path: '/people/file',
    about:
      'The whole list of people as comma-separated values. Asks for a reason; each look is logged and shown to them.',
    who: 'staff',
    query: Choice.extend({ reason: Reason }),
    outcome: 'sheet',
    refuses: ['use.not-your-purpose', 'use.reason-missing'],
    handle: async ({ gates, actor, at, query }) => {
      if (actor.reason === undefined) throw new Refusal('use.reason-missing', ['reason']);
      return { name: 'people', head: COLUMNS, rows: linesOf(everyPerson(gates, query, actor, at)) };
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
