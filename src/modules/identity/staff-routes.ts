import { z } from 'zod';
import { route } from '#gates/module.ts';
import { Id, named } from '#gates/shapes.ts';
import { Role, StaffAnswer, StaffRequest } from './shapes.ts';
import { giveRole, staffOf, takeRoles } from './staff.ts';

const administrator = { who: 'staff', role: 'administrator' } as const;

/** Who of the operator's own people may do what. */
export const staffRoutes = [
  route({
    method: 'GET',
    path: '/staff',
    about: 'The operator’s own people and their roles. Each look is logged and shown to them.',
    ...administrator,
    outcome: 'read',
    answers: StaffAnswer,
    handle: async ({ gates, actor, at }) => ({ staff: await staffOf(gates, actor, at) }),
  }),
  route({
    method: 'POST',
    path: '/staff',
    about:
      'Gives somebody a role from their next request on, and tells them by letter. They sign in by a mailed link, and set up a second factor first.',
    ...administrator,
    point: 'staff.account',
    fresh: true,
    body: StaffRequest,
    outcome: 'created',
    answers: named('RoleGiven', z.strictObject({ person: Id, role: Role })),
    refuses: ['collect.missing-field', 'collect.invalid-field', 'collect.national-identity-number'],
    handle: ({ gates, body, actor, at }) => giveRole(gates, body, actor, at),
  }),
  route({
    method: 'DELETE',
    path: '/staff/:person/roles/:role',
    about: 'Takes a role away, from their next request on; they are told by letter.',
    ...administrator,
    outcome: 'done',
    refuses: ['answer.unknown-person', 'identity.last-administrator'],
    handle: ({ gates, params, actor, at }) =>
      takeRoles(gates, { person: params.person!, roles: [params.role!] }, actor, at),
  }),
];
