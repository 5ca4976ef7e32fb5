import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDate } from '#statement/period.ts';
import { type Arguments, WrongUse } from './arguments.ts';
import type { Run } from './command.ts';

/** The moment a command counts from: now, or `--now ISO` where time is tried out. */
export function moment(given: Arguments): Date {
  const text = given.values.get('now');
  if (text === undefined) return new Date();
  const at = new Date(text);
  const [, date] = MOMENT.exec(text) ?? [];
  // 30 February would be read as a day in March: what it lets go of cannot be had back.
  if (Number.isNaN(at.getTime()) || date === undefined || !isDate(date))
    throw new WrongUse('--now takes an ISO 8601 moment.');
  return at;
}

const MOMENT = /^(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/;

/**
 * The moment that something irreversible counts from. Another than now is for trying time out: where letters leave the
 * house the people are real, and nobody's data goes before its day because of a mistyped year. What leaves by another
 * process's settings is known to the database alone, which a {@link isTrial} is therefore told to.
 */
export function actingMoment(run: Pick<Run, 'given' | 'config'>): Date {
  if (isTrial(run) && run.config.smtpUrl !== undefined)
    throw new WrongUse('--now is for the demo and for trials: here letters are sent to real people.');
  return moment(run.given);
}

/** True of a time that is made up, but in the demo, where people are too. */
export function isTrial({ given, config }: Pick<Run, 'given' | 'config'>): boolean {
  return given.values.has('now') && !existsSync(join(config.dataDir, 'demo'));
}
