/** Time as whoever waits needs it; tests bring their own. */
export interface Clock {
  /** The moment it is, by the calendar. */
  readonly wall: () => Date;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
}

export interface PaceLimits {
  /** Most that begin within a second. */
  readonly perSecond: number;
  /** Most under way at once. */
  readonly abreast: number;
  /** Most that wait for their turn; further ones are turned away at once. */
  readonly waiting: number;
}

/** There was no turn to be had in time. */
export class NoTurn extends Error {}

/** Lets work begin no faster, and no more of it at once, than a server that is others' should be asked to bear. */
export class Pace {
  readonly #limits: PaceLimits;
  readonly #clock: Clock;
  readonly #queue: (() => void)[] = [];
  /** When the latest ones began or are to begin, oldest first. */
  #starts: number[] = [];
  #running = 0;

  constructor(limits: PaceLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Runs `work` when it has its turn; NoTurn when that would be after `end`, or when too many wait. */
  async run<T>(work: () => Promise<T>, end: number): Promise<T> {
    await this.#place(end);
    try {
      await this.#start(end);
      return await work();
    } finally {
      // Whoever waited longest takes the place over as it is.
      const next = this.#queue.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }

  async #place(end: number): Promise<void> {
    if (this.#running < this.#limits.abreast) {
      this.#running += 1;
      return;
    }
    if (this.#queue.length >= this.#limits.waiting) throw new NoTurn();
    await new Promise<void>((resolve, reject) => {
      this.#queue.push(resolve);
      void this.#clock.pause(Math.max(0, end - this.#clock.now())).then(() => {
        const at = this.#queue.indexOf(resolve);
        if (at < 0) return;
        this.#queue.splice(at, 1);
        reject(new NoTurn());
      });
    });
  }

  async #start(end: number): Promise<void> {
    const now = this.#clock.now();
    const before = this.#starts.at(-this.#limits.perSecond);
    const start = before === undefined ? now : Math.max(now, before + 1000);
    if (start > end) throw new NoTurn();
    this.#starts = [...this.#starts, start].slice(-this.#limits.perSecond);
    if (start > now) await this.#clock.pause(start - now);
  }
}
