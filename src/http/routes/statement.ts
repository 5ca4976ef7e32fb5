import { type Route, route } from '#gates/module.ts';
import { StatementAnswer } from '../contract/statement.ts';

/** The statement in force; from memory, so that it is there when the database is not (clause `v.available`). */
export function statementRoutes(answer: StatementAnswer): Route[] {
  return [
    route({
      method: 'GET',
      path: '/statement',
      about: 'The statement in force: rules, text in both languages, and the versions there have been.',
      who: 'anybody',
      outcome: 'read',
      answers: StatementAnswer,
      handle: async () => answer,
    }),
  ];
}
