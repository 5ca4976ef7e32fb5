import { z } from 'zod';
import { route } from '#gates/module.ts';
import { PAGES } from '#gates/paging.ts';
import { Refusal } from '#gates/refusal.ts';
import { Reason } from '#gates/shapes.ts';
import { AccountAnswer, AccountsAnswer, AccountsFound } from './account-shapes.ts';
import { accountLog, viewAccount } from './account-view.ts';
import {
  type Account,
  accountsOf,
  everyAccount,
  findAccounts,
  listAccounts,
  SORTS,
  WHICH,
} from './accounts.ts';
import { knownModules } from './catalogue.ts';
import { ClientLogAnswer } from './client-shapes.ts';

const line = z.string().max(400);
const Choice = z.object({
  which: z.enum(WHICH).default('running'),
  sort: z.enum(SORTS).default('-since').describe('By when it began, or ended where it has.'),
  module: z
    .string()
    .max(40)
    .optional()
    .meta({ examples: ['kurs'] }),
});

/** A choice that names a module there is, if any. */
function listing({ module, ...choice }: z.infer<typeof Choice>) {
  return { ...choice, module: module === undefined ? undefined : knownModules([module])[0] };
}

/** Clients as those see them who run the customer relationship: a list, a file, a search, and one with its life. */
export const accountRoutes = [
  route({
    method: 'GET',
    path: '/accounts',
    about:
      'Clients: those that run, those on trial, or those that have ended. Each look is shown to the owner.',
    who: 'staff',
    query: Choice,
    pages: { usual: 25, most: 100 },
    outcome: 'read',
    answers: AccountsAnswer,
    refuses: ['use.not-your-purpose', 'customers.unknown-module'],
    handle: ({ gates, actor, at, query, page }) => listAccounts(gates, listing(query), page, actor, at),
  }),
  route({
    method: 'GET',
    path: '/accounts/file',
    about:
      'The whole list of clients as comma-separated values. Asks for a reason; each look is shown to the owner.',
    who: 'staff',
    query: Choice.extend({ reason: Reason }),
    outcome: 'sheet',
    refuses: ['use.not-your-purpose', 'use.reason-missing', 'customers.unknown-module'],
    handle: async ({ gates, actor, at, query }) => {
      if (actor.reason === undefined) throw new Refusal('use.reason-missing', ['reason']);
      const { reason: _, ...choice } = query;
      return {
        name: 'clients',
        head: COLUMNS,
        rows: linesOf(everyAccount(gates, listing(choice), actor, at)),
      };
    },
  }),
  route({
    method: 'POST',
    path: '/account-searches',
    about:
      'Finds clients by the whole organisation number or name. In the body, so that neither stands in a URL.',
    who: 'staff',
    body: z.union([z.strictObject({ number: line }), z.strictObject({ name: line })]),
    outcome: 'read',
    answers: AccountsFound,
    refuses: ['use.not-your-purpose', 'customers.bad-number'],
    handle: async ({ gates, actor, at, body }) => ({
      found: await findAccounts(gates, body, actor, at),
    }),
  }),
  route({
    method: 'GET',
    path: '/accounts/:account',
    about: 'A client with its users, its plan and what was accepted. Each look is shown to each of them.',
    who: 'staff',
    outcome: 'read',
    answers: AccountAnswer,
    refuses: ['use.not-your-purpose', 'customers.unknown-client'],
    handle: ({ gates, actor, at, params }) => viewAccount(gates, params.account!, actor, at),
  }),
  route({
    method: 'GET',
    path: '/accounts/:account/log',
    about: 'What the users have done with a client’s account, newest first.',
    who: 'staff',
    pages: PAGES,
    outcome: 'read',
    answers: ClientLogAnswer,
    refuses: ['use.not-your-purpose', 'customers.unknown-client'],
    handle: ({ gates, actor, at, params, page }) => accountLog(gates, params.account!, page, actor, at),
  }),
  route({
    method: 'GET',
    path: '/persons/:person/accounts',
    about: 'Clients that a person uses, or used and can take up again. Each look is shown to the owner.',
    who: 'staff',
    outcome: 'read',
    answers: AccountsFound,
    refuses: ['use.not-your-purpose', 'answer.unknown-person'],
    handle: async ({ gates, actor, at, params }) => ({
      found: await accountsOf(gates, params.person!, actor, at),
    }),
  }),
];

const COLUMNS = ['client', 'name', 'number', 'place', 'users', 'modules', 'since', 'ended', 'until'] as const;

async function* linesOf(pages: AsyncGenerator<Account[]>): AsyncGenerator<string[][]> {
  for await (const accounts of pages)
    yield accounts.map(
      ({ account, company: { name, number, place }, users, modules, since, ended, until }) => [
        account,
        name,
        number,
        place ?? '',
        String(users),
        modules.join(' '),
        since ?? '',
        ended ?? '',
        until ?? '',
      ],
    );
}
