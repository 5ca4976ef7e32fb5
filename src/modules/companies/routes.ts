import { route } from '#gates/module.ts';
import { lookUp } from './lookup.ts';
import { organisationNumber } from './number.ts';
import { search } from './search.ts';

export const routes = [
  route({
    method: 'GET',
    path: '/companies',
    about:
      'Finds companies in Enhetsregisteret by a part of the name, or one by its number, the likeliest on top. Nothing is stored.',
    who: 'anybody',
    query: ['q'],
    outcome: 'read',
    rate: 60,
    handle: ({ query, gates }) => search(gates, query.q ?? ''),
  }),
  route({
    method: 'GET',
    path: '/companies/:orgnr',
    about: 'A company by its organisation number, with its latest key figures. Nothing is stored.',
    who: 'anybody',
    outcome: 'read',
    rate: 60,
    handle: async ({ params, gates }) => {
      const { company, ...rest } = await lookUp(gates, organisationNumber(params.orgnr!));
      return { ...company, ...rest };
    },
  }),
];
