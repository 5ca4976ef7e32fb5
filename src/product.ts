import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import type { ClientBase } from 'pg';
import type { Config } from '#config';
import { BulkWorker } from '#gates/bulk/worker.ts';
import { Courier } from '#gates/courier.ts';
import type { Engine } from '#gates/engine.ts';
import { type Gates, openGates } from '#gates/gates.ts';
import { Sealer } from '#gates/journal.ts';
import { ensurePartitions } from '#gates/keep/partitions.ts';
import { nameKeys } from '#gates/name-keys.ts';
import { openStatement } from '#gates/plan/open.ts';
import { type Planner, planner } from '#gates/plan/planner.ts';
import { readPrices } from '#gates/prices/file.ts';
import { publicKeyText } from '#gates/receipt.ts';
import { againOf } from '#gates/restore/clients.ts';
import { replay } from '#gates/restore/replay.ts';
import { ensureRoles, takeTurn } from '#gates/roles.ts';
import { rowKeys } from '#gates/row-keys.ts';
import { readStatement } from '#gates/statement-file.ts';
import { type InForce, standing, statementInForce } from '#gates/versions.ts';
import { Watch } from '#gates/watch/watch.ts';
import { buildSite } from '#http/site.ts';
import { memberReader, ownerReader } from '#modules/customers/memberships.ts';
import { tokenReader } from '#modules/integrations/tokens.ts';
import { asOwner, Pools, requireVersion } from '#platform/database.ts';
import { Fault } from '#platform/fault.ts';
import { bindToKeys, refuseTrials } from '#platform/installation.ts';
import { Keys } from '#platform/keys.ts';
import type { Log } from '#platform/log.ts';
import { Mail } from '#platform/mail.ts';
import { readMasterKeys } from '#platform/master-key.ts';
import { inTransaction, type Migration, migrate, readMigrations } from '#platform/migrate.ts';
import { ensureSecrets, type Secrets } from '#platform/secrets.ts';
import type { Verdict } from '#statement/verdict.ts';
import { type Auditor, openAuditor } from './auditor.ts';
import { type OpenOptions, onServer, type Server } from './databases.ts';
import { openKeys, openKeysDatabase } from './keys-database.ts';
import { modules } from './modules.ts';
import { openPayments, paymentTaker } from './payments.ts';
import { signIn } from './sign-in.ts';
import { openSources } from './sources.ts';

/** The product, opened: everything that serves, acts or proves stands on this. */
export interface Product extends Planner {
  readonly gates: Gates;
  readonly engine: Engine;
  readonly inForce: InForce;
  readonly sealer: Sealer;
  readonly courier: Courier;
  readonly bulk: BulkWorker;
  readonly mail: Mail;
  /** Proves by the clock, and has the last verdict. */
  readonly watch: Watch;
  readonly secrets: Secrets;
  /** True when the database is the product's own. */
  readonly isEmbedded: boolean;
  /** Owner connections, for the command line's own work. */
  readonly databaseUrl: string;
  readonly keysUrl: string;
  /** True when this opening applied the first statement: a new installation. */
  readonly first: boolean;
  prove(now: Date, clause?: string): Promise<Verdict>;
  /** Which versions are in force and waiting now; another answer than at opening means: open anew. */
  standing(now: Date): Promise<string>;
  /** Rejects when the database does not answer. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

const source = (folder: string) => fileURLToPath(new URL(folder, import.meta.url));

/** Every migration of the main database, and of the keys database. */
export const migrationsOf = {
  main: (): Promise<Migration[]> =>
    readMigrations(
      ['platform/sql', 'gates/sql', ...modules.map(({ name }) => `modules/${name}/sql`)].map(source),
    ),
  keys: (): Promise<Migration[]> => readMigrations([source('platform/sql-keys')]),
};

/**
 * Opens the product in the order it stands: database, keys, statement, map, roles, gates. Throws a Fault that names
 * the thing and the cure; a database that the statement does not cover is one, with everything that is wrong listed.
 */
export async function openProduct(config: Config, options: OpenOptions): Promise<Product> {
  return onServer(config, options, (server) => openOn(config, options, server));
}

/** What looking on needs, and nothing that could mend what it finds. */
export type Audit = Pick<Auditor, 'prove' | 'evidence'> & Pick<Product, 'plan' | 'close'>;

/**
 * Opens an installation to be proved or planned for: nothing is migrated, compiled or refused, so that what would keep the product
 * from starting, or be put right by its start, is found. Faults where nothing was ever applied.
 */
export async function openAudit(config: Config, options: OpenOptions): Promise<Audit> {
  return onServer(config, options, async ({ embedded, databaseUrl, keysUrl }) => {
    const nothing = () => {
      throw new Fault('There is nothing here yet: run hjemmel start first.');
    };
    const has = async (client: ClientBase, table: string) =>
      (await client.query('select to_regclass($1) as it', [table])).rows[0].it !== null;
    const secrets = await asOwner(keysUrl, async (client) =>
      (await has(client, 'keys.secret'))
        ? ensureSecrets(client, readMasterKeys(config.masterKeyFile))
        : nothing(),
    );
    const inForce = await asOwner(databaseUrl, async (client) =>
      (await has(client, 'statement.version')) ? statementInForce(client, nothing, options.now()) : nothing(),
    );
    const login = { prefix: config.rolePrefix, password: (name: string) => secrets.rolePassword(name) };
    const auditor = openAuditor({ ...config, databaseUrl, keysUrl, login, inForce, secrets });
    const files = () => readStatement(config.statementDir);
    return {
      prove: auditor.prove,
      evidence: auditor.evidence,
      plan: planner({ databaseUrl, compile: login, files }).plan,
      close: async () => {
        await auditor.end();
        await embedded?.stop();
      },
    };
  });
}

async function openOn(
  config: Config,
  { log, now, trial = false, progress = () => {} }: OpenOptions,
  { embedded, databaseUrl, keysUrl }: Server,
): Promise<Product> {
  const prices = readPrices(config.pricesFile);
  const keysMigrations = await migrationsOf.keys();
  const {
    secrets,
    masters,
    map: keysMap,
    used,
    noted,
  } = await openKeysDatabase(config, keysUrl, keysMigrations);
  const compile = { prefix: config.rolePrefix, password: (name: string) => secrets.rolePassword(name) };
  const { inForce, map, comings, documents } = await asOwner(databaseUrl, async (client) => {
    await requireVersion(client);
    const ran = await migrate(client, await migrationsOf.main());
    await bindToKeys(client, { mark: secrets.mark, used });
    await refuseTrials(client, { leaves: config.smtpUrl !== undefined, trial, at: now() });
    if (ran.length > 0) progress(`Set up the database (${ran.length} steps).`);
    const shipped = () => readStatement(config.statementDir);
    const dir = config.statementDir;
    const opening = { shipped, dir, keysMap, noted, compile, now: now() };
    return inTransaction(client, () => openStatement(client, opening));
  });
  await asOwner(keysUrl, (client) =>
    inTransaction(client, async () => {
      await takeTurn(client);
      await ensureRoles(client, ['keys', 'proof'], compile);
      await openKeys(client, config.rolePrefix, inForce.first);
    }),
  );

  const pools = new Pools(databaseUrl, compile);
  // The embedded server writes both databases to one log. A key need not wait for the disk there: whatever is written
  // after it, and waits, takes it along, so a row is never durable before its key, nor a receipt before the key is gone.
  const keyPools = new Pools(keysUrl, {
    ...compile,
    settings: embedded === undefined ? undefined : { synchronous_commit: 'off' },
  });
  const keys = new Keys(keyPools.of('keys'), masters);
  const { operator } = inForce.applied.statement;
  const engine: Engine = {
    statement: inForce.applied.statement,
    map,
    pools,
    keys,
    secrets,
    comings,
    documents,
    sources: openSources(operator, { ...config, log, now }),
    prices,
    payments: openPayments(config, inForce.applied.statement),
  };
  const sealer = new Sealer(pools.of('seal'), secrets.journalKey, (head) => keys.wishes.noteHead(head));
  const gates = openGates(engine, sealer, modules);
  try {
    await ensurePartitions(engine, now());
    const findable = modules.flatMap((module) => module.findable ?? []);
    await asOwner(databaseUrl, (client) =>
      inTransaction(client, async () => {
        await nameKeys(engine, client);
        await rowKeys(engine, client, findable);
      }),
    );
    // Rows that came back from a backup serve nobody before what was asked for since is so again.
    await replay(engine, {
      owner: (work) => asOwner(databaseUrl, work),
      keep: gates.keep,
      sealer,
      passing: modules.flatMap(({ passing = [] }) => passing),
      again: againOf(gates, modules),
      now: now(),
      progress,
    });
  } catch (error) {
    await Promise.all([pools.end(), keyPools.end()]);
    throw error;
  }
  const mail = new Mail({
    outbox: join(config.dataDir, 'outbox'),
    from: { name: operator.name, address: operator.mailbox },
    smtpUrl: config.smtpUrl,
    host: operator.hosts[0]!,
  });
  const courier = new Courier({
    engine,
    mail,
    baseUrl: config.baseUrl,
    gates,
    modules,
    failed: (code, letter) =>
      log.warn('a letter could not be sent', { code, event: 'letter.failed', request: letter || undefined }),
  });
  const bulk = new BulkWorker(gates.bulk);
  await publishKey(config.dataDir, secrets);
  const auditor = openAuditor({ ...config, databaseUrl, keysUrl, login: compile, inForce, secrets });
  const watch = new Watch({
    pool: pools.of('record'),
    applied: inForce.applied,
    prove: (at, signal) => auditor.prove(at, undefined, signal),
    mail,
    baseUrl: config.baseUrl,
    log,
    every: config.proveEvery * 60_000,
  });
  return {
    gates,
    engine,
    inForce,
    sealer,
    courier,
    bulk,
    mail,
    watch,
    secrets,
    isEmbedded: embedded !== undefined,
    databaseUrl,
    keysUrl,
    first: inForce.first,
    prove: auditor.prove,
    ...planner({ databaseUrl, compile, files: () => readStatement(config.statementDir) }),
    standing: (at) => standing(pools.of('proof'), at),
    ready: async () => {
      await Promise.all([pools.of('find').query('select'), keyPools.of('keys').query('select')]);
    },
    close: async () => {
      await watch.stop();
      await courier.stop();
      await bulk.stop();
      await gates.drain();
      await sealer.stop();
      mail.close();
      await Promise.all([pools.end(), keyPools.end(), auditor.end()]);
      await embedded?.stop();
    },
  };
}

/** Lays the public key beside the data, so that receipts can be checked against it with no database. */
async function publishKey(dataDir: string, secrets: Secrets): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFile(join(dataDir, 'journal.pub'), `${publicKeyText(secrets.journalKey.publicKey)}\n`);
}

/** The HTTP face of an opened product, not yet listening. `demo` shows the outbox. */
export function openSite(
  product: Product,
  config: Config,
  options: { log: Log; now: () => Date; demo: boolean; misfit?: (what: string) => void },
): Promise<FastifyInstance> {
  const { gates, inForce, secrets } = product;
  const signing = signIn(gates, { ...config, needsSecondFactor: ownerReader(gates) });
  return buildSite({
    ...options,
    gates,
    inForce,
    baseUrl: config.baseUrl,
    outbox: join(config.dataDir, 'outbox'),
    pages: source('../web/build'),
    routes: [...modules.flatMap(({ routes }) => routes), ...signing.routes],
    paid: paymentTaker(gates),
    publicKey: {
      algorithm: 'Ed25519',
      key: publicKeyText(secrets.journalKey.publicKey),
      id: secrets.journalKey.id,
    },
    whose: signing.whose,
    memberOf: memberReader(gates),
    bears: tokenReader(gates),
    ready: product.ready,
    plan: product.plan,
    prove: product.prove,
    watch: product.watch,
  });
}
