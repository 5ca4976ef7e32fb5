import type { Engine } from './engine.ts';

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** How much is shared, and how many round trips are under way at once: one answers while the next gathers. */
export interface Sharing {
  readonly most?: number;
  readonly abreast?: number;
}

/**
 * Lets calls that come at the same time share one round trip: items gather while earlier ones are under way, then
 * `work` gets them all and answers in the same order. Alone, an item goes at once. Nothing asked for joins a round trip
 * that has begun, so an answer is never older than its question. When `work` throws, each of its callers gets that
 * error; what concerns one item alone belongs in its answer.
 */
export class Together<Item, Answer> {
  readonly #work: (items: Item[]) => Promise<Answer[]>;
  readonly #most: number;
  readonly #abreast: number;
  readonly #waiting: Waiting<Item, Answer>[] = [];
  #running = 0;

  constructor(work: (items: Item[]) => Promise<Answer[]>, { most = 128, abreast = 2 }: Sharing = {}) {
    this.#work = work;
    this.#most = most;
    this.#abreast = abreast;
  }

  ask(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      // What else this turn of the event loop brings goes along.
      if (this.#waiting.length === 1) setImmediate(() => this.#turn());
    });
  }

  #turn(): void {
    while (this.#running < this.#abreast && this.#waiting.length > 0) {
      this.#running += 1;
      void this.#go(this.#waiting.splice(0, this.#most));
    }
  }

  async #go(batch: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.#work(batch.map(({ item }) => item));
      for (const [at, { resolve }] of batch.entries()) resolve(answers[at]!);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.#running -= 1;
      // Whoever was just answered may ask again in this turn; what they ask gathers first.
      setImmediate(() => this.#turn());
    }
  }
}

/** Shares round trips between all who act on one engine; each engine has a gatherer of its own. */
export function together<Item, Answer>(
  work: (engine: Engine, items: Item[]) => Promise<Answer[]>,
  sharing?: Sharing,
): (engine: Engine, item: Item) => Promise<Answer> {
  const gatherers = new WeakMap<Engine, Together<Item, Answer>>();
  return (engine, item) => {
    let gatherer = gatherers.get(engine);
    if (gatherer === undefined) {
      gatherer = new Together((items) => work(engine, items), sharing);
      gatherers.set(engine, gatherer);
    }
    return gatherer.ask(item);
  };
}
