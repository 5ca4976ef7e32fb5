import { type Arguments, WrongUse } from './arguments.ts';

/** The moment a command counts from: now, or `--now ISO` where time is tried out. */
export function moment(given: Arguments): Date {
  const text = given.values.get('now');
  if (text === undefined) return new Date();
  const at = new Date(text);
  if (Number.isNaN(at.getTime()) || !/^\d{4}-\d\d-\d\d/.test(text))
    throw new WrongUse('--now takes an ISO 8601 moment.');
  return at;
}
