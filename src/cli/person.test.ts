import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { unzipSync } from 'fflate';
import { command } from '#test/command.ts';
import { World } from '#test/world.ts';

let world: World;
const folder = await mkdtemp(join(tmpdir(), 'hjemmel-cli-'));
before(async () => {
  world = await World.open();
});
after(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (argv: string) => command(world, argv);

async function joined(email: string, more: Record<string, string> = {}): Promise<string> {
  await world.profile(email, more);
  return (await world.idOf(email))!;
}

test('somebody is found by e-mail, by phone and by number, and nobody by anything else', async () => {
  const id = await joined('kari@firma.example', { phone: '+4710000010' });
  for (const who of ['kari@firma.example', 'KARI@Firma.Example', '+4710000010', id, id.toUpperCase()]) {
    const { code, out, err } = await run(`person find ${who}`);
    assert.deepEqual({ code, out, err }, { code: 0, out: `${id}\n`, err: '' }, who);
    assert.deepEqual((await run(`person find ${who} --json`)).json(), { found: [id] });
  }
  for (const who of ['ola@firma.example', '+4710000011', randomUUID(), '@'])
    assert.deepEqual((await run(`person find ${who} --json`)).json(), { found: [] }, who);
  for (const verb of ['show', 'erase', 'restrict', `export --out ${folder}/none.zip`]) {
    const json = await run(`person ${verb} ola@firma.example --json`);
    assert.deepEqual([json.code, json.json()], [1, { found: [] }], verb);
  }
  const plain = await run('person show ola@firma.example');
  assert.deepEqual([plain.code, plain.out], [1, 'Nobody is recorded.\n']);
});

test('r.access: showing a person lists each item with source, purpose, ground, clause and date', async () => {
  const id = await joined('liv@firma.example', { place: 'Voss' });
  const { code, json } = await run('person show liv@firma.example --json');
  const answer = json();
  assert.deepEqual([code, answer.person], [0, id]);
  const place = answer.items.find(({ category }: { category: string }) => category === 'contact.place');
  assert.deepEqual(
    [place.value, place.source, place.purpose, place.basis, place.clause, place.expires, place.collectedAt],
    ['Voss', 'given', 'customer', 'A6-1-b', 'k.active-12-months', '2027-11-23', world.now.toISOString()],
  );
  const plain = await run(`person show ${id}`);
  assert.equal(plain.code, 0);
  assert.match(
    plain.out,
    /^ {2}Place: Voss\n {6}given, for customer \(A6-1-b, k\.active-12-months\), since 2026-11-23, leaves 2027-11-23$/m,
  );
});

test('r.portability: an export is written for its owner alone, and where is asked before anything is done', async () => {
  await joined('per@firma.example');
  const out = join(folder, 'per.zip');
  const { code, json } = await run(`person export per@firma.example --out ${out} --language en --json`);
  assert.deepEqual([code, json().out], [0, out]);
  assert.equal((await stat(out)).mode & 0o777, 0o600);
  assert.deepEqual(Object.keys(unzipSync(await readFile(out))).sort(), ['data.json', 'index.html']);
  assert.match(
    (await run(`person export per@firma.example --out=${out}`)).out,
    /^Wrote .*per\.zip \(\d+ bytes\)\.$/m,
  );
  const where = await run('person export per@firma.example');
  assert.deepEqual([where.code, where.err], [2, 'Say where to with --out FILE. See: hjemmel help\n']);
});

test('r.rectify-erase: erasing writes a receipt that verifies, and one changed by a letter does not', async () => {
  const id = await joined('eva@firma.example');
  const erased = await run('person erase eva@firma.example --json');
  assert.equal(erased.code, 0);
  const answer = erased.json();
  assert.ok(answer.goes.length > 0 && answer.stays.length > 0);
  assert.deepEqual((await run(`person find ${id} --json`)).json(), { found: [] });
  assert.deepEqual((await run('person find eva@firma.example --json')).json(), { found: [] });

  const text = await readFile(answer.receipt, 'utf8');
  assert.doesNotMatch(text, /eva/);
  assert.equal((await run(`verify ${answer.receipt}`)).code, 0);
  const key = join(world.config.dataDir, 'journal.pub');
  const checked = await run(`verify ${answer.receipt} --key ${key} --json`);
  assert.deepEqual([checked.code, checked.json().ok], [0, true]);

  const tampered = join(folder, 'tampered.json');
  for (const [from, to] of [
    ['"ground": "r.rectify-erase"', '"ground": "r.withdraw"'],
    [id, randomUUID()],
    ['"act": "erase"', '"act": "keep"'],
  ] as const) {
    assert.ok(text.includes(from), from);
    await writeFile(tampered, text.replace(from, to));
    const verdict = await run(`verify ${tampered} --json`);
    assert.deepEqual([verdict.code, verdict.json().ok], [1, false], from);
    assert.ok(verdict.json().problems.length > 0);
    const plain = await run(`verify ${tampered}`);
    assert.equal(plain.code, 1);
    assert.match(plain.out, /chang|not/);
  }
  assert.notEqual((await run(`verify ${folder}/nowhere.json`)).code, 0);
});

test('erasing by hand tells what went, what stays and where the receipt is', async () => {
  await joined('siv@firma.example');
  const { code, out } = await run('person erase siv@firma.example');
  assert.equal(code, 0);
  assert.match(out, /^ {2}gone: {2}E-mail address \(1\)$/m);
  assert.match(out, /^ {2}stays: What you have asked of us until 20\d\d-\d\d-\d\d: /m);
  assert.match(out, /^Receipt: .*receipts\/[0-9a-f-]{36}\.json$/m);
});

test('r.object-restrict: a person is restricted for a reason the law names, and the restriction lifted', async () => {
  const id = await joined('ola@begrenset.example');
  const wrong = await run(`person restrict ${id} --reason because`);
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /accuracy, unlawful, claims, objection \(art\. 18\(1\)\)/);
  const set = await run(`person restrict ${id} --reason claims --json`);
  assert.deepEqual([set.code, set.json()], [0, { person: id, restricted: true }]);
  assert.equal((await run(`person show ${id} --json`)).json().restricted.reason, 'claims');
  assert.match((await run(`person show ${id}`)).out, /\(restricted\)/);
  assert.deepEqual((await run(`person restrict ${id} --lift --json`)).json(), {
    person: id,
    restricted: false,
  });
  assert.equal((await run(`person show ${id} --json`)).json().restricted, null);
  assert.equal((await run(`person restrict ${id}`)).out, 'Restricted.\n');
  assert.equal((await run(`person restrict ${id} --lift`)).out, 'Lifted.\n');
});

test('of several who share a phone nobody is shown or erased by chance', async () => {
  const people = [
    await joined('en@delt.example', { phone: '+4710000012' }),
    await joined('to@delt.example', { phone: '+4710000012' }),
  ].sort();
  assert.deepEqual((await run('person find +4710000012 --json')).json(), { found: people });
  for (const verb of ['show', 'erase', 'restrict']) {
    const json = await run(`person ${verb} +4710000012 --json`);
    assert.deepEqual([json.code, json.json()], [1, { found: people }], verb);
  }
  const plain = await run('person erase +4710000012');
  assert.deepEqual(plain.out.trim().split('\n').slice(1), people);
  assert.equal((await run('person find +4710000012')).code, 0);
});

test('whoever uses the command line is written down as staff', async () => {
  const id = await joined('logg@firma.example');
  await run(`person show ${id}`);
  const entries = await world.sql(
    `select actor, actor_id, act from journal.entry where person = $1 and gate = 'answer'`,
    [id],
  );
  assert.deepEqual(entries, [{ actor: 'staff', actor_id: null, act: 'access' }]);
});

test('k.as-needed: a hold is placed, looked at again and released, and nobody held is erased', async () => {
  const id = await joined('holdt@firma.example');
  const day = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
  const placed = await run(`person hold ${id} --why Krav --review ${day(90)} --json`);
  const { review, until, why, told, author } = placed.json();
  assert.deepEqual(
    [placed.code, review, until, why, told, author],
    [0, day(90), null, 'Krav', true, 'command-line'],
  );
  assert.match(
    (await run(`person show ${id}`)).out,
    /^Hold \S+ since \S+, until it is released, .*\n {4}Krav$/m,
  );
  const erase = await run(`person erase ${id} --json`);
  assert.deepEqual([erase.code, erase.json().refused], [1, 'answer.held']);
  const seen = await run(`person hold ${id} --until ${day(300)} --json`);
  assert.deepEqual([seen.code, seen.json().until, seen.json().review], [0, day(300), null]);
  await run(`person hold ${id} --why Mer --until ${day(20)} --untold=hvitvaskingsloven§28`);
  const which = await run(`person hold ${id} --release`);
  assert.deepEqual([which.code, which.out], [2, '']);
  assert.match(which.err, /^Several holds stand; say which with --hold: /);
  for (const hold of which.err.match(/[0-9a-f-]{36}/g)!)
    assert.equal((await run(`person hold ${id} --release --hold ${hold}`)).code, 0);
  const far = await run(`person hold ${id} --why Krav --review ${day(900)}`);
  assert.deepEqual([far.code, far.out], [1, 'A field is not of its kind: review.\n']);
  const none = await run(`person hold ${id} --release`);
  assert.deepEqual([none.code, none.out], [1, 'No such hold stands.\n']);
  assert.equal((await run(`person erase ${id}`)).code, 0);
});

test('a hold that nobody could answer for is refused, and one that is half said is wrong use', async () => {
  const id = await joined('halv@firma.example');
  for (const [words, code] of [
    ['', 2],
    [' --why Krav --release', 2],
    [' --why', 2],
    [' --why Krav', 1],
    [' --why Krav --until 2020-01-01', 1],
    [' --why Krav --until snart', 1],
    [' --why 01819012012 --until 2999-01-01', 1],
    [' --review 2999-01-01', 1],
  ] as const)
    assert.equal((await run(`person hold ${id}${words}`)).code, code, words);
  assert.deepEqual(await world.sql('select from gate.hold where person = $1', [id]), []);
});
