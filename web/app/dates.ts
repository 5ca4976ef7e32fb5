/** Moments, dates and periods as people read them. Times are those of Europe/Oslo. */
import type { Language } from '#statement/grammar.ts';

const locale = { nb: 'nb-NO', en: 'en-GB' } as const;
const zone = 'Europe/Oslo';

// Making a formatter costs more than a hundred uses of it.
const dates = {
  nb: new Intl.DateTimeFormat(locale.nb, { dateStyle: 'long', timeZone: zone }),
  en: new Intl.DateTimeFormat(locale.en, { dateStyle: 'long', timeZone: zone }),
};
const times = {
  nb: new Intl.DateTimeFormat(locale.nb, { timeStyle: 'short', timeZone: zone }),
  en: new Intl.DateTimeFormat(locale.en, { timeStyle: 'short', timeZone: zone }),
};
const lists = {
  nb: new Intl.ListFormat(locale.nb, { style: 'long', type: 'conjunction' }),
  en: new Intl.ListFormat(locale.en, { style: 'long', type: 'conjunction' }),
};

/** `23. november 2026`. Takes a moment or a calendar date in ISO 8601. */
export function longDate(iso: string, language: Language): string {
  return dates[language].format(moment(iso));
}

const short = {
  nb: new Intl.DateTimeFormat(locale.nb, {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    timeZone: zone,
  }),
  en: new Intl.DateTimeFormat(locale.en, { day: 'numeric', month: 'short', year: 'numeric', timeZone: zone }),
};

/** `23.11.2026`, `23 Nov 2026`: for columns, where many stand under one another. */
export function shortDate(iso: string, language: Language): string {
  return short[language].format(moment(iso));
}

const months = {
  nb: new Intl.DateTimeFormat(locale.nb, { month: 'short', year: 'numeric', timeZone: zone }),
  en: new Intl.DateTimeFormat(locale.en, { month: 'short', year: 'numeric', timeZone: zone }),
};

/** `nov. 2026`, `Nov 2026`, of `2026-11`; in one piece. */
export function monthName(month: string, language: Language): string {
  return months[language].format(moment(`${month}-15`)).replace(' ', '\u00a0');
}

/** `23. november 2026 kl. 14:05`. */
export function dateAndTime(iso: string, language: Language): string {
  return `${longDate(iso, language)}${language === 'nb' ? ' kl. ' : ' at '}${timeOfDay(iso, language)}`;
}

const days = {
  nb: new Intl.DateTimeFormat(locale.nb, { dateStyle: 'full', timeZone: zone }),
  en: new Intl.DateTimeFormat(locale.en, { dateStyle: 'full', timeZone: zone }),
};

/** `Fredag 27. november 2026`, to stand over what happened that day. */
export function dayName(iso: string, language: Language): string {
  const text = days[language].format(moment(iso));
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `14:05`. */
export function timeOfDay(iso: string, language: Language): string {
  return times[language].format(moment(iso));
}

const calendar = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: zone });

/** The calendar date of a moment: `2026-11-23`. */
export function dateOf(iso: string): string {
  return calendar.format(moment(iso));
}

/** The calendar date a period after another: `2026-11-23` and `P12M` give `2027-11-23`. A day that a month lacks is its last. */
export function dateAfter(date: string, period: string): string {
  return moved(date, period, 1);
}

/** The calendar date a period before another. */
export function dateBefore(date: string, period: string): string {
  return moved(date, period, -1);
}

function moved(date: string, period: string, way: 1 | -1): string {
  const sum = { Y: 0, M: 0, W: 0, D: 0 };
  for (const [, count, unit] of period.split('T')[0]!.matchAll(/(\d+)([YMWD])/g))
    sum[unit as keyof typeof sum] += way * Number(count);
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const months = month - 1 + sum.Y * 12 + sum.M;
  const last = new Date(Date.UTC(year, months + 1, 0)).getUTCDate();
  const there = new Date(Date.UTC(year, months, Math.min(day, last) + sum.W * 7 + sum.D));
  return there.toISOString().slice(0, 10);
}

/** A calendar date stands for its noon, so that no time zone turns it into the day before. */
function moment(iso: string): Date {
  return new Date(/^\d{4}-\d{2}-\d{2}$/.test(iso) ? `${iso}T12:00:00Z` : iso);
}

const units = {
  nb: {
    Y: ['år', 'år'],
    M: ['måned', 'måneder'],
    W: ['uke', 'uker'],
    D: ['dag', 'dager'],
    H: ['time', 'timer'],
    m: ['minutt', 'minutter'],
    S: ['sekund', 'sekunder'],
  },
  en: {
    Y: ['year', 'years'],
    M: ['month', 'months'],
    W: ['week', 'weeks'],
    D: ['day', 'days'],
    H: ['hour', 'hours'],
    m: ['minute', 'minutes'],
    S: ['second', 'seconds'],
  },
} as const;

/** An ISO 8601 duration in words: `P3Y6M` is «3 år og 6 måneder», `P0D` is «straks». */
export function periodText(period: string, language: Language): string {
  const [calendar = '', clock = ''] = period.replace(/^P/, '').split('T');
  const counts: [number, keyof (typeof units)['nb']][] = [];
  for (const [, count, unit] of calendar.matchAll(/(\d+)([YMWD])/g)) {
    counts.push([Number(count), unit as 'Y' | 'M' | 'W' | 'D']);
  }
  for (const [, count, unit] of clock.matchAll(/(\d+)([HMS])/g)) {
    counts.push([Number(count), unit === 'M' ? 'm' : (unit as 'H' | 'S')]);
  }
  const parts = counts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${units[language][unit][count === 1 ? 0 : 1]}`);
  return parts.length === 0 ? { nb: 'straks', en: 'at once' }[language] : list(parts, language);
}

/** «a, b og c» */
export function list(parts: readonly string[], language: Language): string {
  return lists[language].format(parts);
}
