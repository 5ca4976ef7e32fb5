import type { ClauseId, Text } from './grammar.ts';

/** What one check said. */
export interface Checked {
  readonly clause: ClauseId;
  /** What holds when nothing is found, in English: the check's name. */
  readonly title: string;
  readonly titleNb: string;
  readonly ok: boolean;
  /** How often something was found that the clause rules out. */
  readonly found: number;
  /** In how many different ways. */
  readonly kinds: number;
  /** What was found, by names of columns, tables and roles; or exactly what was counted. For those who may run a proof. */
  readonly detail: string;
  /** What was counted, told so that it gives nobody away: all that the public is shown. */
  readonly looked: Text;
  /** The code of what kept the check from being carried out; absent where it was. */
  readonly unseen?: string;
}

/** What the proof answers with: the shape of `hjemmel prove --json` and `GET /api/v1/proof`. */
export interface Verdict {
  /** True when at least one check ran and none found anything. A clause that is `notYet` is never counted as kept. */
  readonly ok: boolean;
  /** Version of the statement that was proved. */
  readonly statement: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly checks: readonly Checked[];
  readonly notYet: readonly {
    readonly clause: ClauseId;
    readonly title: string;
    readonly why: string;
    readonly whyNb: string;
  }[];
}
