import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { asOwner, Pools, roleName } from '#platform/database.ts';
import { readMap } from '#platform/map.ts';
import { inTransaction } from '#platform/migrate.ts';
import type { Statement } from '#statement/grammar.ts';
import { World } from '#test/world.ts';
import { compileRoles, ENGINE_ROLES } from './roles.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

const prefix = () => world.config.rolePrefix;
const pool = (role: string) => world.product.engine.pools.of(role);
const full = (): Statement => world.product.engine.statement;
const without = (gone: string): Statement => ({
  ...full(),
  purposes: Object.fromEntries(Object.entries(full().purposes).filter(([id]) => id !== gone)),
});

/** Compiles a statement on the live database; answers whether anything was written. */
function compile(statement: Statement): Promise<boolean> {
  const password = (name: string) => world.product.secrets.rolePassword(name);
  return asOwner(world.config.databaseUrl!, (client) =>
    inTransaction(client, async () => {
      await compileRoles(client, await readMap(client), statement, { prefix: prefix(), password });
      const { rows } = await client.query<{ wrote: boolean }>(
        'select pg_current_xact_id_if_assigned() is not null as wrote',
      );
      return rows[0]!.wrote;
    }),
  );
}

test('0.purpose: a second start compiles the same statement and changes nothing', async () => {
  assert.equal(await compile(full()), false);
});

test('0.purpose: what was granted by hand is taken back at the next start', async () => {
  const [newsletter, collect] = ['newsletter', 'collect'].map((role) => roleName(prefix(), role));
  await world.sql(`grant select (phone) on vault.person to "${newsletter}"`);
  await world.sql(`grant select on vault.lookup to "${collect}"`);
  await world.sql(`create policy everyone on vault.person for select to "${newsletter}" using (true)`);
  assert.equal(await compile(full()), true);
  await assert.rejects(pool('newsletter').query('select phone from vault.person'), { code: '42501' });
  await assert.rejects(pool('collect').query('select from vault.lookup where hash is null'), {
    code: '42501',
  });
  assert.deepEqual(await world.sql(`select from pg_policies where policyname = 'everyone'`), []);
});

test('1.2.minimal: a column is given to purposes when it is declared, and to those that its category names', async () => {
  await world.sql('alter table customers.profile add column nick text');
  await assert.rejects(world.start(), {
    name: 'Fault',
    message: /does not cover[^\n]*\n {2}customers\.profile\.nick: undeclared/,
  });
  await world.sql(`comment on column customers.profile.nick is 'contact.phone: a number under another name'`);
  await world.stop();
  await world.start();
  await pool('customer').query('select nick from customers.profile');
  await assert.rejects(pool('newsletter').query('select nick from customers.profile'), { code: '42501' });
  await world.sql('alter table customers.profile drop column nick');
  await world.stop();
  await world.start();
  assert.equal(await compile(full()), false);
});

test('0.purpose: a purpose that the statement has no more loses rights, policies and login, and gets them back with it', async () => {
  await world.subscriber('siv@post.example');
  const role = roleName(prefix(), 'newsletter');
  const rights = async () => {
    const [row] = await world.sql(
      `select r.rolcanlogin as login, r.rolpassword is not null as password,
              (select count(*)::int from pg_policies where $1 = any(roles)) as policies,
              (select count(*)::int from pg_attribute t join pg_class c on c.oid = t.attrelid, aclexplode(t.attacl) a where a.grantee = r.oid) as columns,
              (select count(*)::int from pg_namespace n, aclexplode(n.nspacl) a where a.grantee = r.oid) as schemas,
              (select count(*)::int from pg_proc p, aclexplode(p.proacl) a where a.grantee = r.oid) as functions,
              has_database_privilege(r.oid, current_database(), 'connect') as connect
         from pg_authid r where rolname = $1`,
      [role],
    );
    return row;
  };
  const before = await rights();
  const login = async () => {
    const { secrets, databaseUrl } = world.product;
    const pools = new Pools(databaseUrl, {
      prefix: prefix(),
      password: (name) => secrets.rolePassword(name),
    });
    try {
      return (await pools.of('newsletter').query('select from newsletter.subscription')).rowCount;
    } finally {
      await pools.end();
    }
  };
  assert.equal(await login(), 1);

  assert.equal(await compile(without('newsletter')), true);
  assert.deepEqual(await rights(), {
    login: false,
    password: false,
    policies: 0,
    columns: 0,
    schemas: 0,
    functions: 0,
    connect: false,
  });
  await assert.rejects(login(), /not permitted to log in|password authentication failed/);
  assert.equal(await compile(without('newsletter')), false, 'once is enough');

  assert.equal(await compile(full()), true);
  assert.deepEqual(await rights(), before);
  assert.equal(await login(), 1);
});

test('a role of another installation, whose prefix begins like ours, is left alone', async () => {
  const other = `${prefix()}_b_collect`;
  await world.sql(`create role "${other}" login password 'x'`);
  await world.sql(`comment on role "${other}" is 'hjemmel 0123456789abcdef'`);
  try {
    assert.equal(await compile(full()), false);
    assert.deepEqual(await world.sql('select rolcanlogin from pg_roles where rolname = $1', [other]), [
      { rolcanlogin: true },
    ]);
  } finally {
    await world.sql(`drop role "${other}"`);
  }
});

test('0.security: each role of the engine does its own part and no other', async () => {
  for (const [role, sql] of [
    ['collect', 'select from vault.person where name is null'],
    ['collect', 'delete from vault.person'],
    ['collect', 'update consent.event set state = state'],
    ['find', 'select from vault.person where name is null'],
    ['courier', 'select from vault.person where name is null'],
    ['courier', 'insert into mail.letter default values'],
    ['answer', 'update journal.entry set act = act'],
    ['keep', 'delete from journal.entry'],
    ['seal', 'delete from journal.block'],
    ['proof', 'update gate.erasure set done_at = null'],
    ['proof', 'insert into gate.receipt default values'],
    ['answer', 'insert into statement.version default values'],
  ] as const)
    await assert.rejects(pool(role).query(sql), { code: '42501' }, `${role}: ${sql}`);
  assert.deepEqual(
    await world.sql(
      `select rolname from pg_roles where left(rolname, length($1)) = $1
          and (rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication or rolinherit)`,
      [`${prefix()}_`],
    ),
    [],
  );
  assert.ok(ENGINE_ROLES.length > 0);
});

test('two processes that start at once end with the same rights and neither fails', async () => {
  await compile(without('campaign'));
  const wrote = await Promise.all([compile(full()), compile(full()), compile(full())]);
  assert.deepEqual(wrote.filter(Boolean), [true]);
  assert.equal(await compile(full()), false);
});
