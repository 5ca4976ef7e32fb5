import { defineModule } from '#gates/module.ts';
import { letters } from './letters.ts';

/** What people are told of a version of the statement before it takes effect. */
export const notices = defineModule({ name: 'notices', routes: [], letters });
