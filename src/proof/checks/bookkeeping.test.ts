import { test } from 'node:test';
import { SYSTEM } from '#gates/actor.ts';
import { catches, NOW, type Stage, type Twin } from '#test/stage.ts';

/** Each promise about accounting records, and about the age of the journal, broken on purpose. */
const COVERED = 'What outlasts an erasure is what the bookkeeping act covers';
const READERS = 'Nobody but bookkeeping and the engine can read the archive';
const DATED = 'Each archived record is dated by the end of a fiscal year';
const STAYS = 'What the receipt of an erasure says is archived';
const SHELVES = 'Every shelf of the archive in use has a key';
const NUMBERED = 'The numbers of invoices, credit notes and payments';
const PAST = 'by the storage rules bookkeeping.entries';
const AGED = 'No entry of the journal is past its date';
const CHAIN = 'The journal is whole';
const RIGHTS = 'Each purpose can read';

const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
/** Changes a table whose triggers would not have it. */
const change = async (house: Stage, table: string, sql: string, values: readonly unknown[] = []) => {
  await house.sql(`alter table ${table} disable trigger all`);
  await house.sql(sql, values);
  await house.sql(`alter table ${table} enable trigger all`);
};

/** Three invoices of a client, drawn after everything else. */
async function invoices({ gates, people }: Stage): Promise<void> {
  for (const once of ['en', 'to', 'tre'])
    await gates.archive.issue({
      kind: 'invoice',
      client: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
      person: people.kari!,
      dated: '2026-11-23',
      once,
      content: (number) => ({
        number: String(number),
        date: '2026-11-23',
        buyer: 'Prøve AS',
        organisation: '310000000',
        what: 'Abonnement',
        amount: '1250.00',
        currency: 'NOK',
      }),
      actor: SYSTEM,
      at: NOW,
    });
}

const twins: readonly Twin[] = [
  {
    title: 'k.bookkeeping: an invoice that is gone from among the others is found',
    breaks: async (house) => {
      await invoices(house);
      await change(house, 'archive.entry', 'delete from archive.entry where number = 10002');
    },
    finds: { [NUMBERED]: /^numbers of the series sale are missing$/ },
  },
  {
    title: 'k.bookkeeping: a number that was given out to no document is found',
    breaks: async (house) => {
      await invoices(house);
      await house.sql(`update archive.series set last = last + 1 where series = 'sale'`);
    },
    finds: { [NUMBERED]: /^numbers of the series sale are missing$/ },
  },
  {
    title: 'k.bookkeeping: a table that outlasts an erasure without a duty is found',
    breaks: (house) =>
      house.sql(
        `comment on table newsletter.subscription is 'Topics [subject=person purpose=newsletter recorded=since end=stays]'`,
      ),
    finds: { [COVERED]: /^newsletter\.subscription\.topic outlasts an erasure without a duty/ },
  },
  {
    title: 'k.bookkeeping: something in the archive that the act does not cover is found',
    breaks: (house) =>
      house.sql(`comment on column archive.entry.content is 'customer.payment: how it was paid'`),
    finds: {
      [COVERED]: /^archive\.entry\.content outlasts an erasure without a duty$/,
      [DATED]: /^archive\.entry\.year_ended is not the year of its shelf \(2\)$/,
      'no storage rule covers': /^archive\.entry\.content is kept without a rule$/,
    },
  },
  {
    title: 'k.bookkeeping: a record in the clear is found',
    breaks: (house) => house.sql(`alter table archive.agreement alter content type text using 'x'`),
    finds: { [COVERED]: /^archive\.agreement\.content is not sealed$/ },
  },
  {
    title: 'k.bookkeeping: a record that was copied is found',
    breaks: (house) =>
      house.sql(
        `insert into archive.entry select person, gen_random_uuid(), shelf, content, year_ended from archive.entry where person = $1`,
        [house.people.kari],
      ),
    finds: { [COVERED]: /^archive\.entry\.content holds what was sealed with a nonce that was used before$/ },
  },
  {
    title: 'k.bookkeeping: another purpose that can read the archive is found',
    breaks: (house) => house.sql(`grant select (content) on archive.entry to ${house.prefix}_agreement`),
    finds: {
      [READERS]: /_agreement can read archive\.entry$/,
      [RIGHTS]: /^agreement can read archive\.entry\.content$/,
    },
  },
  {
    title:
      'k.bookkeeping: a role of the engine that can read or change more of the archive than it must is found',
    breaks: (house) =>
      house.sql(
        `grant select on archive.entry to ${house.prefix}_collect; grant delete on archive.agreement to ${house.prefix}_answer`,
      ),
    finds: {
      [READERS]: /_answer can change archive\.agreement; .*_collect can read archive\.entry$/,
    },
  },
  {
    title: 'k.bookkeeping: records that can be changed are found',
    breaks: (house) => house.sql('alter table archive.entry disable trigger immutable'),
    finds: { [READERS]: /^immutable on archive\.entry is not as it was made, or is off$/ },
  },
  {
    title: 'k.bookkeeping: records that are shown to another purpose are found',
    breaks: (house) =>
      house.sql(`create policy more on archive.entry for select to ${house.prefix}_customer using (true)`),
    finds: {
      [READERS]: /^archive\.entry shows its rows to .*_customer$/,
      'shows a purpose only the persons': /^archive\.entry has a row policy of unknown make/,
    },
  },
  {
    title: 'k.bookkeeping: a record dated by no fiscal year, and one dated too far ahead, are found',
    breaks: async (house) => {
      const move = (years: string, who: string) =>
        change(
          house,
          'archive.entry',
          `update archive.entry set year_ended = (year_ended at time zone 'Europe/Oslo' + $2::interval) at time zone 'Europe/Oslo' where person = $1`,
          [house.people[who], years],
        );
      await move('40 days', 'kari');
      await move('3 years', 'eva');
    },
    finds: {
      [DATED]:
        /^archive\.entry\.year_ended is no end of a fiscal year; archive\.entry\.year_ended lies more than a year ahead$/,
    },
  },
  {
    title: 'k.bookkeeping: a record dated a year early, which would go a year early, is found',
    breaks: (house) =>
      change(
        house,
        'archive.entry',
        `update archive.entry set year_ended = (year_ended at time zone 'Europe/Oslo' - interval '1 year') at time zone 'Europe/Oslo' where person = $1`,
        [house.people.kari],
      ),
    finds: { [DATED]: /^archive\.entry\.year_ended is not the year of its shelf$/ },
  },
  {
    title: 'k.bookkeeping: records that are gone though a receipt says they stay are found',
    breaks: (house) =>
      change(house, 'archive.entry', 'delete from archive.entry where person = $1', [house.people.eva]),
    finds: { [STAYS]: /^archived records that a receipt says stay are gone( \(\d+\))?$/ },
  },
  {
    title: 'k.bookkeeping: a record kept past its date is found, of an erased person too',
    breaks: (house) =>
      change(
        house,
        'archive.entry',
        `update archive.entry set year_ended = '2020-12-31T23:00:00Z' where person = $1`,
        [house.people.eva],
      ),
    finds: {
      [PAST]: /^archive\.entry past its date \(bookkeeping\.entries\)$/,
      [DATED]: /^archive\.entry\.year_ended is not the year of its shelf$/,
    },
  },
  {
    title: 'k.bookkeeping: a shelf whose key is gone is found',
    keys: true,
    breaks: (house) => house.keysSql('delete from keys.archive_key'),
    finds: { [SHELVES]: /^a shelf of the archive without a key \(2\)$/ },
  },
  {
    title: 'k.bookkeeping: a key that opens nothing is found after an hour, and not before',
    keys: true,
    breaks: async (house) => {
      for (const days of [0.1, 0.001])
        await house.keysSql(`insert into keys.archive_key values (gen_random_uuid(), 'x', 'k1', $1)`, [
          ago(days),
        ]);
    },
    finds: { [SHELVES]: /^a key of the archive without a shelf$/ },
  },
  {
    title: 'k.as-needed: entries that left the journal before their date are found',
    breaks: (house) =>
      change(
        house,
        'journal.entry',
        'delete from journal.entry where id <= (select last_id from journal.block where number = 1)',
      ),
    finds: {
      [AGED]: /^a block whose entries left before their date$/,
      [CHAIN]: /^block 1 does not hold the entries it was sealed over$/,
      'Every receipt is the one': /^gate\.receipt is not what the journal says it was/,
    },
  },
  {
    title: 'k.as-needed: entries that are past their date and still in the journal are found',
    breaks: async (house) => {
      const old = ago(5 * 366 + 2);
      await house.sql(
        `insert into journal.entry (at, gate, act, actor, statement) values ($1, 'keep', 'round', 'system', '3.0')`,
        [old],
      );
      await house.sealer.seal(old);
    },
    finds: { [AGED]: /^a block whose entries are past their date$/ },
  },
  {
    title: 'k.as-needed: an entry that would keep the journal from ageing is found',
    breaks: async (house) => {
      await house.sql(
        `insert into journal.entry (at, gate, act, actor, statement) values ('2999-01-01', 'keep', 'round', 'system', '3.0')`,
      );
      await house.sealer.seal(NOW);
    },
    finds: { [AGED]: /^an entry dated later than now$/ },
  },
  {
    title: '0.security: somebody else who may take entries out of the journal is found',
    breaks: (house) =>
      house.sql(
        `grant execute on function journal.age(timestamptz, interval, integer) to ${house.prefix}_answer`,
      ),
    finds: { 'The database lets nobody change the journal': /_answer may run age$/ },
  },
  {
    title: '0.security: a block without entries whose signature does not fit is found',
    breaks: async (house) => {
      const old = ago(5 * 366 + 2);
      await house.sql(
        `insert into journal.entry (at, gate, act, actor, statement) values ($1, 'keep', 'round', 'system', '3.0')`,
        [old],
      );
      await house.sealer.seal(old);
      await change(
        house,
        'journal.entry',
        'delete from journal.entry where id = (select max(last_id) from journal.block)',
      );
      await change(
        house,
        'journal.block',
        `update journal.block set root = sha256('x') where number = (select max(number) from journal.block)`,
      );
    },
    finds: { [CHAIN]: /^block \d+ has a signature that does not fit$/ },
  },
];

for (const twin of twins) test(twin.title, () => catches(twin));
