import { defineModule } from '#gates/module.ts';
import { routes } from './routes.ts';

/** Companies as the public registers know them: looked up for anybody, and kept for whoever wishes it. */
export const companies = defineModule({ name: 'companies', routes });
