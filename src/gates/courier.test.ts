import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { signUp } from '#modules/newsletter/subscriptions.ts';
import { Mail } from '#platform/mail.ts';
import { type SmtpSink, smtpSink } from '#test/smtp-sink.ts';
import { World } from '#test/world.ts';
import { modules } from '../modules.ts';
import { SYSTEM } from './actor.ts';
import { Courier } from './courier.ts';

let world: World;
let sink: SmtpSink;
before(async () => {
  [world, sink] = await Promise.all([World.open(), smtpSink()]);
});
after(async () => {
  await world.close();
  await sink.close();
});

/** A courier of another process, over SMTP; what failed is told by code. */
function bySmtp(t: { after(work: () => void): void }, failed: string[] = []): Courier {
  const { engine, gates } = world.product;
  const from = { name: 'Prøve AS', address: 'post@operator.example' };
  const mail = new Mail({ outbox: '/nowhere', from, smtpUrl: sink.url, host: 'operator.example' });
  t.after(() => mail.close());
  return new Courier({
    engine,
    mail,
    baseUrl: 'https://operator.example',
    gates,
    modules,
    failed: (code) => failed.push(code),
  });
}

const later = (minutes: number) => new Date(world.now.getTime() + minutes * 60_000);
const ask = (email: string) => signUp(world.product.gates, { email, topics: ['nyhetsbrev'] }, world.now);
const outbox = () => readdir(join(world.config.dataDir, 'outbox')).catch(() => [] as string[]);

async function letterOf(email: string) {
  const person = await world.idOf(email);
  const [row] = await world.sql<{
    id: string;
    sent_at: Date | null;
    next_at: Date | number;
    attempts: number;
    failure: string | null;
  }>('select id, sent_at, next_at, attempts, failure from mail.letter where person = $1', [person]);
  return row ?? assert.fail('no letter is queued');
}

test('a letter goes to its person once, under its own number', async (t) => {
  const courier = bySmtp(t);
  await ask('ola@post.example');
  sink.taken.length = 0;
  assert.equal(await courier.send(world.now), 1);
  assert.equal(await courier.send(later(600)), 0);
  const { id, sent_at } = await letterOf('ola@post.example');
  assert.deepEqual(sent_at, world.now);
  const [{ to, message } = assert.fail('nothing was taken'), ...more] = sink.taken;
  assert.deepEqual([to, more], ['ola@post.example', []]);
  assert.match(message, new RegExp(`^Message-ID: <${id}@operator\\.example>$`, 'm'));
  assert.match(message, /^From: .*<post@operator\.example>$/m);
});

test('a server that will not have a letter is tried again after 1, 5, 30 and 240 minutes, and then let be', async (t) => {
  const failed: string[] = [];
  const courier = bySmtp(t, failed);
  await ask('treg@post.example');
  sink.taken.length = 0;
  sink.refuse = '451 try later';
  let due = 0;
  for (const wait of [1, 5, 30, 240]) {
    assert.equal(await courier.send(later(due)), 1);
    const { next_at, failure } = await letterOf('treg@post.example');
    assert.deepEqual([next_at, failure], [later(due + wait), 'EMESSAGE']);
    assert.equal(await courier.send(new Date(later(due + wait).getTime() - 1)), 0, 'not a moment before');
    due += wait;
  }
  assert.equal(await courier.send(later(due)), 1);
  const { next_at, sent_at, attempts } = await letterOf('treg@post.example');
  assert.deepEqual([next_at, sent_at, attempts], [Number.POSITIVE_INFINITY, null, 5]);
  assert.equal(await courier.send(later(1e6)), 0);
  assert.deepEqual(failed, Array(5).fill('EMESSAGE'));
  assert.deepEqual(sink.taken, []);
  sink.refuse = undefined;
});

test('a letter that a server takes at the second try is sent once', async (t) => {
  const courier = bySmtp(t);
  await ask('nytt-forsok@post.example');
  sink.taken.length = 0;
  sink.refuse = '451 try later';
  await courier.send(world.now);
  sink.refuse = undefined;
  await courier.send(later(1));
  await courier.send(later(600));
  assert.deepEqual(
    sink.taken.map(({ to }) => to),
    ['nytt-forsok@post.example'],
  );
  assert.equal((await letterOf('nytt-forsok@post.example')).failure, null);
});

test('two couriers share what is queued and never both send the same letter', async (t) => {
  const couriers = [bySmtp(t), bySmtp(t)];
  await Promise.all(Array.from({ length: 70 }, (_, n) => ask(`mange${n}@post.example`)));
  sink.taken.length = 0;
  for (let took = 1; took > 0; )
    took = (await Promise.all(couriers.map((courier) => courier.send(world.now)))).reduce((a, b) => a + b);
  assert.equal(sink.taken.length, 70);
  assert.equal(new Set(sink.taken.map(({ to }) => to)).size, 70);
});

test('a courier killed between sending and noting it repeats the same file, and two minutes later at the earliest', async () => {
  await ask('avbrutt@post.example');
  const before = await outbox();
  await world.product.courier.send(world.now);
  const first = await outbox();
  assert.equal(first.length, before.length + 1);
  const { id } = await letterOf('avbrutt@post.example');
  await world.sql(`update mail.letter set sent_at = null where id = $1`, [id]);
  assert.equal(await world.product.courier.send(later(1.9)), 0, 'another process may be sending it');
  assert.equal(await world.product.courier.send(later(2)), 1);
  assert.deepEqual(await outbox(), first, 'the same file again, and no half-written one');
  assert.ok(first.includes(`${id}.eml`));
});

test('r.withdraw: a letter that is queued goes to nobody who has said no, is restricted, or is leaving meanwhile', async (t) => {
  const { gates } = world.product;
  const courier = bySmtp(t);
  const self = (id: string) => ({ kind: 'person', id }) as const;
  const meanwhile: Record<string, (person: string) => Promise<unknown>> = {
    withdraws: (id) =>
      gates.answer.withdraw(id, 'newsletter', self(id), { surface: 'x', method: 'button' }, world.now),
    objects: (id) => gates.answer.object(id, 'newsletter', self(id), world.now),
    restricts: (id) => gates.answer.restrict(id, 'accuracy', self(id), world.now),
    erases: (id) => gates.answer.erase(id, self(id), world.now),
  };
  for (const [name, act] of Object.entries(meanwhile)) {
    const email = `${name}@post.example`;
    await world.subscriber(email);
    await world.profile(email);
    await world.letters();
    const person = (await world.idOf(email))!;
    await world.sql(
      `insert into mail.letter (person, id, kind, purpose, queued_at, next_at)
       values ($1, gen_random_uuid(), 'newsletter.confirm', 'newsletter', $2, $2)`,
      [person, world.now],
    );
    await act(person);
    sink.taken.length = 0;
    await courier.send(later(1));
    assert.deepEqual(sink.taken, [], name);
    assert.equal(await courier.send(later(1e6)), 0, `${name}: it is not tried again`);
  }
});

test('a letter whose person has no address, or of a kind nobody writes, is let be', async (t) => {
  const courier = bySmtp(t);
  await world.profile('ukjent@firma.example');
  await world.letters();
  const person = await world.idOf('ukjent@firma.example');
  await world.sql(
    `insert into mail.letter (person, id, kind, purpose, queued_at, next_at)
     values ($1, gen_random_uuid(), 'no.such-letter', 'customer', $2, $2)`,
    [person, world.now],
  );
  sink.taken.length = 0;
  await courier.send(world.now);
  assert.deepEqual(sink.taken, []);
  const [row] = await world.sql(
    `select failure, next_at from mail.letter where person = $1 and kind = 'no.such-letter'`,
    [person],
  );
  assert.deepEqual(row, { failure: 'no-letter', next_at: Number.POSITIVE_INFINITY });
});

test('sending is a look: it is in the journal under the letter’s own purpose', async (t) => {
  const courier = bySmtp(t);
  await ask('logg@post.example');
  await courier.send(world.now);
  const person = (await world.idOf('logg@post.example'))!;
  const { entries } = await world.product.gates.answer.log(person, SYSTEM);
  assert.deepEqual(
    entries.map(({ gate, act, actor, purpose }) => [gate, act, actor, purpose]),
    [
      ['use', 'letter', 'system', 'confirmation'],
      ['collect', 'newsletter.sign-up', 'visitor', 'confirmation'],
    ],
  );
});
