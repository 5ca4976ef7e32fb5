import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { shipped, swap, texts, wrongWith } from '#test/statement.ts';
import { compare } from './compare.ts';
import { fact } from './facts.ts';
import { canonicalForPerson } from './fingerprint.ts';
import { fiscalYearEnded, isYearEnd } from './fiscal-year.ts';
import type { Statement } from './grammar.ts';
import { after, osloDate, startOfDate } from './period.ts';

const dayBefore = (date: Date) => osloDate(new Date(date.getTime() - 1));

/** Fiscal year end, and for each period the last day that is kept through and the day that is erasable from. */
const vectors = [
  ['12-31', '2024-12-31', 'P5Y', '2029-12-31', '2030-01-01'],
  ['12-31', '2024-12-31', 'P3Y6M', '2028-06-30', '2028-07-01'],
  ['06-30', '2024-06-30', 'P5Y', '2029-06-30', '2029-07-01'],
  ['06-30', '2024-06-30', 'P3Y6M', '2027-12-31', '2028-01-01'],
  ['02-29', '2024-02-29', 'P5Y', '2029-02-28', '2029-03-01'],
  ['02-29', '2024-02-29', 'P3Y6M', '2027-08-31', '2027-09-01'],
] as const;

for (const [end, last, period, through, from] of vectors)
  test(`k.bookkeeping: a year that ends on ${last} keeps ${period} through ${through}`, () => {
    for (const moment of [startOfDate(last), new Date(`${last}T21:30:00Z`), new Date(`${last}T12:00:00Z`)]) {
      const ended = fiscalYearEnded(end, moment);
      assert.equal(dayBefore(ended), last);
      const leaves = after(ended, period);
      assert.equal(dayBefore(leaves), through);
      assert.equal(osloDate(leaves), from);
    }
  });

test('k.bookkeeping: the day after the last belongs to the next year, by the clock in Oslo', () => {
  assert.equal(dayBefore(fiscalYearEnded('06-30', new Date('2024-06-30T22:00:00Z'))), '2025-06-30');
  assert.equal(dayBefore(fiscalYearEnded('02-29', new Date('2025-02-28T12:00:00Z'))), '2025-02-28');
  assert.equal(dayBefore(fiscalYearEnded('02-29', new Date('2027-03-01T12:00:00Z'))), '2028-02-29');
  assert.equal(dayBefore(fiscalYearEnded(undefined, new Date('2026-05-17T12:00:00Z'))), '2026-12-31');
});

const days = Array.from({ length: 366 }, (_, n) =>
  new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(5, 10),
);
const yearEnds = fc.constantFrom(...days);
const moments = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
const months = ({ y, m, d }: { y: number; m: number; d: number }, more: number) => {
  const month = y * 12 + (m - 1) + more;
  const last = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate();
  return new Date(Date.UTC(Math.floor(month / 12), month % 12, Math.min(d, last))).toISOString().slice(0, 10);
};

test('k.bookkeeping: never a day early for the duty to keep, never a day late for the promise to delete', () => {
  fc.assert(
    fc.property(yearEnds, moments, fc.constantFrom(60, 42), (end, moment, length) => {
      const ended = fiscalYearEnded(end, moment);
      const last = dayBefore(ended);
      // The year holds the moment, and no more than a year of moments.
      assert.ok(osloDate(moment) <= last);
      const previous = fiscalYearEnded(end, new Date(startOfDate(last).getTime() - 366 * 86_400_000));
      assert.ok(dayBefore(previous) < osloDate(moment));
      // Reckoned by hand: the day after the last, so many months on, and the day before that is the last one kept.
      const [y = 0, m = 0, d = 0] = osloDate(ended).split('-').map(Number);
      const leaves = after(ended, `P${Math.floor(length / 12)}Y${length % 12}M`);
      assert.equal(osloDate(leaves), months({ y, m, d }, length));
      assert.equal(leaves.getTime(), startOfDate(osloDate(leaves)).getTime(), 'at midnight in Oslo');
    }),
  );
});

test('k.bookkeeping: every moment lies in one year and its neighbours, and years follow without a gap', () => {
  fc.assert(
    fc.property(yearEnds, moments, (end, moment) => {
      const ended = fiscalYearEnded(end, moment);
      assert.ok(ended > moment);
      const next = fiscalYearEnded(end, ended);
      const length = Math.round((next.getTime() - ended.getTime()) / 86_400_000);
      assert.ok(length === 365 || length === 366, `${length} days`);
      assert.equal(fiscalYearEnded(end, new Date(ended.getTime() - 1)).getTime(), ended.getTime());
    }),
  );
});

test('k.bookkeeping: what is no day of the year is told from what is', () => {
  for (const day of ['12-31', '02-29', '06-30']) assert.ok(isYearEnd(day), day);
  for (const day of ['02-30', '04-31', '00-10', '13-01', '6-30', '12-00', '12-32', ''])
    assert.ok(!isYearEnd(day), day);
  assert.throws(() => fiscalYearEnded('04-31', new Date()), RangeError);
});

const ending = (day: string) => swap(texts.yaml, 'fiscalYearEnd: "12-31"', `fiscalYearEnd: "${day}"`);

test('k.bookkeeping: a fiscal year that ends on no day is refused where it is written', () => {
  const line = texts.yaml.split('\n').findIndex((text) => text.includes('fiscalYearEnd')) + 1;
  assert.deepEqual(wrongWith({ yaml: ending('04-31') }), [
    `statement/statement.yaml:${line}:18: operator.fiscalYearEnd: "04-31" is not a day of the year`,
  ]);
  assert.deepEqual(wrongWith({ yaml: ending('juni') }), [
    `statement/statement.yaml:${line}:18: operator.fiscalYearEnd: "juni" is not a month and a day in quotes, such as "12-31"`,
  ]);
});

test('k.bookkeeping: what moves to the archive needs a hold that says how long it stays there', () => {
  const yaml = swap(
    texts.yaml,
    `    categories: [customer.agreement]
    clock: agreement-ended
    period: P0D
    end: archive`,
    `    categories: [customer.agreement, customer.modules]
    clock: agreement-ended
    period: P0D
    end: archive`,
  );
  const [wrong] = wrongWith({ yaml }).filter((line) => line.includes('archive'));
  assert.match(
    wrong ?? '',
    /^statement\/statement\.yaml:\d+:\d+: storage\.agreement\.terms: moves customer\.modules to/,
  );
});

test('k.bookkeeping: a hold that ends before the act lets it, or is counted from elsewhere, is no rule to apply', () => {
  const entries = 'clock: fiscal-year-ended\n    period: P5Y';
  const agreements = 'clock: fiscal-year-ended\n    period: P3Y6M';
  for (const [written, instead, says] of [
    [
      entries,
      entries.replace('P5Y', 'P4Y11M'),
      /bookkeeping\.entries: .* accounting\.record kept for at least P5Y$/,
    ],
    [agreements, agreements.replace('P3Y6M', 'P1Y'), /bookkeeping\.agreements: .* for at least P3Y6M$/],
    [
      entries,
      entries.replace('fiscal-year-ended', 'recorded'),
      /bookkeeping\.entries: .* from the end of the fiscal year/,
    ],
  ] as const)
    assert.ok(
      wrongWith({ yaml: swap(texts.yaml, written, instead) }).some((line) => says.test(line)),
      instead,
    );
  assert.deepEqual(wrongWith({ yaml: swap(texts.yaml, entries, entries.replace('P5Y', 'P10Y')) }), []);
});

test('k.bookkeeping: the text says when the fiscal year ends', () => {
  const { statement } = shipped();
  const said = (end: string, language: 'nb' | 'en') => {
    const other: Statement = { ...statement, operator: { ...statement.operator, fiscalYearEnd: end } };
    const found = fact(other, language, 'operator.fiscalYearEnd');
    return 'text' in found ? found.text : found.wrong;
  };
  assert.equal(said('12-31', 'nb'), '31. desember');
  assert.equal(said('06-30', 'en'), '30 June');
  assert.equal(said('02-29', 'nb'), 'siste dag i februar');
  assert.equal(said('02-29', 'en'), 'the last day of February');
});

test('v.notice: another fiscal year matters to people, and saying that it is the calendar’s does not', () => {
  const { statement } = shipped();
  const { fiscalYearEnd: _, ...unsaid } = statement.operator;
  const silent: Statement = { ...statement, operator: unsaid };
  const other: Statement = { ...statement, operator: { ...statement.operator, fiscalYearEnd: '06-30' } };
  assert.equal(canonicalForPerson(silent), canonicalForPerson(statement));
  assert.ok(compare(silent, statement).every(({ material }) => !material));
  assert.notEqual(canonicalForPerson(other), canonicalForPerson(statement));
  assert.deepEqual(
    compare(statement, other).map(({ what, material }) => [what, material]),
    [['operator.fiscalYearEnd', true]],
  );
});
