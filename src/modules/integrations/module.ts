import { defineModule } from '#gates/module.ts';
import { routes } from './routes.ts';

/** Other systems that call the API, each with a key of its own: the operator's, and those of the clients. */
export const integrations = defineModule({
  name: 'integrations',
  routes,
  // A backup may bring a key back that was ended since.
  passing: ['integrations.token'],
});
