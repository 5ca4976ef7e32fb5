import type { Prose, Statement } from './grammar.ts';
import { consentPurposes } from './rules.ts';

/** One thing the law wants a person told, and that a text leaves out. */
export interface Gap {
  /** `GDPR art. 13(1)(a)` */
  readonly article: string;
  readonly what: string;
}

interface Duty extends Gap {
  readonly applies?: (statement: Statement) => boolean;
  readonly told: (told: Told) => boolean;
}

interface Told {
  readonly statement: Statement;
  shows(path: string): boolean;
  showsAll(collection: keyof Statement, field: string, of?: (id: string) => boolean): boolean;
  hasClause(id: string): boolean;
  /** Whether a clause has a chapter of its own, shared with no other. */
  standsAlone(id: string): boolean;
}

/**
 * What the GDPR's articles 12, 13, 14 and 21, and ekomloven § 3-15, want told. Article 14 asks for the same as article 13,
 * and for the categories and the source besides.
 */
const DUTIES: readonly Duty[] = [
  {
    article: 'GDPR art. 13(1)(a), 14(1)(a)',
    what: 'who the controller is and how to reach it: {{operator.name}}, {{operator.mailbox}}',
    told: ({ shows }) => shows('operator.name') && shows('operator.mailbox'),
  },
  {
    article: 'GDPR art. 13(1)(b), 14(1)(b)',
    what: 'how to reach the data protection officer: {{operator.officer}}',
    applies: ({ operator }) => operator.officer !== undefined,
    told: ({ shows }) => shows('operator.officer'),
  },
  {
    article: 'GDPR art. 13(1)(c), 14(1)(c)',
    what: 'each purpose and its legal basis: {{table purposes}}',
    told: ({ showsAll }) => showsAll('purposes', 'basis'),
  },
  {
    article: 'GDPR art. 13(1)(d), 14(2)(b)',
    what: 'the interest pursued by each purpose with basis A6-1-f: {{table purposes}}',
    told: ({ showsAll, statement }) =>
      showsAll('purposes', 'interest', (id) => statement.purposes[id]!.basis === 'A6-1-f'),
  },
  {
    article: 'GDPR art. 13(1)(e), 14(1)(e)',
    what: 'the recipients: {{recipients}}',
    told: ({ shows }) => shows('recipients'),
  },
  {
    article: 'GDPR art. 13(1)(e), 14(1)(e)',
    what: 'what each recipient gets: {{table recipients}}',
    applies: ({ recipients }) => Object.keys(recipients).length > 0,
    told: ({ showsAll }) => showsAll('recipients', 'categories'),
  },
  {
    article: 'GDPR art. 13(1)(f), 14(1)(f)',
    what: 'whether data leaves the EEA: {{transfers}}',
    told: ({ shows }) => shows('transfers'),
  },
  {
    article: 'GDPR art. 14(1)(d)',
    what: 'the categories of data: {{table categories}}',
    told: ({ showsAll }) => showsAll('categories', 'label'),
  },
  {
    article: 'GDPR art. 14(2)(f)',
    what: 'the sources, and which are open to everyone: {{table sources}}',
    told: ({ showsAll }) => showsAll('sources', 'label') && showsAll('sources', 'public'),
  },
  {
    article: 'GDPR art. 14(3)',
    what: 'when a person hears of data got elsewhere: {{deadlines.source-notice.period}}',
    applies: ({ sources }) => Object.values(sources).some(({ kind }) => kind === 'third-party'),
    told: ({ shows }) => shows('deadlines.source-notice.period'),
  },
  {
    article: 'GDPR art. 13(2)(a), 14(2)(a)',
    what: 'how long everything is stored: {{table storage}}',
    told: ({ showsAll }) => showsAll('storage', 'period'),
  },
  {
    article: 'GDPR art. 12(3)',
    what: 'how soon a request is answered: {{deadlines.answer.period}} and {{deadlines.answer-extension.period}}',
    told: ({ shows }) => shows('deadlines.answer.period') && shows('deadlines.answer-extension.period'),
  },
  ...(['r.access', 'r.rectify-erase', 'r.object-restrict', 'r.portability'] as const).map(
    (id): Duty => ({
      article: 'GDPR art. 13(2)(b), 14(2)(c)',
      what: `the right behind the clause ${id}`,
      told: ({ hasClause }) => hasClause(id),
    }),
  ),
  {
    article: 'GDPR art. 21(4)',
    what: 'the right to object clearly and apart from all else: a ## chapter {#r.object-restrict} of its own',
    told: ({ standsAlone }) => standsAlone('r.object-restrict'),
  },
  {
    article: 'GDPR art. 13(2)(c), 14(2)(d)',
    what: 'that a consent can be withdrawn: the clause r.withdraw',
    applies: (statement) => consentPurposes(statement).length > 0,
    told: ({ hasClause }) => hasClause('r.withdraw'),
  },
  {
    article: 'GDPR art. 13(2)(d), 14(2)(e)',
    what: 'where to complain: the clause r.complain and {{operator.authority.name}}',
    told: ({ hasClause, shows }) => hasClause('r.complain') && shows('operator.authority.name'),
  },
  {
    article: 'GDPR art. 13(2)(e)',
    what: 'what must be given and what follows from not giving it: {{table points}}',
    told: ({ showsAll }) => showsAll('points', 'asks') && showsAll('points', 'without'),
  },
  {
    article: 'GDPR art. 13(2)(f), 14(2)(g)',
    what: 'whether decisions are automated: {{operator.automatedDecisions}}',
    told: ({ shows }) => shows('operator.automatedDecisions'),
  },
  {
    article: 'GDPR art. 13(2)(f), 14(2)(g)',
    what: 'how automated decisions come about: {{operator.automatedLogic}}',
    applies: ({ operator }) => operator.automatedDecisions,
    told: ({ shows }) => shows('operator.automatedLogic'),
  },
  {
    article: 'ekomloven § 3-15',
    what: 'each cookie, what it is for and how long it lasts: {{table cookies}}',
    applies: ({ cookies }) => Object.keys(cookies).length > 0,
    told: ({ showsAll }) => showsAll('cookies', 'life') && showsAll('cookies', 'purpose'),
  },
];

/** What the law wants told and this text does not tell; empty when the statement may be applied. */
export function missing(statement: Statement, prose: Prose): Gap[] {
  const mentions = new Set(prose.mentions);
  const told: Told = {
    statement,
    shows: (path) => mentions.has(path),
    showsAll: (collection, field, of = () => true) =>
      Object.keys(statement[collection] ?? {})
        .filter(of)
        .every((id) => mentions.has(`${collection}.${id}.${field}`)),
    hasClause: (id) => prose.sections.some(({ clauses }) => clauses.includes(id)),
    standsAlone: (id) =>
      prose.sections.some(({ level, clauses }) => level === 2 && clauses.length === 1 && clauses[0] === id),
  };
  return DUTIES.filter(({ applies, told: isTold }) => (applies?.(statement) ?? true) && !isTold(told)).map(
    ({ article, what }) => ({ article, what }),
  );
}
