import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Arguments, WrongUse } from './arguments.ts';
import type { Run } from './command.ts';

/** The moment a command counts from: now, or `--now ISO` where time is tried out. */
export function moment(given: Arguments): Date {
  const text = given.values.get('now');
  if (text === undefined) return new Date();
  const at = new Date(text);
  if (Number.isNaN(at.getTime()) || !/^\d{4}-\d\d-\d\d/.test(text))
    throw new WrongUse('--now takes an ISO 8601 moment.');
  return at;
}

/**
 * The moment that something irreversible counts from. Another than now is for trying time out: where letters leave the
 * house the people are real, and nobody's data goes before its day because of a mistyped year.
 */
export function actingMoment({ given, config }: Pick<Run, 'given' | 'config'>): Date {
  const isTrial = config.smtpUrl === undefined || existsSync(join(config.dataDir, 'demo'));
  if (given.values.has('now') && !isTrial)
    throw new WrongUse('--now is for the demo and for trials: here letters are sent to real people.');
  return moment(given);
}
