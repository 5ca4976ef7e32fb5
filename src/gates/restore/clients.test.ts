import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openGates } from '#gates/gates.ts';
import { COMPANY, type Founded, founder, invited, user, versions } from '#test/clients.ts';
import { command } from '#test/command.ts';
import { Restorable } from '#test/restorable.ts';
import type { World } from '#test/world.ts';

/** That a backup put back gives nobody of a client more than they had: users, levels, invitations, ownership, keys. */
let house: Restorable;
let world: World;
before(async () => {
  house = await Restorable.open();
  world = house.world;
});
after(() => house.close());

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** An act that must succeed, a second after the one before it; answers with what was said. */
async function done(method: Method, path: string, as: string, body?: object) {
  world.now = new Date(world.now.getTime() + 1000);
  const answered = await world.call(method, path, { as, ...(body && { body }) });
  assert.ok(answered.status < 300, `${method} ${path}: ${answered.raw}`);
  return answered.body;
}

const people = async (...emails: string[]) => {
  const found: Record<string, string> = {};
  for (const email of emails) {
    const person = await world.idOf(`${email}@firma.example`);
    if (person !== undefined) found[email] = person;
  }
  return found;
};

/** What each may do for a client at their next request; nothing for whom it is unknown to, or who is nobody here. */
async function reach(client: string, those: Readonly<Record<string, string>>) {
  const rights: Record<string, string[]> = {};
  for (const [who, person] of Object.entries(those)) {
    rights[who] = [];
    if ((await world.sql('select from vault.person where person = $1', [person])).length === 0) continue;
    const { status, body } = await world.call('GET', `clients/${client}`, { as: await world.whole(person) });
    if (status === 200) rights[who] = [body.me.level, ...body.me.rights];
  }
  return rights;
}

async function broken() {
  const { checks } = await world.product.prove(world.now);
  return checks.filter(({ ok }) => !ok).map(({ title, detail }) => `${title}: ${detail}`);
}

/** A company with users in every state that can end, and the acts that end them. */
async function endings(name: string): Promise<{ owner: Founded; end: () => Promise<void>; those: string[] }> {
  const owner = await founder(world, `${name}-eier@firma.example`, ['arkiv', 'kurs']);
  const at = `clients/${owner.client}`;
  const make = (label: string, rights: string[]) =>
    done('POST', `${at}/levels`, owner.cookie, { name: label, rights });
  const [narrowed, gone] = [await make('Revisor', ['log.see', 'export']), await make('Gammel', ['export'])];
  const cookies: Record<string, { cookie: string; person: string }> = {};
  for (const [who, level] of [
    ['fjernet', 'administrator'],
    ['gikk', 'user'],
    ['senket', 'administrator'],
    ['revisor', narrowed.level],
    ['gammel', gone.level],
    ['tilbudt', 'user'],
    ['hevet', 'reader'],
  ] as const)
    cookies[who] = await user(world, owner, `${name}-${who}@firma.example`, level);
  await invited(world, owner, `${name}-trukket@firma.example`, 'administrator');
  await invited(world, owner, `${name}-sa-ja@firma.example`, 'administrator');
  await done('POST', `${at}/ownership`, owner.cookie, { person: cookies.tilbudt!.person });
  const end = async () => {
    const as = await world.whole((await world.idOf(`${name}-eier@firma.example`))!);
    const level = (who: string, to: string) =>
      done('PATCH', `${at}/users/${cookies[who]!.person}`, as, { level: to });
    await done('DELETE', `${at}/users/${cookies.fjernet!.person}`, as);
    const leaving = await world.whole(cookies.gikk!.person);
    await done('DELETE', `${at}/users/${cookies.gikk!.person}`, leaving);
    await level('senket', 'user');
    await level('senket', 'reader');
    await level('hevet', 'user');
    await done('PATCH', `${at}/levels/${narrowed.level}`, as, { rights: ['export'] });
    await level('gammel', 'reader');
    await done('DELETE', `${at}/levels/${gone.level}`, as);
    await done('DELETE', `${at}/ownership`, as);
    await done('DELETE', `${at}/modules/kurs`, as);
    const { invitations } = await done('GET', `${at}/invitations`, as);
    for (const { invitation, email } of invitations)
      if (email?.includes('trukket')) await done('DELETE', `${at}/invitations/${invitation}`, as);
  };
  return { owner, end, those: ['eier', ...Object.keys(cookies)].map((who) => `${name}-${who}`) };
}

test('u.customer: whoever was let go of after a backup has nothing of the client back when it is put back', async () => {
  const { owner, end, those } = await endings('alt');
  const at = `clients/${owner.client}`;
  const key = await done('POST', `${at}/tokens`, owner.cookie, {
    name: 'regnskap',
    scopes: ['export'],
    days: 90,
  });
  const { invitations } = await done('GET', `${at}/invitations`, owner.cookie);
  const tokens = invitations.map(({ invitation }: { invitation: string }) =>
    world.product.gates.token('customers.invitation', invitation),
  );
  const place = await house.backup();
  house.later(1);
  const all = await people(...those);
  await end();
  const as = await world.whole(all['alt-eier']!);
  await done('DELETE', `${at}/tokens/${key.id}`, as);
  // One of the invited says yes, and is let go of again.
  const accepts = {
    name: 'Ola Bruker',
    accept: { statement: world.product.inForce.applied.statement.version },
  };
  const waiting = (await done('GET', `${at}/invitations`, as)).invitations[0].invitation;
  const yes = await world.call(
    'POST',
    `invitations/${world.product.gates.token('customers.invitation', waiting)}`,
    {
      body: accepts,
    },
  );
  assert.equal(yes.status, 201);
  await done('DELETE', `${at}/users/${yes.body.person}`, as);
  const was = await reach(owner.client, all);
  assert.deepEqual(was['alt-fjernet'], []);
  assert.deepEqual(was['alt-senket'], ['reader', 'content.read']);
  const ledger = JSON.stringify(await world.keysSql('select * from keys.wish'));
  assert.doesNotMatch(ledger, /Revisor|Gammel|Prøve|@/);
  house.later(1);
  await world.letters();

  const said = await house.restore(place, '--replace');
  assert.equal(said.code, 0, said.err + said.out);
  assert.equal(said.json().replayed.clients, 1);
  assert.deepEqual(await reach(owner.client, all), was);
  const modules = await world.sql(
    'select module from customers.module where client = $1 and ended_at is null',
    [owner.client],
  );
  assert.deepEqual(modules, [{ module: 'arkiv' }]);
  for (const table of ['customers.invitation', 'customers.offer', 'integrations.token'])
    assert.deepEqual(await world.sql(`select from ${table} where client = $1`, [owner.client]), [], table);
  for (const token of tokens)
    assert.equal((await world.call('POST', `invitations/${token}`, { body: accepts })).status, 404);
  const bearer = { headers: { authorization: `Bearer ${key.token}` } };
  assert.equal((await world.call('GET', at, bearer)).status, 401);
  // Whoever was asked and never said yes is known no longer; the owner is told to look it over.
  assert.deepEqual(await people('alt-trukket', 'alt-sa-ja'), {});
  const letter = await world.letterTo('alt-eier@firma.example');
  assert.match(letter.text, /hente data tilbake fra en sikkerhetskopi/);
  assert.equal(letter.link, `/klient/${owner.client}`);
  assert.deepEqual(await broken(), []);
  // Put back once more, from a copy that has all of it: there is nothing to do, and nobody is told.
  const again = await house.restore(await house.backup(), '--replace');
  assert.deepEqual([again.code, again.json().replayed.clients], [0, 0], again.err);
  assert.deepEqual(await reach(owner.client, all), was);
});

test('k.active-12-months: a subscription that ended after a backup has ended, and can be taken up again as long as before', async () => {
  const owner = await founder(world, 'slutt-eier@firma.example', ['arkiv']);
  const at = `clients/${owner.client}`;
  const plain = await user(world, owner, 'slutt-bruker@firma.example', 'user');
  await user(world, owner, 'slutt-fjernet@firma.example', 'administrator');
  const place = await house.backup();
  house.later(1);
  const all = await people('slutt-eier', 'slutt-bruker', 'slutt-fjernet');
  const as = await world.whole(all['slutt-eier']!);
  await done('DELETE', `${at}/users/${all['slutt-fjernet']}`, as);
  await done('DELETE', at, as);
  await world.product.gates.keep(world.now);
  const was = [await reach(owner.client, all), (await done('GET', at, as)).standing];
  house.later(3);
  const said = await house.restore(place, '--replace');
  assert.equal(said.code, 0, said.err + said.out);
  const mine = await world.whole(all['slutt-eier']!);
  assert.deepEqual([await reach(owner.client, all), (await done('GET', at, mine)).standing], was);
  assert.deepEqual(await broken(), []);
  const accept = versions(world.product.gates);
  assert.equal((await done('PUT', `${at}/subscription`, mine, { accept })).users, 2);
  assert.equal((await reach(owner.client, { plain: plain.person })).plain![0], 'user');
});

/** Offers the ownership to somebody and lets them take it over. */
async function handOver(client: string, from: string, to: string): Promise<void> {
  await done('POST', `clients/${client}/ownership`, await world.whole(from), { person: to });
  const accept = versions(world.product.gates);
  await done('POST', `clients/${client}/ownership/acceptance`, await world.whole(to), { accept });
}

test('u.customer: an ownership that was handed on after a backup is where it was, sealed under the right key', async () => {
  const owner = await founder(world, 'hand-forst@firma.example');
  await done('POST', `clients/${owner.client}/levels`, owner.cookie, {
    name: 'Revisor',
    rights: ['log.see'],
  });
  for (const who of ['mellom', 'sist']) await user(world, owner, `hand-${who}@firma.example`, 'user');
  const all = await people('hand-forst', 'hand-mellom', 'hand-sist');
  const [first, between, last] = Object.values(all) as [string, string, string];
  const place = await house.backup();
  house.later(1);
  await handOver(owner.client, first, between);
  await handOver(owner.client, between, last);
  const was = await reach(owner.client, all);
  const said = await house.restore(place, '--replace');
  assert.equal(said.code, 0, said.err + said.out);
  assert.deepEqual(await reach(owner.client, all), was);
  const as = await world.whole(last);
  assert.deepEqual((await done('GET', `clients/${owner.client}`, as)).company, COMPANY);
  const { levels } = await done('GET', `clients/${owner.client}/levels`, as);
  assert.equal(levels.at(-1).name.nb, 'Revisor');
  assert.deepEqual(await broken(), []);
});

test('u.customer: an ownership that was handed to somebody whom the backup lacks gives nobody theirs', async () => {
  const owner = await founder(world, 'uten-forst@firma.example');
  const place = await house.backup();
  house.later(1);
  const cookie = await world.whole((await world.idOf('uten-forst@firma.example'))!);
  await user(world, { ...owner, cookie }, 'uten-ny@firma.example', 'user');
  const all = await people('uten-forst', 'uten-ny');
  await handOver(owner.client, all['uten-forst']!, all['uten-ny']!);
  const was = await reach(owner.client, all);
  const said = await house.restore(place, '--replace');
  const now = await reach(owner.client, await people('uten-forst'));
  assert.deepEqual(now, { 'uten-forst': was['uten-forst'] });
  // Nobody is made an owner on our word: the proof says that one lacks.
  assert.equal(said.code, 1);
  assert.deepEqual(await broken(), [
    'Every client that runs has one owner, and nobody uses one that does not run: customers.client without an owner',
  ]);
  // The operator names one, whom the client's own can no more.
  const name = (email: string, reason = '--reason=asked') =>
    command(world, `client name-owner ${owner.client} ${email} ${reason}`);
  assert.equal((await name('uten-arving@firma.example', '')).code, 2);
  assert.equal((await name('uten-arving@firma.example', '--reason=lyst')).code, 2);
  assert.equal((await name('uten-arving@firma.example')).code, 1, 'nobody here');
  await world.person('uten-arving@firma.example');
  const named = await name('uten-arving@firma.example');
  assert.equal(named.code, 0, named.err + named.out);
  assert.equal((await name('uten-forst@firma.example --json')).json().refused, 'customers.last-owner');
  const heirs = await people('uten-forst', 'uten-arving');
  const after = await reach(owner.client, heirs);
  assert.deepEqual([after['uten-forst'], after['uten-arving']![0]], [was['uten-forst'], 'owner']);
  const as = await world.whole(heirs['uten-arving']!);
  assert.deepEqual((await done('GET', `clients/${owner.client}`, as)).company, COMPANY);
  const { entries } = await done('GET', `clients/${owner.client}/log`, as);
  const told = entries.find(({ act }: { act: string }) => act === 'ownership.named');
  assert.equal(told.by.person, heirs['uten-arving']);
  const [noted] = await world.sql(
    "select actor, reason from journal.entry where act = 'ownership.named' and person = $1",
    [heirs['uten-arving']],
  );
  assert.deepEqual([noted!.actor, noted!.reason], ['staff', 'asked']);
  const { checks } = await world.product.prove(world.now, 'u.customer');
  assert.ok(checks.every(({ ok }) => ok));
});

test('u.customer: whoever handed over what they had taken up again since the backup has nothing of it back', async () => {
  const owner = await founder(world, 'igjen-forst@firma.example');
  const at = `clients/${owner.client}`;
  for (const who of ['arving', 'bruker']) await user(world, owner, `igjen-${who}@firma.example`, 'user');
  const place = await house.backup();
  house.later(1);
  const all = await people('igjen-forst', 'igjen-arving', 'igjen-bruker');
  const as = await world.whole(all['igjen-forst']!);
  await done('DELETE', at, as);
  await done('PUT', `${at}/subscription`, as, { accept: versions(world.product.gates) });
  await handOver(owner.client, all['igjen-forst']!, all['igjen-arving']!);
  await house.restore(place, '--replace');
  const now = await reach(owner.client, all);
  // The subscription that was taken up again is not in the rows: it has ended, and nobody in them is its owner.
  assert.deepEqual(now['igjen-forst'], []);
  for (const rights of [now['igjen-arving']!, now['igjen-bruker']!])
    assert.ok(rights.length <= 1, rights.join());
});

test('0.security: a sealed column is not noted beside the keys, whatever a module says', () => {
  const { engine, sealer } = world.product;
  for (const [table, column] of [
    ['customers.client', 'name'],
    ['vault.person', 'language'],
  ] as const)
    assert.throws(
      () => openGates(engine, sealer, [{ lasting: { [table]: [column] } }]),
      /is no plain column of a client's table$/,
    );
});

test('u.customer: killed in the middle of making it so again, the next start does the rest', async () => {
  const { owner, end, those } = await endings('midt');
  const place = await house.backup();
  house.later(1);
  const all = await people(...those);
  await end();
  const was = await reach(owner.client, all);
  await world.keysSql('alter table keys.wish rename to wish_away');
  await world.stop();
  assert.equal((await command(world, `restore ${place} --replace`)).code, 2);
  await world.keysSql('alter table keys.wish_away rename to wish');
  // Each table in turn refuses the replay, as if the process had been killed where it came to it.
  await world.sql(`create function public.killed() returns trigger language plpgsql as
    $$ begin raise exception 'killed'; end $$`);
  for (const table of ['member', 'module', 'level', 'offer', 'invitation']) {
    await world.sql(`create trigger killed before update or delete on customers.${table}
      for each row execute function public.killed()`);
    await assert.rejects(world.start(), /killed/);
    await world.sql(`drop trigger killed on customers.${table}`);
  }
  await world.sql('drop function public.killed');
  await world.start();
  assert.deepEqual(await reach(owner.client, all), was);
  for (const table of ['customers.offer', 'integrations.token'])
    assert.deepEqual(await world.sql(`select from ${table} where client = $1`, [owner.client]), [], table);
  assert.deepEqual(await broken(), []);
});
