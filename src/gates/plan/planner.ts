import type { ClientBase } from 'pg';
import { asOwner } from '#platform/database.ts';
import { Fault } from '#platform/fault.ts';
import { readMap } from '#platform/map.ts';
import { inTransaction } from '#platform/migrate.ts';
import type { Applied } from '#statement/applied.ts';
import { type CompileOptions, takeTurn } from '../roles.ts';
import { statementInForce } from '../versions.ts';
import { applications, type By, writtenOf } from './applications.ts';
import { type ApplyAnswer, apply, type WithdrawAnswer, withdrawVersion } from './apply.ts';
import { type Plan, plan } from './plan.ts';

/** Planning and applying statement versions (clause `v.changes`). */
export interface Planner {
  /** What the statement files would do, counted at a moment. */
  plan(now: Date): Promise<Plan>;
  /** Does the plan that has this hash. What takes longer is finished by the next round of keeping. */
  apply(hash: string, by: By): Promise<ApplyAnswer>;
  /** Takes a version back that waits to take effect. */
  withdrawVersion(version: string, by: By): Promise<WithdrawAnswer>;
}

/**
 * Plans and applies as the owner, on what the database says at that moment, whatever was in force when the product opened.
 * Two that apply at once go one after the other, and the second finds its plan stale.
 */
export function planner(options: {
  databaseUrl: string;
  compile: CompileOptions;
  /** Reads the files. Throws StatementError. */
  files: () => Applied;
}): Planner {
  const nothing = () => {
    throw new Fault('Nothing was ever applied: run hjemmel start first.');
  };
  const look = async (client: ClientBase, at: Date) => {
    const inForce = await statementInForce(client, nothing, at);
    const all = await applications(client, inForce);
    return {
      map: await readMap(client),
      inForce,
      written: writtenOf(all, inForce),
      files: options.files,
      applications: all,
    };
  };
  const inTurn = <T>(work: (client: ClientBase) => Promise<T>) =>
    asOwner(options.databaseUrl, (client) =>
      inTransaction(client, async () => {
        await takeTurn(client);
        return work(client);
      }),
    );
  return {
    plan: (at) => asOwner(options.databaseUrl, async (client) => plan(client, await look(client, at), at)),
    apply: (hash, by) =>
      inTurn(async (client) => apply(client, await look(client, by.at), hash, by, options.compile)),
    withdrawVersion: (version, by) =>
      inTurn(async (client) => {
        const { inForce } = await look(client, by.at);
        return withdrawVersion(client, inForce, version, by);
      }),
  };
}
