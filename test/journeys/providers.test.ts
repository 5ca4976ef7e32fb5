import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { readProviders } from '#platform/openid.ts';
import { openSite } from '#product';
import { type Account, OidcProvider } from '#test/oidc.ts';
import { type Answered, World } from '#test/world.ts';

let world: World;
let provider: OidcProvider;
let site: FastifyInstance;
let file: string;
before(async () => {
  world = await World.open();
  // The provider dates its tokens by the real clock.
  world.now = new Date();
  const { baseUrl, dataDir } = world.config;
  provider = await OidcProvider.open([`${baseUrl}/min/inn-med/hos-oss`, `${baseUrl}/en/my/in-with/hos-oss`]);
  file = join(dataDir, 'providers.json');
  await writeFile(join(dataDir, 'secret'), 'a secret of thirty-two letters..\n');
  await writeFile(file, JSON.stringify([named()]));
  const config = { ...world.config, oidcProvidersFile: file };
  site = await openSite(world.product, config, { log: world.log, now: () => world.now, demo: false });
});
after(async () => {
  await site.close();
  await provider.close();
  await world.close();
});

const named = (more: object = {}) => ({
  id: 'hos-oss',
  name: { nb: 'Hos oss', en: 'With us' },
  issuer: provider.issuer,
  clientId: 'hjemmel',
  secretFile: 'secret',
  ...more,
});
const cookieOf = ({ headers }: Answered, name = 'hjemmel'): string | undefined =>
  [headers['set-cookie']]
    .flat()
    .map((cookie) => String(cookie).split(';', 1)[0]!)
    .find((cookie) => cookie.startsWith(`${name}=`) && !cookie.endsWith('='));

/** Goes to the provider as somebody and comes back; `as` is the session that goes along. */
async function come(account: Account, { as, twist = {} }: { as?: string; twist?: object } = {}) {
  const asked = await world.call('POST', 'sign-in/errands', {
    site,
    body: { provider: 'hos-oss', language: 'nb' },
  });
  assert.equal(asked.status, 201);
  const errand = cookieOf(asked, 'hjemmel-errand')!;
  const back = await provider.visit(asked.body.location, account);
  assert.equal(back.pathname, '/min/inn-med/hos-oss');
  const answer = Object.fromEntries(back.searchParams);
  const body = { provider: 'hos-oss', language: 'nb', ...answer, ...twist };
  const cookies = [as, errand].filter(Boolean).join('; ');
  const call = (along = cookies) =>
    world.call('POST', 'sessions/provider', { site, body, as: along === '' ? undefined : along });
  return { errand, body, call, came: await call() };
}

test('0.security: an account elsewhere makes nobody: it is tied by its owner’s answer to a letter, and signs in from then on', async () => {
  const email = 'tilbyder@firma.example';
  await world.profile(email);
  await world.letters();
  const account = { subject: 'subject-1', email };
  const before = await world.counts();
  const stranger = await come({ subject: 'subject-9', email: 'ukjent@firma.example' });
  const known = await come(account);
  assert.deepEqual(known.came.body, { state: 'asked' });
  assert.deepEqual(stranger.came.body, known.came.body);
  assert.equal(cookieOf(known.came), undefined);
  assert.equal((await world.counts())['vault.person'], before['vault.person']);
  const unchecked = await come({ subject: 'subject-8', email, checked: false });
  assert.deepEqual(unchecked.came.body, { state: 'asked' });
  const letters = await world.letters();
  assert.equal(letters.size, 1, 'an address that was not checked gets nothing');
  await world.open(letters.get(email)!.token);
  assert.match((await world.letterTo(email)).subject, /ny måte/);

  const { came } = await come(account);
  assert.equal(came.body.state, 'in');
  const me = await world.call('GET', 'me/factors', { as: cookieOf(came) });
  assert.deepEqual(
    me.body.factors.map(({ kind, name }: Record<string, string>) => [kind, name]),
    [['provider', 'Hos oss']],
  );
  for (const words of ['subject-1', 'ukjent@firma.example'])
    assert.deepEqual(await world.tablesHolding(words), [], 'the subject is kept as a keyed hash alone');
});

test('0.security: whoever is signed in ties an account to themselves, freshly, and nobody else’s', async () => {
  const as = await world.person('knytter@firma.example');
  const account = { subject: 'subject-2', email: 'helt.annen@firma.example' };
  const { came } = await come(account, { as });
  assert.equal(came.body.state, 'tied');
  const again = await come(account);
  assert.equal(again.came.body.person, await world.idOf('knytter@firma.example'));
  const later = await world.person('for.sent@firma.example');
  world.now = new Date(world.now.getTime() + 10 * 60_000);
  const refused = await come({ subject: 'subject-3' }, { as: later });
  assert.equal(refused.came.body.code, 'identity.prove-again');
  world.now = new Date();
});

test('0.security: an answer that was changed, borrowed, used or is late is refused', async () => {
  const account = { subject: 'subject-2' };
  const codeOf = ({ came }: { came: Answered }) => [came.status, came.body.code];
  const wrong = [422, 'identity.wrong-provider'];
  for (const twist of [{ state: 'x' }, { code: 'x' }, { iss: 'https://vond.example' }])
    assert.deepEqual(codeOf(await come(account, { twist })), wrong, JSON.stringify(twist));
  const mine = await come(account);
  assert.equal(mine.came.body.state, 'in');
  assert.deepEqual(codeOf({ came: await mine.call() }), wrong, 'used');
  const theirs = await come(account);
  assert.deepEqual(codeOf({ came: await theirs.call(mine.errand) }), wrong, 'another browser’s');
  assert.deepEqual(codeOf({ came: await theirs.call('') }), wrong, 'no errand');
  world.now = new Date(world.now.getTime() + 10 * 60_000);
  assert.deepEqual(codeOf({ came: await theirs.call(theirs.errand) }), wrong, 'late');
  world.now = new Date();
  const nowhere = { provider: 'andre', language: 'nb' };
  const unknown = await world.call('POST', 'sign-in/errands', { site, body: nowhere });
  assert.deepEqual([unknown.status, unknown.body.code], [404, 'identity.unknown-provider']);
});

test('a provider that is away is told as that, and a file that is wrong stops the start with its cure', async () => {
  await writeFile(file, JSON.stringify([named({ issuer: 'http://127.0.0.1:20009' })]));
  const config = { ...world.config, oidcProvidersFile: file };
  const away = await openSite(world.product, config, { log: world.log, now: () => world.now, demo: false });
  const body = { provider: 'hos-oss', language: 'en' };
  const answered = await world.call('POST', 'sign-in/errands', { site: away, body });
  assert.deepEqual([answered.status, answered.body.code], [503, 'identity.provider-away']);
  await away.close();
  for (const [text, says] of [
    ['{', /is no JSON/],
    [JSON.stringify([named({ issuer: 'http://innlogging.example' })]), /not https/],
    [JSON.stringify([named({ secretFile: 'finnes-ikke' })]), /cannot be read/],
    [JSON.stringify([named(), named()]), /one id/],
    [JSON.stringify([named({ pid: true })]), /not of its kind/],
  ] as const) {
    await writeFile(file, text);
    assert.throws(() => readProviders(file), says);
  }
  const lines = world.logged.join('');
  assert.ok(!lines.includes('firma.example') && !lines.includes('"level":"error"'), lines);
});
