import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { holdsCardNumber } from './card-number.ts';

const osloDay = (n: number) => new Date(Date.UTC(2026, 9, 1 + n)).toISOString().slice(0, 10);

/** Numbers that card networks and payment providers set aside for tests: nobody's cards. */
const CARDS = {
  Visa: ['4111111111111111', '4242424242424242', '4012888888881881', '4222222222222', '4000000760000002'],
  Mastercard: ['5555555555554444', '5105105105105100', '2223003122003222'],
  'American Express': ['378282246310005', '371449635398431'],
  'Diners Club': ['30569309025904', '38520000023237', '3056930009020004', '36227206271667'],
  Discover: ['6011111111111117', '6011000990139424'],
  JCB: ['3530111333300000', '3566002020360505'],
  UnionPay: ['6200000000000005', '6205500000000000004'],
  Maestro: ['6304000000000000', '5018000000000009', '6759649826438453'],
};
const all = Object.values(CARDS).flat();

for (const [issuer, numbers] of Object.entries(CARDS))
  test(`1.2.minimal: card numbers are found: ${issuer}`, () => {
    for (const number of numbers) assert.equal(holdsCardNumber(number), true, number);
  });

test('1.2.minimal: a card number is found however it is written, and inside other text', () => {
  for (const number of all) {
    const groups = number.match(/.{1,4}/g)!;
    const wide = [...number].map((digit) => String.fromCharCode(0xff10 + Number(digit))).join('');
    for (const text of [
      ...[' ', '-', '\u00a0', '\u2013', '\u202f', '\n', ' - ', '  '].map((gap) => groups.join(gap)),
      [...number].join(' '),
      wide,
      `${number.slice(0, 6)}\u200b${number.slice(6)}`,
      `Kort: ${groups.join(' ')} 12/27 123`,
      `kort${number}visa`,
      `7 ${groups.join('-')}`,
      `(${number}).`,
      `${number}@firma.example`,
      `Ring +47 400 00 000, kort ${number}`,
    ])
      assert.equal(holdsCardNumber(text), true, JSON.stringify(text));
  }
});

test('1.2.minimal: one wrong digit, one too few or too many, and it is no card number', () => {
  for (const number of all) {
    const last = Number(number.at(-1));
    for (const other of [1, 5, 9]) {
      const turned = `${number.slice(0, -1)}${(last + other) % 10}`;
      assert.equal(holdsCardNumber(turned), false, turned);
    }
    assert.equal(holdsCardNumber(`${number.slice(0, 11)}`), false);
    assert.equal(holdsCardNumber(`9${number}`), false);
  }
});

test('1.2.minimal: what else people write in digits is taken', () => {
  for (const text of [
    '',
    '40000000',
    '+47 400 00 000',
    '0047 400 00 000',
    '+4915112345675',
    '+49 1511 2345675',
    '004915112345675',
    '923 609 016',
    'Org.nr. 923 609 016 MVA',
    '923609016 974760673',
    '1234 56 78903',
    '8601 11 17947',
    'NO93 8601 1117 947',
    'DE89 3704 0044 0532 0130 00',
    'KID 0000012345674',
    '27.11.2026–26.12.2026',
    '2711-2026 – 26 12 2026',
    ...[...Array(60).keys()].map((day) => `${osloDay(day)}–${osloDay(day + 30)}`),
    'KID 002345676',
    '2026-11-23 12:00:00.123456',
    '1764158400000',
    '5018 Bergen, 4000 Stavanger',
    '3.141592653589793',
    '978-3-16-148410-0',
    '7038010009457',
  ])
    assert.equal(holdsCardNumber(text), false, text);
});

test('1.2.minimal: fewer than one number of thirteen to nineteen digits in thirty is taken for a card', () => {
  let found = 0;
  const runs = 3000;
  fc.assert(
    fc.property(fc.stringMatching(/^\d{13,19}$/), (digits) => {
      if (holdsCardNumber(digits)) found += 1;
    }),
    { seed: 20261127, numRuns: runs },
  );
  assert.ok(found < runs / 30, `${found} of ${runs}`);
});
