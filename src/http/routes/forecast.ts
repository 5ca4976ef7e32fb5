import { z } from 'zod';
import { type Route, route } from '#gates/module.ts';
import { whole } from '#gates/shapes.ts';
import { ForecastAnswer, KeepRoundsAnswer, OpenedAnswer } from '../contract/proof.ts';
import { HttpRefusal } from '../problem.ts';

const staff = { who: 'staff', role: 'privacy' } as const;
const DAYS = 90;
/** A forecast looks at every row that leaves: a year ahead is as far as it goes. */
const FARTHEST = 366;
const ROUNDS = 10;

const query = z.object({ days: whole(1, FARTHEST).default(DAYS) });

/** What leaves in the days to come, and what the last rounds of keeping took (clauses `k.*`). */
export const forecastRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/forecast',
    about: 'What leaves in the next `days` (90 when not given, 366 at most), by clause and by date.',
    ...staff,
    scope: 'accountability',
    query,
    outcome: 'read',
    answers: ForecastAnswer,
    handle: async (call) => call.gates.forecast(call.at, call.query.days),
  }),
  route({
    method: 'GET',
    path: '/forecast/:clause',
    about: 'The rows behind one clause of the forecast: numbers of people and dates, and no value.',
    ...staff,
    query,
    outcome: 'read',
    answers: OpenedAnswer,
    handle: async (call) => {
      const clause = call.params.clause!;
      if (!Object.hasOwn(call.gates.statement.clauses, clause)) throw new HttpRefusal('http.not-found');
      return call.gates.openClause(clause, call.actor, call.at, call.query.days);
    },
  }),
  route({
    method: 'GET',
    path: '/keep-rounds',
    about: 'The last rounds of keeping, newest first: what each took, and how far one under way has come.',
    ...staff,
    scope: 'accountability',
    outcome: 'read',
    answers: KeepRoundsAnswer,
    handle: async ({ gates, at }): Promise<KeepRoundsAnswer> => ({
      rounds: (await gates.keepRounds(ROUNDS)).map(({ at: moment, doneAt, ...round }) => ({
        ...round,
        results: [...round.results],
        at: moment.toISOString(),
        // One that has not moved for an hour was cut short; the next round goes on with it.
        state: doneAt !== null ? 'done' : at.getTime() - moment.getTime() < HOUR ? 'running' : 'cut-short',
      })),
    }),
  }),
];

const HOUR = 3_600_000;
