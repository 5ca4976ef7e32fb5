/**
 * Lets calls that come at the same time share one round trip: items gather until the event loop turns, then `work`
 * gets them all and answers in the same order. When `work` throws, each of its callers gets that error.
 */
export class Together<Item, Answer> {
  readonly #work: (items: Item[]) => Promise<Answer[]>;
  readonly #most: number;
  #waiting: { item: Item; resolve: (answer: Answer) => void; reject: (error: unknown) => void }[] = [];

  constructor(work: (items: Item[]) => Promise<Answer[]>, most = 256) {
    this.#work = work;
    this.#most = most;
  }

  ask(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#waiting.length === 1) setImmediate(() => this.#go());
      else if (this.#waiting.length >= this.#most) this.#go();
    });
  }

  #go(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    if (batch.length === 0) return;
    this.#work(batch.map(({ item }) => item)).then(
      (answers) => {
        for (const [at, { resolve }] of batch.entries()) resolve(answers[at]!);
      },
      (error) => {
        for (const { reject } of batch) reject(error);
      },
    );
  }
}
