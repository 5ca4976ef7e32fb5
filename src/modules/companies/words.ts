import { type Accounts, FIGURES, type Figure } from './accounts.ts';
import type { Coded, Company, CompanyState } from './unit.ts';

/**
 * What is kept of a company is kept as text that its owner can read as it stands, in the register's own language: «62.100
 * Programmering», «omsetning 2024: 3879370 NOK». Here it is written, and read back.
 */
export interface Texts {
  readonly form: string;
  readonly state: string;
  readonly place: string | null;
  readonly industry: string | null;
  readonly employees: string | null;
}

const STATES: Readonly<Record<CompanyState, string>> = {
  active: 'i drift',
  bankrupt: 'konkurs',
  'winding-up': 'under avvikling',
  'struck-off': 'slettet',
};

export function textsOf({ form, state, since, place, industry, employees }: Company): Texts {
  const postal = [place.postalCode, place.place].filter(Boolean).join(' ');
  const municipality = place.municipality === null ? '' : `${place.municipality} kommune`;
  return {
    form: written(form),
    state: stateText(state, since),
    place: [postal, municipality].filter(Boolean).join(', ') || null,
    industry: industry && written(industry),
    employees: employees && `${employees} ansatte`,
  };
}

export function stateText(state: CompanyState, since: string | null): string {
  return since === null ? STATES[state] : `${STATES[state]} ${since}`;
}

const written = ({ code, label }: Coded) => `${code} ${label}`;

/** The same read back. What does not read as we write it is told as not known. */
export function readTexts(
  texts: Texts,
): Pick<Company, 'form' | 'state' | 'since' | 'place' | 'industry' | 'employees'> {
  const [, state = '', since = null] = /^(.*?)(?: (\d{4}-\d\d-\d\d))?$/.exec(texts.state) ?? [];
  const found = Object.entries(STATES).find(([, text]) => text === state)?.[0] as CompanyState | undefined;
  const [, postal = '', municipality = null] =
    /^(.*?)(?:(?:, |^)([^,]+) kommune)?$/.exec(texts.place ?? '') ?? [];
  const [, postalCode = null, place = postal || null] = /^(\d{4}) (.+)$/.exec(postal) ?? [];
  return {
    form: readCoded(texts.form) ?? { code: '', label: texts.form },
    state: found ?? 'active',
    since,
    place: { municipality, postalCode, place },
    industry: texts.industry === null ? null : readCoded(texts.industry),
    employees: texts.employees?.replace(/ ansatte$/, '') ?? null,
  };
}

function readCoded(text: string): Coded | null {
  const [, code, label] = /^(\S+) (.+)$/.exec(text) ?? [];
  return code === undefined || label === undefined ? null : { code, label };
}

const NAMES: Readonly<Record<Figure, string>> = {
  revenue: 'omsetning',
  operatingResult: 'driftsresultat',
  result: 'årsresultat',
  assets: 'eiendeler',
  equity: 'egenkapital',
  debt: 'gjeld',
};

/** A year's figures as one text: the amounts with their currency, and the period they are of. */
export function figuresText(accounts: Accounts): string {
  const amounts = FIGURES.flatMap((figure) =>
    accounts[figure] === null ? [] : [`${NAMES[figure]} ${accounts[figure]} ${accounts.currency}`],
  );
  return `${accounts.from} til ${accounts.to}: ${amounts.join(', ') || `ingen tall i ${accounts.currency}`}`;
}

/** The same read back; undefined for what does not read as we write it. */
export function readFigures(text: string): Accounts | undefined {
  const [, from, to, rest] = /^(\d{4}-\d\d-\d\d) til (\d{4}-\d\d-\d\d): (.+)$/.exec(text) ?? [];
  const currency = rest?.match(/ ([A-Z]{3})$/)?.[1];
  if (from === undefined || to === undefined || rest === undefined || currency === undefined)
    return undefined;
  const amounts = new Map(
    [...rest.matchAll(/(\p{L}+) (-?\d+(?:\.\d+)?) /gu)].map(([, name, amount]) => [name, Number(amount)]),
  );
  const figures = Object.fromEntries(FIGURES.map((figure) => [figure, amounts.get(NAMES[figure]) ?? null]));
  return { year: Number(to.slice(0, 4)), from, to, currency, ...(figures as Record<Figure, number | null>) };
}
