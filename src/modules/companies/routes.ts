import { route } from '#gates/module.ts';
import { companiesOf, dropCompany, keepCompany } from './mine.ts';
import { organisationNumber } from './number.ts';
import { heed } from './removed.ts';
import { search } from './search.ts';
import {
  CompaniesAnswer,
  CompanyAnswer,
  CompanyQuery,
  CompanyWish,
  MyCompaniesAnswer,
  MyCompany,
} from './shapes.ts';

export const routes = [
  route({
    method: 'GET',
    path: '/companies',
    about:
      'Finds companies in Enhetsregisteret by a part of the name, or one by its number, the likeliest on top. Nothing is stored.',
    who: 'anybody',
    query: CompanyQuery,
    outcome: 'read',
    answers: CompaniesAnswer,
    refuses: [
      'collect.missing-field',
      'collect.invalid-field',
      'collect.national-identity-number',
      'collect.unknown-source',
      'collect.source-away',
      'companies.invalid-number',
    ],
    rate: 60,
    handle: ({ query, gates }) => search(gates, query.q),
  }),
  route({
    method: 'GET',
    path: '/companies/:number',
    about: 'A company by its organisation number, with its latest key figures. Nothing is stored.',
    who: 'anybody',
    outcome: 'read',
    answers: CompanyAnswer,
    refuses: [
      'collect.unknown-source',
      'collect.source-away',
      'companies.invalid-number',
      'companies.unknown',
      'companies.removed',
    ],
    rate: 60,
    handle: async ({ params, gates, at }) => {
      const { company, ...rest } = await heed(gates, organisationNumber(params.number!), at);
      return { ...company, ...rest };
    },
  }),
  route({
    method: 'GET',
    path: '/me/companies',
    about: 'The companies that whoever is signed in has asked us to know, with source and date.',
    who: 'person',
    outcome: 'read',
    answers: MyCompaniesAnswer,
    handle: async ({ gates, actor, at }) => ({ companies: await companiesOf(gates, actor.id!, at) }),
  }),
  route({
    method: 'POST',
    path: '/me/companies',
    about: 'Fetches what the register says of a company and keeps it; asked for again, it is renewed.',
    point: 'company.register',
    who: 'person',
    body: CompanyWish,
    outcome: 'created',
    answers: MyCompany,
    refuses: [
      'collect.unknown-source',
      'collect.source-away',
      'companies.invalid-number',
      'companies.unknown',
      'companies.removed',
      'companies.sole-proprietor',
      'companies.not-usable',
    ],
    rate: 60,
    handle: ({ body, gates, actor, at }) => keepCompany(gates, actor.id!, body, actor, at),
  }),
  route({
    method: 'DELETE',
    path: '/me/companies/:id',
    about: 'Lets go of a company with its key figures.',
    who: 'person',
    outcome: 'done',
    refuses: ['companies.not-kept'],
    handle: ({ params, gates, actor, at }) => dropCompany(gates, actor.id!, params.id!, actor, at),
  }),
];
