import { z } from 'zod';
import { route } from '#gates/module.ts';
import { companiesOf, dropCompany, keepCompany } from './mine.ts';
import { organisationNumber } from './number.ts';
import { heed } from './removed.ts';
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
    handle: async ({ params, gates, at }) => {
      const { company, ...rest } = await heed(gates, organisationNumber(params.orgnr!), at);
      return { ...company, ...rest };
    },
  }),
  route({
    method: 'GET',
    path: '/me/companies',
    about: 'The companies that whoever is signed in has asked us to know, with source and date.',
    who: 'person',
    outcome: 'read',
    handle: async ({ gates, actor, at }) => ({ companies: await companiesOf(gates, actor.id!, at) }),
  }),
  route({
    method: 'POST',
    path: '/me/companies',
    about:
      'Fetches what the register says of a company and keeps it. `own`: that it is the one who asks, where a company is a person.',
    point: 'company.register',
    who: 'person',
    body: z.strictObject({ number: z.string().max(40), own: z.boolean().optional() }),
    outcome: 'created',
    rate: 60,
    handle: ({ body, gates, actor, at }) => keepCompany(gates, actor.id!, body, actor, at),
  }),
  route({
    method: 'DELETE',
    path: '/me/companies/:id',
    about: 'Lets go of a company with its key figures.',
    who: 'person',
    outcome: 'done',
    handle: ({ params, gates, actor, at }) => dropCompany(gates, actor.id!, params.id!, actor, at),
  }),
];
