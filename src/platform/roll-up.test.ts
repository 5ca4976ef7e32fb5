import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Scratch, scratch } from '#test/scratch.ts';
import { readMap } from './map.ts';
import { coarser, judgeRollUps, rollUps } from './roll-up.ts';

let database: Scratch;
before(async () => {
  database = await scratch('src/platform/sql', 'src/gates/sql', 'src/modules/analytics/sql');
});
after(() => database.drop());

/** What the map says of the roll-ups when something is changed, and then changed back. */
const judged = (change: string) =>
  database.lend(async (client) => {
    await client.query('begin');
    try {
      await client.query(change);
      return judgeRollUps(await readMap(client));
    } finally {
      await client.query('rollback');
    }
  });

test('k.anonymise: a roll-up as it was made has nothing wrong', async () => {
  assert.deepEqual(await judged('select'), []);
});

test('k.anonymise: a roll-up that could lead back to a person is refused, whatever it says of itself', async () => {
  const month = 'analytics.page_month';
  const cases: [string, RegExp][] = [
    [
      `alter table ${month} add who uuid; comment on column ${month}.who is 'none: who'`,
      /who: a roll-up holds groups and \[people\] and nothing else/,
    ],
    [
      `alter table ${month} add who uuid; comment on column ${month}.who is 'none: who [as-is of person]'`,
      /event\.person \(uuid\) cannot be made coarser by as-is/,
    ],
    [
      `alter table ${month} add at timestamptz; comment on column ${month}.at is 'none: when [as-is of at]'`,
      /event\.at \(timestamp with time zone\) cannot be made coarser by as-is/,
    ],
    [`comment on column ${month}.page is 'none: page [hash of page]'`, /nothing is made coarser by hash/],
    [`comment on column ${month}.page is 'none: page [as-is of nothing]'`, /has no column nothing/],
    [
      `comment on column ${month}.month is 'none: month [as-is of browser]'`,
      /needs one month, quarter or year/,
    ],
    [`comment on column ${month}.people is 'none: people'`, /needs one column that counts \[people\]/],
    [`comment on table ${month} is 'x [subject=none rolls-up=gate.receipts]'`, /is no table of persons/],
    [`comment on table ${month} is 'x [subject=page rolls-up=analytics.event]'`, /is nobody's/],
    [
      `create table analytics.other (like ${month} including comments);
       comment on table analytics.other is 'x [subject=none rolls-up=analytics.event]'`,
      /a second roll-up of analytics\.event/,
    ],
  ];
  for (const [change, says] of cases) assert.match((await judged(change)).join('\n'), says, change);
});

test('k.anonymise: values are made coarser until nothing in them can stand for somebody', async () => {
  const [one] = rollUps(await readMap(database.pool));
  const text = { ...one!.groups[0]!, from: { ...one!.groups[0]!.from, type: 'text' } };
  const made = async (by: string, value: string) =>
    (await database.pool.query(`select ${coarser({ ...text, by }, '$1::text')} as made`, [value])).rows[0]
      .made;
  const paths: [string, string | null][] = [
    ['/', '/'],
    ['/kurs', '/kurs'],
    ['/Kurs/regnskap?id=7#topp', '/kurs'],
    ['/påmelding/', '/påmelding'],
    ['/kurs2026', null],
    ['/4f1c9a', null],
    ['/ola.nordmann', null],
    ['/ola@firma.example', null],
    [`/${'a'.repeat(41)}`, null],
    ['kurs', null],
    ['', null],
  ];
  for (const [path, part] of paths) assert.equal(await made('first-segment', path), part, path);
  const names: [string, string | null][] = [
    ['Firefox 143', 'Firefox'],
    ['Firefox 143.0.1', 'Firefox'],
    ['Samsung Internet 28', 'Samsung Internet'],
    ['macOS 26', 'macOS'],
    ['Mozilla/5.0 (X11; Linux)', 'Mozilla'],
    ['4711', null],
    ['x'.repeat(31), null],
  ];
  for (const [name, family] of names) assert.equal(await made('family', name), family, name);
});
