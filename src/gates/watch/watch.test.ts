import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { World } from '#test/world.ts';
import { Watch } from './watch.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());
beforeEach(async () => {
  await world.sql('delete from proof.run');
  world.now = new Date(world.now.getTime() + 3_600_000);
});

const DUTY = 'beredskap@catacloud.no';
const prove = async () => {
  // As a running server does by itself.
  await world.product.gates.keep(world.now);
  await world.product.sealer.seal(world.now);
  return world.product.watch.prove(world.now);
};
const later = (hours: number) => {
  world.now = new Date(world.now.getTime() + hours * 3_600_000);
};
const role = (name: string) => `"${world.config.rolePrefix}_${name}"`;
const breaks = () => world.sql(`grant select (phone) on vault.person to ${role('newsletter')}`);
const mends = () => world.sql(`revoke select (phone) on vault.person from ${role('newsletter')}`);
const tell = async () => {
  await world.product.watch.alert(world.now);
  return world.letterTo(DUTY);
};

test('0.purpose: a broken promise is mailed to the operator once a break, and once more when it is mended', async () => {
  await world.person('kari@firma.example', { phone: '+47 100 00 001' });
  await prove();
  assert.equal(await world.product.watch.alert(world.now), 0, 'nothing is broken, and nobody is told');
  await breaks();
  try {
    await prove();
    const { subject, text } = await tell();
    assert.equal(subject, 'Brutt løfte: 0.purpose, 0.security');
    assert.match(text, /Hvert formål kan lese kolonnene som erklæringen gir det, og ingen andre/);
    assert.match(text, /newsletter can read vault\.person\.phone/);
    assert.match(text, /hjemmel prove --clause 0\.purpose/);
    assert.match(text, /The proof of .* found broken promises/);
    assert.doesNotMatch(text, /kari|100 ?00/i);
    later(1);
    await prove();
    assert.equal(await world.product.watch.alert(world.now), 0, 'it is told once');
  } finally {
    await mends();
  }
  later(1);
  await prove();
  assert.equal((await tell()).subject, 'I orden igjen: 0.purpose, 0.security');
  await breaks();
  try {
    await prove();
    assert.match((await tell()).subject, /^Brutt løfte: 0\.purpose/, 'a second break is told like the first');
  } finally {
    await mends();
  }
  const lines = world.logged.filter((line) => line.includes('promise.broken'));
  assert.equal(lines.length, 4);
  assert.match(lines[0]!, /"clause":"0\.purpose".*"request":"[0-9a-f-]{36}"/);
});

test('0.purpose: a mail about a break that could not be sent is tried again, and two servers send it once', async () => {
  await prove();
  await breaks();
  try {
    await prove();
  } finally {
    await mends();
  }
  const [row] = await world.sql('select count(*)::int as n from proof.alert where sent_at is null');
  assert.equal(row?.n, 2);
  const { mail } = world.product;
  const deliver = mail.deliver.bind(mail);
  mail.deliver = () => Promise.reject(new Error('421'));
  await assert.rejects(world.product.watch.alert(world.now));
  await world.sql('update proof.turn set taken_at = $1', [world.now]);
  await world.product.watch.tick(world.now, 3_600_000);
  assert.ok(world.logged.some((line) => line.includes('alert.failed')));
  mail.deliver = deliver;
  const sent = await Promise.all([
    world.product.watch.alert(world.now),
    world.product.watch.alert(world.now),
  ]);
  assert.equal(sent[0]! + sent[1]!, 1);
  assert.match((await world.letterTo(DUTY)).subject, /^Brutt løfte/);
  // Back to what the other tests begin with: nothing broken, and nobody to tell.
  await prove();
  await world.product.watch.alert(world.now);
  await world.letters();
});

test('runs of the last thirty days stay, and for good those in which a clause changed its state', async () => {
  // Two verdicts as they are found, come to again day after day: what is looked at here is what becomes of them.
  const { product, config, log } = world;
  const holds = await product.prove(world.now);
  await breaks();
  const broken = await product.prove(world.now).finally(mends);
  let verdict = holds;
  const watch = new Watch({
    pool: product.engine.pools.of('record'),
    applied: product.inForce.applied,
    prove: (at) => Promise.resolve({ ...verdict, at: at.toISOString() }),
    mail: product.mail,
    baseUrl: config.baseUrl,
    log,
    every: 3_600_000,
  });
  await watch.prove(world.now);
  for (let day = 0; day < 34; day += 1) {
    later(24);
    verdict = day === 1 ? broken : holds;
    await watch.prove(world.now);
  }
  const runs = await watch.runs();
  const old = runs.filter(({ at }) => at.getTime() < world.now.getTime() - 30 * 86_400_000);
  assert.deepEqual(
    old.map(({ changed, broken }) => [changed, broken > 0]),
    [
      [true, false],
      [true, true],
      [true, false],
    ],
  );
  assert.equal(runs.length, old.length + 31);
  const [kept] = await world.sql('select count(distinct run)::int as n from proof.result');
  assert.equal(kept?.n, 4, 'answers are kept of the runs that changed something, and of the newest');
  await watch.alert(world.now);
  await world.letters();
});

test('of several servers one proves, and the next when it is due', async () => {
  const { watch } = world.product;
  const hour = 3_600_000;
  const runs = async () => (await watch.runs()).length;
  later(5);
  await Promise.all([watch.tick(world.now, hour), watch.tick(world.now, hour)]);
  assert.equal(await runs(), 1);
  later(0.5);
  await watch.tick(world.now, hour);
  assert.equal(await runs(), 1);
  later(0.5);
  await watch.tick(world.now, hour);
  assert.equal(await runs(), 2);
});

test('0.security: the role that writes verdicts down reads nothing else', async () => {
  const rows = await world.sql<{ table: string }>(
    `select distinct table_schema || '.' || table_name as table from information_schema.role_table_grants
      where grantee = $1`,
    [`${world.config.rolePrefix}_record`],
  );
  assert.deepEqual(rows.map(({ table }) => table).sort(), [
    'proof.alert',
    'proof.page',
    'proof.result',
    'proof.run',
    'proof.turn',
  ]);
  const written = await world.sql<{ table: string }>(
    `select distinct table_schema || '.' || table_name as table from information_schema.role_table_grants
      where grantee = $1 and privilege_type <> 'SELECT'`,
    [`${world.config.rolePrefix}_proof`],
  );
  assert.deepEqual(written, [], 'the proof writes nowhere');
});

test('everybody is told which promises hold, and nothing on anyone', async () => {
  await world.person('ola@firma.example');
  const unknown = await world.call('GET', 'promises');
  assert.equal(unknown.status, 200);
  later(1);
  await prove();
  const { body, headers } = await world.call('GET', 'promises');
  assert.equal(headers['cache-control'], 'public, max-age=60');
  const { clauses } = body;
  const statement = world.product.inForce.applied.statement;
  assert.deepEqual(
    clauses.map(({ clause }: { clause: string }) => clause),
    Object.keys(statement.clauses),
  );
  assert.equal(body.checkedAt, world.now.toISOString());
  assert.equal(body.holds + body.broken + body.notYet, body.promises);
  assert.deepEqual(
    clauses.filter(({ state }: { state: string }) => state === 'broken'),
    [],
  );
  const of = (id: string) => clauses.find(({ clause }: { clause: string }) => clause === id);
  assert.deepEqual(Object.keys(of('r.access').checks[0]).sort(), ['kinds', 'looked', 'ok', 'title']);
  assert.equal(of('r.access').state, 'holds');
  assert.match(of('1.sources').checks[0].looked.nb, /^færre enn 10 personer, \d+ kolonner$/);
  assert.equal(of('s.consent').state, 'not-yet');
  assert.match(of('s.consent').why.nb, /^det finnes ingen dør ut ennå/);
  const runs = await world.call('GET', 'proof/runs', { as: await world.staff('privacy') });
  assert.equal(runs.status, 200);
  assert.equal(runs.body.runs.at(-1).at, world.now.toISOString());
  assert.equal((await world.call('GET', 'proof/runs')).status, 401);
});

test('a broken promise is told to everybody by its clause and how many kinds, and no more', async () => {
  await breaks();
  try {
    await prove();
    const { raw, body } = await world.call('GET', 'promises');
    const purpose = body.clauses.find(({ clause }: { clause: string }) => clause === '0.purpose');
    assert.equal(purpose.state, 'broken');
    assert.deepEqual(
      purpose.checks.map(({ ok, kinds }: { ok: boolean; kinds: number }) => [ok, kinds]),
      [
        [false, 1],
        [true, 0],
        [true, 0],
      ],
    );
    assert.doesNotMatch(raw.toString(), /vault\.person/);
  } finally {
    await mends();
  }
  await world.product.watch.alert(world.now);
  await world.letters();
});
