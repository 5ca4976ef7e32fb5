import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { describedApi, fieldsOf, type Operation, pathOf, sampleOf } from '#test/operations.ts';
import { type Answered, World } from '#test/world.ts';

let world: World;
let elsewhere: FastifyInstance;
let operations: Operation[];
before(async () => {
  world = await World.open();
  elsewhere = await world.siteAt('https://kunde.example');
  operations = (await describedApi(world)).operations;
});
after(async () => {
  await elsewhere.close();
  await world.close();
});

const version = () => world.product.inForce.applied.statement.version;
/** An answer without what is random in it: what a stranger could tell two answers apart by. */
function face({ status, headers, body }: Answered): unknown {
  const { date: _date, ...rest } = headers;
  const person = typeof body === 'object' && 'person' in body ? { person: body.person.length } : {};
  return { status, headers: rest, body: typeof body === 'object' ? { ...body, ...person } : body };
}
const profileOf = (email: string, more: object = {}) => ({
  name: 'Kari Prøve',
  email,
  accept: { statement: version() },
  ...more,
});

test('answers to strangers do not tell whether an address is known', async () => {
  await world.person('kjent@firma.example', { phone: '+4710000001' });
  await world.subscriber('kjent@firma.example');
  const calls: [string, (email: string) => object][] = [
    ['profiles', (email) => profileOf(email)],
    ['newsletter/subscriptions', (email) => ({ email, topics: ['fag'] })],
    ['sign-in/links', (email) => ({ email })],
  ];
  for (const [path, body] of calls) {
    const known = await world.call('POST', path, { body: body('kjent@firma.example') });
    const unknown = await world.call('POST', path, { body: body(`ukjent.${path.length}@firma.example`) });
    assert.deepEqual(face(known), face(unknown), path);
    assert.equal(known.raw.length, unknown.raw.length, path);
  }
});

test('1.1.profile: a sign-up with a known address writes over nothing and costs what a new one does', async () => {
  await world.person('eier@firma.example', { name: 'Eier Prøve', place: 'Voss' });
  const id = await world.idOf('eier@firma.example');
  const held = () => world.sql('select * from vault.person where person = $1', [id]);
  const before = [await held(), await world.counts()] as const;
  const more = { name: 'Fremmed', place: 'Oslo', phone: '+4710000002', language: 'en' };
  const answered = await world.call('POST', 'profiles', { body: profileOf('Eier@firma.example', more) });
  assert.equal(answered.status, 201);
  assert.notEqual(answered.body.person, id);
  assert.deepEqual(await held(), before[0]);
  const between = await world.counts();
  await world.call('POST', 'profiles', { body: profileOf('ny.eier@firma.example', more) });
  const last = await world.counts();
  for (const table of ['gate.collection', 'identity.link', 'mail.letter', 'journal.entry'])
    assert.equal(between[table]! - before[1][table]!, last[table]! - between[table]!, table);
  const letter = await world.letterTo('eier@firma.example');
  assert.doesNotMatch(letter.text + letter.html, /Fremmed|Oslo/);
  const cookie = await world.open(letter.token);
  const me = (await world.call('GET', 'me', { as: cookie })).body;
  const place = me.items.find(({ category }: { category: string }) => category === 'contact.place');
  assert.equal(place.value, 'Voss');
});

test('nobody speaks to a stranger through a letter of ours', async () => {
  const name = 'Du har vunnet, se premie.example';
  const email = 'offer@firma.example';
  await world.call('POST', 'profiles', { body: profileOf(email, { name }) });
  const welcome = await world.letterTo(email);
  await world.call('POST', 'newsletter/subscriptions', {
    body: { email: `2${email}`, topics: ['fag'], name },
  });
  const confirm = await world.letterTo(`2${email}`);
  for (const { text, html, subject } of [welcome, confirm])
    assert.doesNotMatch(subject + text + html, /premie/);
  const cookie = await world.open(welcome.token);
  assert.ok((await world.call('GET', 'me', { as: cookie })).raw.includes('premie.example'));
});

test('0.acceptance: a profile is made under the version in force, and under no other', async () => {
  for (const statement of ['2.10', '', 'siste', `${version()} `]) {
    const body = profileOf('eldre@firma.example', { accept: { statement } });
    const { status, body: problem } = await world.call('POST', 'profiles', { body });
    assert.deepEqual([status, problem.code], [409, 'collect.statement-not-in-force'], statement);
  }
  assert.equal(await world.idOf('eldre@firma.example'), undefined);
});

test('0.acceptance: nobody acknowledges a version for somebody else by typing their address', async () => {
  await world.subscriber('bare.brev@post.example');
  const { status } = await world.call('POST', 'profiles', { body: profileOf('bare.brev@post.example') });
  assert.equal(status, 201);
  const id = await world.idOf('bare.brev@post.example');
  assert.deepEqual(await world.sql('select from gate.acceptance where person = $1', [id]), []);
});

test('every operation asks for the caller it is for, before it looks at anything else', async () => {
  const person = await world.person('bare.person@firma.example');
  const staff = await world.staff('marketing');
  const guarded = operations.filter(({ who }) => who !== 'anybody');
  assert.ok(guarded.length >= 20);
  for (const one of guarded) {
    const before = await world.state();
    const ask = (as?: string) => world.call(one.method, pathOf(one), { as });
    assert.deepEqual([(await ask()).status, (await ask()).body.code], [401, 'identity.signed-out'], one.path);
    if (one.who === 'person') continue;
    // Whether there is a client is told to its own users alone.
    const refused = one.who === 'member' ? 'customers.unknown-client' : 'identity.role-missing';
    assert.equal((await ask(person)).body.code, refused, one.path);
    if (one.who !== 'staff') assert.equal((await ask(staff)).body.code, refused, one.path);
    assert.deepEqual(await world.state(), before, one.path);
  }
});

test('r.access: staff see a person by their role alone, and every look is in the person’s own log', async () => {
  const email = 'sett@firma.example';
  const cookie = await world.person(email, { phone: '+4710000003' });
  const id = (await world.idOf(email))!;
  const [privacy, support, courses] = [
    await world.staff('privacy'),
    await world.staff('support'),
    await world.staff('courses'),
  ];
  for (const body of [{ email }, { phone: '100 00 003' }])
    assert.deepEqual((await world.call('POST', 'person-searches', { as: support, body })).body, {
      found: [id],
    });
  const look = (as: string, path = `persons/${id}`) => world.call('GET', path, { as });
  assert.equal((await look(support)).body.email, email);
  assert.equal((await look(courses)).body.code, 'use.not-your-purpose');
  assert.equal((await look(support, `persons/${id}/items`)).body.code, 'identity.role-missing');
  assert.equal((await look(privacy, `persons/${id}/items`)).body.code, 'use.reason-missing');
  assert.equal((await look(privacy, `persons/${id}/items?reason=nosy`)).body.code, 'http.invalid-field');
  assert.equal((await look(privacy, `persons/${id}/items?reason=asked`)).status, 200);
  const nobody = 'persons/7c9e6679-7425-40de-944b-e07fc1f90ae7';
  assert.equal((await look(privacy, nobody)).body.code, 'answer.unknown-person');

  const log = (await world.call('GET', 'me/log', { as: cookie })).body.entries;
  const looks = log
    .filter(({ actor }: { actor: string }) => actor === 'staff')
    .map(({ gate, act, purpose }: Record<string, string>) => [gate, act, purpose]);
  assert.deepEqual(looks, [
    ['answer', 'access', 'rights'],
    ['use', 'look', 'customer'],
  ]);

  await world.call('PUT', 'me/restriction', { as: cookie, body: { reason: 'accuracy' } });
  assert.equal((await look(support)).body.code, 'answer.unknown-person');
  const correction = { place: 'Voss', phone: '' };
  const corrected = await world.call('PATCH', `persons/${id}`, { as: privacy, body: correction });
  assert.equal(corrected.status, 204);
  const erased = await world.call('DELETE', `persons/${id}`, { as: privacy });
  assert.equal(erased.status, 200);
  assert.equal((await world.call('GET', 'me', { as: cookie })).status, 401);
  assert.equal((await world.call('DELETE', `persons/${id}`, { as: privacy })).status, 404);
});

test('a person reaches nobody’s data but their own', async () => {
  await world.person('en@firma.example', { place: 'Voss' });
  const other = (await world.idOf('en@firma.example'))!;
  const cookie = await world.person('to@firma.example');
  for (const [method, path] of [
    ['GET', `persons/${other}`],
    ['GET', `persons/${other}/items`],
    ['PATCH', `persons/${other}`],
    ['DELETE', `persons/${other}`],
    ['POST', 'person-searches'],
    ['GET', 'proof'],
  ] as const)
    assert.equal((await world.call(method, path, { as: cookie })).status, 403, path);
  assert.equal((await world.call('GET', 'outbox', { as: cookie })).status, 404);
});

test('a change that another site asks a browser for is refused, whoever is signed in', async () => {
  const cookie = await world.person('maal@firma.example');
  const staff = await world.staff('privacy');
  const changes = operations.filter(({ method }) => method !== 'GET');
  const foreign: Record<string, string>[] = [
    { origin: 'https://vond.example' },
    { origin: 'null' },
    { origin: 'http://localhost:4000.vond.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:4000' },
  ];
  const before = await world.state();
  for (const one of changes)
    for (const headers of foreign) {
      const as = one.who === 'person' ? cookie : staff;
      const body = one.body === undefined ? undefined : sampleOf(one.body);
      const answered = await world.call(one.method, pathOf(one), { as, body, headers });
      assert.deepEqual([answered.status, answered.body.code], [403, 'http.cross-site'], one.path);
      assert.equal(answered.headers['access-control-allow-origin'], undefined);
    }
  assert.deepEqual(await world.state(), before);
  const own: Record<string, string>[] = [
    { origin: 'http://localhost:4000' },
    { 'sec-fetch-site': 'same-origin' },
    {},
  ];
  for (const headers of own)
    assert.equal((await world.call('PUT', 'me/objections/campaign', { as: cookie, headers })).status, 200);
});

test('what mails somebody or guesses tokens is limited to so many calls a minute from one address', async () => {
  const ask = (from: string) =>
    world.call('POST', 'sign-in/links', { body: { email: 'x@firma.example' }, site: elsewhere, from });
  for (let calls = 0; calls < 20; calls += 1) assert.equal((await ask('192.0.2.1')).status, 202);
  const journalled = (await world.counts())['journal.entry'];
  const refused = await ask('192.0.2.1');
  assert.deepEqual([refused.status, refused.body.code], [429, 'http.too-many']);
  assert.equal((await world.counts())['journal.entry'], journalled);
  assert.equal((await ask('192.0.2.2')).status, 202, 'another address');
  const guess = () =>
    world.call('POST', 'sessions', { body: { token: 'x' }, site: elsewhere, from: '192.0.2.1' });
  assert.equal((await guess()).status, 404, 'another operation');
  for (let calls = 0; calls < 59; calls += 1) await guess();
  assert.equal((await guess()).status, 429);
  world.now = new Date(world.now.getTime() + 60_000);
  assert.equal((await ask('192.0.2.1')).status, 202, 'the next minute');
});

const NEVER: Record<string, { code: string; numbers: Record<string, string[]> }> = {
  'a national identity number': {
    code: 'collect.national-identity-number',
    numbers: {
      'synthetic, month + 80': ['01819012012', '17858430038', '29820070079'],
      'D-number, month + 80': ['41819012006', '57858430021'],
      'other synthetic series': ['01669012086', '01419012110'],
      'both rules of Skatteetaten': ['02013299997', '02013299806', '02013299903'],
      'the rule from 2032': ['03813290072', '03813290080', '03813290099'],
    },
  },
  'u.customer: the number of a payment card': {
    code: 'collect.card-number',
    numbers: {
      together: ['4242424242424242', '5555555555554444', '378282246310005', '4222222222222'],
      'in groups': ['4111 1111 1111 1111', '3782-822463-10005', '6304 0000 0000 0000'],
    },
  },
};

for (const [what, { code, numbers }] of Object.entries(NEVER))
  test(`${what} is refused in each field that takes text, and stored nowhere`, async () => {
    const [staff, administrator, finance] = await Promise.all([
      world.staff('privacy'),
      world.staff('administrator'),
      world.staff('finance'),
    ]);
    const email = `felt.${code.length}@firma.example`;
    const cookie = await world.person(email);
    const id = (await world.idOf(email))!;
    const before = await world.state();
    const taking = operations.filter(({ body }) => body !== undefined);
    for (const one of taking)
      for (const [field, shape] of Object.entries(fieldsOf(one.body!)))
        for (const number of Object.values(numbers).flat()) {
          // One long enough to be a password is taken as that, and nothing of it is kept that could be read.
          if (one.path.endsWith('/me/password') && number.length >= 15) continue;
          if (shape.type !== 'string' || shape.enum !== undefined) {
            if (!shape.anyOf?.some(({ type }) => type === 'string')) continue;
          }
          const rest = sampleOf(one.body!, { ...profileOf('n@firma.example'), topics: ['fag'], phone: '' });
          const isSearch = one.path.endsWith('/person-searches') || one.path.endsWith('/sign-in/links');
          const as =
            { person: cookie, administrator, finance }[one.who as 'person' | 'administrator' | 'finance'] ??
            staff;
          const body = isSearch ? { [field]: number } : { ...(rest as object), [field]: number };
          const answered = await world.call(one.method, pathOf(one, { person: id }), { as, body });
          // A search and a sign-in store nothing of what they are asked: they answer as for any unknown address.
          if (isSearch) assert.ok(answered.status === 200 || answered.status === 202);
          // As a password it is a wrong one, and who tries many must wait.
          else
            assert.ok([404, 422, 429].includes(answered.status), `${one.path} ${field}: ${answered.status}`);
          // A day is no text: whatever is none is refused as such.
          const isText = !['accept', 'until', 'review', 'date'].includes(field);
          const isKept = /profiles|subscriptions|\/me$|\/persons\//.test(one.path) && isText;
          if (isKept) assert.equal(answered.body.code, code, `${one.path} ${field}`);
          assert.ok(!answered.raw.includes(number));
        }
    const after = await world.state();
    for (const table of Object.keys(before)) {
      if (table === 'journal.entry' || table === 'identity.attempt') continue;
      assert.equal(after[table], before[table], table);
    }
    for (const number of Object.values(numbers).flat()) {
      assert.deepEqual(await world.tablesHolding(number), []);
      assert.ok(!world.logged.join('').includes(number));
    }
  });

test('eleven digits that are no national identity number are taken as the text they are', async () => {
  for (const number of ['12345678901', '00000000000', '11111111111', '86011117947']) {
    const body = profileOf(`konto.${number}@firma.example`, { company: `Konto ${number}`, place: number });
    assert.equal((await world.call('POST', 'profiles', { body })).status, 201, number);
  }
});

test('nothing that anybody sent or was sent stands in the log', () => {
  const lines = world.logged.join('');
  for (const words of ['firma.example', 'Prøve', '+4710', 'Voss', 'hjemmel='])
    assert.ok(!lines.includes(words), words);
  assert.ok(!lines.includes('"level":"error"'), lines);
});
