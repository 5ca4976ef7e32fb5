/** Keeps so many values and no more; when one more comes, the one that was longest not asked for goes. */
export class Cache<T> {
  readonly #most: number;
  readonly #values = new Map<string, T>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): T | undefined {
    const value = this.#values.get(key);
    if (value !== undefined) {
      this.#values.delete(key);
      this.#values.set(key, value);
    }
    return value;
  }

  set(key: string, value: T): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    const [oldest] = this.#values.keys();
    if (this.#values.size > this.#most && oldest !== undefined) this.#values.delete(oldest);
  }

  /** Forgets every value that is so. */
  forget(which: (value: T, key: string) => boolean): void {
    for (const [key, value] of this.#values) if (which(value, key)) this.#values.delete(key);
  }
}
