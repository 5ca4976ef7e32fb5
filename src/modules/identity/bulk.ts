import type { BulkForms } from '#gates/bulk/form.ts';
import { rolesOf, sessionsOf, signOut } from './sessions.ts';

/** What administrators do with many people at once. A second time there is no session left, and nothing to do. */
export const bulk: BulkForms = {
  rolesOf,
  acts: {
    'people.sign-out': {
      role: 'administrator',
      act: async (gates, { person }, { actor, at }) => {
        const open = await sessionsOf(gates, person, at);
        await signOut(
          gates,
          open.map(({ id }) => id),
          person,
          at,
          actor,
        );
      },
    },
  },
};
