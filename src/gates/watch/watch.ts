import type { Pool } from 'pg';
import { codeOf } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';
import type { Mail } from '#platform/mail.ts';
import type { Applied } from '#statement/applied.ts';
import type { Verdict } from '#statement/verdict.ts';
import { sendAlerts } from './alert.ts';
import { Promises } from './promises.ts';
import { type Run, record, runs, takeTurn } from './record.ts';
import { fetchPages } from './served.ts';

export interface WatchOptions {
  /** The pool of the role `record`. */
  readonly pool: Pool;
  readonly applied: Applied;
  /** Carries out a whole proof; it is handed in, since a gate never asks the auditor. */
  readonly prove: (now: Date, signal: AbortSignal) => Promise<Verdict>;
  readonly mail: Pick<Mail, 'deliver'>;
  readonly baseUrl: string;
  readonly log: Log;
  /** Milliseconds between two proofs. */
  readonly every: number;
}

/** When the first proof begins after the start, in milliseconds: what comes first is to serve. */
const SOON = 3000;
/** How often it is looked whether a proof is due, or a mail still waits. */
const TICK = 60_000;
/** Two servers that start at once prove once. */
const TOGETHER = 60_000;

/**
 * Proves the statement by the clock, keeps what was found, tells the operator when a promise breaks and when it is
 * mended, and has the last verdict ready for everybody to see.
 */
export class Watch {
  readonly promises: Promises;
  readonly #options: WatchOptions;
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<unknown> = Promise.resolve();

  constructor(options: WatchOptions) {
    this.#options = options;
    this.promises = new Promises(options.pool, options.applied.statement);
  }

  /** Every run that is kept, oldest first. */
  runs(): Promise<Run[]> {
    return runs(this.#options.pool);
  }

  /**
   * Proves soon, and then by the clock, until stopped. With `at` each proof comes after a look at the statement page as
   * the server there serves it.
   */
  start(now: () => Date, at?: { readonly address: string; readonly port: number }): void {
    const { every, log } = this.#options;
    let gap = TOGETHER;
    const turn = async () => {
      // What fails here, such as a database that is away, is tried again a minute later.
      await this.tick(now(), Math.min(gap, every), at).then(
        () => {
          // A little less than the interval: clocks and timers do not agree to the second.
          gap = every - TICK / 2;
        },
        (error) => log.warn('a proof could not be carried out', { event: 'proof.failed', error }),
      );
      this.#next(turn, TICK);
    };
    this.#next(turn, SOON);
  }

  #next(turn: () => Promise<void>, pause: number): void {
    if (this.#stop.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#round = turn();
    }, pause).unref();
  }

  /** Ends the proof under way as soon as its questions to the database are answered. */
  async stop(): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#timer);
    await this.#round;
  }

  /** Proves if nobody has for `gap` milliseconds, sends the mails that wait, and looks what others have found. */
  async tick(
    now: Date,
    gap: number,
    at?: { readonly address: string; readonly port: number },
  ): Promise<void> {
    const { pool, applied } = this.#options;
    if (await takeTurn(pool, now, gap)) {
      if (at !== undefined) await fetchPages(pool, applied, at, now);
      await this.prove(now);
    }
    await this.#tell(now);
    await this.promises.refresh();
  }

  /** One proof, written down; whoever shows the last verdict shows this one from now on. */
  async prove(now: Date): Promise<Verdict> {
    const { pool, prove, log } = this.#options;
    const begun = performance.now();
    let verdict = await prove(now, this.#stop.signal);
    // What could not be looked at may have been a moment's trouble, and nobody is woken for that: it is tried once more.
    if (verdict.checks.some(({ unseen }) => unseen !== undefined))
      verdict = await prove(now, this.#stop.signal);
    const took = performance.now() - begun;
    const { letter, turns } = await record(pool, verdict, took);
    for (const { clause, turn } of turns)
      if (turn === 'broken')
        log.error('a promise is broken', { event: 'promise.broken', clause, request: letter });
      else log.info('a promise holds again', { event: 'promise.mended', clause, request: letter });
    log.info('proved', { ok: verdict.ok, count: verdict.checks.length, ms: Math.round(took) });
    await this.promises.refresh();
    return verdict;
  }

  async #tell(now: Date): Promise<void> {
    const { pool, mail, applied, baseUrl, log } = this.#options;
    await sendAlerts({ pool, mail, statement: applied.statement, baseUrl }, now).catch((error) =>
      log.warn('an alert could not be sent', { event: 'alert.failed', code: codeOf(error) }),
    );
  }

  /** Sends the mails about broken promises that wait; for whoever does not leave it to the clock. */
  alert(now: Date): Promise<number> {
    const { pool, mail, applied, baseUrl } = this.#options;
    return sendAlerts({ pool, mail, statement: applied.statement, baseUrl }, now);
  }
}
