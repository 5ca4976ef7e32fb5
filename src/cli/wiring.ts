import type { FastifyInstance } from 'fastify';
import type { Config } from '#config';
import type { Actor, Role } from '#gates/actor.ts';
import type { BulkWorker } from '#gates/bulk/worker.ts';
import type { Courier } from '#gates/courier.ts';
import type { Engine } from '#gates/engine.ts';
import type { Gates } from '#gates/gates.ts';
import type { Sealer } from '#gates/journal.ts';
import type { Planner } from '#gates/plan/planner.ts';
import type { Replayed } from '#gates/restore/replay.ts';
import type { InForce } from '#gates/versions.ts';
import type { Watch } from '#gates/watch/watch.ts';
import type { Progress } from '#platform/backup/dump.ts';
import type { Log } from '#platform/log.ts';
import type { Language } from '#statement/grammar.ts';
import type { Verdict } from '#statement/verdict.ts';

/** The product as the command line sees it, opened and handed in. */
export interface Opened extends Planner {
  readonly gates: Gates;
  readonly engine: Engine;
  readonly inForce: InForce;
  readonly sealer: Sealer;
  readonly courier: Courier;
  readonly bulk: BulkWorker;
  readonly watch: Watch;
  /** The keys database as its owner. */
  readonly keysUrl: string;
  /** True when the database is the product's own. */
  readonly isEmbedded: boolean;
  /** True when this opening applied the first statement: a new installation. */
  readonly first: boolean;
  prove(now: Date, clause?: string): Promise<Verdict>;
  /** Which versions are in force and waiting; another answer than before means: open anew. */
  standing(now: Date): Promise<string>;
  close(): Promise<void>;
}

/** What following the registers did, as `--json` prints it. Rows, but for `changes`: those the register told of. */
interface Refreshed {
  readonly changes: number;
  readonly renewed: number;
  readonly removed: number;
  /** True when everything kept was asked for anew. */
  readonly whole: boolean;
}

/** What completing did with companies that were written by hand, as `--json` prints it. Clients, all of them. */
interface Completed {
  readonly completed: number;
  /** Of which the register said something else, and whose owners were told. */
  readonly told: number;
  /** True when the register does not answer, and the rest waits. */
  readonly away: boolean;
}

/** What opening is told. */
interface Opening {
  readonly log: Log;
  readonly now: () => Date;
  /** The time is made up: refused where letters leave for real people. */
  readonly trial?: boolean;
  readonly progress: (message: string) => void;
}

/** A backup that was taken, as `--json` prints it. */
interface Taken {
  readonly folder: string;
  readonly kind: 'main' | 'keys';
  readonly manifest: string;
  readonly takenAt: string;
  readonly tables: number;
  readonly rows: number;
  readonly bytes: number;
}

/** A backup that was put back, as `--json` prints it. */
export interface PutBack {
  readonly kind: 'main' | 'keys';
  readonly takenAt: string;
  readonly restored: { readonly tables: number; readonly rows: number };
  /** Absent when another process did it meanwhile, and for what was put back long ago. */
  readonly replayed: Replayed | undefined;
  /**
   * The version in force now, and whether the files in `statement/` say something else; null where only keys were put
   * back and the rows are yet to come.
   */
  readonly statement: { readonly inForce: string; readonly filesDiffer: boolean } | null;
  readonly proof: { readonly ok: boolean; readonly broken: readonly string[] } | null;
}

/** An installation opened to be looked at alone. */
export interface Audited extends Pick<Opened, 'prove' | 'plan' | 'close'> {
  /** Writes a verdict with what it rests on into an empty folder, signed; Faults where the folder is not. */
  evidence(verdict: Verdict, now: Date, dir: string): Promise<void>;
}

/** Who of the operator's own people may do what: listed, given and taken as in the console. */
interface StaffActs {
  list(
    opened: Opened,
    actor: Actor,
    now: Date,
  ): Promise<
    readonly {
      readonly person: string;
      readonly name: string | null;
      /** At least one, the one of longest standing first; `since` as ISO 8601. */
      readonly roles: readonly { readonly role: Role; readonly since: string }[];
    }[]
  >;
  /** Refuses somebody of whom no name is held or given. */
  give(
    opened: Opened,
    wish: { email: string; role: Role; name?: string; language?: Language },
    actor: Actor,
    now: Date,
  ): Promise<{ person: string; role: Role }>;
  /** Refuses who has none of the roles; and the last administrator, but for `evenLast`. */
  take(
    opened: Opened,
    wish: { person: string; roles: readonly Role[]; evenLast: boolean },
    actor: Actor,
    now: Date,
  ): Promise<void>;
}

/** What main.ts hands to the command line: how to open the product, serve it, and fill a demo. */
export interface Wiring {
  readConfig(): Config;
  open(config: Config, options: Opening): Promise<Opened>;
  /** Opens an installation to be proved or planned for, whether or not the product would start on it. */
  openAudit(config: Config, options: Opening): Promise<Audited>;
  openSite(
    opened: Opened,
    config: Config,
    options: { log: Log; now: () => Date; demo: boolean },
  ): Promise<FastifyInstance>;
  /** Backs up the rows or the keys into a folder. */
  backUp(
    config: Config,
    folder: string,
    options: Opening & { kind: 'main' | 'keys'; step: (progress: Progress) => void },
  ): Promise<Taken>;
  /** Puts a backup back, replays what came after it, and proves the whole. */
  putBack(
    config: Config,
    folder: string,
    options: Opening & { replace: boolean; acceptLoss: boolean; step: (progress: Progress) => void },
  ): Promise<PutBack>;
  /** Brings what is kept of companies in step with the registers. */
  refreshCompanies(opened: Opened, now: Date): Promise<Refreshed>;
  /** The same when that was not done for a day. */
  refreshCompaniesDaily(opened: Opened, now: Date): Promise<Refreshed | undefined>;
  /** Completes companies that were written by hand while the register did not answer, for whoever wished it. */
  completeWritten(opened: Opened, now: Date): Promise<Completed>;
  /** Makes somebody the owner of a client that has none; `actor` acts for it. */
  nameOwner(opened: Opened, who: { client: string; person: string }, actor: Actor, now: Date): Promise<void>;
  readonly staff: StaffActs;
  loadDemo(opened: Opened, now: Date): Promise<void>;
  /** Path of a one-time sign-in link for the demo's privacy staff. */
  staffLink(opened: Opened, now: Date): Promise<string>;
}
