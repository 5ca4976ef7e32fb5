import { defineModule } from '#gates/module.ts';
import { clientRoutes } from './client-routes.ts';
import { letters } from './letters.ts';
import { peopleRoutes } from './people-routes.ts';
import { routes } from './routes.ts';
import { userRoutes } from './user-routes.ts';

/** People who make a profile, and companies that are clients, with their users. */
export const customers = defineModule({
  name: 'customers',
  routes: [...routes, ...peopleRoutes, ...clientRoutes, ...userRoutes],
  letters,
});
