import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { after, afterEach, before, test } from 'node:test';
import { openLog } from '#platform/log.ts';
import { LoopbackRegister } from '#test/register.ts';
import { Breaker } from './breaker.ts';
import { NoTurn, Pace } from './pace.ts';
import { Register, RegisterAway, type RegisterLimits } from './register.ts';

let server: LoopbackRegister;
before(async () => {
  server = await LoopbackRegister.open();
  server.units.set('310000000', { name: 'NORDLYS AS' });
  server.units.set('310000019', 'removed');
});
afterEach(() => {
  server.instead = () => false;
  server.asked.length = 0;
});
after(() => server.close());

const PATH = '/enhetsregisteret/api/enheter/310000000';
const nameOf = (body: unknown) => (body as { navn: string }).navn.toLowerCase();
const question = { accept: 'application/json', read: nameOf };

/** How long an older answer waits for a newer one; long where the test says so. */
const PATIENCE = 1500;

/** Time that stands still until it is moved: pauses are over at once, and move it. */
function opened(limits: Partial<RegisterLimits> = {}) {
  const logged: string[] = [];
  const time = { wall: Date.parse('2026-11-23T12:00:00Z'), now: 0, pauses: [] as number[], patient: true };
  const register = new Register({
    baseUrl: server.url,
    agent: 'Hjemmel (+https://firma.example; post@firma.example)',
    log: openLog('debug', [{ write: (line: string) => logged.push(line) }]),
    clock: {
      wall: () => new Date(time.wall),
      now: () => time.now,
      pause: async (ms) => {
        if (ms === PATIENCE && time.patient) await new Promise(() => {});
        time.pauses.push(ms);
        time.now += ms;
      },
    },
    random: () => 0.5,
    limits,
  });
  return { register, time, logged };
}

const away = (code: string) => (error: unknown) => error instanceof RegisterAway && error.code === code;
const answers = (status: number, headers: Record<string, string> = {}, body = '') => {
  server.instead = (_path, response) => {
    response.writeHead(status, headers).end(body);
    return true;
  };
};

test('asks once for what it has been told within the day, and says who asks', async () => {
  const { register, time } = opened();
  const [first, second] = await Promise.all([register.get(PATH, question), register.get(PATH, question)]);
  assert.deepEqual(first, {
    state: 'found',
    value: 'nordlys as',
    at: new Date('2026-11-23T12:00:00Z'),
    stale: false,
  });
  assert.deepEqual(second, first);
  time.wall += 23 * 3_600_000;
  assert.deepEqual(await register.get(PATH, question), first);
  assert.deepEqual(server.asked, [PATH]);
  assert.equal(server.headers['user-agent'], 'Hjemmel (+https://firma.example; post@firma.example)');
  assert.equal(server.headers.accept, 'application/json');
  assert.equal(server.headers.cookie, undefined);
  time.wall += 2 * 3_600_000;
  assert.equal((await register.get(PATH, question)).at.getTime(), time.wall);
  assert.equal(server.asked.length, 2);
  await register.get(PATH, { ...question, fresh: true });
  assert.equal(server.asked.length, 3);
});

test('tells what was never there from what was removed', async () => {
  const { register } = opened();
  const base = '/enhetsregisteret/api/enheter';
  assert.equal((await register.get(`${base}/310000027`, question)).state, 'absent');
  assert.equal((await register.get(`${base}/310000019`, question)).state, 'removed');
  assert.equal((await register.get(`${base}/310000019`, question)).state, 'removed');
  assert.equal(server.asked.length, 2);
});

test('tries three times with growing, random pauses, and then says that it did not answer', async () => {
  const { register, time } = opened();
  answers(500, {}, '{"trace":"…"}');
  await assert.rejects(register.get(PATH, question), away('failed'));
  assert.equal(server.asked.length, 3);
  assert.deepEqual(time.pauses, [200, 400]);
});

test('waits as long as it is asked to, when that is within its time, and leaves it alone otherwise', async () => {
  const { register, time } = opened();
  let refusals = 1;
  server.instead = (_path, response) => {
    if (refusals-- <= 0) return false;
    response.writeHead(429, { 'retry-after': '7' }).end();
    return true;
  };
  assert.equal((await register.get(PATH, question)).state, 'found');
  assert.deepEqual(time.pauses, [7000]);
  answers(429, { 'retry-after': '120' });
  await assert.rejects(register.get(PATH, { ...question, fresh: true }), away('failed'));
  assert.equal(server.asked.length, 3);
  // Whoever comes meanwhile does not ask.
  await assert.rejects(register.get(PATH, { ...question, fresh: true }), away('open'));
  assert.equal(server.asked.length, 3);
});

test('an answer that is no JSON, is far too long or leads elsewhere is no answer', async () => {
  const elsewhere = await LoopbackRegister.open();
  try {
    const bad: [code: string, give: (response: ServerResponse) => void][] = [
      ['not-json', (to) => to.writeHead(200, { 'content-type': 'text/html' }).end('<html>Logg inn</html>')],
      ['not-json', (to) => to.writeHead(200, { 'content-type': 'application/json' }).end('{"navn":')],
      [
        'too-large',
        (to) => to.writeHead(200, { 'content-type': 'application/json' }).end(`"${'x'.repeat(9000)}"`),
      ],
      ['redirected', (to) => to.writeHead(302, { location: `${elsewhere.url}${PATH}` }).end()],
      ['network', (to) => to.destroy()],
      ['timeout', () => {}],
    ];
    for (const [code, give] of bad) {
      const { register } = opened({ bytes: 8192, attempt: 100 });
      server.instead = (_path, response) => {
        give(response);
        return true;
      };
      await assert.rejects(register.get(PATH, question), away(code), code);
    }
    assert.deepEqual(elsewhere.asked, []);
  } finally {
    await elsewhere.close();
  }
});

test('another form than before is told to the operator once, in words that quote nothing', async () => {
  const { register, logged, time } = opened();
  answers(406);
  await assert.rejects(register.get(PATH, question), away('contract'));
  answers(200, { 'content-type': 'application/json' }, '{"name":"KARI PRØVE"}');
  await assert.rejects(register.get(PATH, question), away('contract'));
  assert.equal(server.asked.length, 2);
  assert.equal(logged.length, 1);
  assert.match(logged[0]!, /register\.contract/);
  assert.doesNotMatch(logged[0]!, /KARI|310000000/);
  time.now += 3_600_000;
  await assert.rejects(register.get(PATH, question), away('contract'));
  assert.equal(logged.length, 2);
});

test('what it refuses is no reason to think it down, and is not asked again', async () => {
  const { register } = opened({ failures: 1 });
  answers(400, {}, '{"feilmelding":"…"}');
  await assert.rejects(register.get(PATH, question), away('refused'));
  assert.equal(server.asked.length, 1);
  server.instead = () => false;
  assert.equal((await register.get(PATH, question)).state, 'found');
});

test('a register that is down is left alone, and an answer that is past its day is given instead', async () => {
  const { register, time, logged } = opened();
  const before = await register.get(PATH, question);
  time.wall += 25 * 3_600_000;
  answers(503);
  assert.deepEqual(await register.get(PATH, question), { ...before, stale: true });
  assert.equal((await register.get(PATH, question)).stale, true);
  const asked = server.asked.length;
  assert.equal(asked, 1 + 5);
  assert.match(logged.join(''), /register\.open/);
  assert.equal((await register.get(PATH, question)).stale, true);
  await assert.rejects(register.get(`${PATH}?x`, question), away('open'));
  assert.equal(server.asked.length, asked);
  // What is a week old is no answer any more.
  time.wall += 7 * 24 * 3_600_000;
  await assert.rejects(register.get(PATH, question), away('open'));
  // After its rest one tries for all, and finds it well again.
  time.now += 30_000;
  server.instead = () => false;
  assert.equal((await register.get(PATH, question)).stale, false);
});

test('a register that is slow keeps nobody waiting who can be told something', async () => {
  const { register, time } = opened();
  const before = await register.get(PATH, question);
  time.wall += 25 * 3_600_000;
  time.patient = false;
  let held: ServerResponse | undefined;
  server.instead = (_path, response) => {
    held = response;
    return true;
  };
  assert.deepEqual(await register.get(PATH, question), { ...before, stale: true });
  while (held === undefined) await new Promise(setImmediate);
  held.writeHead(200, { 'content-type': 'application/json' }).end('{"navn":"NYTT NAVN AS"}');
  time.patient = true;
  const next = await register.get(PATH, question);
  assert.deepEqual([next.state === 'found' && next.value, next.stale], ['nytt navn as', false]);
});

test('a path never leads out of the register', async () => {
  const { register } = opened();
  for (const path of ['https://elsewhere.example/', '//elsewhere.example/x', '/../../etc'])
    await register.get(path, question).catch(() => {});
  assert.ok(server.asked.every((path) => path.startsWith('/')));
  await assert.rejects(register.get('https://elsewhere.example/', question), TypeError);
});

test('remembers so many answers and no more', async () => {
  const { register } = opened({ remembered: 2 });
  for (const query of ['a', 'b', 'a', 'c', 'a', 'b']) await register.get(`${PATH}?${query}`, question);
  assert.deepEqual(
    server.asked.map((path) => path.at(-1)),
    ['a', 'b', 'c', 'b'],
  );
  register.forget((_path, value) => value === 'nordlys as');
  await register.get(`${PATH}?a`, question);
  assert.equal(server.asked.length, 5);
});

test('begins five a second and four at once; whoever would wait too long is told so', async () => {
  const time = { now: 0 };
  const waits: (() => void)[] = [];
  const starts: number[] = [];
  const clock = {
    wall: () => new Date(0),
    now: () => time.now,
    pause: async (ms: number) => {
      if (ms < 5000) time.now += ms;
      else await new Promise(() => {});
    },
  };
  const pace = new Pace({ perSecond: 5, abreast: 4, waiting: 5 }, clock);
  const work = () => {
    starts.push(time.now);
    return new Promise<void>((resolve) => waits.push(resolve));
  };
  const all = Array.from({ length: 9 }, () => pace.run(work, 9000));
  await assert.rejects(pace.run(work, 9000), NoTurn);
  await new Promise(setImmediate);
  assert.equal(starts.length, 4);
  for (let done = 0; done < 9; done += 1) {
    waits[done]!();
    await new Promise(setImmediate);
  }
  await Promise.all(all);
  assert.deepEqual(starts, [0, 0, 0, 0, 0, 1000, 1000, 1000, 1000]);
  await Promise.all([
    pace.run(async () => {}, 1000),
    assert.rejects(
      pace.run(async () => {}, 1500),
      NoTurn,
    ),
  ]);
});

test('a breaker opens after failures in a row, and lets one in after its rest', () => {
  const breaker = new Breaker({ failures: 2, rest: 100 });
  assert.equal(breaker.failed(0), false);
  breaker.succeeded();
  assert.equal(breaker.failed(1), false);
  assert.equal(breaker.state(1), 'closed');
  assert.equal(breaker.failed(2), true);
  assert.deepEqual([breaker.state(101), breaker.admits(101)], ['open', false]);
  assert.equal(breaker.state(102), 'half-open');
  assert.deepEqual([breaker.admits(102), breaker.admits(102)], [true, false]);
  assert.equal(breaker.failed(103), true);
  assert.equal(breaker.state(202), 'open');
  assert.equal(breaker.admits(203), true);
  breaker.succeeded();
  assert.equal(breaker.state(203), 'closed');
});
