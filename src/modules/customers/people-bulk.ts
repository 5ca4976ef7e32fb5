import type { BulkList } from '#gates/bulk/form.ts';
import { everyNumber, type SORTS, type WHICH } from './people.ts';
import { Choice } from './people-routes.ts';

/** The list of people, for doing something with many of them. Whoever is chosen is not looked at. */
export const peopleList: BulkList = {
  choice: Choice,
  every: (gates, choice, actor, at) => {
    const { which, sort } = choice as { which: (typeof WHICH)[number]; sort: (typeof SORTS)[number] };
    return everyNumber(gates, { which, sort }, actor, at);
  },
  among: async (gates, ids, actor) => {
    const rows = await gates
      .use('customer', actor)
      .rows<{ person: string }>('select person from customers.profile where person = any($1)', [ids]);
    return rows.map(({ person }) => ({ id: person, person }));
  },
  // Their names would be a look at each of them, every time somebody sees how far the work has come.
  names: async () => new Map(),
};
