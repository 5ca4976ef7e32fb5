import { yearEnd } from './fiscal-year.ts';
import type { ClauseId, Statement } from './grammar.ts';
import { comparePeriods } from './period.ts';
import { covered, ruleFor, smallestGroup } from './rules.ts';

/** One difference between two versions, as a plan lists it and a notice tells it. */
export interface Change {
  /** The clause it falls under; `v.changes` where it falls under no other. */
  readonly clause: ClauseId;
  readonly change: 'added' | 'removed' | 'changed';
  /** Way to the rule: `purposes.newsletter.basis`. */
  readonly what: string;
  /** Whether it matters to a person, who must then be told before it takes effect (`v.notice`, art. 13(3)). */
  readonly material: boolean;
  readonly why: string;
  /** The old period and the new one, ISO 8601, where a rule of storage or a time limit got another. */
  readonly periods?: { readonly before: string; readonly after: string };
}

/**
 * Every difference between two versions, in the order of the grammar. In doubt a change is material: we would rather tell
 * people too often than change what they were promised behind their backs. Wording, labels, a shorter storage and fewer
 * recipients are not material.
 */
export function compare(before: Statement, after: Statement): Change[] {
  const changes = [
    ...compareOperator(before, after),
    ...compareClauses(before, after),
    ...COLLECTIONS.flatMap((collection) => compareEntries(collection, before, after)),
    ...compareStorage(before, after),
    ...fields('anonymising', 'k.anonymise', groupsOf(before), groupsOf(after), {
      people: (was, is) => (is < was ? 'figures are kept of fewer people' : undefined),
    }),
  ];
  return changes.map((change) => {
    const periods = periodsOf(change.what, before, after);
    return periods === undefined ? change : { ...change, periods };
  });
}

/** The old and the new period, where a rule of storage or a time limit got another. */
function periodsOf(what: string, before: Statement, after: Statement): Change['periods'] {
  const [, collection, id = ''] = /^(storage|deadlines)\.(.+?)(?:\.period)?$/.exec(what) ?? [];
  if (collection === undefined) return undefined;
  const of = (statement: Statement) =>
    (collection === 'storage' ? statement.storage : (statement.deadlines ?? {}))[id]?.period;
  const [was, is] = [of(before), of(after)];
  return was === undefined || is === undefined || was === is ? undefined : { before: was, after: is };
}

const groupsOf = (statement: Statement) => ({ people: smallestGroup(statement) });

/** How one field of an entry weighs when it changes: undefined for wording. */
type Weigh<T> = { readonly [K in keyof T]?: (before: T, after: T) => string | undefined };

const always = (why: string) => () => why;

function compareOperator({ operator: before }: Statement, { operator: after }: Statement): Change[] {
  const weigh: Weigh<Statement['operator']> = {
    name: always('another controller'),
    country: always('the controller is in another country'),
    consentAge: always('another age of consent'),
    automatedDecisions: (_, now) => (now.automatedDecisions ? 'decisions become automated' : undefined),
    mailbox: always('the duty is reached elsewhere'),
    officer: always('the data protection officer is reached elsewhere'),
    fiscalYearEnd: (was, is) =>
      yearEnd(was.fiscalYearEnd) === yearEnd(is.fiscalYearEnd)
        ? undefined
        : 'the fiscal year ends on another day, so accounts may be kept longer',
  };
  return fields('operator', 'c.duty', before, after, weigh);
}

function compareClauses(before: Statement, after: Statement): Change[] {
  const was = Object.keys(before.clauses);
  const is = Object.keys(after.clauses);
  return [
    ...was
      .filter((id) => !is.includes(id))
      .map((id) =>
        change(id, 'removed', `clauses.${id}`, id.startsWith('r.') ? 'a right is gone' : 'a promise is gone'),
      ),
    ...is.filter((id) => !was.includes(id)).map((id) => change(id, 'added', `clauses.${id}`)),
    ...is
      .filter((id) => was.includes(id))
      .flatMap((id) => fields(`clauses.${id}`, id, before.clauses[id]!, after.clauses[id]!, {})),
  ];
}

const COLLECTIONS = [
  'categories',
  'sources',
  'purposes',
  'points',
  'clocks',
  'recipients',
  'cookies',
  'deadlines',
] as const;
type Compared = (typeof COLLECTIONS)[number];
type EntryOf<C extends Compared> = NonNullable<Statement[C]>[string];

interface Kind<T> {
  readonly clause: (entry: T) => ClauseId;
  /** Why a new entry matters to a person; undefined when it does not. */
  readonly added: (entry: T, before: Statement) => string | undefined;
  readonly removed?: (entry: T) => string | undefined;
  readonly weigh: Weigh<T>;
}

const KINDS: { readonly [C in Compared]: Kind<EntryOf<C>> } = {
  categories: {
    clause: ({ clause }) => clause,
    added: always('more is kept'),
    weigh: {
      role: always('somebody else decides over it'),
      origin: always('it comes about in another way'),
    },
  },
  sources: {
    clause: ({ clause }) => clause,
    added: always('data comes from a new source'),
    weigh: {
      kind: always('the source is of another kind'),
      public: always('the source is open to others than before'),
    },
  },
  purposes: {
    clause: ({ clause }) => clause,
    added: always('data is used for something new'),
    weigh: {
      basis: always('it rests on another ground, which gives other rights'),
      reads: (was, is) => more(was.reads, is.reads, 'it uses more'),
      marketing: always('it is marketing, or is no longer counted as such'),
      duringRestriction: (was) =>
        was.duringRestriction === undefined ? 'it goes on while restricted' : undefined,
      scope: (was) => (was.scope === undefined ? undefined : 'it is no longer kept to one client at a time'),
    },
  },
  points: {
    clause: ({ clause }) => clause,
    // What a person gives anew is told at the form; what comes without them is not.
    added: ({ source }, before) =>
      before.sources[source]?.kind === 'given' ? undefined : 'data comes in without the person giving it',
    weigh: {
      purpose: always('what comes in is used for something else'),
      source: always('it comes from another source'),
      asks: (was, is) => {
        const asked = more(Object.keys(was.asks), Object.keys(is.asks), 'more is asked for');
        const must = Object.keys(is.asks).some(
          (id) => is.asks[id] === 'required' && was.asks[id] === 'optional',
        );
        return asked ?? (must ? 'what was optional must be given' : undefined);
      },
    },
  },
  clocks: {
    clause: always('k.as-needed'),
    added: () => undefined,
    weigh: { latest: always('the period starts from another moment') },
  },
  recipients: {
    clause: always('s.list'),
    added: always('somebody new gets data'),
    weigh: {
      name: always('somebody else gets the data'),
      kind: always('the recipient acts in another capacity'),
      country: always('the data goes to another country'),
      purposes: (was, is) => more(was.purposes, is.purposes, 'the recipient uses it for more'),
      categories: (was, is) => more(was.categories, is.categories, 'the recipient gets more'),
      transfer: always('the transfer rests on another ground'),
    },
  },
  cookies: {
    clause: always('u.cookies'),
    added: ({ necessary }) => (necessary ? undefined : 'something new is stored on the device'),
    weigh: {
      purpose: always('it is used for something else'),
      life: (was, is) => longer(was.life, is.life, 'it lasts longer on the device'),
      necessary: (_, is) => (is.necessary ? 'it is stored without asking' : undefined),
    },
  },
  deadlines: {
    clause: ({ clause }) => clause,
    added: () => undefined,
    removed: always('a time limit is no longer promised'),
    weigh: {
      // Of a notice there is less when it is shorter; of every other time limit when it is longer.
      period: (was, is) =>
        is.clause === 'v.notice'
          ? longer(is.period, was.period, 'you are told later')
          : longer(was.period, is.period, 'it may take longer'),
    },
  },
};

function compareEntries(collection: Compared, before: Statement, after: Statement): Change[] {
  const kind = KINDS[collection] as Kind<EntryOf<Compared>>;
  const was: Readonly<Record<string, EntryOf<Compared>>> = before[collection] ?? {};
  const is: Readonly<Record<string, EntryOf<Compared>>> = after[collection] ?? {};
  const changes: Change[] = [];
  for (const [id, entry] of Object.entries(was))
    if (!Object.hasOwn(is, id))
      changes.push(change(kind.clause(entry), 'removed', `${collection}.${id}`, kind.removed?.(entry)));
  for (const [id, entry] of Object.entries(is)) {
    const path = `${collection}.${id}`;
    const old = Object.hasOwn(was, id) ? was[id] : undefined;
    if (old === undefined) changes.push(change(kind.clause(entry), 'added', path, kind.added(entry, before)));
    else changes.push(...fields(path, kind.clause(entry), old, entry, kind.weigh));
  }
  return changes;
}

/** Rules are judged by what they decide, not by their names: a rule split in two with the same periods changes nothing. */
function compareStorage(before: Statement, after: Statement): Change[] {
  const changes: Change[] = [];
  for (const [id, rule] of Object.entries(before.storage))
    if (!Object.hasOwn(after.storage, id)) {
      const kept = covered(before, rule).some(
        ([purpose, category]) => ruleFor(after, purpose, category) === undefined,
      );
      const why = kept ? 'nothing of it is kept any more' : 'other rules decide the same';
      changes.push({ clause: rule.clause, change: 'removed', what: `storage.${id}`, material: false, why });
    }
  for (const [id, rule] of Object.entries(after.storage)) {
    const old = Object.hasOwn(before.storage, id) ? before.storage[id] : undefined;
    if (old !== undefined && same(old, rule)) continue;
    const reasons = covered(after, rule).map(([purpose, category]) => {
      const was = ruleFor(before, purpose, category)?.rule;
      if (was === undefined) return 'something is kept that was not kept for this before';
      if (was.clock !== rule.clock) return 'the period starts from another moment';
      if (was.end !== rule.end && rule.end !== 'delete') return 'something is left when the period is over';
      if (was.notice !== undefined) {
        if (rule.notice === undefined) return 'nobody is told before it ends';
        if (comparePeriods(rule.notice, was.notice) < 0) return 'you are told later';
      }
      if (was.endsOnObjection === true && rule.endsOnObjection !== true)
        return 'an objection no longer ends it';
      return longer(was.period, rule.period, 'it is kept longer');
    });
    const why = reasons.find((reason) => reason !== undefined);
    const found = change(rule.clause, old === undefined ? 'added' : 'changed', `storage.${id}`, why);
    const isShorter = old !== undefined && comparePeriods(rule.period, old.period) < 0;
    changes.push(why === undefined && isShorter ? { ...found, why: 'it is kept for a shorter time' } : found);
  }
  return changes;
}

function fields<T extends object>(
  path: string,
  clause: ClauseId,
  before: T,
  after: T,
  weigh: Weigh<T>,
): Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof T & string)[];
  return names
    .filter((name) => !same(before[name], after[name]))
    .map((name) => change(clause, 'changed', `${path}.${name}`, weigh[name]?.(before, after)));
}

function change(clause: ClauseId, kind: Change['change'], what: string, why?: string): Change {
  return {
    clause,
    change: kind,
    what,
    material: why !== undefined,
    why: why ?? 'nothing that matters to a person',
  };
}

function more(before: readonly string[], after: readonly string[], why: string): string | undefined {
  return after.some((id) => !before.includes(id)) ? why : undefined;
}

/** A life of `session` is shorter than any period. */
function longer(before: string, after: string, why: string): string | undefined {
  if (after === 'session') return undefined;
  return before === 'session' || comparePeriods(after, before) > 0 ? why : undefined;
}

/** Equal but for the order of keys; an absent field and an undefined one are the same. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
}

function canonical(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(canonical);
  return Object.entries(value)
    .sort(([a], [b]) => Number(a > b) - Number(a < b))
    .map(([key, inner]) => [key, canonical(inner)]);
}
