/**
 * What the answer gate gives a person: the shapes of access, history, erasure and log (GDPR art. 12-22). Types only.
 * Moments are ISO 8601 in UTC, dates are calendar dates in Europe/Oslo.
 */
import type { Basis, Language, Text } from '#statement/grammar.ts';

/** How long a value is kept for one purpose. */
export interface Ground {
  purpose: string;
  basis: Basis;
  clause: string;
  /** Calendar date it leaves; null when it leaves on an event instead, said in `until`. */
  expires: string | null;
  until: Text;
}

/** One value held on a person. */
export interface Item extends Ground {
  /** `vault.person.email`, or `newsletter.subscription.topic#2` for the second row. */
  id: string;
  category: string;
  label: Text;
  value: string;
  /** The value taken apart, where it has named parts, such as an invoice. */
  fields?: Readonly<Record<string, string>>;
  source: string;
  statement: string;
  collectedAt: string;
  recipients: string[];
  /** Set when it stands for many rows of a table kept in days: how many, from when to when. Gone when the last is. */
  rows?: { count: number; from: string; to: string };
  /** What the person can do here and now. */
  can: ('correct' | 'erase')[];
  /** Further purposes the same value is kept for. */
  also: Ground[];
}

/** Everything held on a person, art. 15. */
export interface AccessAnswer {
  person: string;
  items: Item[];
  purposes: PurposeState[];
  restricted: { reason: string; since: string } | null;
  consents: ConsentState[];
  history: ConsentEvent[];
  receipts: { id: string; kind: 'erasure' | 'consent'; at: string }[];
  acceptances: { statement: string; at: string }[];
  /** Coming versions that the person was told of. */
  notices: { statement: string; at: string }[];
  /** Consents that a coming version asks for anew; `answered` when the person has said yes to it. */
  renewals: { purpose: string; words: Text; version: string; effectiveAt: string; answered: boolean }[];
  /** Holds that stand. Those that the law forbids telling of are here for staff alone. */
  holds: Hold[];
}

/** A hold on a person: nothing of theirs is deleted while it stands (art. 17(3)(e)). */
export interface Hold {
  id: string;
  since: string;
  /** Its last day; null when it stands until it is released. */
  until: string | null;
  /** The last day on which it must have been looked at again. */
  review: string | null;
  why: string;
  told: boolean;
  /** The law by which the person is not told; null when they are. */
  untold: string | null;
  /** Number of the staff member who placed it, or `command-line`; null to the person. */
  author: string | null;
}

/** A hold that stands, as it is listed: no reason, so that a list opens nothing on anybody. */
export interface StandingHold extends Omit<Hold, 'why'> {
  person: string;
  /** True when it should have been looked at again by now. */
  overdue: boolean;
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
  /** `invalidated`: a new version of the statement no longer rests on it. */
  state: 'requested' | 'given' | 'refused' | 'withdrawn' | 'invalidated';
  words: string;
  language: Language;
  statement: string;
  surface: string;
  method: string;
  at: string;
}

/** Who looked, and what was done: newest first, 50 at a time. */
export interface LogAnswer {
  entries: LogEntry[];
  /** Pass as `before` for the next page; null on the last. */
  next: string | null;
}

export interface LogEntry {
  id: string;
  at: string;
  gate: string;
  act: string;
  actor: 'person' | 'staff' | 'system' | 'visitor';
  purpose: string | null;
  label: Text | null;
  /** Why, where staff were asked for a reason. */
  reason: string | null;
}

/** What an erasure takes and leaves, and why (art. 17(1), 17(3)). */
export interface ErasurePreview {
  goes: { category: string; label: Text; count: number }[];
  /** `count` where it is records that stay; `until` is then when the last of them leaves. */
  stays: { what: Text; count?: number; why: Text; clause: string; until: string | null }[];
  /** There when a legal duty keeps everything for now: an erasure is refused (`answer.held`). */
  held?: true;
}

export interface ErasureAnswer extends ErasurePreview {
  /** Number of the receipt. */
  receipt: string;
}

export interface LeaveAnswer {
  /** Number of the consent receipt. */
  receipt: string;
  /** True when nothing else was kept on the person, so that everything went. */
  erased: boolean;
}
