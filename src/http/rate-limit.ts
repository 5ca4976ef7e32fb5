/** What is left of a window: calls, and seconds until the next begins. */
export interface Left {
  readonly allowed: boolean;
  readonly calls: number;
  readonly seconds: number;
}

/**
 * Counts calls in fixed windows of a minute, by route and address. Addresses stay in memory and are forgotten with
 * their window; nothing is written. A process counts for itself.
 */
export class RateLimit {
  #window = 0;
  #counts = new Map<string, number>();

  /** Takes one call of `most`. Refuses when it cannot count: a full table is an attack, not a reason to open. */
  take(key: string, most: number, now: Date): Left {
    const window = Math.floor(now.getTime() / 60_000);
    if (window !== this.#window) {
      this.#window = window;
      this.#counts = new Map();
    }
    const seconds = 60 - Math.floor((now.getTime() % 60_000) / 1000);
    const count = (this.#counts.get(key) ?? 0) + 1;
    if (this.#counts.size >= 100_000 && count === 1) return { allowed: false, calls: 0, seconds };
    this.#counts.set(key, count);
    return { allowed: count <= most, calls: Math.max(0, most - count), seconds };
  }
}
