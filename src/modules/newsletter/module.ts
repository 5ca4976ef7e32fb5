import { defineModule } from '#gates/module.ts';
import { letters } from './letters.ts';
import { routes } from './routes.ts';

/** Letters people ask for: sign-up that its address's owner confirms, topics, and leaving in one step. */
export const newsletter = defineModule({ name: 'newsletter', routes, letters });
