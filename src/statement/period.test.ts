import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import pg from 'pg';
import { cluster } from '#test/cluster.ts';
import { after, comparePeriods, isDate, osloDate, parsePeriod, periodText, startOfDate } from './period.ts';

/** Noon in Oslo, far from any change of the clock. */
const noon = (date: string): Date => new Date(startOfDate(date).getTime() + 12 * 3_600_000);
const dateAfter = (date: string, period: string): string => osloDate(after(noon(date), period));

test('reads durations of whole parts and nothing else', () => {
  const nothing = { years: 0, months: 0, weeks: 0, days: 0, hours: 0, minutes: 0, seconds: 0 };
  assert.deepEqual(parsePeriod('P3Y6M'), { ...nothing, years: 3, months: 6 });
  assert.deepEqual(parsePeriod('P1M'), { ...nothing, months: 1 });
  assert.deepEqual(parsePeriod('PT10M'), { ...nothing, minutes: 10 });
  assert.deepEqual(parsePeriod('P2WT72H'), { ...nothing, weeks: 2, hours: 72 });
  assert.deepEqual(parsePeriod('P0D'), nothing);
  for (const wrong of [
    '',
    'P',
    'PT',
    'P1',
    '18M',
    'P1.5Y',
    'P-1D',
    'P1YT',
    'P1M1Y',
    'p1y',
    'P1Y ',
    'P99999Y',
  ])
    assert.equal(parsePeriod(wrong), undefined, wrong);
});

test('r.access: counts a month on the calendar of Oslo, clipped to its last day', () => {
  for (const [received, due, extended] of [
    ['2026-01-31', '2026-02-28', '2026-04-30'],
    ['2026-02-28', '2026-03-28', '2026-05-28'],
    ['2026-03-31', '2026-04-30', '2026-06-30'],
    ['2026-08-31', '2026-09-30', '2026-11-30'],
    ['2025-11-30', '2025-12-30', '2026-02-28'],
    ['2028-01-29', '2028-02-29', '2028-04-29'],
  ] as const) {
    assert.equal(dateAfter(received, 'P1M'), due);
    assert.equal(dateAfter(received, 'P3M'), extended);
  }
});

test('takes the date of a receipt from the clock in Oslo, not from UTC', () => {
  const lateInMarch = new Date('2026-03-30T22:30:00Z');
  assert.equal(osloDate(lateInMarch), '2026-03-31');
  assert.equal(osloDate(after(lateInMarch, 'P1M')), '2026-04-30');
});

test('k.bookkeeping: counts from the moment the next fiscal year begins, so that a year end stays a month end', () => {
  for (const [yearEnd, fiveYears, threeAndAHalf] of [
    ['2024-12-31', '2030-01-01', '2028-07-01'],
    ['2024-06-30', '2029-07-01', '2028-01-01'],
    ['2024-02-29', '2029-03-01', '2027-09-01'],
  ] as const) {
    const ended = after(startOfDate(yearEnd), 'P1D');
    assert.deepEqual(after(ended, 'P5Y'), startOfDate(fiveYears));
    assert.deepEqual(after(ended, 'P3Y6M'), startOfDate(threeAndAHalf));
  }
});

test('k.behaviour-18-months: counts eighteen months to the same day or the last of the month', () => {
  assert.equal(dateAfter('2026-01-31', 'P18M'), '2027-07-31');
  assert.equal(dateAfter('2026-08-31', 'P18M'), '2028-02-29');
});

test('k.active-12-months: counts twelve months over a leap day', () => {
  assert.equal(dateAfter('2024-02-29', 'P12M'), '2025-02-28');
});

test('counts hours as they pass, also when the clock is moved', () => {
  const aware = new Date('2026-03-27T15:00:00Z');
  assert.deepEqual(after(aware, 'PT72H'), new Date('2026-03-30T15:00:00Z'));
});

test('keeps the time of day when days are counted over a change of the clock', () => {
  assert.deepEqual(after(new Date('2026-03-28T11:00:00Z'), 'P1D'), new Date('2026-03-29T10:00:00Z'));
  assert.deepEqual(after(new Date('2026-10-24T10:00:00Z'), 'P1D'), new Date('2026-10-25T11:00:00Z'));
});

test('gives a time of day that the clock skips as much later', () => {
  const halfPastTwo = new Date('2026-03-28T01:30:00Z');
  assert.deepEqual(after(halfPastTwo, 'P1D'), new Date('2026-03-29T01:30:00Z'));
});

test('gives a time of day that the clock shows twice as the later', () => {
  const first = new Date('2026-10-25T00:30:00Z');
  assert.deepEqual(after(first, 'P0D'), first);
  assert.deepEqual(after(new Date('2025-10-25T00:30:00Z'), 'P1Y'), new Date('2026-10-25T01:30:00Z'));
});

test('refuses what is no duration', () => {
  assert.throws(() => after(new Date(), '18 months'), RangeError);
  assert.throws(() => comparePeriods('P1Y', 'soon'), RangeError);
});

const moments = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
const months = fc.integer({ min: 0, max: 240 });

test('never ends before it starts, and never later for a shorter period', () => {
  fc.assert(
    fc.property(moments, months, months, (start, a, b) => {
      const [shorter, longer] = [Math.min(a, b), Math.max(a, b)];
      const first = after(start, `P${shorter}M`);
      assert.ok(first.getTime() >= start.getTime());
      assert.ok(after(start, `P${longer}M`).getTime() >= first.getTime());
      assert.equal(comparePeriods(`P${longer}M`, `P${shorter}M`) > 0, longer > shorter);
    }),
    { numRuns: 300 },
  );
});

test('lands on the same day of the month, or on its last when there is no such day', () => {
  fc.assert(
    fc.property(moments, months, (start, count) => {
      const from = osloDate(start).split('-').map(Number) as [number, number, number];
      const to = osloDate(after(start, `P${count}M`))
        .split('-')
        .map(Number) as [number, number, number];
      assert.equal(to[0] * 12 + to[1], from[0] * 12 + from[1] + count);
      assert.equal(to[2], Math.min(from[2], new Date(Date.UTC(to[0], to[1], 0)).getUTCDate()));
    }),
    { numRuns: 300 },
  );
});

test('moves by a year as by twelve months', () => {
  fc.assert(
    fc.property(moments, fc.integer({ min: 0, max: 20 }), (start, years) => {
      assert.deepEqual(after(start, `P${years}Y`), after(start, `P${years * 12}M`));
      assert.equal(comparePeriods(`P${years}Y`, `P${years * 12}M`), 0);
    }),
    { numRuns: 200 },
  );
});

test('gives the answer that PostgreSQL gives, so that a page and a deletion agree', async () => {
  const { superuserUrl } = await cluster();
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  const days = fc.integer({ min: 1, max: 800 });
  const period = fc.oneof(
    months.map((count) => `P${count + 1}M`),
    days.map((count) => `P${count}D`),
    fc.constantFrom('P3Y6M', 'P5Y', 'P18M', 'P1M3D', 'P1Y2W'),
  );
  // Around the nights when the clock is moved, and anywhere.
  const nights = fc
    .tuple(
      fc.constantFrom('2025-03-30', '2025-10-26', '2026-03-29', '2026-10-25'),
      fc.integer({ min: -300, max: 300 }),
    )
    .map(([night, minutes]) => new Date(Date.parse(`${night}T01:00:00Z`) + minutes * 60_000));
  const cases = fc.sample(fc.tuple(fc.oneof(moments, nights), period), { numRuns: 2000, seed: 1 });
  const { rows } = await client.query<{ over: Date }>(
    `select ((start at time zone 'Europe/Oslo' + period::interval) at time zone 'Europe/Oslo') as over
       from unnest($1::timestamptz[], $2::text[]) with ordinality as given (start, period, place) order by place`,
    [cases.map(([start]) => start), cases.map(([, written]) => written)],
  );
  await client.end();
  for (const [index, [start, written]] of cases.entries())
    assert.deepEqual(after(start, written), rows[index]!.over, `${start.toISOString()} + ${written}`);
});

test('is said as people say it', () => {
  assert.equal(periodText('P18M', 'nb'), '18 måneder');
  assert.equal(periodText('P3Y6M', 'nb'), '3 år og 6 måneder');
  assert.equal(periodText('P1M', 'nb'), '1 måned');
  assert.equal(periodText('P7D', 'nb'), '7 dager');
  assert.equal(periodText('P0D', 'nb'), 'straks');
  assert.equal(periodText('P12M', 'en'), '12 months');
  assert.equal(periodText('PT72H', 'en'), '72 hours');
  assert.equal(periodText('P1Y', 'en'), '1 year');
  assert.equal(periodText('P0D', 'en'), 'at once');
});

test('a day of the calendar is written as one, and is on it', () => {
  for (const day of ['2026-02-28', '2028-02-29', '0001-01-01', '9999-12-31']) assert.ok(isDate(day), day);
  for (const none of [
    '2026-02-29',
    '2026-02-30',
    '2026-13-01',
    '2026-2-1',
    '2026-02',
    '+010000-01',
    '2026-02-28 ',
    '',
  ])
    assert.equal(isDate(none), false, none);
});
