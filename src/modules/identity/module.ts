import { defineModule } from '#gates/module.ts';
import { bulk } from './bulk.ts';
import { letters } from './letters.ts';
import { routes } from './routes.ts';

/** How people and staff are let in: by link, password, passkey or another’s word; sessions, second factors and roles. */
export const identity = defineModule({
  name: 'identity',
  routes,
  letters,
  bulk,
  passing: ['identity.session', 'identity.link', 'identity.proof'],
});
