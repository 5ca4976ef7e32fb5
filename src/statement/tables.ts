import { nameOf } from './facts.ts';
import type { Block, Language, Statement, Text } from './grammar.ts';
import { periodText } from './period.ts';
import { type Collection, STATEMENT } from './shape.ts';
import {
  basisText,
  capital,
  choiceText,
  countryText,
  endingText,
  inSentence,
  lifeText,
  listText,
  yesNoText,
} from './words.ts';

/** A table of rules, and the paths of the rules it shows. */
export interface Shown {
  readonly block: Block;
  readonly mentions: readonly string[];
}

type Cell = readonly [field: string, head: Text, say: (id: string) => string];

interface Plan {
  readonly caption: Text;
  readonly cells: readonly Cell[];
}

/** Names of the tables that prose can show with `{{table storage}}`. */
export const TABLES = [
  'storage',
  'purposes',
  'categories',
  'sources',
  'points',
  'cookies',
  'recipients',
  'deadlines',
] as const;
export type TableName = (typeof TABLES)[number];

/** Draws a table of rules: one row an entry, in the order of the YAML; undefined when there is no entry. */
export function table(statement: Statement, language: Language, name: TableName): Shown | undefined {
  const plan = PLANS[name](statement, language);
  const ids = Object.keys(statement[name] ?? {});
  if (ids.length === 0) return undefined;
  const block: Block = {
    kind: 'table',
    caption: plan.caption[language],
    head: plan.cells.map(([, head]) => head[language]),
    // Names are written as they are: a cookie called hjemmel is not called Hjemmel.
    rows: ids.map((id) =>
      plan.cells.map(([field, , say]) => (field === 'name' ? say(id) : capital(say(id)))),
    ),
  };
  const fields = plan.cells.flatMap(([field]) => field.split(' ')).filter((field) => field in fieldsOf(name));
  return {
    block,
    mentions: ids.flatMap((id) => [`${name}.${id}`, ...fields.map((field) => `${name}.${id}.${field}`)]),
  };
}

function fieldsOf(name: TableName): object {
  const shape = STATEMENT.fields[name]!.shape;
  return shape.kind === 'map' && shape.of.kind === 'record' ? shape.of.fields : {};
}

type Planner = (statement: Statement, language: Language) => Plan;

const PLANS: Record<TableName, Planner> = {
  storage: (statement, language) => {
    const { names, rule } = {
      names: namer(statement, language),
      rule: (id: string) => statement.storage[id]!,
    };
    return {
      caption: { nb: 'Hvor lenge vi lagrer', en: 'How long we keep it' },
      cells: [
        ['categories', { nb: 'Hva', en: 'What' }, (id) => names('categories', rule(id).categories ?? [])],
        ['purposes', { nb: 'Til hva', en: 'For what' }, (id) => names('purposes', rule(id).purposes)],
        ['period clock', { nb: 'Hvor lenge', en: 'How long' }, (id) => span(statement, language, id)],
        ['end', { nb: 'Deretter', en: 'Then' }, (id) => endingText(rule(id).end, language)],
        ['why', { nb: 'Hvorfor', en: 'Why' }, (id) => rule(id).why[language]],
      ],
    };
  },
  purposes: (statement, language) => {
    const { names, purpose } = {
      names: namer(statement, language),
      purpose: (id: string) => statement.purposes[id]!,
    };
    return {
      caption: { nb: 'Formål og behandlingsgrunnlag', en: 'Purposes and legal bases' },
      cells: [
        ['label', { nb: 'Formål', en: 'Purpose' }, (id) => purpose(id).label[language]],
        ['basis', { nb: 'Grunnlag', en: 'Basis' }, (id) => basisText(purpose(id).basis, language)],
        [
          'interest',
          { nb: 'Interessen vår', en: 'Our interest' },
          (id) => purpose(id).interest?.[language] ?? '–',
        ],
        [
          'reads',
          { nb: 'Opplysninger som brukes', en: 'Data that is used' },
          (id) => names('categories', purpose(id).reads),
        ],
      ],
    };
  },
  categories: (statement, language) => {
    const category = (id: string) => statement.categories[id]!;
    return {
      caption: { nb: 'Opplysninger', en: 'Data' },
      cells: [
        ['label', { nb: 'Opplysning', en: 'Item' }, (id) => category(id).label[language]],
        [
          'origin',
          { nb: 'Hvordan den blir til', en: 'How it comes to be' },
          (id) => choiceText(category(id).origin, language),
        ],
        [
          'role',
          { nb: 'Hvem som bestemmer', en: 'Who decides' },
          (id) => choiceText(category(id).role, language),
        ],
      ],
    };
  },
  sources: (statement, language) => {
    const source = (id: string) => statement.sources[id]!;
    return {
      caption: { nb: 'Kilder', en: 'Sources' },
      cells: [
        ['label', { nb: 'Kilde', en: 'Source' }, (id) => source(id).label[language]],
        ['kind', { nb: 'Hvordan', en: 'How' }, (id) => choiceText(source(id).kind, language)],
        [
          'public',
          { nb: 'Åpen for alle', en: 'Open to everyone' },
          (id) => yesNoText(source(id).public === true, language),
        ],
      ],
    };
  },
  points: (statement, language) => {
    const point = (id: string) => statement.points[id]!;
    const asked = (id: string, wanted: 'required' | 'optional') => {
      const ids = Object.keys(point(id).asks).filter((category) => point(id).asks[category] === wanted);
      return ids.length === 0 ? '–' : namer(statement, language)('categories', ids);
    };
    return {
      caption: { nb: 'Hva vi spør om, og hva som må oppgis', en: 'What we ask for, and what must be given' },
      cells: [
        ['label', { nb: 'Hva det gjelder', en: 'What it is about' }, (id) => point(id).label[language]],
        ['asks', { nb: 'Må oppgis', en: 'Must be given' }, (id) => asked(id, 'required')],
        ['asks', { nb: 'Valgfritt', en: 'Optional' }, (id) => asked(id, 'optional')],
        [
          'without',
          { nb: 'Hvis du ikke gir det', en: 'If you do not give it' },
          (id) => point(id).without[language],
        ],
      ],
    };
  },
  cookies: (statement, language) => {
    const cookie = (id: string) => statement.cookies[id]!;
    return {
      caption: { nb: 'Informasjonskapsler', en: 'Cookies' },
      cells: [
        ['name', { nb: 'Navn', en: 'Name' }, (id) => id],
        ['label purpose', { nb: 'Hva den gjør', en: 'What it does' }, (id) => cookie(id).label[language]],
        ['life', { nb: 'Varer', en: 'Lasts' }, (id) => lifeText(cookie(id).life, language)],
        [
          'necessary',
          { nb: 'Helt nødvendig', en: 'Strictly necessary' },
          (id) => yesNoText(cookie(id).necessary, language),
        ],
      ],
    };
  },
  recipients: (statement, language) => {
    const { names, recipient } = {
      names: namer(statement, language),
      recipient: (id: string) => statement.recipients[id]!,
    };
    return {
      caption: { nb: 'Andre med tilgang', en: 'Others with access' },
      cells: [
        ['name', { nb: 'Hvem', en: 'Who' }, (id) => recipient(id).name],
        ['country transfer', { nb: 'Hvor', en: 'Where' }, (id) => where(statement, language, id)],
        ['purposes', { nb: 'Til hva', en: 'For what' }, (id) => names('purposes', recipient(id).purposes)],
        ['categories', { nb: 'Hva', en: 'What' }, (id) => names('categories', recipient(id).categories)],
      ],
    };
  },
  deadlines: (statement, language) => {
    const deadline = (id: string) => statement.deadlines![id]!;
    return {
      caption: { nb: 'Frister', en: 'Time limits' },
      cells: [
        ['label', { nb: 'Hva', en: 'What' }, (id) => deadline(id).label[language]],
        ['period', { nb: 'Frist', en: 'Limit' }, (id) => periodText(deadline(id).period, language)],
      ],
    };
  },
};

function namer(statement: Statement, language: Language) {
  return (collection: Collection, ids: readonly string[]): string =>
    listText(
      ids.map((id) => inSentence(nameOf(statement, collection, id, language))),
      language,
    );
}

function span(statement: Statement, language: Language, id: string): string {
  const { period, clock } = statement.storage[id]!;
  const from = statement.clocks[clock]!.label[language];
  const said = periodText(period, language);
  if (said === periodText('P0D', language)) return language === 'nb' ? `til ${from}` : `until ${from}`;
  return language === 'nb' ? `${said} etter at ${from}` : `${said} after ${from}`;
}

function where(statement: Statement, language: Language, id: string): string {
  const { country, transfer } = statement.recipients[id]!;
  const name = countryText(country, language);
  return transfer === undefined ? name : `${name} (${transfer})`;
}
