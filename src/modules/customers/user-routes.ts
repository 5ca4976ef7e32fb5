import { z } from 'zod';
import { type Route, route } from '#gates/module.ts';
import { RIGHTS } from '#gates/rights.ts';
import { byMember } from './events.ts';
import {
  declineInvitation,
  invitationsOf,
  invite,
  takeBack,
  takeInvitation,
  viewInvitation,
} from './invitations.ts';
import { changeLevel, countedLevels, makeLevel, removeLevel } from './levels.ts';
import { cursorOf } from './paging.ts';
import { changeUser, removeUser, usersOf } from './users.ts';

const line = z.string().max(400);
const level = z.string().max(40);
const rights = z.array(z.string().max(40)).max(50);

const member = { who: 'member' } as const;
const users = { who: 'member', right: 'users.manage' } as const;
const levels = { who: 'member', right: 'levels.manage' } as const;

/** Users of a client, invitations to become one, and the access levels that they have. */
export const userRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/clients/:client/users',
    about: 'Users of the client.',
    ...member,
    query: ['cursor'],
    outcome: 'read',
    handle: (call) => usersOf(call.gates, byMember(call), cursorOf(call.query)),
  }),
  route({
    method: 'PATCH',
    path: '/clients/:client/users/:person',
    about: 'Gives a user another access level, from their next request on.',
    ...users,
    body: z.strictObject({ level }),
    outcome: 'read',
    handle: (call) => changeUser(call.gates, byMember(call), call.params.person!, call.body.level),
  }),
  route({
    method: 'DELETE',
    path: '/clients/:client/users/:person',
    about: 'Ends somebody’s use of the account: by whoever manages users, or by themselves.',
    ...member,
    outcome: 'done',
    handle: (call) => removeUser(call.gates, byMember(call), call.params.person!),
  }),
  route({
    method: 'GET',
    path: '/clients/:client/invitations',
    about: 'Invitations that wait for an answer.',
    ...users,
    query: ['cursor'],
    outcome: 'read',
    handle: (call) => invitationsOf(call.gates, byMember(call), cursorOf(call.query)),
  }),
  route({
    method: 'POST',
    path: '/clients/:client/invitations',
    about: 'Asks somebody by letter to be a user. The answer does not tell whether the address was known.',
    point: 'client.invitation',
    ...users,
    body: z.strictObject({
      email: line,
      name: line.optional(),
      level,
      language: z.enum(['nb', 'en']).optional(),
    }),
    outcome: 'created',
    rate: 60,
    handle: (call) => invite(call.gates, byMember(call), call.body),
  }),
  route({
    method: 'DELETE',
    path: '/clients/:client/invitations/:invitation',
    about: 'Takes an invitation back; what was given for it is forgotten at once.',
    ...users,
    outcome: 'done',
    handle: (call) => takeBack(call.gates, byMember(call), call.params.invitation!),
  }),
  route({
    method: 'GET',
    path: '/invitations/:token',
    about: 'What an invitation is to, for whoever has its link. Changes nothing.',
    who: 'anybody',
    outcome: 'read',
    rate: 60,
    handle: ({ gates, params, at }) => viewInvitation(gates, params.token!, at),
  }),
  route({
    method: 'POST',
    path: '/invitations/:token',
    about: 'Says yes to an invitation; answers with a one-time sign-in.',
    point: 'client.member',
    who: 'anybody',
    body: z.strictObject({
      name: line.optional(),
      accept: z.strictObject({ statement: z.string().max(20) }),
    }),
    outcome: 'created',
    rate: 60,
    handle: ({ gates, params, body, at }) => takeInvitation(gates, params.token!, body, at),
  }),
  route({
    method: 'DELETE',
    path: '/invitations/:token',
    about: 'Says no to an invitation; what was given for it is forgotten at once.',
    who: 'anybody',
    outcome: 'done',
    rate: 60,
    handle: ({ gates, params, at }) => declineInvitation(gates, params.token!, at),
  }),
  route({
    method: 'GET',
    path: '/clients/:client/levels',
    about: 'Access levels of the client, the built-in ones first, and every right that a level can hold.',
    ...member,
    outcome: 'read',
    handle: async (call) => ({
      levels: await countedLevels(call.gates, byMember(call)),
      rights: Object.entries(RIGHTS).map(([right, label]) => ({ right, label })),
    }),
  }),
  route({
    method: 'POST',
    path: '/clients/:client/levels',
    about: 'Makes an access level of the client’s own.',
    point: 'client',
    ...levels,
    body: z.strictObject({ name: line, rights }),
    outcome: 'created',
    handle: (call) => makeLevel(call.gates, byMember(call), call.body),
  }),
  route({
    method: 'PATCH',
    path: '/clients/:client/levels/:level',
    about: 'Changes an access level of the client’s own, for everybody who has it.',
    ...levels,
    body: z.strictObject({ name: line.optional(), rights: rights.optional() }),
    outcome: 'read',
    handle: (call) => changeLevel(call.gates, byMember(call), call.params.level!, call.body),
  }),
  route({
    method: 'DELETE',
    path: '/clients/:client/levels/:level',
    about: 'Takes an access level of the client’s own away, which nobody has.',
    ...levels,
    outcome: 'done',
    handle: (call) => removeLevel(call.gates, byMember(call), call.params.level!),
  }),
];
