import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parsePrices } from '#gates/prices/file.ts';
import type { Span } from '#gates/prices/list.ts';
import { shippedPrices } from '#test/prices.ts';
import { addDays, addMonths, daysBetween, later, periodOf } from './calendar.ts';
import { type Charge, type Item, type Reckoning, reckon } from './charges.ts';
import { amountOf, share, totalsOf } from './money.ts';

const RUNS = { seed: 20261127, numRuns: 500 };
const prices = shippedPrices();
const sold = (month: number) => ({ prices: [{ from: '2020-01-01', month, year: month * 10 }] });
const item = (id: string, from: string, to: string | null = null, month = 29_000): Item => ({
  id,
  name: id,
  sold: sold(month),
  from,
  to,
});
/** What a reckoning becomes once it is drawn. */
const charged = ({ charges, refunds }: Reckoning): Charge[] => [
  ...charges.map(({ item, from, to, net }) => ({
    item,
    kind: 'charge' as const,
    from,
    to,
    net,
    document: 'd',
  })),
  ...refunds.map(({ item, from, to, net }) => ({
    item,
    kind: 'refund' as const,
    from,
    to,
    net,
    document: 'e',
  })),
];
const said = ({ charges, refunds }: Reckoning) => [
  ...charges.map(({ item, from, to, net }) => `${item} ${from} ${to} ${net}`),
  ...refunds.map(({ item, from, to, net }) => `${item} ${from} ${to} -${net}`),
];

test('u.customer: a period begins on the day it is paid from, and on a month’s last day where there is no such day', () => {
  const from = '2026-01-31';
  for (const [day, begins, ends] of [
    ['2026-01-31', '2026-01-31', '2026-02-28'],
    ['2026-02-27', '2026-01-31', '2026-02-28'],
    ['2026-02-28', '2026-02-28', '2026-03-31'],
    ['2026-03-30', '2026-02-28', '2026-03-31'],
    ['2028-02-29', '2028-02-29', '2028-03-31'],
  ] as const)
    assert.deepEqual(periodOf(from, 'month', day), { from: begins, to: ends }, day);
  assert.deepEqual(periodOf('2024-02-29', 'year', '2026-11-27'), { from: '2026-02-28', to: '2027-02-28' });
  assert.equal(periodOf(from, 'month', '2026-01-30'), undefined);
});

test('u.customer: periods follow one another with no day between, whatever the day they began on', () => {
  const day = fc.integer({ min: 0, max: 4000 }).map((n) => addDays('2024-01-01', n));
  fc.assert(
    fc.property(day, day, fc.constantFrom<Span>('month', 'year'), (anchor, at, span) => {
      const period = periodOf(anchor, span, at);
      if (at < anchor) return assert.equal(period, undefined);
      assert.ok(period !== undefined && period.from <= at && at < period.to);
      assert.equal(periodOf(anchor, span, period.to)!.from, period.to);
      const [least, most] = span === 'month' ? [28, 31] : [365, 366];
      const length = daysBetween(period.from, period.to);
      assert.ok(length >= least && length <= most, `${anchor} ${period.from} ${length}`);
    }),
    RUNS,
  );
});

test('u.customer: an amount is shared to the nearest øre, half an øre away from nothing, and as far down as up', () => {
  assert.deepEqual([share(5, 1, 2), share(-5, 1, 2), share(1, 1, 3), share(2, 1, 3)], [3, -3, 0, 1]);
  const n = fc.integer({ min: 0, max: 10_000_000_000 });
  fc.assert(
    fc.property(
      n,
      fc.integer({ min: 1, max: 366 }),
      fc.integer({ min: 0, max: 366 }),
      (amount, whole, part) => {
        const got = share(amount, part, whole);
        assert.ok(Math.abs(got * whole - amount * part) * 2 <= whole);
        assert.equal(share(-amount, part, whole) + got, 0);
        assert.equal(share(amount, whole, whole), amount);
      },
    ),
    RUNS,
  );
});

test('u.customer: lines add up to the total, and VAT by rate adds up to VAT', () => {
  const line = fc.record({ net: fc.integer({ min: -1e9, max: 1e9 }), rate: fc.constantFrom(0, 12, 15, 25) });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), (lines) => {
      const { net, vat, total, rates } = totalsOf(lines);
      assert.equal(
        lines.reduce((sum, one) => sum + one.net, 0),
        net,
      );
      assert.equal(
        rates.reduce((sum, one) => sum + one.vat, 0),
        vat,
      );
      assert.equal(net + vat, total);
      for (const one of rates) assert.ok(Math.abs(one.vat * 100 - one.net * one.rate) <= 50);
      assert.match(amountOf(total), /^-?\d+\.\d{2}$/);
      assert.equal(Math.round(Number(amountOf(total)) * 100), total);
    }),
    RUNS,
  );
});

test('u.customer: a plan is paid for in advance, from the end of the trial, a term at a time and none twice', () => {
  const terms = { anchor: '2026-02-01', span: 'month' } as const;
  const items = [item('plan', '2026-01-02'), item('arkiv', '2026-01-02', null, 19_000)];
  assert.deepEqual(said(reckon(prices, terms, items, [], '2026-01-31')), []);
  const first = reckon(prices, terms, items, [], '2026-02-01');
  assert.deepEqual(said(first), ['plan 2026-02-01 2026-03-01 29000', 'arkiv 2026-02-01 2026-03-01 19000']);
  assert.deepEqual(said(reckon(prices, terms, items, charged(first), '2026-02-28')), []);
  assert.deepEqual(said(reckon(prices, terms, items, charged(first), '2026-03-01')), [
    'plan 2026-03-01 2026-04-01 29000',
    'arkiv 2026-03-01 2026-04-01 19000',
  ]);
});

test('u.customer: terms that were missed are caught up with, a line for each', () => {
  const terms = { anchor: '2026-02-01', span: 'month' } as const;
  assert.deepEqual(said(reckon(prices, terms, [item('plan', '2026-01-02')], [], '2026-04-20')), [
    'plan 2026-02-01 2026-03-01 29000',
    'plan 2026-03-01 2026-04-01 29000',
    'plan 2026-04-01 2026-05-01 29000',
  ]);
});

test('u.customer: what begins within a period is paid from its day at the next term, and what ends is given back from its', () => {
  const terms = { anchor: '2026-02-01', span: 'month' } as const;
  const plan = item('plan', '2026-02-01');
  const first = charged(reckon(prices, terms, [plan, item('arkiv', '2026-02-01')], [], '2026-02-01'));
  const items = [plan, item('arkiv', '2026-02-01', '2026-02-15'), item('kurs', '2026-02-22', null, 28_000)];
  assert.deepEqual(said(reckon(prices, terms, items, first, '2026-02-25')), [
    'arkiv 2026-02-15 2026-03-01 -14500',
  ]);
  assert.deepEqual(said(reckon(prices, terms, items, first, '2026-03-01')), [
    'plan 2026-03-01 2026-04-01 29000',
    'kurs 2026-02-22 2026-03-01 7000',
    'kurs 2026-03-01 2026-04-01 28000',
    'arkiv 2026-02-15 2026-03-01 -14500',
  ]);
});

test('u.customer: a year is paid at once, and a module taken within it to the end of the year', () => {
  const terms = { anchor: '2026-02-01', span: 'year' } as const;
  const plan = item('plan', '2026-02-01');
  const first = reckon(prices, terms, [plan], [], '2026-02-01');
  assert.deepEqual(said(first), ['plan 2026-02-01 2027-02-01 290000']);
  const next = reckon(prices, terms, [plan, item('kurs', '2026-08-01')], charged(first), '2026-08-10');
  assert.deepEqual(said(next), [`kurs 2026-08-01 2027-02-01 ${share(290_000, 184, 365)}`]);
});

test('u.customer: at the end all is settled to the day, and then nothing is left to settle', () => {
  const terms = { anchor: '2026-02-01', span: 'month' } as const;
  const first = charged(reckon(prices, terms, [item('plan', '2026-01-02')], [], '2026-02-01'));
  const items = [item('plan', '2026-01-02', '2026-02-15'), item('kurs', '2026-02-08', '2026-02-15', 28_000)];
  const last = reckon(prices, terms, items, first, '2026-02-15', true);
  assert.deepEqual(said(last), ['kurs 2026-02-08 2026-02-15 7000', 'plan 2026-02-15 2026-03-01 -14500']);
  assert.deepEqual(said(reckon(prices, terms, items, [...first, ...charged(last)], '2026-02-15', true)), []);
});

test('u.customer: however often and late it is reckoned, what is charged less what is given back is the days that were had', () => {
  const day = fc.integer({ min: 0, max: 500 }).map((n) => addDays('2026-01-01', n));
  const plan = fc.record({
    from: day,
    lasts: fc.integer({ min: 0, max: 300 }),
    month: fc.integer({ min: 0, max: 100_000 }),
  });
  fc.assert(
    fc.property(
      fc.array(plan, { minLength: 1, maxLength: 4 }),
      fc.array(day, { maxLength: 12 }),
      fc.constantFrom<Span>('month', 'year'),
      (all, rounds, span) => {
        const terms = { anchor: '2026-02-01', span };
        const end = '2028-06-01';
        const items = all.map(({ from, lasts, month }, at) =>
          item(String(at), from, addDays(from, lasts), month),
        );
        const so = (at: string) =>
          items.filter(({ from }) => from <= at).map((one) => (one.to! > at ? { ...one, to: null } : one));
        const held: Charge[] = [];
        for (const at of [...rounds.sort(), end])
          held.push(...charged(reckon(prices, terms, so(at), held, at, at === end)));
        assert.deepEqual(said(reckon(prices, terms, items, held, end, true)), []);
        for (const one of items) {
          const mine = held.filter((row) => row.item === one.id);
          const days = new Set<string>();
          for (const row of mine.filter(({ kind }) => kind === 'charge'))
            for (let at = row.from; at < row.to; at = addDays(at, 1)) {
              assert.ok(!days.has(at), `${at} is charged twice`);
              days.add(at);
            }
          for (const row of mine.filter(({ kind }) => kind === 'refund'))
            for (let at = row.from; at < row.to; at = addDays(at, 1))
              assert.ok(days.delete(at), `${at} is given back twice`);
          const from = later(one.from, terms.anchor);
          if (one.sold.prices[0]!.month > 100)
            assert.equal(days.size, Math.max(0, daysBetween(from, one.to!)), `${one.from} ${one.to}`);
        }
      },
    ),
    { ...RUNS, numRuns: 150 },
  );
});

test('the price list is held to its form, with each problem where it stands', () => {
  const good = `currency: NOK
seller: { organisation: "310000027", vat: true, register: true, street: A 1, postcode: "0001", city: Oslo, account: "86011117947" }
trial: P30D
terms: P14D
vat: [{ from: 2005-01-01, rate: 25 }]
plans: { basis: { label: { nb: A, en: A }, about: { nb: A, en: A }, prices: [{ from: 2024-01-01, month: 1, year: 10 }] } }
modules: { arkiv: { prices: [{ from: 2024-01-01, month: 1, year: 10 }] } }
`;
  assert.equal(parsePrices(good, 'prices.yaml').terms, 'P14D');
  for (const [from, to, says] of [
    [
      '310000027',
      '310000028',
      'prices.yaml:2:25: seller.organisation: the last digit is not its check digit',
    ],
    [
      '86011117947',
      '86011117948',
      'prices.yaml:2:117: seller.account: the last digit is not its check digit',
    ],
    [
      'month: 1,',
      'month: 1.5,',
      'prices.yaml:6:105: plans.basis.prices.0.month: expected a whole number from 0 to 10000000000',
    ],
    ['month: 1,', 'mnth: 1,', 'prices.yaml:6:78: plans.basis.prices.0: "month" is missing'],
    ['terms: P14D', 'terms: PT14H', 'prices.yaml:4:8: terms: expected whole days, such as P14D'],
    ['from: 2005-01-01', 'from: 2005-02-30', 'prices.yaml:5:15: vat: 2005-02-30 is no date'],
    [
      'rate: 25 }',
      'rate: 25 }, { from: 2004-01-01, rate: 24 }',
      'prices.yaml:5:47: vat: 2004-01-01 does not come after 2005-01-01',
    ],
  ] as const)
    assert.throws(
      () => parsePrices(good.replace(from, to), 'prices.yaml'),
      (error: Error) => {
        assert.equal(error.message.split('\n')[0], says);
        return true;
      },
    );
  assert.equal(addMonths('2026-12-31', 2), '2027-02-28');
});
