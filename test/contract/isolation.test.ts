import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Member } from '#gates/module.ts';
import { lendable, RIGHTS, type Right } from '#gates/rights.ts';
import { drawDue } from '#modules/billing/invoicing.ts';
import { COMPANY, versions } from '#test/clients.ts';
import { describedApi, type Operation, pathOf, sampleOf } from '#test/operations.ts';
import { type Along, World } from '#test/world.ts';

/**
 * Every operation of the API's own description × everybody there is: each level of a client, those of another client,
 * their keys, people who are users of none, visitors, and each role of staff. A route that is added is tried with no code of its own,
 * and one that says nothing of who may call it fails.
 */
let world: World;
let operations: Operation[];
before(async () => {
  world = await World.open();
  ({ operations } = await describedApi(world));
});
after(() => world.close());

interface House {
  readonly client: string;
  /** Cookies by level; `left` used the account once. */
  readonly users: Readonly<Record<string, string>>;
  /** A key that may do all that a key can. */
  readonly key: Along;
  /** What stands in the parts of a path that name something of this client's. */
  readonly parts: Readonly<Record<string, string>>;
  /** Words that only this client's rows hold. */
  readonly marks: readonly string[];
}

const LENDABLE = lendable(Object.keys(RIGHTS) as Right[]);
const LEVELS = ['administrator', 'user', 'reader'] as const;

/** A client with a user of every level, one of its own among them, an invitation that waits, and somebody who left. */
async function house(mark: string): Promise<House> {
  const address = (who: string) => `${who}.${mark}@firma.example`;
  const owner = await world.person(address('eier'), { name: `Eier ${mark}` });
  const as = owner;
  const ask = async (method: 'POST' | 'DELETE', path: string, body?: object) => {
    const answered = await world.call(method, path, { as, ...(body === undefined ? {} : { body }) });
    assert.ok(answered.status < 300, `${method} ${path}: ${JSON.stringify(answered.body)}`);
    return answered.body;
  };
  const company = { ...COMPANY, name: `Firma ${mark} AS` };
  const accept = versions(world.product.gates);
  const { client } = await ask('POST', 'clients', { company, modules: ['arkiv', 'kurs'], accept });
  const at = `clients/${client}`;
  const { level } = await ask('POST', `${at}/levels`, { name: `Nivå ${mark}`, rights: ['log.see'] });
  const users: Record<string, string> = { owner };
  const join = async (who: string, as: string) => {
    await ask('POST', `${at}/invitations`, { email: address(who), level: as });
    const { token } = await world.letterTo(address(who));
    const body = {
      name: `Bruker ${mark}`,
      accept: { statement: world.product.inForce.applied.statement.version },
    };
    const taken = await world.call('POST', `invitations/${token}`, { body });
    assert.equal(taken.status, 201);
    users[who] = await world.open(taken.body.signIn);
    return taken.body.person as string;
  };
  for (const one of LEVELS) await join(one, one);
  await join('custom', level);
  const person = (await world.idOf(address('user')))!;
  const left = await join('left', 'user');
  await ask('DELETE', `${at}/users/${left}`);
  const { invitation } = await ask('POST', `${at}/invitations`, {
    email: address('venter'),
    level: 'reader',
  });
  await world.letters();
  // The first invoice is drawn when the trial is over.
  await drawDue(world.product.gates, new Date(world.now.getTime() + 40 * 86_400_000));
  const made = await keyOf(client, owner, LENDABLE, `nokkel-${mark}`);
  const [{ invoice }] = (await world.call('GET', `${at}/invoices`, { as })).body.invoices;
  return {
    client,
    users,
    key: made.along,
    parts: { client, person, level, module: 'kurs', invitation, invoice, token: made.id },
    marks: [mark, client, invitation, invoice, made.id],
  };
}

/** A key with these rights, and what goes along with a call by it. */
async function keyOf(client: string, owner: string, scopes: readonly string[], name = 'nokkel') {
  const body = { name, scopes, days: 30 };
  const made = await world.call('POST', `clients/${client}/tokens`, { as: owner, body });
  assert.equal(made.status, 201, made.raw.toString());
  const along: Along = { headers: { authorization: `Bearer ${made.body.token}` } };
  return { id: made.body.id as string, along };
}

const bodyOf = (one: Operation, parts: Readonly<Record<string, string>>) =>
  one.body === undefined
    ? {}
    : {
        body: sampleOf(one.body, {
          accept: versions(world.product.gates),
          person: parts.person,
          level: 'reader',
          module: 'rapport',
          name: 'Nytt navn',
          email: 'inntrenger@firma.example',
          rights: ['log.see'],
          scopes: ['log.see'],
          days: 1,
        }),
      };

const ofClients = () => operations.filter(({ path }) => path.includes('{client}'));

test('0.security: every operation says who may call it, and each that names a client is for its users', () => {
  const known = new Set([
    'anybody',
    'person',
    'member',
    'staff',
    'privacy',
    'marketing',
    'courses',
    'support',
    'finance',
    'administrator',
  ]);
  for (const { method, path, who } of operations) {
    assert.ok(known.has(who), `${method} ${path} is for ${who}: give the route a rule that this test knows`);
    assert.equal(who === 'member', path.includes('{client}'), `${method} ${path} is for ${who}`);
  }
  assert.ok(ofClients().length >= 20);
});

test('0.security: nobody but its users gets anything of a client, by any operation, whatever of it they name', async () => {
  const [own, other] = [await house('alfa'), await house('beta')];
  const strangers: Record<string, Along> = { visitor: {}, left: { as: own.users.left! } };
  strangers.person = { as: await world.person('ingen.kunde@firma.example') };
  strangers.reader = { as: await readerOnly() };
  for (const role of ['privacy', 'marketing', 'courses', 'support', 'finance', 'administrator'])
    strangers[role] = { as: await world.staff(role) };
  const others: Record<string, Along> = { key: other.key };
  for (const [level, as] of Object.entries(other.users)) others[level] = { as };
  for (const [level, along] of Object.entries(others)) strangers[`${level} of another`] = along;
  const { left: _, ...users } = others;
  const before = await rowsOf(own.client);
  for (const one of ofClients())
    for (const [who, along] of Object.entries(strangers)) {
      const what = `${one.method} ${one.path} as ${who}`;
      const answered = await world.call(one.method, pathOf(one, own.parts), {
        ...along,
        ...bodyOf(one, own.parts),
      });
      const expected =
        who === 'visitor'
          ? [401, 'identity.signed-out']
          : who === 'key of another' && one.keyed === undefined
            ? [403, 'integrations.out-of-scope']
            : [404, 'customers.unknown-client'];
      assert.deepEqual([answered.status, answered.body.code], expected, what);
      for (const mark of own.marks) assert.ok(!JSON.stringify(answered.body).includes(mark), what);
    }
  // And what is another's is not reached through one's own client either.
  for (const one of ofClients().filter(({ parameters }) => parameters.length > 1))
    for (const [level, along] of Object.entries(users)) {
      const parts = { ...own.parts, module: 'rapport', client: other.client };
      const answered = await world.call(one.method, pathOf(one, parts), {
        ...along,
        ...bodyOf(one, own.parts),
      });
      const what = `${one.method} ${one.path} with what is another’s, as ${level}`;
      assert.ok(answered.status >= 400, `${what}: ${answered.status}`);
      for (const mark of own.marks) assert.ok(!JSON.stringify(answered.body).includes(mark), what);
    }
  // Nor does anything that answers a user of one tell of the other.
  for (const one of operations.filter(({ method }) => method === 'GET'))
    for (const [level, along] of Object.entries(others)) {
      const { raw } = await world.call('GET', pathOf(one, { ...own.parts, client: other.client }), along);
      for (const mark of own.marks)
        assert.ok(
          !raw.toString('utf8').includes(mark),
          `${one.path} tells ${level} of another client of ${mark}`,
        );
    }
  assert.deepEqual(await rowsOf(own.client), before, 'nothing of it was changed');
});

test('u.customer: each level of a client can do what its rights say and no more, by every operation', async () => {
  const own = await house('gamma');
  const may: Record<string, Member['rights']> = {};
  for (const level of ['owner', ...LEVELS, 'custom'])
    may[level] = (await world.call('GET', `clients/${own.client}`, { as: own.users[level]! })).body.me.rights;
  assert.deepEqual(may.owner, Object.keys(RIGHTS));
  assert.deepEqual(may.custom, ['log.see']);
  for (const one of ofClients()) {
    const right = one.right as Right | undefined;
    for (const level of Object.keys(may)) {
      // What would end or empty the house is tried by those alone who must be refused.
      if (right === undefined || may[level]!.includes(right)) continue;
      const answered = await world.call(one.method, pathOf(one, own.parts), {
        as: own.users[level]!,
        ...bodyOf(one, own.parts),
      });
      assert.deepEqual(
        [answered.status, answered.body.code],
        [403, 'customers.right-missing'],
        `${one.method} ${one.path} as ${level}`,
      );
    }
    if (one.method !== 'GET') {
      if (!ANY_USER.has(`${one.method} ${one.path}`))
        assert.ok(right !== undefined, `${one.method} ${one.path} changes something and takes no right`);
      continue;
    }
    for (const level of Object.keys(may)) {
      if (right !== undefined && !may[level]!.includes(right)) continue;
      const answered = await world.call('GET', pathOf(one, own.parts), { as: own.users[level]! });
      assert.equal(answered.status, 200, `${one.path} as ${level}`);
    }
  }
});

test('u.customer: a key of a client does what its rights say and no more, by every operation', async () => {
  const own = await house('eta');
  const without: Record<string, Along> = {};
  for (const right of LENDABLE)
    without[right] = (
      await keyOf(
        own.client,
        own.users.owner!,
        LENDABLE.filter((one) => one !== right),
      )
    ).along;
  for (const one of ofClients()) {
    const what = `${one.method} ${one.path}`;
    const body = bodyOf(one, own.parts);
    for (const right of one.keyed ?? []) {
      assert.ok(
        LENDABLE.includes(right as Right),
        `${what} is for keys, and asks what no key is given: ${right}`,
      );
      const answered = await world.call(one.method, pathOf(one, own.parts), { ...without[right], ...body });
      assert.deepEqual([answered.status, answered.body.code], [403, 'integrations.out-of-scope'], what);
    }
    if (one.keyed === undefined) {
      const answered = await world.call(one.method, pathOf(one, own.parts), { ...own.key, ...body });
      assert.deepEqual([answered.status, answered.body.code], [403, 'integrations.out-of-scope'], what);
      continue;
    }
    if (one.right !== undefined) assert.ok(one.keyed.includes(one.right), `${what} asks less of a key`);
    if (one.method !== 'GET')
      assert.ok(one.keyed.length > 0, `${what} changes something and takes no right of a key`);
    else assert.equal((await world.call('GET', pathOf(one, own.parts), own.key)).status, 200, what);
  }
});

/** Changes that take no right of their own, because they ask for more than one: each says why it refuses. */
const ANY_USER = new Set([
  // Oneself, or with users.manage.
  'DELETE /api/v1/clients/{client}/users/{person}',
  // The owner alone; and whoever it is offered to.
  'POST /api/v1/clients/{client}/ownership',
  'DELETE /api/v1/clients/{client}/ownership',
  'POST /api/v1/clients/{client}/ownership/acceptance',
]);

test('0.security: what takes no right of its own is still refused to whom it is not for', async () => {
  const own = await house('delta');
  for (const level of ['administrator', 'user', 'reader', 'custom'])
    for (const one of ofClients().filter(({ method, path }) => ANY_USER.has(`${method} ${path}`))) {
      if (level === 'administrator' && one.path.endsWith('{person}')) continue;
      const { status, body } = await world.call(
        one.method,
        pathOf(one, { ...own.parts, person: await ownerOf(own) }),
        {
          as: own.users[level]!,
          ...bodyOf(one, own.parts),
        },
      );
      assert.ok(
        [403, 404].includes(status),
        `${one.method} ${one.path} as ${level}: ${status} ${JSON.stringify(body)}`,
      );
    }
});

test('0.security: a purpose that is used for one client at a time sees nothing where no client was said, and one alone where it was', async () => {
  const [own, other] = [await house('epsilon'), await house('zeta')];
  const { statement, map, pools } = world.product.engine;
  const scoped = Object.keys(statement.purposes).filter((id) => statement.purposes[id]!.scope === 'client');
  assert.deepEqual(scoped, ['agreement', 'invitation', 'resume']);
  for (const purpose of scoped)
    for (const { name, client: column } of map.tables.filter(({ client }) => client !== undefined)) {
      const text = `select distinct ${column} as client from ${name}`;
      const unset = await pools
        .of(purpose)
        .query(text)
        .catch(({ code }) => code);
      if (unset === '42501') continue;
      assert.deepEqual(unset.rows, [], `${purpose} sees ${name} of every client`);
      const system = { kind: 'system' } as const;
      const said = await world.product.gates
        .use(purpose, system)
        .of(own.client)
        .rows<{ client: string }>(text);
      for (const { client } of said) assert.equal(client, own.client, `${purpose} sees ${name}`);
    }
  const agreement = world.product.gates.use('agreement', { kind: 'system' });
  const stranger = (await world.idOf('eier.zeta@firma.example'))!;
  const seen = await agreement.of(own.client).people([stranger], ['name'], 'look', world.now);
  assert.equal(seen.size, 0, 'nobody who is none of its users');
  assert.deepEqual(await agreement.of(own.client).find('email', 'eier.zeta@firma.example'), []);
  const acting = { kind: 'person', id: stranger, client: other.client } as const;
  assert.throws(() => world.product.gates.use('agreement', acting).of(own.client), {
    code: 'customers.unknown-client',
  });
  assert.throws(() => world.product.gates.use('agreement', { kind: 'person', id: stranger }), {
    code: 'use.not-your-purpose',
  });
});

const ownerOf = async ({ client }: House) =>
  (await world.sql<{ person: string }>('select person from customers.client where client = $1', [client]))[0]!
    .person;

/** Somebody with letters and nothing else, signed in. */
async function readerOnly(): Promise<string> {
  const email = 'bare.brev@firma.example';
  await world.subscriber(email);
  await world.call('POST', 'sign-in/links', { body: { email } });
  return world.open((await world.letterTo(email)).token);
}

/** Every row of a client, as text, by table. */
async function rowsOf(client: string): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {};
  for (const { name, client: column } of world.product.engine.map.tables)
    if (column !== undefined)
      rows[name] = await world.sql(`select t::text from ${name} t where ${column} = $1 order by 1`, [client]);
  return rows;
}
