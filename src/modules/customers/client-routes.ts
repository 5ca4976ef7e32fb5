import { type Call, type Route, route } from '#gates/module.ts';
import { PAGES } from '#gates/paging.ts';
import { catalogue } from './catalogue.ts';
import {
  Acceptance,
  AcceptancesAnswer,
  ClientAnswer,
  ClientChange,
  ClientExport,
  ClientLogAnswer,
  ClientModulesAnswer,
  ClientRequest,
  ClientsAnswer,
  ModuleCatalogueAnswer,
  ModuleRequest,
  OwnershipOffer,
} from './client-shapes.ts';
import { changeCompany, myClients, register, viewClient } from './clients.ts';
import { byMember, clientLog, noted } from './events.ts';
import { BUILT_IN } from './levels.ts';
import { end, resume } from './lifecycle.ts';
import { offerOwnership, takeOwnership, withdrawOffer } from './ownership.ts';
import { accept, acceptancesOf, dropModule, takeModule, takenModules } from './taken.ts';

const OWNER = BUILT_IN[0]!;
/** For every user of the client, and for its keys. */
const member = { who: 'member', keys: true } as const;
/** For people alone: what binds the company, or is one person's. */
const people = { who: 'member', keys: false } as const;

/** The client as it is once what was asked is done; the caller's own level may be another by then. */
function then<Body>(act: (call: Call<Body>) => Promise<void>) {
  return async (call: Call<Body>) => {
    await act(call);
    return viewClient(call.gates, byMember(call));
  };
}

/** A company's account: registering it, its agreement, modules and documents, its owner, its end and its log. */
export const clientRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/modules',
    about: 'Modules that a client can take into use.',
    who: 'anybody',
    outcome: 'read',
    answers: ModuleCatalogueAnswer,
    keeps: 300,
    handle: async () => ({ modules: catalogue(() => ({})) }),
  }),
  route({
    method: 'POST',
    path: '/clients',
    about: 'Registers a company as a client: whoever asks is its owner, and accepts both documents for it.',
    point: 'client',
    who: 'person',
    body: ClientRequest,
    outcome: 'created',
    answers: ClientAnswer,
    refuses: [
      'customers.no-profile',
      'customers.bad-number',
      'customers.unknown-module',
      'customers.not-in-force',
      'collect.invalid-field',
      'collect.national-identity-number',
    ],
    handle: async ({ body, gates, actor, at }) => {
      const client = await register(gates, body, actor, at);
      const acting = { ...actor, client };
      const { rights } = OWNER;
      return viewClient(gates, {
        actor: acting,
        member: { client, person: actor.id!, level: 'owner', rights, state: 'active' },
        at,
      });
    },
  }),
  route({
    method: 'GET',
    path: '/clients',
    about: 'Clients that whoever is signed in uses, and those that can be taken up again.',
    who: 'person',
    pages: PAGES,
    outcome: 'read',
    answers: ClientsAnswer,
    handle: ({ gates, actor, at, page }) => myClients(gates, actor, at, page),
  }),
  route({
    method: 'GET',
    path: '/clients/:client',
    about: 'A client as the caller may see it.',
    ...member,
    grace: true,
    outcome: 'read',
    answers: ClientAnswer,
    refuses: ['customers.resting'],
    handle: (call) => viewClient(call.gates, byMember(call)),
  }),
  route({
    method: 'PATCH',
    path: '/clients/:client',
    about: 'Changes what the company is called, or where it is.',
    ...member,
    right: 'company.change',
    body: ClientChange,
    outcome: 'read',
    answers: ClientAnswer,
    refuses: [
      'collect.missing-field',
      'collect.invalid-field',
      'collect.national-identity-number',
      'customers.resting',
    ],
    handle: then((call) => changeCompany(call.gates, byMember(call), call.body)),
  }),
  route({
    method: 'DELETE',
    path: '/clients/:client',
    about: 'Ends the subscription. It can be taken up again for as long as the statement says.',
    ...people,
    fresh: true,
    right: 'agreement.end',
    outcome: 'read',
    answers: ClientAnswer,
    handle: async (call) => {
      const by = byMember(call);
      await end(call.gates, by.member.client, by.actor, by.at);
      return viewClient(call.gates, {
        ...by,
        member: {
          ...by.member,
          rights: by.member.level === 'owner' ? ['agreement.end'] : [],
          state: 'grace',
        },
      });
    },
  }),
  route({
    method: 'PUT',
    path: '/clients/:client/subscription',
    about: 'Takes an ended subscription up again, with its modules, users and levels. For whoever owned it.',
    point: 'client',
    ...people,
    right: 'agreement.end',
    grace: true,
    body: Acceptance,
    outcome: 'read',
    answers: ClientAnswer,
    refuses: ['customers.nothing-to-resume', 'customers.not-in-force'],
    handle: async (call) => {
      const { actor, member: before, at } = byMember(call);
      await resume(call.gates, before.client, call.body.accept, actor, at);
      return viewClient(call.gates, {
        actor,
        member: { ...before, rights: OWNER.rights, state: 'active' },
        at,
      });
    },
  }),
  route({
    method: 'GET',
    path: '/clients/:client/modules',
    about: 'Every module, and since when the client has it.',
    ...member,
    outcome: 'read',
    answers: ClientModulesAnswer,
    handle: async (call) => ({ modules: await takenModules(call.gates, byMember(call)) }),
  }),
  route({
    method: 'POST',
    path: '/clients/:client/modules',
    about: 'Takes a module into use.',
    point: 'client',
    ...member,
    right: 'modules.manage',
    body: ModuleRequest,
    outcome: 'created',
    answers: ClientModulesAnswer,
    refuses: ['customers.unknown-module', 'customers.module-taken', 'customers.resting'],
    handle: async (call) => ({ modules: await takeModule(call.gates, byMember(call), call.body.module) }),
  }),
  route({
    method: 'DELETE',
    path: '/clients/:client/modules/:module',
    about: 'Drops a module; the last one is refused, since the subscription ends with it.',
    ...member,
    right: 'modules.manage',
    outcome: 'read',
    answers: ClientModulesAnswer,
    refuses: ['customers.module-not-taken', 'customers.last-module'],
    handle: async (call) => ({ modules: await dropModule(call.gates, byMember(call), call.params.module!) }),
  }),
  route({
    method: 'GET',
    path: '/clients/:client/acceptances',
    about: 'The documents of the client: the version in force of each, and which was accepted last.',
    ...member,
    outcome: 'read',
    answers: AcceptancesAnswer,
    handle: async (call) => ({ documents: await acceptancesOf(call.gates, byMember(call)) }),
  }),
  route({
    method: 'POST',
    path: '/clients/:client/acceptances',
    about: 'Accepts the documents in force for the company.',
    point: 'client',
    ...people,
    right: 'agreement.sign',
    body: Acceptance,
    outcome: 'created',
    answers: AcceptancesAnswer,
    refuses: ['customers.not-in-force', 'customers.resting'],
    handle: async (call) => ({ documents: await accept(call.gates, byMember(call), call.body.accept) }),
  }),
  route({
    method: 'POST',
    path: '/clients/:client/ownership',
    about: 'Offers the ownership to another user, who gets a letter. For the owner.',
    point: 'client.member',
    ...people,
    fresh: true,
    body: OwnershipOffer,
    outcome: 'read',
    answers: ClientAnswer,
    refuses: ['customers.unknown-user'],
    handle: then((call) => offerOwnership(call.gates, byMember(call), call.body.person)),
  }),
  route({
    method: 'DELETE',
    path: '/clients/:client/ownership',
    about: 'Takes an offer of the ownership back. For the owner.',
    ...people,
    outcome: 'read',
    answers: ClientAnswer,
    refuses: ['customers.no-offer', 'answer.held'],
    handle: then((call) => withdrawOffer(call.gates, byMember(call))),
  }),
  route({
    method: 'POST',
    path: '/clients/:client/ownership/acceptance',
    about:
      'Takes the ownership over, by whoever it is offered to; they accept both documents for the company.',
    point: 'client',
    ...people,
    fresh: true,
    body: Acceptance,
    outcome: 'read',
    answers: ClientAnswer,
    refuses: ['customers.no-offer', 'customers.not-in-force', 'answer.held'],
    handle: async (call) => {
      const by = byMember(call);
      await takeOwnership(call.gates, by, call.body.accept);
      return viewClient(call.gates, {
        ...by,
        member: { ...by.member, level: 'owner', rights: OWNER.rights },
      });
    },
  }),
  route({
    method: 'GET',
    path: '/clients/:client/log',
    about: 'What the users have done with the account, newest first.',
    ...member,
    right: 'log.see',
    pages: PAGES,
    outcome: 'read',
    answers: ClientLogAnswer,
    handle: (call) => clientLog(call.gates, byMember(call), call.page),
  }),
  route({
    method: 'GET',
    path: '/clients/:client/export',
    about: 'Everything that is kept for the client, table by table, opened.',
    ...member,
    right: 'export',
    outcome: 'read',
    answers: ClientExport,
    handle: async (call) => {
      const by = byMember(call);
      await noted(call.gates, by, { act: 'client.exported' });
      const { client } = by.member;
      return call.gates.client.export({ client, actor: by.actor, act: 'client.export', at: by.at });
    },
  }),
];
