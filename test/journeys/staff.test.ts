import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { command } from '#test/command.ts';
import { World } from '#test/world.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world.close());

const run = (argv: string) => command(world, argv);

test('0.security: staff get a role at the command line, and lose it at their next request', async () => {
  assert.equal((await run('staff add ny.vakt@operator.example privacy')).code, 2, 'no name');
  assert.equal((await run('staff add ny.vakt@operator.example konge --name Vakt')).code, 2);
  assert.equal((await run('staff add ingen-adresse privacy --name Vakt')).code, 2);
  assert.equal((await run('staff tell')).code, 2);
  assert.equal((await run('staff add ny.vakt@operator.example privacy --name Vakt')).code, 0);
  assert.equal((await run('staff add ny.vakt@operator.example support')).code, 0);
  const listed = await run('staff list --json');
  const [one] = listed.json().staff;
  assert.deepEqual([listed.json().staff.length, one.name, one.roles], [1, 'Vakt', ['privacy', 'support']]);
  assert.ok(!listed.out.includes('operator.example'));

  const as = await world.staff('privacy', 'ny.vakt@operator.example');
  assert.equal((await world.call('GET', 'holds', { as })).status, 200);
  assert.equal((await run('staff remove ny.vakt@operator.example privacy')).code, 0);
  assert.equal((await world.call('GET', 'holds', { as })).body.code, 'identity.role-missing');
  assert.deepEqual((await world.call('GET', 'sessions/current', { as })).body.roles, ['support']);
  assert.equal((await run('staff remove ny.vakt@operator.example privacy')).code, 1);
  assert.equal((await run('staff remove ny.vakt@operator.example')).code, 0);
  assert.deepEqual((await world.call('GET', 'sessions/current', { as })).body.roles, []);
  assert.equal((await run('staff remove ukjent@operator.example')).code, 1);
});

test('0.security: an operator ends a person’s sessions, and takes away what they sign in with', async () => {
  const email = 'mistet@firma.example';
  const as = await world.person(email);
  const body = { password: 'fire rare ord om natten' };
  assert.equal((await world.call('PUT', 'me/password', { as, body })).status, 200);
  await world.letters();
  assert.equal((await run(`person sign-out ${email}`)).code, 0);
  assert.equal((await world.call('GET', 'me', { as })).status, 401);
  assert.equal((await world.sql('select from identity.factor')).length, 1);
  const said = await run(`person sign-out ${email} --factors --json`);
  // The command acts by the real clock.
  world.now = new Date(Date.now() + 1000);
  assert.deepEqual([said.json().sessions, said.json().factors], [0, 1]);
  assert.match((await world.letterTo(email)).subject, /stilt tilbake/);
  const again = await world.call('POST', 'sessions/password', { body: { email, ...body } });
  assert.equal(again.body.code, 'identity.wrong-factor');
});
