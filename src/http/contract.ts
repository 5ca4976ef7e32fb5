/**
 * The shapes of `/api/v1`: what the pages, and clients elsewhere, get and send. Types only.
 *
 * Moments are ISO 8601 in UTC, dates are calendar dates in Europe/Oslo, ids are UUIDs.
 */
import type { Basis, Language, Prose, Statement, Text } from '#statement/grammar.ts';

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
  versions: { version: string; appliedAt: string; fingerprint: string }[];
}

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
/** `POST /newsletter/confirmations {token}` → 201 */
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
}
export interface LeaveAnswer {
  /** Number of the consent receipt. */
  receipt: string;
  /** True when nothing else was kept on the person, so that everything went. */
  erased: boolean;
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

/** One value held on a person. */
export interface Item {
  /** `vault.person.email`, or `newsletter.subscription.topic`. */
  id: string;
  category: string;
  label: Text;
  value: string;
  source: string;
  purpose: string;
  basis: Basis;
  clause: string;
  statement: string;
  collectedAt: string;
  /** Calendar date it leaves; null when it leaves on an event instead, said in `until`. */
  expires: string | null;
  until: Text;
  recipients: string[];
  /** What the person can do here and now. */
  can: ('correct' | 'erase')[];
  /** Further purposes the same value is kept for. */
  also: { purpose: string; basis: Basis; clause: string; expires: string | null; until: Text }[];
}

/** `GET /me` and `GET /persons/:id/items` */
export interface AccessAnswer {
  person: string;
  items: Item[];
  purposes: PurposeState[];
  restricted: { reason: string; since: string } | null;
  consents: ConsentState[];
  history: ConsentEvent[];
  receipts: { id: string; kind: 'erasure' | 'consent'; at: string }[];
  acceptances: { statement: string; at: string }[];
}
export interface PurposeState {
  purpose: string;
  label: Text;
  basis: Basis;
  clause: string;
  /** True when data on the person is kept for it now. */
  active: boolean;
  objection: { since: string } | null;
  /** An objection can be made (basis A6-1-e or f, or marketing). */
  objectable: boolean;
  consent: { since: string } | null;
}
export interface ConsentState {
  purpose: string;
  since: string;
  wording: string;
}
export interface ConsentEvent {
  purpose: string;
  state: 'requested' | 'given' | 'refused' | 'withdrawn';
  words: string;
  language: Language;
  statement: string;
  surface: string;
  method: string;
  at: string;
}

/** `GET /me/log?before=` newest first, 50 at a time. */
export interface LogAnswer {
  entries: {
    id: string;
    at: string;
    gate: string;
    act: string;
    actor: 'person' | 'staff' | 'system' | 'visitor';
    purpose: string | null;
    label: Text | null;
  }[];
  next: string | null;
}

/** `PATCH /me`: any of these; empty string or null removes an optional one. → 200 AccessAnswer */
export interface Correction {
  name?: string;
  email?: string;
  phone?: string | null;
  place?: string | null;
  company?: string | null;
  language?: Language;
}

/** `GET /me/erasure`: what an erasure would take and leave. */
export interface ErasurePreview {
  goes: { category: string; label: Text; count: number }[];
  stays: { what: Text; why: Text; clause: string; until: string | null }[];
}
/** `DELETE /me` → 200; the session is over. */
export interface ErasureAnswer {
  receipt: string;
  goes: ErasurePreview['goes'];
  stays: ErasurePreview['stays'];
}

/*
 * Other acts, all on the signed-in person:
 *   DELETE /me/items/:id              erase one optional value → 200 AccessAnswer
 *   PUT    /me/objections/:purpose    → 200 AccessAnswer     DELETE the same: lift it
 *   PUT    /me/restriction {reason}   → 200 AccessAnswer     DELETE: lift it
 *   DELETE /me/consents/:purpose      withdraw, one step → 200 LeaveAnswer
 *   GET    /me/export                 → application/zip
 *   GET    /receipts/:id              → application/json file (Receipt); the number is the key to it
 *   GET    /journal/key               → { algorithm: 'Ed25519', key: base64url, id }
 *   GET    /outbox, GET /outbox/:id   demo only: the mails that would have gone out
 *   GET    /sessions/demo             demo only: nothing is listed outside it
 *
 * Staff with the role `privacy`:
 *   POST   /person-searches {email | phone} → { found: [person] }
 *   GET    /persons/:id  → PersonAnswer   GET /persons/:id/items → AccessAnswer   PATCH /persons/:id (Correction)
 *   DELETE /persons/:id  → ErasureAnswer  GET /proof → ProofAnswer
 */
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

/** `hjemmel prove --json` and `GET /proof` */
export interface ProofAnswer {
  ok: boolean;
  statement: string;
  at: string;
  checks: { clause: string; title: string; ok: boolean; found: number; detail: string }[];
  /** Clauses whose machinery is not there: never counted as kept. */
  notYet: { clause: string; title: string; why: string }[];
}
