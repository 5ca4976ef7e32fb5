import type {
  Anonymising,
  Category,
  Clause,
  Clock,
  Cookie,
  Deadline,
  Operator,
  Point,
  Purpose,
  Recipient,
  Source,
  Statement,
  StorageRule,
} from './grammar.ts';

/** Parts of a statement whose entries are named by ids. */
export type Collection = {
  [K in keyof Statement]-?: NonNullable<Statement[K]> extends Readonly<Record<string, object>> ? K : never;
}[keyof Statement];

/** What a value in `statement.yaml` must look like. The checker, the editor schema and the facts in prose all read it. */
export type Shape =
  | { readonly kind: 'text'; readonly pattern?: RegExp; readonly says?: string }
  | { readonly kind: 'both' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer'; readonly least: number; readonly most: number }
  | { readonly kind: 'one'; readonly of: readonly string[] }
  | { readonly kind: 'id'; readonly in: Collection }
  | { readonly kind: 'period'; readonly session?: boolean }
  | { readonly kind: 'list'; readonly of: Shape; readonly empty?: boolean }
  | { readonly kind: 'map'; readonly of: Shape; readonly ids: IdKind }
  | { readonly kind: 'record'; readonly fields: Readonly<Record<string, Field>> };

/** How the keys of a map are written: as ids of our own, as cookie names, or as ids of another collection. */
export type IdKind = 'id' | 'cookie' | { readonly in: Collection };

/** A field of a record: its shape, whether it may be left out, and a sentence for the editor. */
export interface Field {
  readonly shape: Shape;
  readonly optional?: boolean;
  readonly about: string;
}

export const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/;
export const COOKIE_NAME = /^[A-Za-z0-9_-]+$/;

type Fields<T> = { readonly [K in keyof T]-?: Field };

const both: Shape = { kind: 'both' };
const text = (pattern?: RegExp, says?: string): Shape => ({ kind: 'text', pattern, says });
const one = (...of: string[]): Shape => ({ kind: 'one', of });
const id = (collection: Collection): Shape => ({ kind: 'id', in: collection });
const ids = (collection: Collection): Shape => ({ kind: 'list', of: id(collection) });
const record = (fields: Readonly<Record<string, Field>>): Shape => ({ kind: 'record', fields });
const map = (of: Shape, keys: IdKind = 'id'): Shape => ({ kind: 'map', of, ids: keys });
const period: Shape = { kind: 'period' };
const yesNo: Shape = { kind: 'boolean' };
const dpv = text(/^(?:dpv|pd|eu-gdpr):[A-Z]\w+$/, 'a DPV term such as dpv:DirectMarketing');
const country = text(/^[A-Z]{2}$/, 'a country code of two capitals such as NO');
const address = text(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'an e-mail address');
const url = text(/^https:\/\/\S+$/, 'an https address');
const host = text(/^(?=.{1,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/, 'a host name');
const date = text(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-01-31');

const clause = { shape: id('clauses'), about: 'The clause that promises it.' };
const label = { shape: both, about: 'What people see it called, in both languages.' };

const operator: Fields<Operator> = {
  name: { shape: text(), about: 'Name of the controller, art. 13(1)(a).' },
  country: { shape: country, about: 'Country of the controller, ISO 3166.' },
  hosts: { shape: { kind: 'list', of: host }, about: 'Every domain of this one legal party.' },
  mailbox: { shape: address, about: 'Where the duty is reached.' },
  duties: { shape: map(both), about: 'Roles on duty; never names of persons.' },
  authority: {
    shape: record({
      name: { shape: text(), about: 'Name of the supervisory authority, art. 13(2)(d).' },
      url: { shape: url, about: 'Where to complain.' },
    }),
    about: 'The supervisory authority.',
  },
  consentAge: {
    shape: { kind: 'integer', least: 13, most: 16 },
    about: 'Age at which one consents for oneself, art. 8.',
  },
  automatedDecisions: { shape: yesNo, about: 'Whether there are decisions under art. 22.' },
  automatedLogic: {
    shape: both,
    optional: true,
    about: 'How automated decisions come about and what they mean for the person.',
  },
  officer: { shape: address, optional: true, about: 'Address of the data protection officer.' },
  fiscalYearEnd: {
    shape: text(/^\d{2}-\d{2}$/, 'a month and a day in quotes, such as "12-31"'),
    optional: true,
    about: 'Last day of the fiscal year, month and day in quotes; left out: "12-31".',
  },
};

const categories: Fields<Category> = {
  label,
  dpv: { shape: dpv, about: 'Term of the W3C Data Privacy Vocabulary.' },
  role: { shape: one('controller', 'processor'), about: 'Who decides over it: you, or a client of yours.' },
  origin: {
    shape: one('provided', 'observed', 'derived', 'third-party'),
    about: 'How it came to be; decides what portability covers, art. 20.',
  },
  clause,
};

const sources: Fields<Source> = {
  label,
  kind: {
    shape: one('given', 'observed', 'third-party'),
    about: 'Given by the person, observed, or from others.',
  },
  clause,
  public: { shape: yesNo, optional: true, about: 'Publicly accessible, art. 14(2)(f).' },
};

const purposes: Fields<Purpose> = {
  label,
  labelForStaff: {
    shape: both,
    optional: true,
    about: 'What staff see it called, where the label speaks to the person.',
  },
  clause,
  basis: {
    shape: one('A6-1-a', 'A6-1-b', 'A6-1-c', 'A6-1-d', 'A6-1-e', 'A6-1-f'),
    about: 'Legal basis, GDPR art. 6(1).',
  },
  dpv: { shape: dpv, about: 'Term of the W3C Data Privacy Vocabulary.' },
  reads: {
    shape: ids('categories'),
    about: 'The categories this purpose needs; its database role reads no other.',
  },
  interest: { shape: both, optional: true, about: 'The interest pursued; demanded with A6-1-f.' },
  marketing: {
    shape: yesNo,
    optional: true,
    about: 'Direct marketing: an objection always wins, art. 21(3).',
  },
  duringRestriction: {
    shape: both,
    optional: true,
    about: 'Why use goes on while a person is restricted, art. 18(2). Left out: it stops.',
  },
  scope: {
    shape: one('client'),
    optional: true,
    about: 'Used for one client at a time; its database role sees no other client’s rows.',
  },
};

const points: Fields<Point> = {
  label,
  clause,
  purpose: { shape: id('purposes'), about: 'What is collected here is kept for this.' },
  source: { shape: id('sources'), about: 'Where it comes from.' },
  asks: {
    shape: map(one('required', 'optional'), { in: 'categories' }),
    about: 'What may enter here, and whether it must be given, art. 13(2)(e).',
  },
  consent: { shape: both, optional: true, about: 'Exact words of the consent; demanded with A6-1-a.' },
  without: { shape: both, about: 'What follows from not giving it.' },
};

const clauses: Fields<Clause> = { title: { shape: both, about: 'What the clause is called.' } };
const clocks: Fields<Clock> = {
  label,
  latest: {
    shape: yesNo,
    optional: true,
    about: 'The latest over all of a person’s rows, and none while one is open.',
  },
};

const storage: Fields<StorageRule> = {
  clause,
  purposes: { shape: ids('purposes'), about: 'Kept for these purposes.' },
  categories: {
    shape: ids('categories'),
    optional: true,
    about: 'The categories; left out: all that the purposes collect.',
  },
  clock: { shape: id('clocks'), about: 'The moment the period starts from.' },
  period: { shape: period, about: 'ISO 8601 duration such as P18M; P0D is at once.' },
  end: {
    shape: one('delete', 'anonymise', 'hold', 'hash', 'archive'),
    about:
      'What happens then; hold and hash outlast an erasure until the period is over, archive moves what a hold covers.',
  },
  why: { shape: both, about: 'Why just so long.' },
  notice: { shape: period, optional: true, about: 'How long before the end the person is told of it.' },
  endsOnObjection: { shape: yesNo, optional: true, about: 'An objection ends the period at once.' },
};

const recipients: Fields<Recipient> = {
  name: { shape: text(), about: 'Who it is.' },
  kind: { shape: one('processor', 'controller', 'authority'), about: 'In which capacity it gets the data.' },
  country: { shape: country, about: 'Where it handles the data, ISO 3166.' },
  purposes: { shape: ids('purposes'), about: 'What it gets the data for.' },
  categories: { shape: ids('categories'), about: 'What it gets.' },
  transfer: { shape: text(), optional: true, about: 'Ground for leaving the EEA, art. 44-49.' },
};

const cookies: Fields<Cookie> = {
  purpose: { shape: id('purposes'), about: 'What it is for.' },
  label,
  life: { shape: { kind: 'period', session: true }, about: 'ISO 8601 duration, or session.' },
  necessary: { shape: yesNo, about: 'Strictly necessary for what the visitor asked for, ekomloven § 3-15.' },
};

const deadlines: Fields<Deadline> = { label, clause, period: { shape: period, about: 'ISO 8601 duration.' } };

const anonymising: Fields<Anonymising> = {
  people: {
    shape: { kind: 'integer', least: 3, most: 1000 },
    about: 'The fewest people that a group may have for its number to be kept.',
  },
};

const statement: Fields<Statement> = {
  version: {
    shape: text(/^\d+\.\d+$/, 'a version and revision in quotes, such as "3.0"'),
    about: 'Version and revision, in quotes.',
  },
  updated: { shape: date, about: 'Date of the last update.' },
  operator: { shape: record(operator), about: 'The controller.' },
  clauses: { shape: map(record(clauses)), about: 'Every promise, by its stable id.' },
  categories: { shape: map(record(categories)), about: 'What is kept on people and companies.' },
  sources: { shape: map(record(sources)), about: 'Where it comes from.' },
  purposes: { shape: map(record(purposes)), about: 'What it is used for.' },
  points: { shape: map(record(points)), about: 'The only ways in.' },
  clocks: { shape: map(record(clocks)), about: 'Moments that storage periods start from.' },
  storage: { shape: map(record(storage)), about: 'How long it stays.' },
  recipients: { shape: map(record(recipients)), about: 'Who else gets it; {} when nobody does.' },
  cookies: { shape: map(record(cookies), 'cookie'), about: 'What is stored on a visitor’s device.' },
  deadlines: {
    shape: map(record(deadlines)),
    optional: true,
    about: 'Other time limits that the text promises.',
  },
  anonymising: {
    shape: record(anonymising),
    optional: true,
    about: 'Figures that stay when the people they were made of are gone.',
  },
};

/** The whole grammar: every key that `statement.yaml` may hold. */
export const STATEMENT = record(statement) as Extract<Shape, { kind: 'record' }>;
