/**
 * Counts calls in fixed windows of a minute, by route and address. Addresses stay in memory and are forgotten with
 * their window; nothing is written. A process counts for itself.
 */
export class RateLimit {
  #window = 0;
  #counts = new Map<string, number>();

  /** True when the call may go on. Refuses when it cannot count: a full table is an attack, not a reason to open. */
  allows(key: string, most: number, now: Date): boolean {
    const window = Math.floor(now.getTime() / 60_000);
    if (window !== this.#window) {
      this.#window = window;
      this.#counts = new Map();
    }
    const count = (this.#counts.get(key) ?? 0) + 1;
    if (this.#counts.size >= 100_000 && count === 1) return false;
    this.#counts.set(key, count);
    return count <= most;
  }
}
