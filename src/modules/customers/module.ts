import { defineModule } from '#gates/module.ts';
import { letters } from './letters.ts';
import { peopleRoutes } from './people-routes.ts';
import { routes } from './routes.ts';

/** People who make a profile, as far as what they say of themselves. */
export const customers = defineModule({ name: 'customers', routes: [...routes, ...peopleRoutes], letters });
