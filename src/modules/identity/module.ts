import { defineModule } from '#gates/module.ts';
import { letters } from './letters.ts';
import { routes } from './routes.ts';

/** How people and staff are let in: by link, password, passkey or another’s word; sessions, second factors and roles. */
export const identity = defineModule({
  name: 'identity',
  routes,
  letters,
  passing: ['identity.session', 'identity.link', 'identity.proof'],
});
