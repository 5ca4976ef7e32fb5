import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { command } from '#test/command.ts';
import { swap } from '#test/statement.ts';
import { type Received, World } from '#test/world.ts';

const home = await mkdtemp(join(tmpdir(), 'hjemmel-version-'));
const statementDir = join(home, 'statement');
let world: World;
before(async () => {
  world = await World.open();
  await cp(fileURLToPath(new URL('../../statement/', import.meta.url)), statementDir, { recursive: true });
});
after(async () => {
  await world.close();
  await rm(home, { recursive: true, force: true });
});

const run = (argv: string) =>
  command(world, `${argv} --json --now ${world.now.toISOString()}`, { statementDir });

async function write(name: string, written: string, instead: string): Promise<void> {
  const file = join(statementDir, name);
  await writeFile(file, swap(await readFile(file, 'utf8'), written, instead));
}

async function moveTo(moment: string): Promise<void> {
  world.now = new Date(moment);
  await world.stop();
  await world.start();
}

async function holds(): Promise<void> {
  await world.product.sealer.seal(world.now);
  const { json } = await run('prove');
  assert.deepEqual(
    json().checks.filter(({ ok }: { ok: boolean }) => !ok),
    [],
  );
}

/** The newsletter begins to use the phone number as well: nobody has said yes to that. */
const READS = `      - contact.email
      - contact.name
      - contact.lookup
      - contact.opt-out
      - preference.language
      - preference.topics
      - record.consent
      - record.mail
  confirmation:`;

test('v.notice: a version that matters waits for its notice, asks anew, and takes effect on its day', async (t) => {
  const siv = await world.subscriber('siv@post.example');
  const liv = await world.subscriber('liv@post.example');
  const jon = await world.person('jon@firma.example');
  let hash = '';
  let letters = new Map<string, Received>();

  await t.test('the plan says who is told and from when, and apply does that', async () => {
    await write(
      'statement.yaml',
      READS,
      READS.replace('contact.name', 'contact.name\n      - contact.phone'),
    );
    const planned = (await run('plan')).json();
    assert.deepEqual(planned.problems, []);
    assert.deepEqual(
      [planned.version, planned.material, planned.notify.people, planned.notify.takesEffect],
      ['3.1', true, 2, '2026-12-23T12:00:00.000Z'],
    );
    hash = planned.hash;
    const applied = await run(`apply ${hash}`);
    assert.deepEqual(
      [applied.code, applied.json().takesEffect],
      [0, '2026-12-23T12:00:00.000Z'],
      applied.err,
    );
    await moveTo('2026-11-23T12:01:00Z');
    assert.equal((await world.call('GET', 'statement')).body.version, '3.0', 'not yet');
    await holds();
  });

  await t.test(
    'whoever it concerns gets one letter that says what changes, and nobody else does',
    async () => {
      letters = await world.letters();
      assert.deepEqual([...letters.keys()].sort(), ['liv@post.example', 'siv@post.example']);
      const { subject, text } = letters.get('siv@post.example')!;
      assert.equal(subject, 'Catacloud AS endrer personvernerklæringen 23. desember 2026');
      assert.match(text, /Nyhetsbrev: vi bruker flere slags opplysninger til dette\./);
      assert.match(text, /Svarer du ikke, stanser vi 23\. desember 2026/);
      assert.match(text, /\/personvern\/versjoner\?fra=3\.0&til=3\.1/);
      assert.equal((await run(`apply ${hash}`)).json().again, true);
      await world.product.gates.keep(world.now);
      assert.equal((await world.letters()).size, 0, 'told once');
      const [evidence] = await world.sql(
        `select count(*) as n, count(m.id) as mailed from gate.notice n left join mail.letter m on m.id = n.letter`,
      );
      assert.deepEqual(evidence, { n: 2, mailed: 2 });
    },
  );

  await t.test('a sign-up meanwhile is told as well, by the next round', async () => {
    await world.subscriber('eva@post.example');
    await world.product.gates.keep(world.now);
    assert.deepEqual([...(await world.letters()).keys()], ['eva@post.example']);
  });

  await t.test('one says yes to the new words, and sees that in the preferences', async () => {
    const where = `newsletter/preferences/${siv}`;
    const asked = (await world.call('GET', where)).body.renewal;
    assert.deepEqual([asked.version, asked.answered], ['3.1', false]);
    assert.match(asked.words.nb, /^Ja, send meg nyhetsbrev/);
    const yes = await world.call('PUT', `${where}/consent`, { body: { language: 'nb' } });
    assert.equal(yes.status, 204);
    assert.equal((await world.call('GET', where)).body.renewal.answered, true);
    const none = await world.call('PUT', 'me/consents/newsletter', { as: jon, body: { language: 'nb' } });
    assert.deepEqual([none.status, none.body.code], [409, 'answer.no-consent']);
    const other = await world.call('PUT', 'me/consents/statistics', { as: jon, body: { language: 'nb' } });
    assert.deepEqual([other.status, other.body.code], [409, 'answer.nothing-to-renew']);
  });

  await t.test('another plan waits until this one has taken effect or is taken back', async () => {
    await write('statement.yaml', 'period: P18M', 'period: P12M');
    const { code, json } = await run('plan');
    assert.equal(code, 1);
    assert.match(
      json().problems[0].message,
      /^Version 3\.1 is applied and waits for 2026-12-23T12:00:00\.000Z/,
    );
    await write(
      'statement.yaml',
      'period: P12M\n    end: delete\n    why:\n      nb: Da kan',
      'period: P18M\n    end: delete\n    why:\n      nb: Da kan',
    );
  });

  await t.test(
    'on its day it takes effect: who said yes stays, whose consent no longer counts is let go',
    async () => {
      await moveTo('2026-12-23T12:00:00Z');
      assert.equal((await world.call('GET', 'statement')).body.version, '3.1');
      const usable = await world.product.gates
        .use('newsletter', { kind: 'system' })
        .rows<{ person: string }>('select person from vault.person');
      assert.equal(usable.length, 1, 'from the first moment, before any round of keeping');
      const { erased } = await world.product.gates.keep(world.now);
      assert.equal(erased, 2, 'nothing else was kept on the two who did not answer');
      assert.equal((await world.call('GET', `newsletter/preferences/${siv}`)).status, 200);
      assert.equal((await world.call('GET', `newsletter/preferences/${liv}`)).status, 404);
      const states = await world.sql('select done_at is not null as done from statement.application');
      assert.deepEqual(states, [{ done: true }]);
      await holds();
    },
  );

  await t.test('a person sees what they were told in what is held on them', async () => {
    const person = (await world.idOf('siv@post.example'))!;
    const held = await world.product.gates.answer.access(person, { kind: 'system' }, world.now);
    assert.deepEqual(
      held.notices.map(({ statement }) => statement),
      ['3.1'],
    );
    assert.deepEqual(held.renewals, []);
    assert.deepEqual(held.history.map(({ state, statement }) => `${state} ${statement}`).sort(), [
      'given 3.0',
      'given 3.1',
      'requested 3.0',
    ]);
  });
});

test('v.changes: a version that waits can be taken back, and never takes effect', async () => {
  await write('statement.yaml', 'mailbox: beredskap@catacloud.no', 'mailbox: vakt@catacloud.no');
  const { hash, version } = (await run('plan')).json();
  assert.equal((await run(`apply ${hash}`)).code, 0);
  await moveTo('2026-12-24T12:00:00Z');
  assert.deepEqual([...(await world.letters()).keys()].sort(), ['jon@firma.example', 'siv@post.example']);
  assert.equal((await run(`apply --withdraw ${version}`)).json().withdrawn, true);
  await moveTo('2026-12-25T12:00:00Z');
  const { subject, text } = await world.letterTo('jon@firma.example');
  assert.equal(subject, 'Catacloud AS endrer ikke personvernerklæringen likevel');
  assert.match(text, /Den er trukket tilbake\./);
  assert.equal((await run('apply --withdraw 3.0')).code, 1);
  assert.equal((await run('apply --withdraw 9.9')).code, 1);
  await moveTo('2027-03-01T12:00:00Z');
  assert.equal((await world.call('GET', 'statement')).body.version, '3.1');
  const again = (await run('plan')).json();
  assert.deepEqual([version, again.version], ['3.2', '3.3'], 'its number is not used again');
  await world.product.gates.keep(world.now);
  await holds();
});
