import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Job, Outcome } from './load.ts';

/** The parent's end of a load generator (see load.ts). */
export class Loader {
  readonly #child: ChildProcess;

  constructor() {
    this.#child = fork(new URL('load.ts', import.meta.url), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
  }

  /** Runs one job; throws when any of its requests failed, since a rate of errors is no rate. */
  async run(job: Job): Promise<Outcome> {
    this.#child.send(job);
    const [answer] = (await once(this.#child, 'message')) as [Outcome & { error?: string }];
    if (answer.error !== undefined) throw new Error(answer.error);
    if (answer.failed > 0)
      throw new Error(`${answer.failed} of ${answer.done + answer.failed} failed: ${answer.failure}`);
    return answer;
  }

  stop(): void {
    this.#child.disconnect();
  }
}
