/**
 * The grammar of promises: what one version of a privacy statement says, as data.
 *
 * Everything else in the product reads these shapes: roles, the data map's check, consent prompts, storage
 * periods, pages and proof. Terms follow the GDPR and the W3C Data Privacy Vocabulary (DPV 2.3).
 */

/** A stable clause id such as `k.opt-out`: pages, tests and proofs cite it. */
export type ClauseId = string;
export type CategoryId = string;
export type PurposeId = string;
export type SourceId = string;
export type PointId = string;
export type ClockId = string;

/** The two languages of the shipped product. */
export type Language = 'nb' | 'en';
export type Text = Readonly<Record<Language, string>>;

/** The legal bases of GDPR article 6(1), named as DPV's eu-gdpr extension names them. */
export type Basis = 'A6-1-a' | 'A6-1-b' | 'A6-1-c' | 'A6-1-d' | 'A6-1-e' | 'A6-1-f';

export interface Statement {
  /** `3.0`: version and revision. Immutable once applied. */
  readonly version: string;
  /** ISO date of the last update. */
  readonly updated: string;
  readonly operator: Operator;
  readonly clauses: Readonly<Record<ClauseId, Clause>>;
  readonly categories: Readonly<Record<CategoryId, Category>>;
  readonly sources: Readonly<Record<SourceId, Source>>;
  readonly purposes: Readonly<Record<PurposeId, Purpose>>;
  readonly points: Readonly<Record<PointId, Point>>;
  readonly clocks: Readonly<Record<ClockId, Clock>>;
  readonly storage: Readonly<Record<string, StorageRule>>;
  readonly recipients: Readonly<Record<string, Recipient>>;
  readonly cookies: Readonly<Record<string, Cookie>>;
  /** Time limits that are not storage periods: how fast we answer, how long a link works. */
  readonly deadlines?: Readonly<Record<string, Deadline>>;
  /** What must be true of figures that stay when the people they were made of are gone. */
  readonly anonymising?: Anonymising;
}

/** The fewest people that a group may have for its number to be kept (`k.anonymise`). */
export interface Anonymising {
  readonly people: number;
}

/** The controller, GDPR art. 13(1)(a). Roles only: no private person is named. */
export interface Operator {
  readonly name: string;
  readonly country: string;
  /** One legal party behind all of them (`0.one-party`). */
  readonly hosts: readonly string[];
  readonly mailbox: string;
  readonly duties: Readonly<Record<string, Text>>;
  readonly authority: { readonly name: string; readonly url: string };
  /** Age of consent for online services, personopplysningsloven § 5. */
  readonly consentAge: number;
  /** Automated decisions under art. 22, art. 13(2)(f). */
  readonly automatedDecisions: boolean;
  /** How such decisions come about and what they mean for the person; demanded when there are any. */
  readonly automatedLogic?: Text;
  /** Address of the data protection officer, when there is one (art. 13(1)(b)). */
  readonly officer?: string;
  /** Last day of the fiscal year, `12-31` when left out; `02-29` is the last of February. */
  readonly fiscalYearEnd?: string;
}

export interface Clause {
  readonly title: Text;
}

/** A data category; the first word of a column's comment in the data map. */
export interface Category {
  readonly label: Text;
  readonly dpv: string;
  /** Whether the operator decides over this data or keeps it for a client (art. 4(7), 4(8)). */
  readonly role: 'controller' | 'processor';
  /** How it came to be; decides what portability covers (art. 20). */
  readonly origin: 'provided' | 'observed' | 'derived' | 'third-party';
  readonly clause: ClauseId;
}

export interface Source {
  readonly label: Text;
  readonly kind: 'given' | 'observed' | 'third-party';
  readonly clause: ClauseId;
  /** Publicly accessible, art. 14(2)(f). */
  readonly public?: boolean;
}

/** A purpose becomes one database role that can read the columns of `reads` and nothing else. */
export interface Purpose {
  readonly label: Text;
  /** What staff see it called, where the label speaks to the person. */
  readonly labelForStaff?: Text;
  readonly clause: ClauseId;
  readonly basis: Basis;
  readonly dpv: string;
  readonly reads: readonly CategoryId[];
  /** The interest pursued, demanded when the basis is A6-1-f (art. 13(1)(d)). */
  readonly interest?: Text;
  /** Direct marketing: objection is absolute (art. 21(2)-(3)). */
  readonly marketing?: boolean;
  /** Why use goes on while a person is restricted (art. 18(2)); absent: it stops. */
  readonly duringRestriction?: Text;
  /** `client`: used for one client at a time; its role sees that client's rows and no other's. Absent: for all at once. */
  readonly scope?: 'client';
}

/** A collection point: the only way in for the fields it names. */
export interface Point {
  readonly label: Text;
  readonly clause: ClauseId;
  readonly purpose: PurposeId;
  readonly source: SourceId;
  /** What is asked for, and whether it must be given (art. 13(2)(e)). */
  readonly asks: Readonly<Record<CategoryId, 'required' | 'optional'>>;
  /** Exact wording shown where the purpose rests on consent (art. 7). */
  readonly consent?: Text;
  /** What follows from not giving the data (art. 13(2)(e)). */
  readonly without: Text;
}

/** The moment a storage period starts from; the data map says which column holds it. */
export interface Clock {
  readonly label: Text;
  /** The latest moment over all of a person's rows, and none while one of them is open: the last module, not any. */
  readonly latest?: boolean;
}

/**
 * What happens with what is stored. `delete` and `anonymise` happen when the period is over and give way to an erasure
 * before that. `hold` and `hash` say in which shape something outlasts an erasure until the period is over, and then it
 * is deleted: a `hold` is kept as it is because a law demands it, a `hash` only as a keyed hash. `archive` moves what a
 * `hold` covers into the restricted archive, at an erasure too, and it is kept there for as long as that hold says.
 */
export type Ending = 'delete' | 'anonymise' | 'hold' | 'hash' | 'archive';

/** How long data kept for some purposes stays, and what happens then. */
export interface StorageRule {
  readonly clause: ClauseId;
  readonly purposes: readonly PurposeId[];
  /** Absent: every category that the purposes collect. */
  readonly categories?: readonly CategoryId[];
  readonly clock: ClockId;
  /** ISO 8601 calendar duration (`P18M`), or `P0D`: at once. Counted in Europe/Oslo. */
  readonly period: string;
  readonly end: Ending;
  readonly why: Text;
  /** ISO 8601 duration before the end at which the person is told of it. */
  readonly notice?: string;
  /** An objection to the purpose ends the period at once: nothing but our own interest kept it (art. 17(1)(c)). */
  readonly endsOnObjection?: boolean;
}

/** A time limit that the text promises. */
export interface Deadline {
  readonly label: Text;
  readonly clause: ClauseId;
  /** ISO 8601 duration. */
  readonly period: string;
}

/** A party with access to all or part of the data (art. 13(1)(e)); today there is none. */
export interface Recipient {
  readonly name: string;
  readonly kind: 'processor' | 'controller' | 'authority';
  readonly country: string;
  readonly purposes: readonly PurposeId[];
  readonly categories: readonly CategoryId[];
  /** Ground for a transfer out of the EEA (art. 44-49); demanded when the country is outside it. */
  readonly transfer?: string;
}

/** One key stored on the visitor's device (ekomloven § 3-15). */
export interface Cookie {
  readonly purpose: PurposeId;
  readonly label: Text;
  /** ISO 8601 duration, or `session`. */
  readonly life: string;
  /** Strictly necessary for a service expressly asked for: no consent needed. */
  readonly necessary: boolean;
}

/** `1`-based place in a statement file. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing wrong with a statement. `problems` are listed all at once, in file order. */
export interface Problem extends Place {
  readonly message: string;
}

/** Prose as pages render it: headings bound to clauses, and blocks whose facts came from the rules. */
export interface Prose {
  readonly language: Language;
  readonly title: string;
  readonly sections: readonly Section[];
  /** Paths of the rules that the text shows, such as `storage.behaviour.period`. */
  readonly mentions?: readonly string[];
}

export interface Section {
  /** Anchor of the section; the id of its first clause when it has one. */
  readonly id: string;
  readonly heading: string;
  readonly level: 2 | 3;
  readonly clauses: readonly ClauseId[];
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'paragraph'; readonly spans: readonly Span[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Span[])[] }
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

export type Span =
  | { readonly kind: 'text' | 'strong' | 'fact'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };
