import type { Config } from '#config';
import type { Arguments } from './arguments.ts';
import type { Wiring } from './wiring.ts';

/** What a command is run with. */
export interface Run {
  readonly given: Arguments;
  readonly config: Config;
  readonly wiring: Wiring;
  readonly print: (text: string) => void;
}

/** One command: how it is written, what it does, which flags it knows besides `--json`, and its exit code. */
export interface Command {
  readonly usage: string;
  /** How many words it takes after its name; none where absent. */
  readonly words?: number;
  readonly about: string;
  readonly flags: readonly string[];
  readonly run: (run: Run) => Promise<number>;
}
