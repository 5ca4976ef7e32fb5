import { test } from 'node:test';
import { catches, NOW, type Stage, type Twin } from '#test/stage.ts';

/** A backup put back that brings back what people had ended, or that nobody replayed. */
const REPLAYED = 'What came after a restored backup';
const SHORTENED = 'The journal has not lost the newest block';
const WITHDRAWN = 'No consent stands that was noted apart';
const PROTECTED = 'Every objection and restriction';
const VERSIONS = 'Every version that was noted apart';
const TAKEN = 'What users of a client may do is what was last noted apart';

const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const restored = (house: Stage, replayedAt: Date | null) =>
  house.sql(
    `insert into platform.restoration (kind, backup, taken_at, restored_at, table_count, row_count, replayed_at)
     values ('main', 'x', $1, $2, 1, 1, $3)`,
    [ago(600), ago(2), replayedAt],
  );

const twins: readonly Twin[] = [
  {
    title: 'r.rectify-erase: a restored backup that was not replayed is found',
    breaks: (house) => restored(house, null),
    finds: { [REPLAYED]: /^platform\.restoration was put back and not replayed$/ },
  },
  {
    title: 'r.rectify-erase: a restored backup that the journal does not know is found',
    breaks: (house) => restored(house, ago(1)),
    finds: { [REPLAYED]: /^platform\.restoration without its entry in the journal$/ },
  },
  {
    title: '0.security: a journal whose newest blocks were cut off is found',
    breaks: async (house) => {
      await house.sql(
        'alter table journal.block disable trigger all; alter table journal.entry disable trigger all',
      );
      await house.sql(
        `delete from journal.entry where id >= (select first_id from journal.block order by number desc limit 1)`,
      );
      await house.sql('delete from journal.block where number = (select max(number) from journal.block)');
      await house.sql(
        'alter table journal.block enable trigger all; alter table journal.entry enable trigger all',
      );
    },
    finds: {
      [SHORTENED]: /^block \d+ is not what was noted, or is gone$/,
      'Every receipt is the one': /gate\.receipt/,
      'Each erasure was finished': /without its receipt/,
      'Nobody was erased while held': /^gate\.hold that the journal does not know/,
    },
  },
  {
    title: 'r.withdraw: a consent that stands although its withdrawal was noted apart is found',
    keys: true,
    breaks: (house) =>
      house.keysSql(
        `insert into keys.wish (person, act, purpose, at) values ($1, 'withdraw', 'newsletter', $2)`,
        [house.people.siv, ago(60)],
      ),
    finds: { [WITHDRAWN]: /^consent\.active stands though it was withdrawn$/ },
  },
  {
    title: 'r.object-restrict: an objection that was lost is found',
    breaks: (house) => house.sql('delete from gate.objection where person = $1', [house.people.siv]),
    finds: { [PROTECTED]: /^gate\.objection lacks one that was made and not taken back$/ },
  },
  {
    title: 'r.object-restrict: a restriction that was lost is found',
    breaks: (house) => house.sql('delete from gate.restriction where person = $1', [house.people.ola]),
    finds: { [PROTECTED]: /^gate\.restriction lacks one that was asked for and not lifted$/ },
  },
  {
    title: 'v.changes: a version that was applied and is gone with the rows is found',
    keys: true,
    breaks: (house) =>
      house.keysSql(
        `insert into keys.version (version, rules, prose_nb, prose_en, fingerprint, person_fingerprint, applied_at)
         values ('3.1', 'x', 'x', 'x', 'x', 'x', $1)`,
        [ago(60)],
      ),
    finds: { [VERSIONS]: /^version 3\.1 is not what was noted, or is gone$/ },
  },
  {
    title: 'u.customer: an access level that somebody had taken from them and has again is found',
    keys: true,
    breaks: async (house) => {
      const [row] = await house.sql('select client, id from customers.member where person = $1', [
        house.people.vera,
      ]);
      await noted(house, 'set-row', row!, { table: 'customers.member', column: 'level', value: 'reader' });
    },
    finds: { [TAKEN]: /^customers\.member\.level is not what was noted apart$/ },
  },
  {
    title: 'u.customer: a module that was taken away and is there again is found',
    keys: true,
    breaks: async (house) => {
      const [row] = await house.sql('select client, id from customers.module where person = $1 limit 1', [
        house.people.nils,
      ]);
      await noted(house, 'end-row', row!, { table: 'customers.module' });
    },
    finds: { [TAKEN]: /^customers\.module has a row that was taken away$/ },
  },
];

const noted = (house: Stage, act: string, { client, id }: Record<string, unknown>, what: object) =>
  house.keysSql(
    `insert into keys.wish (person, act, purpose, what, at, client) values ($1, $2, 'agreement', $3, $4, $5)`,
    [house.people.vera, act, JSON.stringify({ ...what, id, by: 'user.level', turn: 0 }), ago(60), client],
  );

for (const twin of twins) test(twin.title, () => catches(twin));
