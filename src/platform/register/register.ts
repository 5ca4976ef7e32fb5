import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { type Answer, askJson, Unanswered } from './ask.ts';
import { Breaker } from './breaker.ts';
import { Cache } from './cache.ts';
import { type Clock, NoTurn, Pace } from './pace.ts';

/** How something is asked for. */
export interface Question<T> {
  /** The media type, with its version, that the answer must be of. */
  readonly accept: string;
  /** Takes from the answer what is of use, and nothing else is kept; throws where it is not of the form that it knows. */
  readonly read: (body: unknown) => T;
  /** Asks anew whatever is remembered, and is not content with less. */
  readonly fresh?: boolean;
}

/** What a register says. `absent`: it knows nothing under that; `removed`: it had it, and asks for every copy to go. */
export type Told<T> = {
  /** When it said so. */
  readonly at: Date;
  /** True when it was asked again and did not answer, so that this is older than it should be. */
  readonly stale: boolean;
} & ({ readonly state: 'found'; readonly value: T } | { readonly state: 'absent' | 'removed' });

/** No answer of use could be had, and none is remembered. */
export class RegisterAway extends Error {
  /** `open`: not asked, since it has not answered for a while. `busy`: no turn in time. `contract`: of another form. */
  readonly code: Unanswered['code'] | 'open' | 'busy' | 'contract' | 'refused' | 'failed';

  constructor(code: RegisterAway['code']) {
    super(`the register did not answer (${code})`);
    this.code = code;
  }
}

export interface RegisterLimits {
  /** Milliseconds for one try, and for a question with all its tries and waits. */
  readonly attempt: number;
  readonly budget: number;
  readonly tries: number;
  /** Milliseconds between tries at the first; each may be twice the one before, and is drawn from nought upwards. */
  readonly backoff: number;
  /** How long an answer is fresh, and how long it is remembered that there is none, in milliseconds. */
  readonly fresh: number;
  readonly absent: number;
  /** How old an answer may be that is given when no newer is to be had, in milliseconds. */
  readonly oldest: number;
  /** Milliseconds that a question waits when an older answer is at hand. */
  readonly patience: number;
  /** Answers remembered. */
  readonly remembered: number;
  /** Bytes of one answer. */
  readonly bytes: number;
  readonly perSecond: number;
  readonly abreast: number;
  readonly waiting: number;
  readonly failures: number;
  readonly rest: number;
}

const LIMITS: RegisterLimits = {
  attempt: 10_000,
  budget: 18_000,
  tries: 3,
  backoff: 400,
  fresh: 24 * 3_600_000,
  absent: 10 * 60_000,
  oldest: 7 * 24 * 3_600_000,
  patience: 1500,
  remembered: 2000,
  bytes: 2_000_000,
  perSecond: 5,
  abreast: 4,
  waiting: 40,
  failures: 5,
  rest: 30_000,
};

/** A contract that changed is told of this often, in milliseconds: each answer would say the same. */
const ALARM_EVERY = 3_600_000;

export interface RegisterOptions {
  /** Where it is; nothing is asked of any other host. */
  readonly baseUrl: string;
  /** Who asks, and how to reach them. */
  readonly agent: string;
  readonly log: Pick<Log, 'warn' | 'error'>;
  readonly clock?: Partial<Clock>;
  /** From 0 up to 1. */
  readonly random?: () => number;
  readonly limits?: Partial<RegisterLimits>;
}

interface Kept {
  readonly told: { readonly at: Date } & (
    | { readonly state: 'found'; readonly value: unknown }
    | { readonly state: 'absent' | 'removed' }
  );
  /** Milliseconds of the calendar. */
  readonly freshUntil: number;
}

/**
 * A public register of others, asked with manners: few questions at a time, few a second, no more when it is down, and
 * none twice within a day. What it says is remembered in this process's memory alone, in the form that `read` gave it.
 */
export class Register {
  readonly #options: RegisterOptions;
  readonly #limits: RegisterLimits;
  readonly #clock: Clock;
  readonly #base: URL;
  readonly #cache: Cache<Kept>;
  readonly #pace: Pace;
  readonly #breaker: Breaker;
  /** Questions under way: who asks the same shares the answer. */
  readonly #asking = new Map<string, Promise<Kept>>();
  #alarmed = Number.NEGATIVE_INFINITY;

  constructor(options: RegisterOptions) {
    this.#options = options;
    this.#limits = { ...LIMITS, ...options.limits };
    this.#clock = {
      wall: () => new Date(),
      now: () => performance.now(),
      // Nobody who has gone home is kept by a pause.
      pause: (ms) => pause(ms, undefined, { ref: false }),
      ...options.clock,
    };
    this.#base = new URL(options.baseUrl.replace(/\/*$/, '/'));
    this.#cache = new Cache(this.#limits.remembered);
    this.#pace = new Pace(this.#limits, this.#clock);
    this.#breaker = new Breaker(this.#limits);
  }

  /**
   * What the register says at a path under its base. Remembered answers come at once, and do not wait for a register that
   * is slow or down: one that is past its day is given, and says so, when a newer is not to be had soon. RegisterAway
   * where there is none to give.
   */
  async get<T>(path: string, question: Question<T>): Promise<Told<T>> {
    const now = this.#clock.wall().getTime();
    const found = question.fresh ? undefined : this.#cache.get(path);
    const kept = found && now - found.told.at.getTime() < this.#limits.oldest ? found : undefined;
    if (kept !== undefined && now < kept.freshUntil) return told(kept, false);
    const asked = this.#share(path, question);
    if (kept === undefined) return told(await asked, false);
    const late = this.#clock.pause(this.#limits.patience).then(() => undefined);
    // Whoever waits gets the older answer; the question goes on, for whoever asks next.
    const newer = await Promise.race([asked.catch(() => undefined), late]);
    return newer === undefined ? told(kept, true) : told(newer, false);
  }

  /** Forgets every answer that is so, by its path or by what it holds. */
  forget(which: (path: string, value: unknown) => boolean): void {
    this.#cache.forget(({ told: said }, path) =>
      which(path, said.state === 'found' ? said.value : undefined),
    );
  }

  #share(path: string, question: Question<unknown>): Promise<Kept> {
    const under = this.#asking.get(path);
    if (under !== undefined) return under;
    const asked = this.#ask(path, question)
      .then((kept) => {
        this.#cache.set(path, kept);
        return kept;
      })
      .finally(() => this.#asking.delete(path));
    this.#asking.set(path, asked);
    return asked;
  }

  async #ask(path: string, question: Question<unknown>): Promise<Kept> {
    const { tries, budget, backoff } = this.#limits;
    const url = this.#urlOf(path);
    const end = this.#clock.now() + budget;
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#try(url, question.accept, end);
      if ('status' in answer) {
        const kept = this.#judge(answer, question);
        if (kept !== undefined) return kept;
      }
      const rest = 'status' in answer ? answer.rest : 0;
      const wait = Math.max(rest, (this.#options.random ?? Math.random)() * backoff * 2 ** (attempt - 1));
      if (attempt === tries || this.#clock.now() + wait >= end)
        throw new RegisterAway('status' in answer ? 'failed' : answer.code);
      await this.#clock.pause(wait);
    }
  }

  /** One try, in its turn. What came of it is told to the breaker. */
  async #try(url: URL, accept: string, end: number): Promise<Answer | Unanswered> {
    const { attempt, bytes } = this.#limits;
    const { agent } = this.#options;
    if (this.#breaker.state(this.#clock.now()) === 'open') throw new RegisterAway('open');
    const tried = this.#pace.run(async () => {
      const now = this.#clock.now();
      if (now >= end) throw new NoTurn();
      if (!this.#breaker.admits(now)) throw new RegisterAway('open');
      const patience = Math.ceil(Math.min(attempt, end - now));
      const answer = await askJson(url, { accept, agent, patience, most: bytes }).catch((error) => {
        if (error instanceof Unanswered) return error;
        throw error;
      });
      this.#note(answer);
      return answer;
    }, end);
    return tried.catch((error) => {
      throw error instanceof NoTurn ? new RegisterAway('busy') : error;
    });
  }

  #note(answer: Answer | Unanswered): void {
    if ('status' in answer && answer.status < 500 && answer.status !== 429) {
      this.#breaker.succeeded();
      return;
    }
    const rest = 'status' in answer ? Math.min(answer.rest, 300_000) : 0;
    if (!this.#breaker.failed(this.#clock.now(), rest)) return;
    const said = 'status' in answer ? { status: answer.status } : { code: answer.code };
    this.#options.log.warn('a register does not answer and is left alone for a while', {
      event: 'register.open',
      ...said,
    });
  }

  /** What an answer amounts to; undefined when it is worth another try. */
  #judge(answer: Answer, { read }: Question<unknown>): Kept | undefined {
    const at = this.#clock.wall();
    const keptFor = (ms: number) => at.getTime() + ms;
    const { fresh, absent } = this.#limits;
    switch (answer.status) {
      case 200:
        return {
          told: { at, state: 'found', value: this.#read(answer.body, read) },
          freshUntil: keptFor(fresh),
        };
      case 404:
        return { told: { at, state: 'absent' }, freshUntil: keptFor(absent) };
      case 410:
        return { told: { at, state: 'removed' }, freshUntil: keptFor(fresh) };
      case 406:
        throw this.#changed(406);
      default:
        if (answer.status === 429 || answer.status >= 500) return undefined;
        throw new RegisterAway('refused');
    }
  }

  #read<T>(body: unknown, read: (body: unknown) => T): T {
    try {
      return read(body);
    } catch {
      // What is wrong with it may quote it; that it is wrong is what the operator must know.
      throw this.#changed(200);
    }
  }

  #changed(status: number): RegisterAway {
    const now = this.#clock.now();
    if (now - this.#alarmed >= ALARM_EVERY) {
      this.#alarmed = now;
      this.#options.log.error('a register answers in another form than before', {
        event: 'register.contract',
        status,
      });
    }
    return new RegisterAway('contract');
  }

  /** The address of a path under the base; anything that would lead elsewhere is a mistake of ours. */
  #urlOf(path: string): URL {
    const url = new URL(path.replace(/^\/+/, ''), this.#base);
    if (url.origin !== this.#base.origin || !url.pathname.startsWith(this.#base.pathname))
      throw new TypeError('a path leads out of the register');
    return url;
  }
}

/** The caller's own `read` made the value: a path is always asked for in one way. */
function told<T>({ told: said }: Kept, stale: boolean): Told<T> {
  return { ...said, stale } as Told<T>;
}
