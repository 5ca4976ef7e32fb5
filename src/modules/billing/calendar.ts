import type { Span } from '#gates/prices/list.ts';

/** Days on the calendar of Oslo, as `2026-11-27`. What goes from one to another ends the day before the other. */

const DAY = 86_400_000;
const MONTHS: Readonly<Record<Span, number>> = { month: 1, year: 12 };

const utc = (date: string) => Date.parse(`${date}T00:00:00Z`);
const written = (moment: number) => new Date(moment).toISOString().slice(0, 10);

/** How many days from one date to another. */
export function daysBetween(from: string, to: string): number {
  return (utc(to) - utc(from)) / DAY;
}

export function addDays(date: string, days: number): string {
  return written(utc(date) + days * DAY);
}

/** True from Monday to Friday. */
export function isWeekday(date: string): boolean {
  return new Date(utc(date)).getUTCDay() % 6 !== 0;
}

/** The earlier, and the later, of two dates. */
export const earlier = (a: string, b: string) => (a < b ? a : b);
export const later = (a: string, b: string) => (a > b ? a : b);

/** So many months later: the same day of the month, or the month's last where it has no such day. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return written(Date.UTC(year, month - 1 + months, Math.min(day, last)));
}

/** A period of a subscription. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** The period, of those that follow one another from `anchor`, that a day lies in; undefined before the first. */
export function periodOf(anchor: string, span: Span, day: string): Period | undefined {
  if (day < anchor) return undefined;
  const step = MONTHS[span];
  const [year = 0, month = 0] = anchor.split('-').map(Number);
  const [ofYear = 0, ofMonth = 0] = day.split('-').map(Number);
  // Counted from the anchor each time, so that the 31st comes back after a month of thirty days.
  let n = Math.floor(((ofYear - year) * 12 + ofMonth - month) / step);
  while (addMonths(anchor, n * step) > day) n -= 1;
  while (addMonths(anchor, (n + 1) * step) <= day) n += 1;
  return { from: addMonths(anchor, n * step), to: addMonths(anchor, (n + 1) * step) };
}
