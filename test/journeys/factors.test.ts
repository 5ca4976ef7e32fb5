import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { made } from '#modules/identity/hashing.ts';
import { codeAt } from '#modules/identity/one-time-codes.ts';
import { type Answered, World } from '#test/world.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const PASSWORD = 'en hest, en stol og tre epler';
const later = (ms: number) => {
  world.now = new Date(world.now.getTime() + ms);
};
const cookieOf = ({ status, headers }: Answered): string => {
  assert.equal(status, 201);
  return String(headers['set-cookie']).split(';', 1)[0]!;
};
const code = (secret: string) => codeAt(secret, Math.floor(world.now.getTime() / (30 * SECOND)));
const byPassword = (email: string, password: string, from?: string) =>
  world.call('POST', 'sessions/password', { body: { email, password }, from });
const current = async (as: string) => (await world.call('GET', 'sessions/current', { as })).body;
const setPassword = (as: string, password: string) =>
  world.call('PUT', 'me/password', { as, body: { password } });

async function byLink(email: string): Promise<string> {
  await world.letters();
  await world.call('POST', 'sign-in/links', { body: { email } });
  return world.open((await world.letterTo(email)).token);
}

/** Adds a code generator to a session; answers with its secret and the new cookie. */
async function withCodes(as: string): Promise<{ secret: string; as: string }> {
  const { body } = await world.call('POST', 'me/code-secrets', { as });
  const { secret } = body;
  const answered = await world.call('PUT', 'me/code-generator', { as, body: { secret, code: code(secret) } });
  return { secret, as: cookieOf(answered) };
}

test('0.security: a person sees where they are signed in, ends one, and ends all others', async () => {
  const first = await world.person('okter@firma.example');
  later(MINUTE);
  const second = await byLink('okter@firma.example');
  later(MINUTE);
  const third = await byLink('okter@firma.example');
  later(10 * MINUTE);
  const list = async (as: string) => (await world.call('GET', 'me/sessions', { as })).body.sessions;
  const sessions = await list(third);
  assert.deepEqual(
    sessions.map(({ current, means }: Record<string, unknown>) => [current, means]),
    [
      [true, ['link']],
      [false, ['link']],
      [false, ['link']],
    ],
  );
  assert.equal(sessions[0].usedAt, world.now.toISOString(), 'use is noted');
  assert.ok(sessions[1].usedAt < sessions[0].usedAt);
  assert.deepEqual(Object.keys(sessions[0]).sort(), [
    'beganAt',
    'current',
    'expiresAt',
    'id',
    'means',
    'usedAt',
  ]);
  const end = (id: string, as = third) => world.call('DELETE', `me/sessions/${id}`, { as });
  assert.equal((await end(sessions[1].id)).status, 204);
  assert.equal((await world.call('GET', 'me', { as: second })).status, 401);
  assert.equal((await end(sessions[1].id)).body.code, 'identity.unknown-session');
  const stranger = await world.person('annen@firma.example');
  assert.equal((await end(sessions[0].id, stranger)).body.code, 'identity.unknown-session');
  assert.equal((await world.call('DELETE', 'me/sessions', { as: third })).status, 204);
  assert.equal((await world.call('GET', 'me', { as: first })).status, 401);
  assert.equal((await list(third)).length, 1);
});

test('0.security: what cannot be undone asks again who it is when that was shown more than ten minutes ago', async () => {
  const as = await world.person('bekreft@firma.example');
  later(10 * MINUTE - 1);
  assert.equal((await setPassword(as, 'kort')).body.code, 'identity.short-password');
  later(1);
  const asked: [Parameters<World['call']>[0], string, object?][] = [
    ['DELETE', 'me'],
    ['PATCH', 'me', { email: 'ny@firma.example' }],
    ['PUT', 'me/password', { password: PASSWORD }],
    ['POST', 'me/code-secrets'],
    ['POST', 'me/recovery-codes'],
    ['DELETE', 'me/factors/x'],
  ];
  const before = await world.state();
  for (const [method, path, body] of asked)
    assert.equal((await world.call(method, path, { as, body })).body.code, 'identity.prove-again', path);
  assert.deepEqual(await world.state(), before);
  assert.equal((await world.call('PATCH', 'me', { as, body: { place: 'Voss' } })).status, 200);

  await world.letters();
  for (const back of ['//ond.example', 'https://ond.example', '/\\ond.example', '/min?til=x', 'min'])
    assert.equal(
      (await world.call('POST', 'sessions/current/links', { as, body: { back } })).body.code,
      'http.invalid-field',
    );
  const sent = await world.call('POST', 'sessions/current/links', { as, body: { back: '/min/slett' } });
  assert.equal(sent.status, 202);
  const { token } = await world.letterTo('bekreft@firma.example');
  const answered = await world.call('POST', 'sessions', { as, body: { token } });
  assert.equal(answered.body.back, '/min/slett');
  const anew = cookieOf(answered);
  assert.equal((await world.call('GET', 'me', { as })).status, 401, 'the old token is over');
  assert.equal((await world.call('GET', 'me/sessions', { as: anew })).body.sessions.length, 1);
  assert.equal((await world.call('DELETE', 'me', { as: anew })).status, 200);
});

test('0.security: a password is long, in no list, and made of nothing that is known of its owner', async () => {
  const as = await world.person('passord@firma.example', { name: 'Kristine Nordmann' });
  const refused: [string, string][] = [
    ['fjorten tegn!!', 'identity.short-password'],
    ['aaaaaaaaaaaaaaaaaaaa', 'identity.common-password'],
    ['Kristine.Nordmann-2026', 'identity.common-password'],
    ['passord@firma.example', 'identity.common-password'],
    ['catacloudcatacloud', 'identity.common-password'],
    ['1234567890123456789', 'identity.common-password'],
    ['4111 1111 1111 1111', 'collect.card-number'],
    ['kort5555555555554444', 'collect.card-number'],
    [`\ud800${PASSWORD}`, 'collect.invalid-field'],
    ['å'.repeat(257), 'collect.invalid-field'],
  ];
  for (const [password, says] of refused)
    assert.equal((await setPassword(as, password)).body.code, says, password);
  const composed = 'blåbær og rømmegrøt til alle'.normalize('NFC');
  const set = await setPassword(as, composed.normalize('NFD'));
  assert.deepEqual(
    set.body.factors.map(({ kind }: { kind: string }) => kind),
    ['password'],
  );
  assert.match((await world.letterTo('passord@firma.example')).subject, /passord/);
  assert.equal((await byPassword('Passord@firma.example', composed)).status, 201);
  const longest = '🦊'.repeat(40) + 'abcdefgh'.repeat(8);
  assert.equal((await setPassword(as, longest)).status, 200);
  assert.equal((await byPassword('passord@firma.example', longest)).status, 201);
  assert.equal((await byPassword('passord@firma.example', composed)).body.code, 'identity.wrong-factor');
  const rows = await world.sql('select secret::text, key::text from identity.factor');
  assert.equal(rows.length, 1, 'the new one took the place of the old');
});

test('0.security: a wrong password, no password and nobody are one answer, after the same work', async () => {
  await setPassword(await world.person('med@firma.example'), PASSWORD);
  await world.person('uten@firma.example');
  await world.letters();
  const work = async (email: string) => {
    const [hashes, before] = [made.hashes, await world.counts()];
    const { status, headers, raw } = await byPassword(email, 'noe helt annet, og langt nok');
    const counts = await world.counts();
    const rows = Object.keys(counts).filter((table) => counts[table] !== before[table]);
    const { date: _date, ...rest } = headers;
    return {
      status,
      rest,
      body: raw.toString(),
      hashes: made.hashes - hashes,
      rows: rows.map((table) => [table, counts[table]! - before[table]!]),
    };
  };
  const [known, bare, nobody] = [
    await work('med@firma.example'),
    await work('uten@firma.example'),
    await work('ingen@firma.example'),
  ];
  assert.equal(known.hashes, 1);
  assert.deepEqual(bare, known);
  assert.deepEqual(nobody, known);
  assert.equal((await byPassword('ingen adresse', PASSWORD)).body.code, 'collect.invalid-field');
});

test('0.security: who guesses waits longer and longer, and the owner gets in by mail', async () => {
  await setPassword(await world.person('gjett@firma.example'), PASSWORD);
  for (const email of ['gjett@firma.example', 'ukjent@firma.example']) {
    for (let tries = 0; tries < 5; tries += 1)
      assert.equal((await byPassword(email, 'feil')).body.code, 'identity.wrong-factor');
    const hashes = made.hashes;
    for (const password of ['feil', PASSWORD]) {
      const { status, body } = await byPassword(email, password);
      assert.deepEqual([status, body.code], [429, 'identity.wait'], email);
    }
    assert.equal(made.hashes, hashes, 'what must wait costs no hash');
  }
  later(30 * SECOND - 1);
  assert.equal((await byPassword('gjett@firma.example', PASSWORD)).status, 429);
  later(1);
  assert.equal((await byPassword('gjett@firma.example', 'feil')).status, 422);
  later(59 * SECOND);
  assert.equal((await byPassword('gjett@firma.example', PASSWORD)).status, 429, 'twice as long');
  later(SECOND);
  assert.equal((await byPassword('gjett@firma.example', PASSWORD)).status, 201);
  later(SECOND);
  assert.equal((await byPassword('gjett@firma.example', 'feil')).status, 422, 'the count begins anew');

  await world.letters();
  for (let tries = 0; tries < 19; tries += 1) {
    later(15 * MINUTE);
    assert.equal((await byPassword('gjett@firma.example', 'feil')).status, 422);
  }
  assert.match((await world.letterTo('gjett@firma.example')).subject, /gjettet/);
  later(60 * MINUTE);
  assert.equal((await byPassword('gjett@firma.example', PASSWORD)).status, 429, 'locked');
  await byLink('gjett@firma.example');
  assert.equal((await byPassword('gjett@firma.example', PASSWORD)).status, 201);
});

test('0.security: of many tries at once no more are made than one after the other', async () => {
  await world.person('samtidig@firma.example');
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, at) => byPassword('samtidig@firma.example', `feil ${at}`, '192.0.2.1')),
  );
  const tried = answers.filter(({ status }) => status === 422).length;
  assert.ok(tried <= 5, `${tried} were tried`);
  assert.ok(answers.every(({ status }) => status === 422 || status === 429));
});

test('0.security: with a code generator every session is held to a code, and each code counts once', async () => {
  const email = 'koder@firma.example';
  const before = await world.person(email);
  const { secret, as } = await withCodes(before);
  assert.match((await world.letterTo(email)).subject, /engangskoder/);
  assert.equal((await current(as)).lacks, null);
  later(30 * SECOND);
  const half = await byLink(email);
  assert.equal((await current(half)).lacks, 'proof');
  for (const [method, path] of [
    ['GET', 'me'],
    ['GET', 'me/export'],
    ['GET', 'me/sessions'],
    ['DELETE', 'me'],
    ['POST', 'me/code-secrets'],
    ['POST', 'me/recovery-codes'],
  ] as const)
    assert.equal((await world.call(method, path, { as: half })).body.code, 'identity.second-factor', path);
  const show = (given: string, cookie = half) =>
    world.call('POST', 'sessions/current/code', { as: cookie, body: { code: given } });
  assert.equal((await show('000000')).body.code, 'identity.wrong-code');
  const right = code(secret);
  const whole = cookieOf(await show(right));
  assert.equal((await world.call('GET', 'me', { as: whole })).status, 200);
  assert.equal((await current(half)).code, 'identity.signed-out');
  assert.equal((await show(right, await byLink(email))).body.code, 'identity.wrong-code', 'used');
  later(31 * SECOND);
  assert.equal((await show(right, await byLink(email))).body.code, 'identity.wrong-code', 'used still');
});

test('0.security: recovery codes are shown once, count once, and their use is told', async () => {
  const email = 'reserve@firma.example';
  const { as } = await withCodes(await world.person(email));
  const made = await world.call('POST', 'me/recovery-codes', { as });
  const codes: string[] = made.body.codes;
  assert.equal(new Set(codes).size, 10);
  for (const one of codes) assert.match(one, /^[a-z2-7]{5}-[a-z2-7]{5}$/);
  await world.letters();
  later(MINUTE);
  const show = async (given: string) =>
    world.call('POST', 'sessions/current/code', { as: await byLink(email), body: { code: given } });
  const whole = cookieOf(await show(codes[0]!.toUpperCase().replace('-', ' ')));
  assert.match((await world.letterTo(email)).subject, /reservekode/);
  assert.equal((await world.call('GET', 'me/factors', { as: whole })).body.recoveryCodes, 9);
  assert.equal((await show(codes[0]!)).body.code, 'identity.wrong-code');
  await world.call('POST', 'me/recovery-codes', { as: whole });
  assert.equal((await show(codes[1]!)).body.code, 'identity.wrong-code', 'the old ones are gone');
  assert.deepEqual(await world.tablesHolding(codes[1]!.replace('-', '')), []);
});

test('0.security: a short password stands beside a second factor, which then cannot go', async () => {
  const as0 = await world.person('kort@firma.example');
  const { as } = await withCodes(as0);
  const { body } = await setPassword(as, 'tre epler');
  const codes = body.factors.find(({ kind }: { kind: string }) => kind === 'codes');
  const remove = (id: string) => world.call('DELETE', `me/factors/${id}`, { as });
  assert.equal((await remove(codes.id)).body.code, 'identity.needed-factor');
  await setPassword(as, PASSWORD);
  await world.call('POST', 'me/recovery-codes', { as });
  assert.equal((await remove('7c9e6679-7425-40de-944b-e07fc1f90ae7')).body.code, 'identity.unknown-factor');
  const left = (await remove(codes.id)).body;
  assert.deepEqual([left.factors.length, left.recoveryCodes], [1, 0]);
});

test('0.security: staff do nothing before they have a second factor, and then with it alone', async () => {
  const demo = await world.staff('privacy');
  assert.equal((await world.call('GET', 'holds', { as: demo })).status, 200, 'the link of a demo is enough');
  const email = 'privacy@operator.example';
  const as = await byLink(email);
  assert.equal((await current(as)).lacks, 'set-up');
  for (const path of ['holds', 'me', 'proof'])
    assert.equal((await world.call('GET', path, { as })).body.code, 'identity.second-factor');
  assert.equal((await setPassword(as, PASSWORD)).body.code, 'identity.second-factor');
  const { as: whole } = await withCodes(as);
  assert.equal((await world.call('GET', 'holds', { as: whole })).status, 200);
  const [codes] = (await world.call('GET', 'me/factors', { as: whole })).body.factors;
  const gone = await world.call('DELETE', `me/factors/${codes.id}`, { as: whole });
  assert.equal(gone.body.code, 'identity.needed-factor');
  later(60 * MINUTE);
  assert.equal((await world.call('GET', 'holds', { as: whole })).status, 401, 'an hour without use');
});

test('r.access: factors are in what a person sees and takes along, without their secrets, and go with them', async () => {
  const email = 'innsyn@firma.example';
  const { secret, as } = await withCodes(await world.person(email));
  await setPassword(as, PASSWORD);
  const me = await world.call('GET', 'me', { as });
  const kinds = me.body.items
    .filter(({ id }: { id: string }) => id.startsWith('identity.factor.kind'))
    .map(({ value }: { value: string }) => value);
  assert.deepEqual(kinds.sort(), ['codes', 'password']);
  const [held] = await world.sql('select secret::text as sealed from identity.factor limit 1');
  for (const text of [secret, 'argon2id', String(held!.sealed)]) assert.ok(!me.raw.includes(text));
  const id = await world.idOf(email);
  assert.equal((await world.call('DELETE', 'me', { as })).status, 200);
  for (const table of ['factor', 'session', 'proof', 'link'])
    assert.deepEqual(await world.sql(`select from identity.${table} where person = $1`, [id]), []);
});

test('nothing that lets anybody in stands in the log', () => {
  const lines = world.logged.join('');
  for (const words of [PASSWORD, 'firma.example', 'hjemmel=']) assert.ok(!lines.includes(words), words);
  assert.ok(!lines.includes('"level":"error"'), lines);
});
