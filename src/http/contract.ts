/**
 * The shapes of `/api/v1`: what the pages, and clients elsewhere, get and send. Types only.
 *
 * Moments are ISO 8601 in UTC, dates are calendar dates in Europe/Oslo, ids are UUIDs.
 */
import type { StandingHold } from '#gates/answers.ts';
import type { Plan } from '#gates/plan/plan.ts';
import type { Language, Prose, Statement, Text } from '#statement/grammar.ts';
import type { SideSection } from '#statement/side-by-side.ts';

/** RFC 9457 problem document; `code` is the refusal's. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  /** One sentence in the language asked for; never holds what was sent. */
  detail: string;
  /** Which fields, by name; never by value. */
  fields?: { field: string; reason: string }[];
}

/** `GET /statement` */
export interface StatementAnswer {
  version: string;
  updated: string;
  fingerprint: string;
  appliedAt: string;
  statement: Statement;
  prose: Record<Language, Prose>;
  versions: VersionsAnswer['versions'];
  coming: ComingAnswer | null;
}

/** A version that is applied and waits: from when it holds, and what of it matters to people, in plain words. */
export interface ComingAnswer {
  version: string;
  effectiveAt: string;
  changes: Record<Language, string[]>;
}

/** `GET /statement/versions`, newest first. */
export interface VersionsAnswer {
  current: string;
  coming: ComingAnswer | null;
  versions: {
    version: string;
    appliedAt: string;
    /** When it took or takes effect. */
    effectiveAt: string;
    /** When it was taken back before that; null when it was not. */
    withdrawnAt: string | null;
    fingerprint: string;
  }[];
}

/** `GET /statement/versions/:version` */
export interface VersionAnswer {
  version: string;
  updated: string;
  fingerprint: string;
  statement: Statement;
  prose: Record<Language, Prose>;
}

/** `GET /statement/comparisons?from=&to=&language=` */
export interface ComparisonAnswer {
  from: string;
  to: string;
  language: Language;
  /** What of it matters to a person, in plain words. */
  changes: string[];
  sections: SideSection[];
}

/** `GET /plan`, for staff with the role `privacy`: what `hjemmel plan --json` prints, with each `why` in both languages. */
export type PlanAnswer = Omit<Plan, 'changes' | 'consents'> & {
  changes: (Plan['changes'][number] & { reason: Text })[];
  consents: (Plan['consents'][number] & { reason: Text })[];
};

/** `POST /profiles` → 201 the same answer whether or not the address was known. */
export interface ProfileRequest {
  name: string;
  email: string;
  phone?: string;
  place?: string;
  company?: string;
  language?: Language;
  accept: { statement: string };
}
export interface ProfileAnswer {
  /** Number of the profile if the address was new, a number that leads nowhere otherwise. */
  person: string;
  statement: string;
}

/** `GET /newsletter/topics` */
export interface TopicsAnswer {
  topics: { id: string; label: Text; about: Text }[];
}

/** `POST /newsletter/subscriptions` → 202, always the same answer. */
export interface SubscriptionRequest {
  email: string;
  topics: string[];
  language?: Language;
  name?: string;
}

/** `GET /newsletter/confirmations/:token`: what the link's page shows; changes nothing. 404 when the link is spent or false. */
export interface ConfirmationView {
  topics: string[];
  language: Language;
  /** The exact words of the consent. */
  wording: Text;
  askedAt: string;
}
/**
 * `POST /newsletter/confirmations {token, language?}` → 201; `language` is that of the words that were shown.
 * `DELETE /newsletter/confirmations/:token` says no thanks → LeaveAnswer.
 */
export interface ConfirmationAnswer {
  /** Token for the preference page, `/nyhetsbrev/valg/:token`. */
  preferences: string;
  receipt: string;
}

/**
 * `GET /newsletter/preferences/:token`, `PUT` {topics, language}, `DELETE` (leave; answers LeaveAnswer).
 * The token is in each letter and never expires.
 */
export interface PreferencesAnswer {
  topics: string[];
  language: Language;
  since: string;
  /**
   * What a coming version of the statement asks anew; null when it asks nothing, absent from the answer to `PUT`.
   * `PUT /newsletter/preferences/:token/consent {language}` → 204 says yes.
   */
  renewal?: { words: Text; version: string; effectiveAt: string; answered: boolean } | null;
}
/** `POST /sign-in/links {email, language?}` → 202 always. `GET /sign-in/links/:token` → 204 valid, 404 not; changes nothing. */
export interface SignInRequest {
  email: string;
  language?: Language;
}
/** `POST /sessions {token}` → 201 and a cookie. `GET /sessions/current` → 200 or 401. `DELETE /sessions/current` → 204. */
export interface SessionAnswer {
  person: string;
  roles: string[];
  expiresAt: string;
}

/** `GET /me` and `GET /persons/:id/items` answer AccessAnswer; `GET /me/log?before=` answers LogAnswer. */
export type {
  AccessAnswer,
  ConsentEvent,
  ConsentState,
  ErasureAnswer,
  ErasurePreview,
  Hold,
  Item,
  LeaveAnswer,
  LogAnswer,
  PurposeState,
  StandingHold,
} from '#gates/answers.ts';

/** `PATCH /me`: any of these; empty string or null removes an optional one. → 200 AccessAnswer */
export interface Correction {
  name?: string;
  email?: string;
  phone?: string | null;
  place?: string | null;
  company?: string | null;
  language?: Language;
}

/*
 * Other acts, all on the signed-in person:
 *   GET    /me/erasure                what an erasure would take and leave → ErasurePreview
 *   DELETE /me                        → 200 ErasureAnswer; the session is over
 *   POST   /me/address {token}        confirms a new e-mail address by the link mailed to it → 200 AccessAnswer
 *   DELETE /me/items/:id              erase one optional value → 200 AccessAnswer
 *   PUT    /me/objections/:purpose    → 200 AccessAnswer, or LeaveAnswer where everything went; DELETE: lift it
 *   GET    /me/agreement              → StandingAnswer   PUT: take it up again   DELETE: end it
 *   PUT    /me/restriction {reason}   → 200 AccessAnswer     DELETE: lift it
 *   PUT    /me/consents/:purpose {language}  say yes to a coming version → 200 AccessAnswer
 *   DELETE /me/consents/:purpose      withdraw, one step → 200 LeaveAnswer
 *   GET    /me/export                 → application/zip
 *   GET    /receipts/:id              → application/json file (Receipt); the number is the key to it
 *   GET    /journal/key               → { algorithm: 'Ed25519', key: base64url, id }
 *   GET    /outbox, GET /outbox/:id   demo only: the mails that would have gone out
 *   GET    /sessions/demo             demo only: nothing is listed outside it
 *
 * Staff with the role `privacy`:
 *   POST   /person-searches {email | phone | name} → { found: [person] }
 *   GET    /people/file?which=&sort=&reason= → the list as text/csv
 *   GET    /persons/:id  → PersonAnswer   GET /persons/:id/items?reason= → AccessAnswer   PATCH /persons/:id (Correction)
 *   DELETE /persons/:id  → ErasureAnswer  GET /proof → ProofAnswer  GET /proof/runs → RunsAnswer
 *   GET    /forecast?days=90 → ForecastAnswer   GET /forecast/:clause?days=90 → OpenedAnswer
 *   GET    /keep-rounds  → KeepRoundsAnswer
 *   GET    /holds        → HoldsAnswer, those to be looked at first on top
 *   POST   /persons/:id/holds (HoldRequest) → 201 Hold
 *   POST   /persons/:id/holds/:hold/reviews {until?, review?} → 201 StandingHold   DELETE /persons/:id/holds/:hold
 */
export type StandingAnswer =
  | { state: 'none' }
  | { state: 'active'; since: string; modules: string[] }
  | { state: 'grace'; ended: string; told: string | null; until: string; modules: string[] };

export interface ForecastAnswer {
  from: string;
  days: number;
  clauses: { clause: string; rows: number; byDay: { date: string; rows: number }[] }[];
}
/** The first 500 rows of a clause, soonest first; `more` says that there are others. */
export interface OpenedAnswer {
  clause: string;
  days: number;
  rows: { table: string; what: Text; person: string | null; date: string }[];
  more: boolean;
}
export interface KeepRoundsAnswer {
  rounds: {
    id: number;
    at: string;
    state: 'done' | 'running' | 'cut-short';
    step: number;
    steps: number;
    erased: number;
    results: { clause: string; rows: number }[];
  }[];
}
export interface HoldsAnswer {
  holds: StandingHold[];
}
/** Dates count as whole days in Oslo. Without `until` there is a `review`, at most half a year away. */
export interface HoldRequest {
  why: string;
  until?: string;
  review?: string;
  /** The exact law by which the person is not told; without it they are. */
  untold?: string;
}
/** `GET /people?which=&sort=&cursor=&limit=`, for staff who run the customer relationship. */
export interface PeopleAnswer {
  people: {
    person: string;
    name: string | null;
    email: string | null;
    phone: string | null;
    place: string | null;
    company: string | null;
    made: string;
    active: string;
    leaves: string;
    modules: string[];
  }[];
  /** Pass as `cursor` for the next page; null on the last. */
  next: string | null;
}
export interface PersonAnswer {
  person: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  place: string | null;
  company: string | null;
  language: Language | null;
  restricted: boolean;
}

export interface OutboxAnswer {
  mails: { id: string; at: string; to: string; subject: string }[];
}
export interface OutboxMail {
  id: string;
  at: string;
  to: string;
  from: string;
  subject: string;
  text: string;
  /** Links in it, in order. */
  links: string[];
}

/** `GET /promises`: every promise and whether it holds, without anything on anyone. */
export type { PromisesAnswer, PublicPromise } from '#gates/watch/promises.ts';
/** `hjemmel prove --json` and `GET /proof` */
export type { Verdict as ProofAnswer } from '#statement/verdict.ts';

/** `GET /proof/runs`, oldest first: the last thirty days, and before that each run in which a clause changed its state. */
export interface RunsAnswer {
  runs: {
    at: string;
    statement: string;
    ok: boolean;
    /** Clauses. */
    holds: number;
    broken: number;
    notYet: number;
    changed: boolean;
    /** Milliseconds it took. */
    took: number;
  }[];
}
