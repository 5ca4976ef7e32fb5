import type { Bulk } from './bulk.ts';

/** Milliseconds between two looks for a run. */
const PAUSE = 500;

/** Takes up the runs that staff ask for, one after the other, while the product serves. */
export class BulkWorker {
  readonly #bulk: Bulk;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> | undefined;
  #isOver = false;

  constructor(bulk: Bulk) {
    this.#bulk = bulk;
  }

  start(now: () => Date, failed: (error: unknown) => void): void {
    this.#isOver = false;
    const turn = async () => {
      await this.#bulk.work(now, () => this.#isOver).catch(failed);
      if (this.#isOver) return;
      this.#timer = setTimeout(() => {
        this.#turn = turn();
      }, PAUSE).unref();
    };
    this.#turn = turn();
  }

  /** Lets the row under way be done; the next process goes on with the others. */
  async stop(): Promise<void> {
    this.#isOver = true;
    clearTimeout(this.#timer);
    await this.#turn;
  }
}
