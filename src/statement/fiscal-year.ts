import { osloDate, startOfDate } from './period.ts';

/** The last day of a fiscal year that follows the calendar, as `operator.fiscalYearEnd` writes it. */
export const CALENDAR_YEAR = '12-31';

/** The last day of the operator's fiscal year; the calendar's where the statement does not say. */
export function yearEnd(fiscalYearEnd: string | undefined): string {
  return fiscalYearEnd ?? CALENDAR_YEAR;
}

/** Whether a month and a day, `06-30`, is a day that a fiscal year can end on. */
export function isYearEnd(day: string): boolean {
  const [month = 0, date = 0] = day.split('-').map(Number);
  return /^\d{2}-\d{2}$/.test(day) && month >= 1 && month <= 12 && date >= 1 && date <= lastOf(LEAP, month);
}

/**
 * The moment at which the fiscal year is over that a moment lies in: the first of the next one, on Oslo's calendar. So a
 * period from 30 June ends on 31 December and not a day before. `02-29` is the last of February in every year. Throws
 * RangeError when `fiscalYearEnd` is no day of the year.
 */
export function fiscalYearEnded(fiscalYearEnd: string | undefined, moment: Date): Date {
  const day = yearEnd(fiscalYearEnd);
  if (!isYearEnd(day)) throw new RangeError('not a day of the year');
  const [year = 0, ...rest] = osloDate(moment).split('-').map(Number);
  const [month = 0, date = 0] = rest;
  const here = lastDay(year, day);
  const isOver = month > here.month || (month === here.month && date > here.date);
  const last = isOver ? lastDay(year + 1, day) : here;
  const next = new Date(Date.UTC(last.year, last.month - 1, last.date + 1));
  return startOfDate(next.toISOString().slice(0, 10));
}

const LEAP = 2024;

function lastDay(year: number, day: string): { year: number; month: number; date: number } {
  const [month = 0, date = 0] = day.split('-').map(Number);
  return { year, month, date: Math.min(date, lastOf(year, month)) };
}

function lastOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
