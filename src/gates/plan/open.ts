import type { ClientBase } from 'pg';
import { Fault } from '#platform/fault.ts';
import { type DataMap, readMap } from '#platform/map.ts';
import type { NotedVersion } from '#platform/noted-versions.ts';
import type { Applied } from '#statement/applied.ts';
import { applyDocuments, type Documents } from '../documents.ts';
import { judge } from '../judge.ts';
import { bringVersionsBack } from '../restore/versions.ts';
import { type CompileOptions, compileRoles, takeTurn } from '../roles.ts';
import { type InForce, statementInForce } from '../versions.ts';
import { applications, type Coming, comings } from './applications.ts';
import { endConsents } from './apply.ts';

/** The statement in force, and a database that follows it. */
export interface OpenedStatement {
  readonly inForce: InForce & { first: boolean };
  readonly map: DataMap;
  readonly comings: readonly Coming[];
  readonly documents: Documents;
}

/**
 * Finds the statement in force and makes roles, grants, policies and consents follow it, in the caller's transaction as the
 * owner: what a version does on its day is done by whoever opens the product first after that. In turn, so that a version
 * which another process applies meanwhile is not undone by what was read before it. Throws a Fault with everything that
 * the database holds and the statement does not cover.
 */
export async function openStatement(
  client: ClientBase,
  options: {
    /** What is applied where nothing ever was. */
    shipped: () => Applied;
    /** Folder of the statement, where the agreements lie that clients accept. */
    dir: string;
    keysMap: DataMap;
    /** Versions that were noted beside the keys; those that restored rows lack are applied again first. */
    noted: readonly NotedVersion[];
    compile: CompileOptions;
    now: Date;
  },
): Promise<OpenedStatement> {
  const { shipped, dir, keysMap, noted, compile, now } = options;
  await takeTurn(client);
  await bringVersionsBack(client, noted, now);
  const inForce = await statementInForce(client, shipped, now);
  const map = await readMap(client);
  refuseUndeclared([map, keysMap], inForce);
  await compileRoles(client, map, inForce.applied.statement, compile);
  const all = await applications(client, inForce);
  for (const { version, effectiveAt, withdrawn } of all)
    if (!withdrawn && effectiveAt <= now) await endConsents(client, version, now);
  const { statement } = inForce.applied;
  const documents = await applyDocuments(client, { dir, statement, now });
  return { inForce, map, comings: comings(all, inForce), documents };
}

function refuseUndeclared(maps: readonly DataMap[], { applied }: InForce): void {
  const wrong = [...new Set(maps.flatMap((map) => judge(map, applied.statement)))];
  if (wrong.length === 0) return;
  const list = wrong.map((line) => `  ${line}`).join('\n');
  throw new Fault(
    `The database holds what statement ${applied.statement.version} does not cover; declare it or take it away:\n${list}`,
  );
}
