import { defineModule } from '#gates/module.ts';
import { accountRoutes } from './account-routes.ts';
import { clientRoutes } from './client-routes.ts';
import { FINDABLE } from './company.ts';
import { letters } from './letters.ts';
import { peopleList } from './people-bulk.ts';
import { peopleRoutes } from './people-routes.ts';
import { restored } from './restored.ts';
import { routes } from './routes.ts';
import { userRoutes } from './user-routes.ts';

/** People who make a profile, and companies that are clients, with their users. */
export const customers = defineModule({
  name: 'customers',
  routes: [...routes, ...peopleRoutes, ...accountRoutes, ...clientRoutes, ...userRoutes],
  letters,
  findable: FINDABLE,
  lasting: { 'customers.member': ['level'], 'customers.level': ['rights'], 'customers.module': ['ended_at'] },
  restored,
  bulk: { lists: { people: peopleList } },
});
