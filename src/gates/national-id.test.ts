import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdsNationalId } from './national-id.ts';

/** Of the synthetic series, and the examples of Skatteetaten's own documentation: nobody's numbers. */
const MATCHES = {
  'synthetic, month + 80': ['01819012012', '17858430038', '29820070079'],
  'D-number, month + 80': ['41819012006', '57858430021'],
  'month + 65': ['01669012086'],
  'month + 40': ['01419012110'],
  'the rule up to 2032': ['02013299997', '02013299806'],
  'the rule from 2032': ['02013299903', '03813290072', '03813290080', '03813290099'],
};
const all = Object.values(MATCHES).flat();

for (const [series, numbers] of Object.entries(MATCHES))
  test(`national identity numbers are found: ${series}`, () => {
    for (const number of numbers) assert.equal(holdsNationalId(number), true, number);
  });

test('numbers of eleven digits that are none are left alone', () => {
  const harmless = ['12345678901', '00000000000', '11111111111', '86011117947', '99999999999'];
  for (const number of harmless) assert.equal(holdsNationalId(number), false, number);
  for (const number of all) {
    const turned = `${number.slice(0, 10)}${(Number(number[10]) + 1) % 10}`;
    assert.equal(holdsNationalId(turned), false, turned);
  }
});

test('a number is found however a person writes it, and inside other text', () => {
  for (const number of all) {
    const [date, rest] = [number.slice(0, 6), number.slice(6)];
    const wide = [...number].map((digit) => String.fromCharCode(0xff10 + Number(digit))).join('');
    const written = [
      ...[' ', '-', '.', '\u00a0', '\u2013', '\u202f', '\n', ' - ', '  '].map(
        (gap) => `${date}${gap}${rest}`,
      ),
      wide,
      `${number.slice(0, 4)}\u200b${number.slice(4)}`,
      `Fnr: ${number}.`,
      `født${number}nr`,
      `(${date} ${rest})`,
      `${number}@firma.example`,
      `Kari, ${date}-${rest}, Bergen`,
      `12345678901 ${number}`,
    ];
    for (const text of written) assert.equal(holdsNationalId(text), true, JSON.stringify(text));
  }
});

test('longer and shorter runs of digits are something else', () => {
  for (const number of all)
    for (const text of [
      `1${number}`,
      `${number}0`,
      `NO12${number}34`,
      number.slice(1),
      `${number.slice(0, 6)}--x`,
    ])
      assert.equal(holdsNationalId(text), false, text);
  for (const text of ['', '+47 400 00 000', '923 609 016', '2026-11-23', '5018 Bergen', 'KID 0000012345678'])
    assert.equal(holdsNationalId(text), false, text);
});

test('a date that cannot be is no national identity number, whatever its control digits say', () => {
  const weights = [
    [3, 7, 6, 1, 8, 9, 4, 5, 2],
    [5, 4, 3, 2, 7, 6, 5, 4, 3, 2],
  ];
  const withControls = (nine: string) => {
    let digits = nine;
    for (const row of weights) {
      const sum = row.reduce((total, weight, at) => total + weight * Number(digits[at]), 0) % 11;
      const control = (11 - sum) % 11;
      if (control === 10) return undefined;
      digits += control;
    }
    return digits;
  };
  let tried = 0;
  for (const date of [
    '000190',
    '320190',
    '300290',
    '310490',
    '011390',
    '010090',
    '019390',
    '720190',
    '810190',
  ])
    for (let individual = 100; individual < 130; individual += 1) {
      const number = withControls(`${date}${individual}`);
      if (number === undefined) continue;
      tried += 1;
      assert.equal(holdsNationalId(number), false, number);
    }
  assert.ok(tried > 100);
});
