import type { Language, Statement } from '#statement/grammar.ts';
import { type Actor, demandPerson } from './actor.ts';
import { access } from './answer/access.ts';
import { askNewAddress, confirmNewAddress } from './answer/address.ts';
import { type Changes, correct } from './answer/correct.ts';
import { demandErasable, erase, preview } from './answer/erase.ts';
import { exportPerson } from './answer/export.ts';
import { fulfil, type Served } from './answer/fulfil.ts';
import { type HoldReview, type HoldWish, hold, holds, releaseHold, reviewHold } from './answer/hold.ts';
import { log } from './answer/log.ts';
import { renew } from './answer/renew.ts';
import { type Renewal, renewals } from './answer/renewals.ts';
import {
  endRows,
  liftObjection,
  liftRestriction,
  object,
  type RestrictionReason,
  restrict,
} from './answer/wishes.ts';
import { decline, liftKeepOff, type Manner, withdraw } from './answer/withdraw.ts';
import type {
  AccessAnswer,
  ErasureAnswer,
  ErasurePreview,
  Hold,
  LeaveAnswer,
  LogAnswer,
  StandingHold,
} from './answers.ts';
import { type Booked, type Booking, book } from './archive/book.ts';
import { type ArchivedRecord, archivedRecords } from './archive/records.ts';
import { type Issue, type Issued, issue, type SalesDocument, sales, type Wanted } from './archive/sales.ts';
import { type Bulk, openBulk } from './bulk/bulk.ts';
import { type ClientActs, clientActs, type Lasting } from './client.ts';
import { Collect, type Collected, type Collection, type Trace } from './collect.ts';
import type { Documents } from './documents.ts';
import type { Engine } from './engine.ts';
import type { Sealer } from './journal.ts';
import {
  type ClauseRows,
  dueRows,
  type Forecast,
  forecast,
  type Leaving,
  openForecast,
} from './keep/forecast.ts';
import { type Kept, keep, type Progress } from './keep/keep.ts';
import { type Opened, openClause } from './keep/opened.ts';
import { type KeepRound, keepRounds } from './keep/run.ts';
import type { Module } from './module.ts';
import { type Once, openOnce } from './once.ts';
import type { Page } from './paging.ts';
import { type Payments, paymentsOf } from './payments.ts';
import { keepUp } from './plan/finish.ts';
import type { PriceList } from './prices/list.ts';
import { type GivenReceipt, giveReceipt } from './receipts.ts';
import { tendLedger } from './restore/ledger.ts';
import { type Findable, hashOf } from './row-keys.ts';
import { Following, type Shelf } from './third-party/follow.ts';
import { type Source, sourceOf } from './third-party/source.ts';
import { advance, stop, touch } from './touch.ts';
import { type PurposeHandle, Use } from './use.ts';

/** The rights of a person, each on one person by number; the actor must be that person or privacy staff. */
export interface Answer {
  access(person: string, actor: Actor, at: Date): Promise<AccessAnswer>;
  log(person: string, actor: Actor, page?: Page): Promise<LogAnswer>;
  export(person: string, actor: Actor, at: Date, language: Language): Promise<Uint8Array>;
  correct(person: string, changes: Changes, actor: Actor, at: Date): Promise<void>;
  preview(person: string, actor: Actor, at: Date): Promise<ErasurePreview>;
  erase(person: string, actor: Actor, at: Date): Promise<ErasureAnswer>;
  /** Answers with the erasure's receipt when nothing else was kept on the person, so that everything went. */
  object(person: string, purpose: string, actor: Actor, at: Date): Promise<string | undefined>;
  liftObjection(person: string, purpose: string, actor: Actor, at: Date): Promise<void>;
  restrict(person: string, reason: RestrictionReason, actor: Actor, at: Date): Promise<void>;
  liftRestriction(person: string, actor: Actor, at: Date): Promise<void>;
  withdraw(person: string, purpose: string, actor: Actor, manner: Manner, at: Date): Promise<LeaveAnswer>;
  decline(
    person: string,
    asked: { point: string; language: Language },
    actor: Actor,
    manner: Manner,
    at: Date,
  ): Promise<LeaveAnswer>;
  /** Says yes to a coming version, so that a consent goes on under it. */
  renew(
    person: string,
    asked: { purpose: string; language: Language },
    actor: Actor,
    manner: Manner,
    at: Date,
  ): Promise<{ receipt: string }>;
  /** The consents that a coming version asks for anew. */
  renewals(at: Date): Renewal[];
  /** Mails a link to a new e-mail address; it takes the old one's place when the link is followed. */
  askNewAddress(person: string, email: string, actor: Actor, at: Date): Promise<void>;
  confirmNewAddress(person: string, id: string, actor: Actor, at: Date): Promise<void>;
  /** Ends what a collection point took in, once it has served: its rows in one table, and its claim on the vault. */
  fulfil(person: string, what: Served, actor: Actor, at: Date): Promise<void>;
  /** Ends rows of a module's table by exact values of one column. */
  endRows(
    person: string,
    table: string,
    which: Record<string, readonly string[]>,
    actor: Actor,
    at: Date,
  ): Promise<void>;
  /** Places a hold: nothing of the person is deleted while it stands. For privacy staff alone, like the next three. */
  hold(person: string, wish: HoldWish, actor: Actor, at: Date): Promise<Hold>;
  reviewHold(person: string, id: string, wish: HoldReview, actor: Actor, at: Date): Promise<StandingHold>;
  releaseHold(person: string, id: string, actor: Actor, at: Date): Promise<void>;
  /** Every hold that stands, those to be looked at first on top; it opens nothing on anybody. */
  holds(actor: Actor, at: Date): Promise<{ holds: StandingHold[] }>;
  /** A receipt by its number, sealed in the journal; the number is what gives access to it. */
  receipt(id: string, at: Date): Promise<GivenReceipt>;
}

/** The restricted archive (clause `k.bookkeeping`): what a law demands be kept, for bookkeeping alone. */
export interface Archive {
  book(booking: Booking): Promise<Booked>;
  /** The records of a fiscal year by its last day (`2026-12-31`), or all; each look is journalled. */
  records(which: { fiscalYear?: string }, actor: Actor, at: Date): Promise<ArchivedRecord[]>;
  /** Books an invoice, a credit note or a payment under the next number of its series. */
  issue(asked: Issue): Promise<Issued>;
  sales(which: Wanted, actor: Actor, at: Date): Promise<SalesDocument[]>;
}

/** What modules get: the five gates, as values, and the tokens that links carry. Nothing else leads to the data. */
export interface Gates {
  readonly statement: Statement;
  collect(collection: Collection): Promise<Collected>;
  /** Adds what the product itself notes of somebody's act, such as a session. */
  trace(trace: Trace): Promise<void>;
  use(purpose: string, actor: Actor): PurposeHandle;
  readonly answer: Answer;
  readonly archive: Archive;
  /** What users of a client do with its rows. */
  readonly client: ClientActs;
  /** Every version of the agreements that clients accept, newest first. */
  readonly documents: Documents;
  /** A third party that the statement names as a source, to be asked; refuses any other. */
  source(id: string): Source;
  /** Keeps what a module has of a third party in step with it; refuses tables that take nothing in from it. */
  following(source: string, shelf: Shelf): Following;
  /** The operator's price list. */
  readonly prices: PriceList;
  readonly payments: Payments;
  /** Lets go of everything past its date. */
  keep(now: Date, progress?: Progress): Promise<Kept>;
  /** What {@link Gates.keep} would let go of by the storage rules, without doing it. */
  due(now: Date): Promise<ClauseRows[]>;
  /** What leaves in so many days, by clause and date. */
  forecast(now: Date, days: number): Promise<Forecast>;
  openForecast(clause: string, now: Date, span: { days: number; limit: number }): Promise<Leaving[]>;
  /** The same for the eyes of privacy staff, in the statement's words; the look is journalled. */
  openClause(
    clause: string,
    actor: Actor,
    now: Date,
    days: number,
  ): Promise<{ clause: string; days: number; rows: Opened[]; more: boolean }>;
  keepRounds(limit?: number): Promise<KeepRound[]>;
  /** Restarts a clock of a person, such as `last-active`, wherever the data map says it is kept. */
  touch(person: string, clock: string, at: Date): Promise<void>;
  /** Starts a clock of a person that is open, such as `agreement-ended`. */
  stop(person: string, clock: string, at: Date): Promise<void>;
  /** Moves a moment of one row of a module's own forward, such as when a session was used last. */
  advance(
    row: { readonly table: string; readonly person: string; readonly id: string },
    column: string,
    at: Date,
  ): Promise<void>;
  /** HMAC-SHA-256 of a text, for one kind of use, under a secret of the installation. Of personal data it is personal. */
  keyed(kind: string, text: string): Buffer;
  /** A link's token: it carries the row's number and proves that we made it. */
  token(kind: string, id: string): string;
  readToken(kind: string, token: string): string | undefined;
  /** A text that comes back to us unchanged or not at all, such as where a list goes on; others can read it. */
  sign(kind: string, text: string): string;
  readSigned(kind: string, signed: string): string | undefined;
  /** The keyed hash by which a company is found by its number or its name, as PostgreSQL writes bytes. It is personal data still. */
  hash(kind: Findable['kind'], text: string): string;
  /** Requests that are carried out once, however often they are sent. */
  readonly once: Once;
  /** What staff do with many rows of a list at once. */
  readonly bulk: Bulk;
  /** Waits for everything taken in to be durable, before the pools close. */
  drain(): Promise<void>;
}

/**
 * Joins the gates over one engine. `sealer` seals the journal on demand, so that a receipt can be given at once; the
 * modules have a say before anything is let go of.
 */
export function openGates(
  engine: Engine,
  sealer: Sealer,
  modules: readonly Pick<Module, 'beforeKeeping' | 'beforeErasing' | 'bulk' | 'lasting'>[] = [],
): Gates {
  const collect = new Collect(engine);
  const use = new Use(engine);
  const receipt = (id: string, at: Date) => giveReceipt(engine, sealer, id, at);
  const gates: Gates = {
    statement: engine.statement,
    prices: engine.prices,
    payments: paymentsOf(engine),
    collect: async (collection) => {
      const purpose = engine.statement.points[collection.point]?.purpose;
      const again = purpose !== undefined && engine.statement.purposes[purpose]?.basis === 'A6-1-a';
      if (again && 'person' in collection.about) await liftKeepOff(engine, collection.about.person, purpose);
      return collect.collect(collection);
    },
    trace: (trace) => collect.trace(trace),
    use: (purpose, actor) => use.use(purpose, actor),
    answer: {
      access: (person, actor, at) => access(engine, person, actor, at),
      log: (person, actor, page) => log(engine, person, actor, page),
      export: (person, actor, at, language) =>
        exportPerson(engine, person, actor, at, { language, receipt: (id) => receipt(id, at) }),
      correct: (person, changes, actor, at) => correct(engine, person, changes, actor, at),
      preview: (person, actor, at) => preview(engine, person, actor, at),
      erase: async (person, actor, at) => {
        demandPerson(actor, person);
        const asked = await Promise.all(modules.map((one) => one.beforeErasing?.(gates, person, at)));
        const settling = asked.filter((settle) => settle !== undefined);
        if (settling.length > 0) await demandErasable(engine, person, actor, at);
        for (const settle of settling) await settle();
        return erase(engine, person, actor, 'r.rectify-erase', at);
      },
      object: (person, purpose, actor, at) => object(engine, person, purpose, actor, at),
      liftObjection: (person, purpose, actor, at) => liftObjection(engine, person, purpose, actor, at),
      restrict: (person, reason, actor, at) => restrict(engine, person, reason, actor, at),
      liftRestriction: (person, actor, at) => liftRestriction(engine, person, actor, at),
      withdraw: (person, purpose, actor, manner, at) => withdraw(engine, person, purpose, actor, manner, at),
      decline: (person, asked, actor, manner, at) => decline(engine, person, asked, actor, manner, at),
      renew: (person, asked, actor, manner, at) => renew(engine, person, asked, actor, manner, at),
      renewals: (at) => renewals(engine, at),
      askNewAddress: (person, email, actor, at) => askNewAddress(engine, person, email, actor, at),
      confirmNewAddress: (person, id, actor, at) => confirmNewAddress(engine, person, id, actor, at),
      fulfil: (person, what, actor, at) => fulfil(engine, person, what, actor, at),
      endRows: (person, table, which, actor, at) => endRows(engine, person, table, which, actor, at),
      hold: (person, wish, actor, at) => hold(engine, person, wish, actor, at),
      reviewHold: (person, id, wish, actor, at) => reviewHold(engine, person, id, wish, actor, at),
      releaseHold: (person, id, actor, at) => releaseHold(engine, person, id, actor, at),
      holds: (actor, at) => holds(engine, actor, at),
      receipt,
    },
    archive: {
      book: (booking) => book(engine, booking),
      records: (which, actor, at) => archivedRecords(engine, which, actor, at),
      issue: (asked) => issue(engine, asked),
      sales: (which, actor, at) => sales(engine, which, actor, at),
    },
    client: clientActs(
      engine,
      (purpose, actor) => use.use(purpose, actor),
      Object.assign({}, ...modules.map(({ lasting }) => lasting)) as Lasting,
    ),
    documents: engine.documents ?? [],
    source: (id) => sourceOf(engine, id),
    following: (source, shelf) => new Following(engine, source, shelf),
    keep: async (now, progress) => {
      for (const { beforeKeeping } of modules) await beforeKeeping?.(gates, now);
      const kept = await keepUp(engine, now, () => keep(engine, now, progress));
      await tendLedger(engine, now);
      return kept;
    },
    due: (now) => dueRows(engine.pools.of('keep'), engine.statement, engine.map, now),
    forecast: (now, days) => forecast(engine, now, days),
    openForecast: (clause, now, span) => openForecast(engine, clause, now, span),
    openClause: (clause, actor, now, days) => openClause(engine, clause, actor, now, days),
    keepRounds: (limit) => keepRounds(engine.pools.of('keep'), { limit }),
    touch: (person, clock, at) => touch(engine, person, clock, at),
    stop: (person, clock, at) => stop(engine, person, clock, at),
    advance: (row, column, at) => advance(engine, row, column, at),
    keyed: (kind, text) => engine.secrets.keyed(kind, text),
    token: (kind, id) => engine.secrets.token(kind, id),
    readToken: (kind, token) => engine.secrets.readToken(kind, token),
    sign: (kind, text) => engine.secrets.sign(kind, text),
    readSigned: (kind, signed) => engine.secrets.readSigned(kind, signed),
    hash: (kind, text) => hashOf(engine, kind, text),
    once: openOnce(engine),
    bulk: openBulk(
      engine,
      () => gates,
      modules.flatMap(({ bulk }) => bulk ?? []),
    ),
    drain: () => collect.drain(),
  };
  return gates;
}
