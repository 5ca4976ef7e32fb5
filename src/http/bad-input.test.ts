import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, afterEach, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { versions } from '#test/clients.ts';
import {
  callersOf,
  describedApi,
  Examiner,
  fieldsOf,
  type Operation,
  pathOf,
  type Shape,
  sampleOf,
} from '#test/operations.ts';
import { World } from '#test/world.ts';

// Stands in for personal data: must come back nowhere.
const NAME = 'Hemmelig-Prøve';
const EMAIL = 'hemmelig.prove@firma.example';
/** The same runs each time; a failure prints the seed and the path to it. */
const SEED = 20261123;

let world: World;
let examiner: Examiner;
let operations: Operation[];
/** A client that `cookies.member` owns. */
let client: string;
let cookies: Record<string, string>;

before(async () => {
  world = await World.open();
  const described = await describedApi(world);
  operations = described.operations;
  examiner = new Examiner(world, described.codes, ['Hemmelig', 'hemmelig']);
  ({ cookies, client } = await callersOf(world));
});
afterEach(() => examiner.unchanged());
after(() => world.close());

const withBody = () => operations.filter((one): one is Operation & { body: Shape } => one.body !== undefined);
const json = { 'content-type': 'application/json' };
const as = ({ who }: Operation) => cookies[who];
const at = (one: Operation) => pathOf(one, { client });

/** What there is to accept: the statement, or for a client the documents. */
function accepted({ properties }: Shape): object {
  return properties?.accept?.properties?.statement === undefined
    ? versions(world.product.gates)
    : { statement: world.product.inForce.applied.statement.version };
}

/** A body that would be taken, were it not for what a test does to it. */
function good({ body }: Operation & { body: Shape }): Record<string, unknown> {
  return sampleOf(body, {
    name: NAME,
    email: EMAIL,
    phone: '+4710000001',
    topics: ['nyhetsbrev'],
    accept: accepted(body),
  }) as Record<string, unknown>;
}

test('the description names every operation, each with a caller it is for', () => {
  assert.ok(operations.length >= 30);
  for (const { who } of operations) assert.ok(who === 'anybody' || who in cookies, who);
});

test('a body that is not an object of the right shape is refused', async () => {
  const texts = [
    '',
    'null',
    '42',
    'true',
    '"Hemmelig"',
    '[]',
    '[[]]',
    '{'.repeat(30_000),
    '['.repeat(60_000),
  ];
  const wrong = [...texts, '{"a":}', "{'a':1}", '{"a":1,}', '// x\n{}', 'NaN', '\ufeff', '{"a":"\u0000"}'];
  for (const one of withBody())
    for (const payload of [
      ...wrong,
      `[${JSON.stringify(good(one))}]`,
      `${JSON.stringify(good(one))} Hemmelig`,
    ])
      await examiner.refused(payload.slice(0, 40), one, at(one), { payload, headers: json, as: as(one) });
});

test('a body that is no UTF-8 is refused', async () => {
  const broken = [
    Buffer.from([0x22, 0xff, 0x22]),
    Buffer.from([0x22, 0xc0, 0x80, 0x22]),
    Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
    Buffer.from([0x22, 0xf0, 0x9f, 0x98]),
  ];
  for (const one of withBody()) {
    const text = JSON.stringify(good(one));
    const latin = Buffer.from(text.replace(/"x"|"nb"/, '"blåbær"'), 'latin1');
    for (const payload of [...broken, Buffer.from(text, 'utf16le'), Buffer.concat([latin, broken[0]!])])
      await examiner.refused('bytes', one, at(one), { payload, headers: json, as: as(one) });
  }
});

test('a body over the limit is refused with 413, and one of a kind that is not JSON with 415', async () => {
  for (const one of operations.filter(({ method }) => method !== 'GET')) {
    const payload = JSON.stringify({ name: 'Hemmelig'.repeat(9000) });
    const along = { payload, headers: json, as: as(one) };
    assert.equal((await examiner.refused('huge', one, at(one), along)).status, 413);
  }
  const types = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/xml',
    'multipart/form-data',
    'x',
  ];
  for (const one of withBody())
    for (const type of [...types, 'application/jsonp', 'text/json']) {
      const along = { payload: JSON.stringify(good(one)), headers: { 'content-type': type }, as: as(one) };
      assert.equal((await examiner.refused(type, one, at(one), along)).status, 415);
    }
});

test('a compressed body is not unpacked, and a body where none belongs is refused', async () => {
  for (const one of withBody()) {
    const payload = gzipSync(JSON.stringify(good(one)));
    const headers = { ...json, 'content-encoding': 'gzip' };
    await examiner.refused('gzip', one, at(one), { payload, headers, as: as(one) });
  }
  for (const one of operations.filter(({ method, body }) => method !== 'GET' && body === undefined))
    await examiner.refused('body', one, at(one), { body: { name: NAME }, as: as(one) });
});

test('a name that stands twice, or means something to the language, is refused', async () => {
  for (const one of withBody()) {
    const text = JSON.stringify(good(one));
    const [field] = Object.keys(good(one));
    const escaped = `\\u${field!.charCodeAt(0).toString(16).padStart(4, '0')}${field!.slice(1)}`;
    for (const name of [field, escaped, '__proto__', 'constructor', 'prototype', 'toString', '', '\\u0000']) {
      const payload = text.replace(/\}$/, `,"${name}":"Hemmelig"}`);
      await examiner.refused(`second ${name}`, one, at(one), { payload, headers: json, as: as(one) });
    }
  }
});

test('1.2.minimal: a field that is missing, undeclared or of the wrong type is refused', async () => {
  const wrong: unknown[] = [7, true, [], {}, [[NAME]], { name: NAME }, { toString: NAME }];
  for (const one of withBody()) {
    const whole = good(one);
    const send = (what: string, body: unknown) => examiner.refused(what, one, at(one), { body, as: as(one) });
    for (const name of one.body.required ?? []) await send(`no ${name}`, { ...whole, [name]: undefined });
    const answer = await send('undeclared', { ...whole, birthday: NAME, [EMAIL]: 1 });
    if (one.body.anyOf === undefined) {
      assert.equal(answer.body.code, 'collect.undeclared-field');
      assert.deepEqual(answer.body.fields, [{ field: 'birthday', reason: 'collect.undeclared-field' }]);
    }
    for (const name of Object.keys(fieldsOf(one.body)))
      for (const value of wrong) {
        const isList = fieldsOf(one.body)[name]!.type === 'array';
        if (isList && Array.isArray(value) && value.length === 0) continue;
        await send(`${name} ${JSON.stringify(value)}`, { ...whole, [name]: value });
      }
  }
});

const HOSTILE = [
  '\0',
  'Hemmelig\0',
  'a\u0007b',
  'a\r\nBcc: hemmelig@firma.example\r\n\r\nx',
  '\ud800',
  'x\udfff',
  'a\u202eb',
  '\ufffe\uffff',
  "'; drop table vault.person; --",
  '" or 1=1 --',
  '$1; select pg_sleep(9)',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>@firma.example',
  '{{7*7}} %s %n',
  '../../../../etc/passwd',
  '\\x00\\u0000',
  'Hemmelig'.repeat(60),
  '😀'.repeat(300),
  'a\u0301'.repeat(250),
  '   ',
  '',
  '-1e309',
  '__proto__',
];

test('hostile text in a field is refused, or taken for the harmless text it is', async () => {
  for (const one of withBody())
    for (const [name, shape] of Object.entries(fieldsOf(one.body)))
      for (const text of HOSTILE) {
        const value = shape.type === 'array' ? [text] : shape.type === 'object' ? { statement: text } : text;
        const body = { ...good(one), [name]: value };
        if (one.body.anyOf !== undefined)
          for (const other of Object.keys(body)) if (other !== name) delete body[other];
        await examiner.handled(`${name} ${JSON.stringify(text).slice(0, 30)}`, one, at(one), {
          body,
          as: as(one),
        });
      }
  const unreadable = await world.sql(
    `select from gate.collection c where not exists (select from vault.person v where v.person = c.person)`,
  );
  assert.equal(unreadable.length, 0);
});

test('a path that leads nowhere is refused, whatever stands in it', async () => {
  const parts = [
    '%00',
    '%',
    '%E0%A4%A',
    '%ff',
    '%ED%A0%80',
    'Hemmelig%20or%201=1--',
    '%3Cscript%3E',
    "';--",
    '__proto__',
    'constructor',
    '%F0%9F%98%80',
    'x%2f..%2f..%2fHemmelig',
    '00000000-0000-0000-0000-000000000000',
    '7C9E6679-7425-40DE-944B-E07FC1F90AE7',
    'vault.person.',
    'a'.repeat(199),
    'a'.repeat(5000),
  ];
  for (const one of operations.filter(({ parameters }) => parameters.length > 0))
    for (const part of parts) {
      const path = pathOf(one, Object.fromEntries(one.parameters.map((name) => [name, part])));
      const body = one.body === undefined ? {} : { body: good(one as Operation & { body: Shape }) };
      await examiner.refused(part.slice(0, 30), one, path, { ...body, as: as(one) });
    }
});

test('a query is refused when a name stands twice or a value is not of its kind, and else left unread', async () => {
  for (const one of operations.filter(({ method }) => method === 'GET')) {
    for (const query of ['x=1&x=2', 'Hemmelig=1&Hemmelig=2'])
      await examiner.refused(query, one, `${at(one)}?${query}`, { as: as(one) });
    for (const query of ['__proto__=1', '%00=%00', '%ff=%E0%A4%A', `x=${'a'.repeat(9000)}`, '&&=&?&'])
      await examiner.handled(query.slice(0, 30), one, `${at(one)}?${query}`, { as: as(one) });
    // Words to search for may be anything: what is no name of a company finds none.
    for (const name of one.query)
      for (const value of ['', '-1', 'x', '%00', '1e9', '9'.repeat(40), '1;drop', '1.5', 'Hemmelig'])
        await examiner[name === 'q' ? 'handled' : 'refused'](
          `${name}=${value}`,
          one,
          `${at(one)}?${name}=${value}`,
          { as: as(one) },
        );
  }
});

test('a method that a path does not take is refused with 405 and those it takes, an unknown path with 404', async () => {
  const paths = Map.groupBy(operations, ({ path }) => path);
  for (const [, here] of paths)
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      if (here.some((one) => one.method === method)) continue;
      const { status, headers } = await examiner.refused('method', { method }, at(here[0]!), {});
      assert.equal(status, 405);
      assert.deepEqual(String(headers.allow).split(', ').sort(), here.map((one) => one.method).sort());
    }
  for (const method of ['GET', 'POST', 'DELETE'] as const)
    for (const path of ['/api/v1/Hemmelig', '/api/v1/', '/api/Hemmelig?hemmelig=1', '/api/v2/me'])
      assert.equal((await examiner.refused('unknown', { method }, path, {})).status, 404);
});

/** Anything that JSON can say, with what breaks parsers among it. */
const anything = (depth = 2): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.constantFrom<unknown>(...HOSTILE, null, 0, -1, 1e308, true, false),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.emailAddress().map((address) => `${address}.example`),
    ...(depth === 0
      ? []
      : [
          fc.array(
            fc.constant(0).chain(() => anything(depth - 1)),
            { maxLength: 4 },
          ),
          fc.dictionary(
            fc.string({ maxLength: 12 }),
            fc.constant(0).chain(() => anything(depth - 1)),
            {
              maxKeys: 4,
            },
          ),
        ]),
  );

/** Bodies near a shape: fields of the right kind, of any kind, or absent, and now and then one more. */
function near(shape: Shape): fc.Arbitrary<unknown> {
  if (shape.anyOf !== undefined) return fc.oneof(...shape.anyOf.map(near), anything());
  if (shape.enum !== undefined) return fc.oneof(fc.constantFrom(...shape.enum), anything(1));
  if (shape.type === 'array')
    return fc.oneof(fc.array(near(shape.items ?? {}), { maxLength: 5 }), anything(1));
  if (shape.type !== 'object') return anything(1);
  const fields = Object.entries(shape.properties ?? {}).map(([name, one]) => [name, near(one)] as const);
  return fc
    .tuple(
      fc.record(Object.fromEntries(fields), { requiredKeys: [] }),
      fc.dictionary(fc.string({ maxLength: 8 }), anything(1), { maxKeys: 1 }),
    )
    .map(([body, more]) => ({ ...body, ...more }));
}

test('any JSON at all is answered by a problem or a success, and a refusal leaves nothing', async () => {
  for (const one of withBody())
    await fc.assert(
      fc.asyncProperty(near(one.body), async (body) => {
        await examiner.handled('any', one, at(one), { body, as: as(one) });
      }),
      { seed: SEED, numRuns: 25 },
    );
});

test('any bytes at all are answered by a problem', async () => {
  for (const one of withBody())
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
        const along = { payload: Buffer.from(bytes), headers: json, as: as(one) };
        await examiner.refused('bytes', one, at(one), along);
      }),
      { seed: SEED, numRuns: 10 },
    );
});

test('any path is answered by a problem', async () => {
  const shaped = operations.filter(({ parameters, body }) => parameters.length > 0 && body === undefined);
  for (const one of shaped)
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 3, maxLength: 80 }), async (text) => {
        const part = encodeURIComponent(text);
        const path = pathOf(one, Object.fromEntries(one.parameters.map((name) => [name, part])));
        await examiner.refused('path', one, path, { as: as(one) });
      }),
      { seed: SEED, numRuns: 10 },
    );
});

test('what is no HTTP at all is answered by a problem that quotes nothing', async () => {
  const site = await world.siteAt(world.config.baseUrl);
  await site.listen({ port: 0, host: '127.0.0.1' });
  const address = site.server.address();
  assert.ok(address !== null && typeof address === 'object');
  const tell = (bytes: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(address.port, '127.0.0.1', () => socket.write(bytes));
      let said = '';
      socket.on('data', (chunk) => {
        said += chunk;
      });
      socket.on('close', () => resolve(said)).on('error', reject);
    });
  const long = `GET / HTTP/1.1\r\nHost: x\r\nHemmelig: ${'a'.repeat(40_000)}\r\n\r\n`;
  for (const bytes of ['Hemmelig\r\n\r\n', 'GET /Hemmelig\u0000 HTTP/1.1\r\n\r\n', long]) {
    const said = await tell(bytes);
    assert.match(said, /^HTTP\/1\.1 400 .*\r\nContent-Type: application\/problem\+json/);
    assert.match(said, /"code":"http\.malformed"/);
    assert.doesNotMatch(said, /Hemmelig/);
  }
  await site.close();
});
