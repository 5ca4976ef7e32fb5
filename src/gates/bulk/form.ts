import type { z } from 'zod';
import type { Actor } from '../actor.ts';
import type { Gates } from '../gates.ts';

/** A row of a list: its own number, and whom it concerns. */
export interface BulkRow {
  readonly id: string;
  readonly person: string;
}

/** A list of staff's that several rows of can be chosen from. Neither way of choosing opens anything on anybody. */
export interface BulkList {
  /** What the list can be cut by: the query of its own route. */
  readonly choice: z.ZodObject;
  /** Every row that a choice finds, some hundreds at a time. */
  readonly every: (
    gates: Gates,
    choice: Readonly<Record<string, unknown>>,
    actor: Actor,
    at: Date,
  ) => AsyncIterable<readonly BulkRow[]>;
  /** Those of these numbers that are rows of the list. */
  readonly among: (gates: Gates, ids: readonly string[], actor: Actor) => Promise<readonly BulkRow[]>;
  /** What rows are called, for whoever reads what came of them. */
  readonly names: (
    gates: Gates,
    ids: readonly string[],
    actor: Actor,
    at: Date,
  ) => Promise<ReadonlyMap<string, string>>;
}

/** What an act is done with: who asked for it and when, in which run, and the day it is noted by where it asks for one. */
export interface BulkBy {
  readonly actor: Actor;
  readonly at: Date;
  readonly run: string;
  readonly date: string | undefined;
}

/**
 * One thing to do with each row that was chosen. A process may be killed between doing it and noting that it is done, and
 * it is done again then with the same `by`: the second time it must do nothing, and refuse nothing that the first did.
 */
export interface BulkAct {
  /** The role of staff that may. */
  readonly role: string;
  /** Whether it asks for a day. */
  readonly dated?: true;
  readonly act: (gates: Gates, row: BulkRow, by: BulkBy) => Promise<void>;
}

/** What modules bring: lists by name, and acts by the name of their list and their own, such as `invoices.remind`. */
export interface BulkForms {
  readonly lists?: Readonly<Record<string, BulkList>>;
  readonly acts?: Readonly<Record<string, BulkAct>>;
  /** The roles that a member of staff has now; from the module that knows. Without it nobody has any. */
  readonly rolesOf?: (gates: Gates, person: string) => Promise<readonly string[]>;
}
