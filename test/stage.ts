import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { applyDocuments } from '#gates/documents.ts';
import type { Engine } from '#gates/engine.ts';
import { type Gates, openGates } from '#gates/gates.ts';
import { Sealer } from '#gates/journal.ts';
import { compileRoles, ENGINE_ROLES } from '#gates/roles.ts';
import { writeVersion } from '#gates/versions.ts';
import { asOwner, ident, Pools, roleName } from '#platform/database.ts';
import { Keys } from '#platform/keys.ts';
import { readMap } from '#platform/map.ts';
import { createMasterKeyFile, readMasterKeys } from '#platform/master-key.ts';
import { ensureSecrets } from '#platform/secrets.ts';
import type { Installation } from '#proof/check.ts';
import { prove } from '#proof/prove.ts';
import { makeBlank } from '#test/blank.ts';
import { cluster, dropAll } from '#test/cluster.ts';
import { shippedPrices } from '#test/prices.ts';
import { shown } from '#test/shown.ts';
import { stagedSources } from '#test/stage-companies.ts';
import { populate } from '#test/stage-lives.ts';
import { shipped } from '#test/statement.ts';
import { letProofRead } from '../src/keys-database.ts';
import { quiet } from './scratch.ts';

/** For tests: an installation where everything holds, copied anew for each test that breaks something. */
export interface Stage {
  readonly installation: Installation;
  /** Runs SQL in the main database as superuser: whoever breaks a promise on purpose. */
  sql(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** The same in the keys database. */
  keysSql(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  readonly gates: Gates;
  readonly sealer: Sealer;
  /** People by name: what they are here is in {@link populate}. */
  readonly people: Readonly<Record<string, string>>;
  readonly prefix: string;
  close(): Promise<void>;
}

export const NOW = new Date('2026-11-23T12:00:00Z');
const day = (n: number) => new Date(NOW.getTime() + n * 86_400_000);

interface Template {
  readonly superuserUrl: string;
  readonly main: string;
  readonly keys: string;
  readonly prefix: string;
  readonly folder: string;
  people: Record<string, string>;
  connect: (database: string) => string;
}

let template: Promise<Template> | undefined;
after(async () => {
  const made = await template;
  if (made === undefined) return;
  await asOwner(made.superuserUrl, (client) => dropAll(client, made.prefix));
  await rm(made.folder, { recursive: true, force: true });
});

/**
 * A copy of the healthy installation, with files and a main database of its own. The keys database is shared by the
 * tests of one file and only to be looked at, unless `keys` asks for a copy of that too.
 */
export async function stage({ keys = false } = {}): Promise<Stage> {
  template ??= makeTemplate();
  const made = await template;
  const copies: [string, string][] = [[made.main, `${made.prefix}_m${name()}`]];
  if (keys) copies.push([made.keys, `${made.prefix}_k${name()}`]);
  await asOwner(made.superuserUrl, async (client) => {
    for (const [from, to] of copies)
      await client.query(`create database ${ident(to)} template ${ident(from)} strategy file_copy`);
  });
  const [main, own = made.keys] = copies.map(([, to]) => to);
  const house = await open(made, main!, own, keys);
  const { close } = house;
  return {
    ...house,
    async close() {
      await close();
      await asOwner(made.superuserUrl, async (client) => {
        for (const [, copy] of copies)
          await client.query(`drop database if exists ${ident(copy)} with (force)`);
      });
    },
  };
}

const name = () => randomBytes(3).toString('hex');

async function makeTemplate(): Promise<Template> {
  const { superuserUrl } = await cluster();
  const prefix = `p${name()}`;
  const folder = await mkdtemp(join(tmpdir(), 'hjemmel-proof-'));
  const made: Template = {
    superuserUrl,
    main: `${prefix}_main`,
    keys: `${prefix}_keys`,
    prefix,
    folder,
    people: {},
    connect: () => '',
  };
  createMasterKeyFile(join(folder, 'master.key'));
  const applied = shipped();
  await makeBlank(made);
  await asOwner(urlOf(made, made.main), async (client) => {
    const { version } = applied.statement;
    await writeVersion(client, { ...applied, version, appliedAt: day(-400), effectiveAt: null });
    await shown(client, applied, day(-0.1));
  });
  const roles = await ensureRolesOf(made);
  made.connect = roles;
  const first = await open(made, made.main, made.keys, true);
  made.people = await populate(first, day);
  // The server's clock dates keys, and it is past the day that these lives are set in.
  await first.keysSql('update keys.person_key set created_at = least(created_at, $1)', [day(-1)]);
  await first.close();
  return made;
}

function urlOf({ superuserUrl }: { superuserUrl: string }, database: string): string {
  const url = new URL(superuserUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** Compiles the statement in the template; answers with the SQL that lets its roles, and nobody else, into a copy. */
async function ensureRolesOf(made: Template): Promise<(database: string) => string> {
  const { prefix } = made;
  const { statement } = shipped();
  const masters = readMasterKeys(join(made.folder, 'master.key'));
  const secrets = await asOwner(urlOf(made, made.keys), (client) => ensureSecrets(client, masters));
  const password = (role: string) => secrets.rolePassword(role);
  await asOwner(urlOf(made, made.main), async (client) => {
    await compileRoles(client, await readMap(client), statement, { prefix, password });
  });
  await asOwner(urlOf(made, made.keys), (client) => letProofRead(client, prefix));
  const roles = [...ENGINE_ROLES, ...Object.keys(statement.purposes)].map((role) =>
    ident(roleName(prefix, role)),
  );
  return (database) =>
    `revoke all on database ${ident(database)} from public; grant connect on database ${ident(database)} to ${roles.join(', ')}`;
}

async function open(made: Template, main: string, keys: string, ownKeys: boolean): Promise<Stage> {
  const { prefix } = made;
  const applied = shipped();
  const roots = {
    main: quiet(new pg.Pool({ connectionString: urlOf(made, main), max: 2 })),
    keys: quiet(new pg.Pool({ connectionString: urlOf(made, keys), max: 3 })),
  };
  const masters = readMasterKeys(join(made.folder, 'master.key'));
  const client = await roots.keys.connect();
  const secrets = await ensureSecrets(client, masters);
  client.release();
  const password = (role: string) => secrets.rolePassword(role);
  await roots.main.query(made.connect(main));
  const pools = new Pools(urlOf(made, main), { prefix, password });
  const keyPools = new Pools(urlOf(made, keys), { prefix, password });
  const map = await readMap(roots.main);
  const asked = await roots.main.connect();
  const dir = fileURLToPath(new URL('../statement', import.meta.url));
  const documents = await applyDocuments(asked, { dir, statement: applied.statement, now: day(-400) });
  asked.release();
  const engine: Engine = {
    statement: applied.statement,
    map,
    pools,
    keys: new Keys(roots.keys, masters),
    secrets,
    documents,
    sources: stagedSources(day(-2)),
    prices: shippedPrices(),
  };
  // The keys are shared by copies, and what one of them seals is in no other.
  const noted = ownKeys ? engine.keys.wishes.noteHead.bind(engine.keys.wishes) : undefined;
  const sealer = new Sealer(pools.of('seal'), secrets.journalKey, noted);
  const gates = openGates(engine, sealer);
  const dataDir = await mkdtemp(join(made.folder, 'data-'));
  await mkdir(join(dataDir, 'logs'));
  await writeFile(
    join(dataDir, 'logs', 'hjemmel.log'),
    '{"level":30,"time":1795435200000,"msg":"ready","port":4000}\n',
  );
  const installation: Installation = {
    main: pools.of('proof'),
    keys: keyPools.of('proof'),
    applied,
    prefix,
    dataDir,
    publicKey: secrets.journalKey.publicKey,
    now: NOW,
  };
  return {
    installation,
    sql: async (text, values = []) => (await roots.main.query(text, [...values])).rows,
    keysSql: async (text, values = []) => {
      assert.ok(ownKeys, 'ask for a copy of the keys database before changing it');
      return (await roots.keys.query(text, [...values])).rows;
    },
    gates,
    sealer,
    people: made.people,
    prefix,
    async close() {
      await gates.drain();
      await Promise.all([pools.end(), keyPools.end(), roots.main.end(), roots.keys.end()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** One promise broken on purpose, and which checks must find it: part of the title, and of what they say. */
export interface Twin {
  /** A present-tense sentence that begins with the clause: the test's title. */
  readonly title: string;
  breaks(house: Stage): Promise<unknown>;
  /** Part of a check's title → what its detail must match. These checks find it, and no others. */
  readonly finds: Readonly<Record<string, RegExp>>;
  /** True when it breaks something in the keys database. */
  readonly keys?: boolean;
  /** Puts back what is shared by all copies: roles. */
  mends?(house: Stage): Promise<unknown>;
}

/** Breaks a healthy copy and demands that exactly the checks named find it. */
export async function catches({ breaks, finds, mends, keys }: Twin): Promise<void> {
  const house = await stage({ keys });
  try {
    await breaks(house);
    const { ok, checks } = await prove(house.installation);
    const found = checks.filter((check) => !check.ok);
    const unexpected = found.filter(({ title }) => !Object.keys(finds).some((part) => title.includes(part)));
    assert.deepEqual(unexpected, [], 'a check found what it should not');
    for (const [part, says] of Object.entries(finds)) {
      const check = found.find(({ title }) => title.includes(part));
      assert.ok(check, `no check with "${part}" in its title found anything`);
      assert.match(check.detail, says);
    }
    assert.equal(ok, false);
  } finally {
    await mends?.(house);
    await house.close();
  }
}
