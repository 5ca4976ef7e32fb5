import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type LogFields, openLog } from './log.ts';

function recorder() {
  const lines: string[] = [];
  return { lines, log: openLog('debug', [{ write: (line) => lines.push(line) }]) };
}

function lineOf(fields: LogFields): Record<string, unknown> {
  const { lines, log } = recorder();
  log.info('Something happened', fields);
  assert.equal(lines.length, 1);
  return JSON.parse(lines[0] as string);
}

test('0.security: ids, codes, counts and durations are logged as they are', () => {
  const fields = {
    person: '5f1c2a34-0d5e-4c2a-9a73-0c8d7a2f6b10',
    clause: 'k.opt-out',
    route: '/api/v1/profiles/:id',
    code: '42P01',
    signal: 'SIGTERM',
    status: 202,
    ms: 1.25,
    ok: true,
  };
  const { level, time, msg, ...rest } = lineOf(fields);
  assert.deepEqual(rest, fields);
  assert.deepEqual([level, msg, typeof time], ['info', 'Something happened', 'string']);
});

test('0.security: a value that is not what its field is for is withheld', () => {
  const values = [
    'kari@bakeri.example',
    'Kari Nordlys',
    '4799912345',
    '192.0.2.7',
    '2001:db8::1',
    '+47 999 12 345',
  ];
  for (const value of values) {
    for (const field of ['person', 'code', 'route', 'count'] as const) {
      assert.equal(lineOf({ [field]: value })[field], '[withheld]', `${field} ${value}`);
    }
  }
  assert.equal(lineOf({ count: 4799912345 }).count, '[withheld]');
  assert.equal(lineOf({ code: { email: 'kari@bakeri.example' } }).code, '[withheld]');
});

test('0.security: a field that the log does not know is withheld, whatever it holds', () => {
  const fields = { email: 'x', body: { a: 1 }, 'kari@bakeri.example': true } as LogFields;
  const { level, time, msg, ...rest } = lineOf(fields);
  assert.deepEqual(rest, { email: '[withheld]', body: '[withheld]', field: '[withheld]' });
});

test('0.security: an error is told by class, code and places of ours, never by its message', () => {
  const inner = Object.assign(new TypeError('bad value\n    at /work/kari@bakeri.example:1:1'), {
    code: '23505',
  });
  const written = JSON.stringify(
    lineOf({ error: new Error('Kari Nordlys is not a number', { cause: inner }) }),
  );
  assert.doesNotMatch(written, /Kari|bakeri|bad value|not a number/);
  assert.match(written, /"name":"Error","at":\["src\/platform\/log\.test\.ts:\d+:\d+"/);
  assert.match(written, /"cause":\{"name":"TypeError","code":"23505"/);
  assert.deepEqual(lineOf({ error: 'kari@bakeri.example' }).error, { name: 'string' });
});

test('0.security: a message that was put together at run time does not compile, and carries no address', () => {
  const { lines, log } = recorder();
  const name: string = 'kari@bakeri.example';
  // @ts-expect-error a message is a constant
  log.warn(`No such person: ${name}`);
  assert.equal(JSON.parse(lines[0] as string).msg, '[withheld]');
});

test('0.security: no text with a space, a capital beside small letters, or an @ ever reaches a line', () => {
  const personal = fc.oneof(
    fc.emailAddress(),
    fc
      .tuple(fc.constantFrom('Kari', 'Åse', 'Ola'), fc.constantFrom('Nordlys', 'Sæther'))
      .map((name) => name.join(' ')),
    fc.ipV4(),
    fc.integer({ min: 40_000_000, max: 99_999_999 }).map(String),
  );
  const field = fc.constantFrom(
    'person',
    'actor',
    'code',
    'route',
    'reason',
    'count',
    'ms',
    'ok',
    'unknown',
    'error',
  );
  fc.assert(
    fc.property(personal, field, (value, name) => {
      const { lines, log } = recorder();
      log.with({ [name]: value } as LogFields).error('Something failed', { error: new Error(value) });
      assert.ok(!lines[0]?.includes(value));
    }),
  );
});

test('a line below the level is not written, and every destination gets the ones that are', () => {
  const first: string[] = [];
  const second: string[] = [];
  const log = openLog('warn', [{ write: (l) => first.push(l) }, { write: (l) => second.push(l) }]);
  log.info('Unheard');
  log.warn('Heard');
  assert.equal(first.length, 1);
  assert.deepEqual(first, second);
});
