/** When a breaker opens, and for how long it stays so. */
export interface BreakerLimits {
  /** Failures in a row that open it. */
  readonly failures: number;
  /** Milliseconds until one may try again. */
  readonly rest: number;
}

/**
 * Spares a server that does not answer, and those who ask it: closed while all is well, open after some failures in a row,
 * and half open after a rest, when one may try for all. Moments are milliseconds of a clock that only goes forward.
 */
export class Breaker {
  readonly #limits: BreakerLimits;
  #failures = 0;
  #openUntil: number | undefined;
  #trying = false;

  constructor(limits: BreakerLimits) {
    this.#limits = limits;
  }

  state(now: number): 'closed' | 'open' | 'half-open' {
    if (this.#openUntil === undefined) return 'closed';
    return now < this.#openUntil || this.#trying ? 'open' : 'half-open';
  }

  /** True for whoever may try now. Each must tell how it went: {@link succeeded} or {@link failed}. */
  admits(now: number): boolean {
    const state = this.state(now);
    if (state === 'half-open') this.#trying = true;
    return state !== 'open';
  }

  succeeded(): void {
    this.#failures = 0;
    this.#openUntil = undefined;
    this.#trying = false;
  }

  /** Notes a failure; true when it opened the breaker. A server that asks for a longer rest gets it: `rest` in milliseconds. */
  failed(now: number, rest = 0): boolean {
    this.#failures += 1;
    const opens = this.#trying || (this.#openUntil === undefined && this.#failures >= this.#limits.failures);
    this.#trying = false;
    if (opens || rest > 0)
      this.#openUntil = Math.max(this.#openUntil ?? 0, now + Math.max(rest, opens ? this.#limits.rest : 0));
    return opens;
  }
}
