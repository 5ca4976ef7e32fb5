import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createMasterKeyFile } from '#platform/master-key.ts';
import { command } from '#test/command.ts';
import { allowStatistics, visits } from '#test/visits.ts';
import { World } from '#test/world.ts';

let world: World;
let folder: string;
let n = 0;
before(async () => {
  world = await World.open();
  folder = await mkdtemp(join(tmpdir(), 'hjemmel-restore-'));
});
after(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const DAY = 86_400_000;
const self = (id: string) => ({ kind: 'person', id }) as const;
const manner = { surface: 'newsletter-preferences', method: 'button' };

async function backup(...flags: string[]): Promise<string> {
  const place = join(folder, `b${++n}`);
  const { code, err, out } = await command(world, ['backup', place, ...flags].join(' '));
  assert.equal(code, 0, err + out);
  return place;
}

/** Stops the product, puts a backup back and starts again. */
async function restore(place: string, ...flags: string[]) {
  await world.stop();
  const said = await command(
    world,
    ['restore', place, '--json', '--now', world.now.toISOString(), ...flags].join(' '),
  );
  await world.start();
  return said;
}

const later = (days: number) => {
  world.now = new Date(world.now.getTime() + days * DAY);
  return world.now;
};

/** Order-independent digest of every table. */
async function digests(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { name } of world.product.engine.map.tables) {
    const [row] = await world.sql<{ it: string }>(
      `select count(*) || ' ' || coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0) as it from ${name} t`,
    );
    found[name] = row!.it;
  }
  return found;
}

test('r.withdraw, r.rectify-erase, r.object-restrict: what people asked for after a backup is so again when it is put back', async () => {
  const { gates } = world.product;
  const cookies: Record<string, string> = {};
  const ids: Record<string, string> = {};
  for (const who of ['erased', 'objects', 'restricted', 'lifts', 'item', 'same'])
    cookies[who] = await world.person(`${who}@firma.example`, {
      phone: `+4710000${100 + Object.keys(cookies).length}`,
    });
  const tokens: Record<string, string> = {};
  for (const who of ['leaves', 'topics', 'again', 'stays', 'same'])
    tokens[who] = await world.subscriber(`${who}@${who === 'same' ? 'firma' : 'post'}.example`, [
      'nyhetsbrev',
      'fag',
    ]);
  await world.person('leaves-and-stays@firma.example');
  tokens.both = await world.subscriber('leaves-and-stays@firma.example');
  await world.call('POST', 'newsletter/subscriptions', {
    body: { email: 'expires@post.example', topics: ['fag'] },
  });
  await world.letters();
  const idOf = async (who: string, at = 'firma') => (ids[who] = (await world.idOf(`${who}@${at}.example`))!);
  for (const who of ['erased', 'objects', 'restricted', 'lifts', 'item', 'same', 'leaves-and-stays'])
    await idOf(who);
  for (const who of ['leaves', 'topics', 'again', 'stays', 'expires']) await idOf(who, 'post');
  await gates.answer.restrict(ids.lifts!, 'accuracy', self(ids.lifts!), world.now);
  await gates.answer.object(ids.lifts!, 'confirmation', self(ids.lifts!), world.now);
  // Withdrew and came back, all of it before the backup: that yes is the last word.
  await gates.answer.withdraw(ids.same!, 'newsletter', self(ids.same!), manner, world.now);
  world.now = new Date(world.now.getTime() + 60_000);
  await world.subscriber('same@firma.example');
  // A letter that waits while the backup is taken, and goes out after it.
  await world.call('POST', 'sign-in/links', { body: { email: 'same@firma.example' } });

  const place = await backup();
  later(1);
  await gates.answer.erase(ids.erased!, self(ids.erased!), world.now);
  await gates.answer.object(ids.objects!, 'confirmation', self(ids.objects!), world.now);
  await gates.answer.restrict(ids.restricted!, 'claims', self(ids.restricted!), world.now);
  await gates.answer.liftRestriction(ids.lifts!, self(ids.lifts!), world.now);
  await gates.answer.liftObjection(ids.lifts!, 'confirmation', self(ids.lifts!), world.now);
  await gates.answer.correct(ids.item!, { 'contact.phone': null }, self(ids.item!), world.now);
  await gates.answer.withdraw(ids.leaves!, 'newsletter', self(ids.leaves!), manner, world.now);
  await gates.answer.withdraw(
    ids['leaves-and-stays']!,
    'newsletter',
    self(ids['leaves-and-stays']!),
    manner,
    world.now,
  );
  await gates.answer.endRows(
    ids.topics!,
    'newsletter.subscription',
    { topic: ['fag'] },
    self(ids.topics!),
    world.now,
  );
  const newcomer = await world.person('newcomer@firma.example');
  assert.ok(newcomer);
  await world.letters();
  later(7);

  const { code, err, json } = await restore(place, '--replace');
  assert.equal(code, 0, err);
  const answer = json();
  assert.deepEqual(answer.proof, { ok: true, broken: [] });
  assert.deepEqual(answer.statement, { inForce: '3.0', filesDiffer: false });
  assert.ok(answer.restored.rows > 100 && answer.restored.tables > 20, JSON.stringify(answer.restored));
  const { erased, withdrawn, objected, restricted, lifted, ended } = answer.replayed;
  assert.deepEqual(
    { erased, withdrawn, objected, restricted, lifted, ended },
    // Whoever left the newsletter and had nothing else was erased with it.
    { erased: 2, withdrawn: 1, objected: 1, restricted: 1, lifted: 2, ended: 2 },
  );
  assert.ok(answer.replayed.expired > 0);
  assert.equal(answer.replayed.letters, 1);

  // The erased is nowhere but in the register of erasures, the receipts and the journal.
  for (const who of ['erased', 'leaves', 'expires']) {
    const tables = await world.tablesHolding(ids[who]!);
    assert.deepEqual(
      tables.filter((name) => !['gate.erasure', 'gate.receipt', 'journal.entry'].includes(name)),
      [],
      who,
    );
    assert.deepEqual(await world.keysSql('select from keys.person_key where person = $1', [ids[who]]), []);
  }
  assert.equal(await world.idOf('erased@firma.example'), undefined);
  assert.equal(
    await world.idOf('newcomer@firma.example'),
    undefined,
    'who came after the backup is not in it',
  );
  // The withdrawn gets no letters and is held off.
  const hashOf = (email: string) => world.product.secrets.hash('email', email);
  for (const email of ['leaves@post.example', 'leaves-and-stays@firma.example'])
    assert.equal(
      (await world.sql('select from newsletter.opt_out where hash = $1', [hashOf(email)])).length,
      1,
      email,
    );
  assert.equal(
    (await world.sql('select from newsletter.opt_out')).length,
    2,
    'who came back is not held off',
  );
  const standing = await world.sql<{ person: string }>(
    `select person from consent.active where purpose = 'newsletter'`,
  );
  assert.deepEqual(
    standing.map(({ person }) => person).sort(),
    [ids.again, ids.same, ids.stays, ids.topics].sort(),
  );
  const topics = await world.sql<{ topic: string }>(
    'select topic from newsletter.subscription where person = $1',
    [ids.topics],
  );
  assert.deepEqual(topics, [{ topic: 'nyhetsbrev' }]);
  assert.deepEqual(
    await world.sql<{ person: string; purpose: string }>('select person, purpose from gate.objection'),
    [{ person: ids.objects, purpose: 'confirmation' }],
  );
  assert.deepEqual(await world.sql('select person, reason from gate.restriction'), [
    { person: ids.restricted, reason: 'claims' },
  ]);
  const { answer: again } = world.product.gates;
  const items = (await again.access(ids.item!, self(ids.item!), world.now)).items;
  assert.deepEqual(
    items.filter(({ category }) => category === 'contact.phone'),
    [],
  );
  // Whoever asked for nothing is who they were.
  assert.ok(
    (await again.access(ids.same!, self(ids.same!), world.now)).items.some(
      ({ value }) => value === 'same@firma.example',
    ),
  );
  // Nobody is signed in, and nothing that waited goes out.
  assert.equal((await world.call('GET', 'me', { as: cookies.same })).status, 401);
  assert.deepEqual([...(await world.letters()).keys()], []);
  const [entry] = await world.sql<{ digest: Buffer }>(
    `select digest from journal.entry where act = 'restore'`,
  );
  assert.equal(entry?.digest.length, 32);
});

/** Tables that a restore writes to by itself. */
const TOUCHED = [
  'identity.session',
  'identity.link',
  'identity.proof',
  'journal.entry',
  'journal.block',
  'mail.letter',
  'gate.keep_round',
  'platform.restoration',
];

test('r.rectify-erase: an untouched installation is the same, row for row, after its own backup was put back', async () => {
  await world.letters();
  // Days are tables that no migration made.
  await world.person('visits@firma.example');
  const visitor = (await world.idOf('visits@firma.example'))!;
  const sql = (text: string, values?: readonly unknown[]) => world.sql(text, values);
  await visits(sql, [{ person: visitor, at: world.now }]);
  await allowStatistics(world.product.gates, visitor, world.now);
  await world.product.gates.keep(world.now);
  await world.product.sealer.seal(world.now);
  const before = await digests();
  assert.match(before['analytics.event']!, /^3 /);
  const lines = Number((await world.sql('select count(*) as n from journal.entry'))[0]!.n);
  const { code, json, err } = await restore(await backup(), '--replace');
  assert.equal(code, 0, err);
  const { keys, letters, expired, ...people } = json().replayed;
  assert.deepEqual(
    Object.values(people),
    Object.values(people).map(() => 0),
  );
  assert.deepEqual([keys, letters, expired], [0, 0, 0]);
  const back = await digests();
  for (const name of TOUCHED) {
    delete before[name];
    delete back[name];
  }
  assert.deepEqual(back, before);
  // The journal has one line more, which goes on from the last.
  assert.equal(Number((await world.sql('select count(*) as n from journal.entry'))[0]!.n), lines + 1);
});

test('r.withdraw: rows that a kill left restored and not replayed serve nobody before the next start has replayed them', async () => {
  const { gates } = world.product;
  const cookie = await world.person('between@firma.example');
  await world.subscriber('between@firma.example');
  const id = (await world.idOf('between@firma.example'))!;
  const place = await backup();
  later(1);
  await gates.answer.withdraw(id, 'newsletter', self(id), manner, world.now);
  // A step of the replay fails, as if the process had been killed in it.
  await world.keysSql('alter table keys.wish rename to wish_away');
  await world.stop();
  const failed = await command(world, `restore ${place} --replace`);
  assert.equal(failed.code, 2);
  const waiting = () => world.sql('select from platform.restoration where replayed_at is null');
  assert.equal((await waiting()).length, 1);
  await assert.rejects(world.start(), 'nothing opens on it');
  assert.equal((await world.sql(`select from consent.active where person = $1`, [id])).length, 1);
  await world.keysSql('alter table keys.wish_away rename to wish');
  await world.start();
  assert.deepEqual(await waiting(), []);
  assert.deepEqual(await world.sql('select from consent.active where person = $1', [id]), []);
  assert.equal((await world.call('GET', 'me', { as: cookie })).status, 401);
  // Run again, the command finds it done, and says what was replayed.
  await world.stop();
  const again = await command(world, `restore ${place} --json --now ${world.now.toISOString()}`);
  await world.start();
  assert.deepEqual(
    [again.code, again.json().replayed.withdrawn, again.json().proof.ok],
    [0, 1, true],
    again.err,
  );
});

test('r.rectify-erase: a restore is refused where it cannot be right, and changes nothing', async (t) => {
  const place = await backup();
  const before = await digests();
  const refused = async (argv: string, says: RegExp, at: World = world) => {
    const { code, out, err } = await command(at, argv);
    assert.equal(code, 1, out + err);
    assert.match(out, says);
    assert.equal(out.trim().split('\n').length, 1);
  };
  // A server is known by its logins: one that serves has some at every moment.
  await world.product.ready();
  await refused(`restore ${place} --replace`, /^A server runs on this database: stop it/);
  await world.stop();
  await refused(`restore ${join(folder, 'nowhere')}`, /^There is no whole backup in/);
  await refused(`restore ${place}`, /^The database is not empty: add --replace/);
  const other = await World.open();
  t.after(() => other.close());
  await other.stop();
  await refused(`restore ${place} --replace`, /^The backup belongs to another installation/, other);
  await other.start();
  const file = join(
    place,
    'main',
    (await readdir(join(place, 'main'))).find((name) => name.includes('vault.person'))!,
  );
  const bytes = await readFile(file);
  await writeFile(file, Buffer.concat([bytes, Buffer.from('x')]));
  await refused(`restore ${place} --replace`, /is not what was written; take another backup/);
  await refused(`backup ${place} --verify`, /is not what was written/);
  await writeFile(file, bytes);
  await world.start();
  const verified = await command(world, `backup ${place} --verify --json`);
  assert.deepEqual([verified.code, verified.json().trusted], [0, true]);
  await refused(`backup ${place} --verify`, /signed by another installation's key/, other);
  await refused(`backup ${place}`, /^There is a backup in .* already/);
  await refused(`backup ${place} --keys`, /^A backup of the rows lies in .*: keep the keys in another place/);
  await refused(`backup ${join(place, 'main', 'deep')} --keys`, /^A backup of the rows lies in/);
  const after = await digests();
  for (const name of TOUCHED) {
    delete before[name];
    delete after[name];
  }
  assert.deepEqual(after, before);
  const { code, err } = await command(world, 'backup /proc/nowhere');
  assert.deepEqual([code, err.split('\n').length], [2, 2]);
  assert.match(err, /^The backup in \/proc\/nowhere\/main cannot be written/);
});

test('r.rectify-erase: a backup of the keys brings nobody back, and says whom it would lose', async () => {
  const { gates } = world.product;
  for (const who of ['gone', 'old', 'objector']) await world.person(`${who}@nokkel.example`);
  const [gone, old, objector] = await Promise.all(
    ['gone', 'old', 'objector'].map(async (who) => (await world.idOf(`${who}@nokkel.example`))!),
  );
  const place = await backup('--keys');
  const said = await command(world, `backup ${place} --keys --verify --json`);
  assert.deepEqual([said.code, said.json().kind], [0, 'keys']);
  later(1);
  await gates.answer.erase(gone!, self(gone!), world.now);
  await gates.answer.object(objector!, 'confirmation', self(objector!), world.now);
  await world.person('new@nokkel.example');
  const fresh = (await world.idOf('new@nokkel.example'))!;
  const keys = async (person: string) =>
    (await world.keysSql('select from keys.person_key where person = $1', [person])).length;

  const refused = await restore(place, '--replace');
  assert.equal(refused.code, 1, refused.err);
  assert.match(
    refused.json().refused,
    /^The backup lacks the keys of 1 people who came after it: .* --accept-loss\.$/,
  );
  assert.deepEqual([await keys(fresh), await keys(gone!)], [1, 0], 'nothing was changed');

  const done = await restore(place, '--replace', '--accept-loss');
  assert.equal(done.code, 0, done.err + done.out);
  assert.deepEqual(
    [done.json().kind, done.json().proof, done.json().replayed.keys],
    ['keys', { ok: true, broken: [] }, 1],
  );
  assert.deepEqual([await keys(gone!), await keys(fresh), await keys(old!)], [0, 0, 1]);
  assert.equal(await world.idOf('new@nokkel.example'), undefined);
  const items = (await world.product.gates.answer.access(old!, self(old!), world.now)).items;
  assert.ok(items.some(({ value }) => value === 'old@nokkel.example'));
  // What the rows say was wished is noted anew beside the older keys.
  assert.equal(
    (await world.keysSql(`select from keys.wish where person = $1 and act = 'object'`, [objector])).length,
    1,
  );

  await world.stop();
  const masterKeyFile = join(folder, 'other.key');
  createMasterKeyFile(masterKeyFile);
  const wrong = await command(world, `restore ${place} --replace`, { masterKeyFile });
  await world.start();
  assert.deepEqual([wrong.code, wrong.err.trim().split('\n').length], [2, 1]);
  assert.match(wrong.err, /is not the one this data was sealed with|lacks k1/);
  assert.equal(await keys(old!), 1);
});

test('r.rectify-erase: rows without their keys are not put back, and both come back in their order', async (t) => {
  const [rows, keys] = [await backup(), await backup('--keys')];
  const other = await World.open();
  t.after(() => other.close());
  await other.stop();
  // A new machine: two empty databases, and the key file from where it was kept.
  const drop = `do $$ declare s text; begin
    for s in select nspname from pg_namespace where nspname !~ '^(pg_|information_schema|public)' loop
      execute format('drop schema %I cascade', s); end loop; end $$`;
  await Promise.all([other.sql(drop), other.keysSql(drop)]);
  await copyFile(world.config.masterKeyFile, other.config.masterKeyFile);
  const run = (argv: string) => command(other, `${argv} --json --now ${world.now.toISOString()}`);
  const early = await run(`restore ${rows}`);
  assert.equal(early.code, 1, early.err);
  assert.match(early.json().refused, /^There are no keys in the keys database: restore its own backup first/);
  const first = await run(`restore ${keys}`);
  assert.equal(first.code, 0, first.err + first.out);
  assert.deepEqual([first.json().kind, first.json().proof], ['keys', null]);
  const second = await run(`restore ${rows}`);
  assert.deepEqual([second.code, second.json().proof], [0, { ok: true, broken: [] }], second.err);
  other.now = world.now;
  await other.start();
  assert.equal(await other.idOf('old@nokkel.example'), await world.idOf('old@nokkel.example'));
});
