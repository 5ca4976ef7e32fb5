import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { SYSTEM } from '#gates/actor.ts';
import { applyDocuments } from '#gates/documents.ts';
import type { Engine } from '#gates/engine.ts';
import { type Gates, openGates } from '#gates/gates.ts';
import { Sealer } from '#gates/journal.ts';
import { compileRoles, ENGINE_ROLES } from '#gates/roles.ts';
import { makeProfile } from '#modules/customers/profiles.ts';
import { confirm, signUp } from '#modules/newsletter/subscriptions.ts';
import { asOwner, ident, Pools, roleName } from '#platform/database.ts';
import { Keys } from '#platform/keys.ts';
import { readMap } from '#platform/map.ts';
import { createMasterKeyFile, readMasterKeys } from '#platform/master-key.ts';
import { migrate, readMigrations } from '#platform/migrate.ts';
import { ensureSecrets } from '#platform/secrets.ts';
import type { Installation } from '#proof/check.ts';
import { prove } from '#proof/prove.ts';
import { cluster } from '#test/cluster.ts';
import { invoice } from '#test/invoice.ts';
import { shown } from '#test/shown.ts';
import { clientLives } from '#test/stage-clients.ts';
import { stageCompany, stagedSources } from '#test/stage-companies.ts';
import { heldLives } from '#test/stage-holds.ts';
import { shipped } from '#test/statement.ts';
import { stageVisits } from '#test/visits.ts';
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
        for (const [, copy] of copies) await client.query(`drop database ${ident(copy)} with (force)`);
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
  const { texts, ...applied } = shipped();
  await asOwner(superuserUrl, async (client) => {
    await client.query(`create database ${ident(made.main)}`);
    await client.query(`create database ${ident(made.keys)}`);
  });
  const source = new URL('../src/', import.meta.url).pathname;
  await asOwner(urlOf(made, made.keys), async (client) => {
    await migrate(client, await readMigrations([join(source, 'platform/sql-keys')]));
  });
  await asOwner(urlOf(made, made.main), async (client) => {
    const modules = ['identity', 'customers', 'companies', 'newsletter', 'analytics'];
    const folders = ['platform', 'gates', ...modules.map((name) => `modules/${name}`)];
    await migrate(client, await readMigrations(folders.map((folder) => join(source, folder, 'sql'))));
    await client.query('insert into statement.version values ($1, $2, $3, $4, $5, $6, $7)', [
      applied.statement.version,
      texts.yaml,
      texts.nb,
      texts.en,
      applied.fingerprint,
      applied.personFingerprint,
      day(-400),
    ]);
    await shown(client, applied, day(-0.1));
  });
  const roles = await ensureRolesOf(made);
  made.connect = roles;
  const first = await open(made, made.main, made.keys, true);
  made.people = await populate(first);
  // The server's clock dates keys, and it is past the day that these lives are set in.
  await first.keysSql('update keys.person_key set created_at = least(created_at, $1)', [day(-1)]);
  await first.close();
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
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
  const proof = ident(roleName(prefix, 'proof'));
  await asOwner(urlOf(made, made.keys), (client) =>
    client.query(
      `grant usage on schema keys to ${proof}; grant select (person, created_at) on keys.person_key to ${proof}; grant select (shelf, created_at) on keys.archive_key to ${proof}; grant select on keys.wish, keys.journal_head to ${proof}`,
    ),
  );
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

/**
 * A few lives, some of them long: Kari and Ola have profiles, Ola is restricted, Siv gets the newsletter, Per asked for
 * it a while ago and was forgotten, Liv left it, Jon left it and keeps his profile, Eva was erased, Ida has not answered
 * yet, Nils owns a client that Vera uses, Odd ended his, Una was held before her profile’s year was over, Tor was held
 * for a while. Kari and Eva have been sent an invoice, and Kari has asked us to know her company.
 */
async function populate({ gates, sealer, sql }: Stage): Promise<Record<string, string>> {
  const statement = gates.statement.version;
  const person = async (who: string) => {
    const [row] = await sql(`select person from vault.person order by recorded_at desc, person limit 1`);
    if (row === undefined) throw new Error(`${who} is not there`);
    return String(row.person);
  };
  const profile = async (
    who: string,
    at: Date,
    more: { phone?: string; place?: string; company?: string } = {},
  ) => {
    await makeProfile(
      gates,
      { name: who, email: `${who.toLowerCase()}@firma.example`, accept: { statement }, ...more },
      at,
    );
    return person(who);
  };
  const subscriber = async (who: string, at: Date, yes: Date | undefined) => {
    await signUp(gates, { email: `${who.toLowerCase()}@post.example`, topics: ['nyhetsbrev', 'fag'] }, at);
    const id = await person(who);
    if (yes === undefined) return id;
    const [request] = await sql('select id from newsletter.request where person = $1', [id]);
    await confirm(gates, gates.token('newsletter.confirm', String(request?.id)), undefined, yes);
    await sql('update mail.letter set sent_at = $2 where person = $1', [id, yes]);
    return id;
  };
  const people: Record<string, string> = {};
  const kari = { phone: '+4710000001', place: 'Bergen', company: 'Fjell og Fjord' };
  people.kari = await profile('Kari', day(-20), kari);
  people.ola = await profile('Ola', day(-19), { place: 'Tromsø' });
  people.siv = await subscriber('Siv', day(-6), day(-5));
  people.liv = await subscriber('Liv', day(-4), day(-4));
  people.jon = await profile('Jon', day(-3));
  people.eva = await profile('Eva', day(-2));
  await stageVisits(gates, sql, people.kari);
  await stageCompany(gates, people.kari, day(-2));
  people.ida = await subscriber('Ida', day(-1.9), undefined);
  await signUp(gates, { email: 'jon@firma.example', topics: ['produkt'] }, day(-2));
  const [asked] = await sql('select id from newsletter.request where person = $1', [people.jon]);
  await confirm(gates, gates.token('newsletter.confirm', String(asked?.id)), 'en', day(-2));
  await gates
    .use('newsletter', SYSTEM)
    .people([people.siv, people.jon], ['email', 'name'], 'letter', day(-1.5));
  await gates
    .use('customer', SYSTEM)
    .people([people.kari, people.ola], ['email', 'phone'], 'look', day(-1.5));
  await sealer.seal(day(-1.4));
  const self = (id: string) => ({ kind: 'person', id }) as const;
  await gates.answer.correct(people.kari, { 'contact.place': 'Voss' }, self(people.kari), day(-1));
  await gates.answer.restrict(people.ola, 'accuracy', self(people.ola), day(-1));
  await gates.answer.object(people.siv, 'confirmation', self(people.siv), day(-1));
  const manner = { surface: 'newsletter-preferences', method: 'button' };
  for (const id of [people.liv, people.jon])
    await gates.answer.withdraw(id, 'newsletter', self(id), manner, day(-1));
  for (const who of [people.kari, people.eva]) await invoice(gates, who, '1001', day(-1.1));
  await gates.answer.erase(people.eva, self(people.eva), day(-1));
  Object.assign(people, await heldLives(gates, day));
  Object.assign(people, await clientLives(gates, day));
  await gates.use('customer', SYSTEM).people([people.kari, people.ola], ['email'], 'look', day(-0.5));
  await gates.answer.access(people.kari, self(people.kari), day(-0.5));
  await gates.keep(day(-0.2));
  await sealer.seal(day(-0.1));
  return people;
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
