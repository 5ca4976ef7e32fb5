import { defineModule } from '#gates/module.ts';

/** How the solution is used: events kept in days, and the monthly counts of people that stay when the events are gone. */
export const analytics = defineModule({ name: 'analytics', routes: [] });
