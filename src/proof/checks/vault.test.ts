import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { catches, NOW, type Stage, type Twin } from '#test/stage.ts';

/** Each promise about what lies in tables and files, broken on purpose. Everything personal here is made up. */
const SEALED = 'Direct identifiers are sealed';
const ROWS = 'No column of any table holds';
const FILES = 'No log and no other file';
const ADDRESS = 'No unmasked network address';
const CHAIN = 'The journal is whole';
const GUARDED = 'The database lets nobody change the journal';

/** Sealed in form only: version, a nonce, a tag and then words. */
const pretend = (text: string, salt: number) =>
  Buffer.concat([Buffer.from([1]), Buffer.alloc(12, salt), Buffer.alloc(16, 7), Buffer.from(text)]);
const free = (house: Stage) => house.sql('alter domain vault.sealed drop constraint sealed_check');
const change = async (house: Stage, table: string, sql: string) => {
  await house.sql(`alter table ${table} disable trigger all`);
  await house.sql(sql);
  await house.sql(`alter table ${table} enable trigger all`);
};
const log = (house: Stage, line: string) =>
  writeFile(join(house.installation.dataDir, 'logs', 'hjemmel.log'), `${line}\n`, { flag: 'a' });

const twins: readonly Twin[] = [
  {
    title: '0.security: a value that was never sealed is found',
    breaks: async (house) => {
      await free(house);
      await house.sql('update vault.person set name = $2 where person = $1', [
        house.people.kari,
        Buffer.from('Kari'),
      ]);
    },
    finds: { [SEALED]: /^vault\.person\.name holds what is not sealed$/ },
  },
  {
    title: '0.security: a nonce that is used twice is found',
    breaks: (house) =>
      house.sql(
        'update vault.person set name = (select name from vault.person where person = $2) where person = $1',
        [house.people.kari, house.people.ola],
      ),
    finds: { [SEALED]: /^vault\.person\.name has a nonce that was used before$/ },
  },
  {
    title: '0.security: words in the place of ciphertext are found',
    breaks: async (house) => {
      for (let n = 0; n < 220; n += 1)
        await house.sql(
          'insert into vault.person (person, place, recorded_at) values (gen_random_uuid(), $1, $2)',
          [
            Buffer.concat([
              Buffer.from([1]),
              Buffer.from(`${n}`.padStart(12, 'x')),
              Buffer.from('Bergen'.repeat(3)),
            ]),
            NOW,
          ],
        );
    },
    finds: {
      [SEALED]: /^vault\.person\.place does not look like ciphertext$/,
      'Every person has a key': /vault\.person without a key \(220\)/,
      'No stored item lacks a source': /vault\.person\.place without a source \(220\)/,
    },
  },
  {
    title: '0.security: a column of addresses that is plain text is found',
    breaks: async (house) => {
      await house.sql('alter table customers.profile add column reach text');
      await house.sql(`comment on column customers.profile.reach is 'contact.place: where'`);
    },
    finds: {
      [SEALED]: /^customers\.profile\.reach is text and not sealed$/,
      'Each purpose can read': /customer cannot read customers\.profile\.reach/,
    },
  },
  {
    title: '0.security: a keyed hash that is none is found',
    breaks: async (house) => {
      await house.sql('alter table newsletter.opt_out drop constraint opt_out_hash_check');
      await house.sql('insert into newsletter.opt_out values ($1, $2)', [Buffer.from('not a hash'), NOW]);
    },
    finds: { [SEALED]: /^newsletter\.opt_out\.hash holds what is no keyed hash$/ },
  },
  {
    title: '0.security: an address in a text column is found',
    breaks: (house) =>
      house.sql('update mail.letter set failure = $2 where person = $1', [
        house.people.kari,
        '550 kari@firma.example',
      ]),
    finds: { [ROWS]: /^mail\.letter\.failure holds an e-mail address$/ },
  },
  {
    title: '0.security: a phone number among a row’s items is found',
    breaks: (house) =>
      house.sql('update newsletter.subscription set topic = $2 where person = $1 and topic = $3', [
        house.people.siv,
        'ring +47 10 00 00 01',
        'fag',
      ]),
    finds: { [ROWS]: /^newsletter\.subscription\.topic holds a phone number$/ },
  },
  {
    title: '0.security: a national identity number in a text column is found',
    breaks: (house) =>
      house.sql('update mail.letter set failure = $2 where person = $1', [
        house.people.kari,
        'fnr 018190 12012',
      ]),
    finds: { [ROWS]: /^mail\.letter\.failure holds a national identity number$/ },
  },
  {
    title: '0.security: a card number in a text column is found',
    breaks: (house) =>
      house.sql('update mail.letter set failure = $2 where person = $1', [
        house.people.kari,
        'kort 4242 4242 4242 4242',
      ]),
    finds: { [ROWS]: /^mail\.letter\.failure holds a card number$/ },
  },
  {
    title: '0.security: an address inside the form of a sealed value is found',
    breaks: (house) =>
      house.sql('update vault.person set email = $2 where person = $1', [
        house.people.kari,
        pretend('kari@firma.example', 3),
      ]),
    finds: { [ROWS]: /^vault\.person\.email holds an e-mail address$/ },
  },
  {
    title: '0.security: an address in a table that nobody declared is found',
    breaks: async (house) => {
      await house.sql('create table public.leads (id int, who jsonb)');
      await house.sql(`insert into public.leads values (1, '{"mail": "ola@firma.example"}')`);
      await house.sql(`grant select on public.leads to ${house.prefix}_proof`);
    },
    finds: {
      [ROWS]: /^public\.leads\.who holds an e-mail address$/,
      'No table and no column is undeclared': /public\.leads/,
    },
  },
  {
    title: '0.security: a table that the proof cannot look into is found',
    breaks: (house) => house.sql('create table public.hidden (what text)'),
    finds: {
      [ROWS]: /^public\.hidden\.what could not be looked at$/,
      [ADDRESS]: /^public\.hidden\.what could not be looked at$/,
      'No table and no column is undeclared': /public\.hidden/,
    },
  },
  {
    title: '0.security: an address in a log is found',
    breaks: (house) => log(house, '{"msg":"bounced","to":"siv@post.example"}'),
    finds: { [FILES]: /^logs\/hjemmel\.log holds an e-mail address$/ },
  },
  {
    title: '0.security: a number in a file that was left behind is found',
    breaks: async (house) => {
      await mkdir(join(house.installation.dataDir, 'exports', 'old'), { recursive: true });
      await writeFile(
        join(house.installation.dataDir, 'exports', 'old', 'data.json'),
        '{"phone":"+4710000001"}',
      );
    },
    finds: { [FILES]: /^exports\/old\/data\.json holds a phone number$/ },
  },
  {
    title: '1.2.device: an address of a machine in a log is found',
    breaks: (house) => log(house, '{"msg":"request","from":"198.51.100.23"}'),
    finds: { [ADDRESS]: /^logs\/hjemmel\.log holds a network address$/ },
  },
  {
    title: '1.2.device: an address of a machine in a row is found',
    breaks: async (house) => {
      await house.sql('update mail.letter set failure = $2 where person = $1', [
        house.people.kari,
        '2001:db8::7',
      ]);
      await house.sql('update mail.letter set failure = $2 where person = $1', [
        house.people.ola,
        'from 203.0.113.9',
      ]);
    },
    finds: { [ADDRESS]: /^mail\.letter\.failure holds a network address \(2\)$/ },
  },
  {
    title: '0.security: a changed entry of the journal is found',
    breaks: (house) =>
      change(
        house,
        'journal.entry',
        `update journal.entry set actor = 'staff' where id = (select min(id) from journal.entry)`,
      ),
    finds: { [CHAIN]: /^block 1 holds an entry that was changed, added or taken out$/ },
  },
  {
    title: '0.security: an entry taken out of the journal is found',
    breaks: (house) => change(house, 'journal.entry', 'delete from journal.entry where id = 3'),
    finds: { [CHAIN]: /^block 1 holds/ },
  },
  {
    title: '0.security: a block taken out of the journal is found',
    breaks: (house) => change(house, 'journal.block', 'delete from journal.block where number = 1'),
    finds: { [CHAIN]: /^block 1 is missing$/ },
  },
  {
    title: '0.security: an entry that nobody seals is found',
    breaks: (house) =>
      house.sql(
        `insert into journal.entry (at, gate, act, actor, statement) values ($1::timestamptz - interval '2 hours', 'keep', 'round', 'system', '3.0')`,
        [NOW],
      ),
    finds: { [CHAIN]: /^an entry waits for its block$/ },
  },
  {
    title: '0.security: a journal whose trigger is off is found',
    breaks: (house) => house.sql('alter table journal.entry disable trigger append_only'),
    finds: { [GUARDED]: /^append_only on journal\.entry is not as it was made, or is off$/ },
  },
  {
    title: '0.security: a journal that a role may change is found',
    breaks: (house) => house.sql(`grant delete on journal.entry to ${house.prefix}_keep`),
    finds: { [GUARDED]: /_keep may change entry$/ },
  },
  {
    title: '0.security: a receipt that was rewritten is found',
    breaks: (house) =>
      house.sql(`update gate.receipt set body = replace(body, '"kind":"consent"', '"kind": "consent"')`),
    finds: { 'Every receipt is the one': /^gate\.receipt is not what the journal says it was/ },
  },
  {
    title: '0.version: a changed text of an applied version is found',
    breaks: (house) =>
      change(house, 'statement.version', `update statement.version set prose_en = prose_en || 'And more.'`),
    finds: { 'The published statement': /^version 3\.0 does not have its own fingerprint$/ },
  },
  {
    title: '0.version: a version that can be changed is found',
    breaks: (house) => house.sql('drop trigger immutable on statement.version'),
    finds: { 'An applied version cannot': /^immutable on statement\.version is gone$/ },
  },
  {
    title: '0.version: a record of a version that was never applied is found',
    breaks: (house) =>
      house.sql(`update gate.acceptance set statement = '2.9' where person = $1`, [house.people.kari]),
    finds: { 'Every record names a version': /^gate\.acceptance\.statement is no version that was applied$/ },
  },
];

for (const twin of twins) test(twin.title, () => catches(twin));
