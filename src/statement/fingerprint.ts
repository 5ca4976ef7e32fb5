import type { Texts } from './applied.ts';
import { CALENDAR_YEAR, yearEnd } from './fiscal-year.ts';
import type { Statement } from './grammar.ts';
import { parsePeriod } from './period.ts';
import { covered } from './rules.ts';

/** Everything in a version as one string: two versions with the same string are the same version. */
export function canonical(statement: Statement, texts: Pick<Texts, 'nb' | 'en'>): string {
  return JSON.stringify(sorted({ statement, nb: texts.nb, en: texts.en }));
}

/**
 * What matters to a person, as one string: who decides, what is kept, from where, for what, on which ground, how long, who
 * gets it and what is promised. Words, labels and the order of things are left out, and storage is spelled out for each
 * purpose and category, so that a rule may be renamed or split without telling anyone anew.
 */
export function canonicalForPerson(statement: Statement): string {
  const { operator } = statement;
  return JSON.stringify(
    sorted({
      operator: {
        name: operator.name,
        country: operator.country,
        mailbox: operator.mailbox,
        officer: operator.officer ?? null,
        consentAge: operator.consentAge,
        automatedDecisions: operator.automatedDecisions,
        // The calendar year goes without saying, so that versions from before it could be said stay what they were.
        ...(yearEnd(operator.fiscalYearEnd) !== CALENDAR_YEAR && { fiscalYearEnd: operator.fiscalYearEnd }),
      },
      clauses: Object.keys(statement.clauses).sort(),
      categories: each(statement.categories, ({ role, origin }) => ({ role, origin })),
      sources: each(statement.sources, ({ kind, public: open = false }) => ({ kind, open })),
      purposes: each(statement.purposes, ({ basis, reads, marketing = false, duringRestriction, scope }) => ({
        basis,
        reads: [...reads].sort(),
        marketing,
        duringRestriction: duringRestriction !== undefined,
        ...(scope !== undefined && { scope }),
      })),
      points: each(statement.points, ({ purpose, source, asks }) => ({ purpose, source, asks })),
      storage: storageByPair(statement),
      recipients: each(
        statement.recipients,
        ({ name, kind, country, purposes, categories, transfer = null }) => ({
          name,
          kind,
          country,
          purposes: [...purposes].sort(),
          categories: [...categories].sort(),
          transfer,
        }),
      ),
      cookies: each(statement.cookies, ({ purpose, life, necessary }) => ({
        purpose,
        life: same(life),
        necessary,
      })),
      deadlines: each(statement.deadlines ?? {}, ({ period }) => same(period)),
      anonymising: statement.anonymising,
    }),
  );
}

function storageByPair(statement: Statement): Record<string, unknown> {
  return Object.fromEntries(
    Object.values(statement.storage).flatMap((rule) =>
      covered(statement, rule).map(([purpose, category]) => [
        `${purpose} ${category}`,
        {
          clock: rule.clock,
          period: same(rule.period),
          end: rule.end,
          notice: rule.notice === undefined ? null : same(rule.notice),
          endsOnObjection: rule.endsOnObjection === true,
        },
      ]),
    ),
  );
}

/** `P1Y` and `P12M` are the same promise. */
function same(period: string): unknown {
  const parsed = parsePeriod(period);
  if (parsed === undefined) return period;
  const { years, months, weeks, days, hours, minutes, seconds } = parsed;
  return [years * 12 + months, weeks * 7 + days, (hours * 60 + minutes) * 60 + seconds];
}

function each<T>(entries: Readonly<Record<string, T>>, keep: (entry: T) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entries).map(([id, entry]) => [id, keep(entry)]));
}

/** The same value with the keys of every object in order. Lists keep theirs. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => Number(a > b) - Number(a < b));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
