import type { Language } from './grammar.ts';

/** An ISO 8601 duration taken apart; every part a whole number, absent parts 0. */
export interface Period {
  readonly years: number;
  readonly months: number;
  readonly weeks: number;
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

const WRITTEN =
  /^P(?=[\dT])(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,5})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?$/;

/** Reads `P18M`, `P3Y6M`, `P7D` or `PT10M`; undefined when it is no duration of whole parts. */
export function parsePeriod(text: string): Period | undefined {
  const found = WRITTEN.exec(text);
  if (found === null) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found
    .slice(1)
    .map((part) => Number(part ?? 0));
  return { years, months, weeks, days, hours, minutes, seconds };
}

/**
 * The moment a period is over, counted on the calendar and the clock of Europe/Oslo.
 *
 * Years, months, weeks and days move the date and leave the time of day as it was, also over a change to or from
 * summer time; a day that the month lacks becomes the month's last. Hours, minutes and seconds are then counted as they
 * pass. A time of day that the clock skips counts as that much later, and one that it shows twice as the later: we would
 * rather keep an hour too long than destroy an hour early. PostgreSQL gives the same answer. Throws RangeError when
 * `period` is no duration.
 */
export function after(start: Date, period: string): Date {
  const parsed = parsePeriod(period);
  if (parsed === undefined) throw new RangeError('not an ISO 8601 duration of whole parts');
  const { years, months, weeks, days, hours, minutes, seconds } = parsed;
  const moved = years + months + weeks + days === 0 ? start.getTime() : moveDate(start.getTime(), parsed);
  return new Date(moved + ((hours * 60 + minutes) * 60 + seconds) * 1000);
}

/** The moment a period before another, counted back as {@link after} counts on. RangeError when `period` is no duration. */
export function before(end: Date, period: string): Date {
  const parsed = parsePeriod(period);
  if (parsed === undefined) throw new RangeError('not an ISO 8601 duration of whole parts');
  const back = Object.fromEntries(Object.entries(parsed).map(([unit, n]) => [unit, -n])) as unknown as Period;
  const { years, months, weeks, days, hours, minutes, seconds } = back;
  const moved = years + months + weeks + days === 0 ? end.getTime() : moveDate(end.getTime(), back);
  return new Date(moved + ((hours * 60 + minutes) * 60 + seconds) * 1000);
}

function moveDate(start: number, { years, months, weeks, days }: Period): number {
  const wall = new Date(start + osloOffset(start));
  const month = wall.getUTCMonth() + years * 12 + months;
  const lastDay = new Date(Date.UTC(wall.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const moved = new Date(wall);
  moved.setUTCFullYear(wall.getUTCFullYear(), month, Math.min(wall.getUTCDate(), lastDay));
  moved.setUTCDate(moved.getUTCDate() + weeks * 7 + days);
  return fromWall(moved.getTime());
}

/** Offsets by the hour, since asking for one costs as much as the rest of an answer; begun anew when it is full. */
const offsets = new Map<number, number>();
const MOST_OFFSETS = 4096;
const HOUR = 3_600_000;

/** Milliseconds that the clock in Oslo is ahead of UTC at an instant. */
function osloOffset(instant: number): number {
  // The clock has been moved on the hour alone since before 1970.
  if (instant < 0) return askOffset(instant);
  const hour = Math.floor(instant / HOUR);
  let offset = offsets.get(hour);
  if (offset === undefined) {
    if (offsets.size === MOST_OFFSETS) offsets.clear();
    offset = askOffset(hour * HOUR);
    offsets.set(hour, offset);
  }
  return offset;
}

function askOffset(instant: number): number {
  const whole = Math.floor(instant / 1000) * 1000;
  const part: Record<string, number> = {};
  for (const { type, value } of OSLO.formatToParts(whole)) part[type] = Number(value);
  return Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!) - whole;
}

const OSLO = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Oslo',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** The instant at which Oslo's clock shows `wall`, as PostgreSQL reads it: the later of two, and past a gap. */
function fromWall(wall: number): number {
  const before = osloOffset(wall - 86_400_000);
  const later = osloOffset(wall + 86_400_000);
  const least = Math.min(before, later);
  if (osloOffset(wall - least) === least) return wall - least;
  const most = Math.max(before, later);
  return osloOffset(wall - most) === most ? wall - most : wall - least;
}

/** The calendar date in Oslo at an instant, as `2026-11-23`. */
export function osloDate(instant: Date): string {
  return new Date(instant.getTime() + osloOffset(instant.getTime())).toISOString().slice(0, 10);
}

/**
 * Whether a text is a day of the calendar, `2026-02-28`: `2026-02-31` parses as a date in March, and `+010000-01` as a month of
 * five-figure years, and neither is one here.
 */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

/** The instant at which a calendar date begins in Oslo. Throws RangeError when `date` is no date. */
export function startOfDate(date: string): Date {
  const wall = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(wall)) throw new RangeError('not a calendar date');
  return new Date(fromWall(wall));
}

/**
 * Which of two periods lasts longer: negative when `a` is shorter, 0 when they mean the same (`P12M`, `P1Y`), positive
 * when `a` is longer. Months and years are taken at their average length where the calendar would have to decide.
 */
export function comparePeriods(a: string, b: string): number {
  return length(a) - length(b);
}

function length(text: string): number {
  const period = parsePeriod(text);
  if (period === undefined) throw new RangeError('not an ISO 8601 duration of whole parts');
  const { years, months, weeks, days, hours, minutes, seconds } = period;
  return (
    (years * 12 + months) * 2_629_746 + (weeks * 7 + days) * 86_400 + hours * 3600 + minutes * 60 + seconds
  );
}

const UNITS: Record<Language, Record<keyof Period, readonly [string, string]>> = {
  nb: {
    years: ['år', 'år'],
    months: ['måned', 'måneder'],
    weeks: ['uke', 'uker'],
    days: ['dag', 'dager'],
    hours: ['time', 'timer'],
    minutes: ['minutt', 'minutter'],
    seconds: ['sekund', 'sekunder'],
  },
  en: {
    years: ['year', 'years'],
    months: ['month', 'months'],
    weeks: ['week', 'weeks'],
    days: ['day', 'days'],
    hours: ['hour', 'hours'],
    minutes: ['minute', 'minutes'],
    seconds: ['second', 'seconds'],
  },
};

/** A period as people say it: `18 måneder`, `3 år og 6 måneder`, `72 hours`; a period of nothing is `straks`, `at once`. */
export function periodText(period: string, language: Language): string {
  const parsed = parsePeriod(period);
  if (parsed === undefined) throw new RangeError('not an ISO 8601 duration of whole parts');
  const units = Object.entries(UNITS[language]) as [keyof Period, readonly [string, string]][];
  const said = units
    .filter(([unit]) => parsed[unit] > 0)
    .map(([unit, [one, many]]) => `${parsed[unit]} ${parsed[unit] === 1 ? one : many}`);
  if (said.length === 0) return language === 'nb' ? 'straks' : 'at once';
  return new Intl.ListFormat(language, { style: 'long', type: 'conjunction' }).format(said);
}
