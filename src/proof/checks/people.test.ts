import { test } from 'node:test';
import { catches, NOW, type Stage, type Twin } from '#test/stage.ts';

/** Each promise about what is held on people and done with them, broken on purpose. */
const SOURCE = 'No stored item lacks a source';
const POINT = 'Each act of collection came in by a point';
const CONSENT = 'Nothing was collected on a consent';
const WORDS = 'No answer to a consent prompt';
const CONFIRMED = 'Every subscriber has a confirmed consent';
const STANDING = 'The consents that stand';
const OPTED_OUT = 'Nobody who opted out';
const KEYS = 'Every person has a key';
const ERASED = 'An erased person is in no table';
const FINISHED = 'Each erasure was finished';
const WITHDRAWN = 'Nothing was done on a consent after';
const WISHES = 'Nobody was used while restricted';
const UNDECLARED = 'No table and no column is undeclared';

const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const look = (house: Stage, who: string, purpose: string, at: Date) =>
  house.sql(
    `insert into journal.entry (at, gate, act, person, actor, purpose, statement) values ($1, 'use', 'look', $2, 'system', $3, '3.0')`,
    [at, house.people[who], purpose],
  );

const twins: readonly Twin[] = [
  {
    title: '1.sources: an item that no act of collection names is found',
    breaks: (house) =>
      house.sql(`update gate.collection set items = array_remove(items, 'contact.phone') where person = $1`, [
        house.people.kari,
      ]),
    finds: { [SOURCE]: /^vault\.person\.phone without a source$/ },
  },
  {
    title: '1.sources: a keyed hash whose address is gone is found',
    breaks: (house) =>
      house.sql('update vault.person set phone = null where person = $1', [house.people.kari]),
    finds: { [SOURCE]: /^vault\.lookup without the address it was made of$/ },
  },
  {
    title: '1.sources: an act of collection by an unknown point, or for another purpose, is found',
    breaks: async (house) => {
      await house.sql(`update gate.collection set point = 'list.bought' where person = $1`, [
        house.people.ola,
      ]);
      await house.sql(
        `update gate.collection set purpose = 'support' where person = $1 and purpose = 'customer'`,
        [house.people.jon],
      );
    },
    finds: {
      [POINT]: /point is none of the statement; gate\.collection\.purpose is not/,
      'Nothing was collected that its collection point': /came in by an unknown point/,
      'no storage rule covers': /is kept for support without a rule/,
    },
  },
  {
    title: '1.1.profile: a column that nobody declared is found',
    breaks: (house) => house.sql('alter table newsletter.request add column note text'),
    finds: { [UNDECLARED]: /^newsletter\.request\.note: undeclared/ },
  },
  {
    title: '1.1.profile: a column in the keys database that nobody declared is found',
    keys: true,
    breaks: (house) => house.keysSql('alter table keys.person_key add column who text'),
    finds: { [UNDECLARED]: /^keys\.person_key\.who in the keys database/ },
  },
  {
    title: '1.1.profile: a large object is found',
    breaks: (house) => house.sql('select lo_create(0)'),
    finds: { [UNDECLARED]: /^a large object/ },
  },
  {
    title: '1.2.minimal: an item that the point does not ask for is found',
    breaks: (house) =>
      house.sql(
        `update gate.collection set items = array_append(items, 'contact.phone') where person = $1 and purpose = 'confirmation'`,
        [house.people.ida],
      ),
    finds: {
      'Nothing was collected that its collection point': /^contact\.phone came in by newsletter\.sign-up$/,
      'no storage rule covers': /^contact\.phone is kept for confirmation without a rule$/,
    },
  },
  {
    title: '1.3.brreg: a third party that the statement does not name is found',
    breaks: (house) =>
      house.sql(
        `update gate.collection set source = 'data-broker' where person = $1 and purpose = 'customer'`,
        [house.people.kari],
      ),
    finds: {
      'No third party is a source': /^gate\.collection\.source is none of the statement \(\d\)$/,
      [POINT]: /source is not its point’s/,
    },
  },
  {
    title: '0.acceptance: a collection on a consent that was never given is found',
    breaks: (house) =>
      house.sql(
        `update gate.collection set consent = gen_random_uuid() where person = $1 and purpose = 'newsletter'`,
        [house.people.siv],
      ),
    finds: { [CONSENT]: /^gate\.collection rests on a consent that was not given$/ },
  },
  {
    title: '0.acceptance: a collection before the consent was given is found',
    breaks: (house) =>
      house.sql(`update gate.collection set at = $2 where person = $1 and purpose = 'newsletter'`, [
        house.people.siv,
        ago(7),
      ]),
    finds: { [CONSENT]: /^gate\.collection rests/ },
  },
  {
    title: '0.acceptance: a collection on a consent that had been withdrawn is found',
    breaks: (house) =>
      house.sql(
        `insert into gate.collection (person, id, point, purpose, source, items, statement, consent, at)
         select person, gen_random_uuid(), 'newsletter.confirm', 'newsletter', 'given', array['contact.email'], '3.0', id, $2
           from consent.event where person = $1 and state = 'given'`,
        [house.people.jon, ago(0.01)],
      ),
    finds: {
      [CONSENT]: /^gate\.collection rests on a consent that was withdrawn by then$/,
      [OPTED_OUT]: /holds off/,
    },
  },
  {
    title: '0.acceptance: words of a consent that were changed afterwards are found',
    breaks: (house) => house.sql(`update consent.wording set words = words || ' Og mer.'`),
    finds: { [WORDS]: /^consent\.wording is not what it was when it was shown/ },
  },
  {
    title: '0.acceptance: an answer whose words are not kept is found',
    breaks: (house) =>
      house.sql(`update consent.event set wording = 'lost' where person = $1`, [house.people.siv]),
    finds: { [WORDS]: /^consent\.event names words that are not kept/ },
  },
  {
    title: '1.1.newsletter: a subscriber without a consent is found',
    breaks: (house) =>
      house.sql(`insert into newsletter.subscription values ($1, 'fag', $2)`, [house.people.kari, ago(1)]),
    finds: { [CONFIRMED]: /^newsletter\.subscription without a consent that stands$/ },
  },
  {
    title: '1.1.newsletter: a sign-up that was never confirmed and never forgotten is found',
    breaks: async (house) => {
      await house.sql('update newsletter.request set asked_at = $2 where person = $1', [
        house.people.ida,
        ago(9),
      ]);
    },
    finds: { 'by the storage rule confirmation': /^newsletter\.request past its date \(confirmation\)$/ },
  },
  {
    title: 'r.withdraw: a consent that stands though it was withdrawn is found',
    breaks: (house) =>
      house.sql(
        `insert into consent.active select person, purpose, id, at from consent.event where person = $1 and state = 'given'`,
        [house.people.jon],
      ),
    finds: {
      [STANDING]: /^consent\.active stands though/,
      [OPTED_OUT]: /^newsletter\.opt_out holds off/,
      'noted apart as withdrawn': /^consent\.active stands though/,
    },
  },
  {
    title: 'r.withdraw: a consent that was lost is found',
    breaks: (house) => house.sql('delete from consent.active where person = $1', [house.people.siv]),
    finds: {
      [STANDING]: /^a consent was given and not withdrawn, and does not stand$/,
      [CONFIRMED]: /without a consent that stands \(2\)/,
    },
  },
  {
    title: 'r.withdraw: a consent that stands on an event that did not give it is found',
    breaks: (house) =>
      house.sql('update consent.active set event = gen_random_uuid() where person = $1', [house.people.siv]),
    finds: { [STANDING]: /^consent\.active names an event that did not give it$/ },
  },
  {
    title: 'r.withdraw: a look and a letter after the withdrawal are found',
    breaks: async (house) => {
      await look(house, 'jon', 'newsletter', ago(0.02));
      await house.sql(
        `insert into mail.letter (person, id, kind, purpose, queued_at, sent_at, next_at)
         values ($1, gen_random_uuid(), 'newsletter.issue', 'newsletter', $2, $2, $2)`,
        [house.people.jon, ago(0.1)],
      );
    },
    finds: { [WITHDRAWN]: /^a look in journal\.entry after .*; a letter in mail\.letter after/ },
  },
  {
    title: 'r.object-restrict: a look at somebody restricted is found',
    breaks: (house) => look(house, 'ola', 'customer', ago(0.02)),
    finds: { [WISHES]: /^a look in journal\.entry at somebody restricted$/ },
  },
  {
    title: 'r.object-restrict: a look at somebody restricted is found after the restriction was lifted, too',
    breaks: async (house) => {
      await look(house, 'ola', 'customer', ago(0.02));
      const ola = house.people.ola!;
      await house.gates.answer.liftRestriction(ola, { kind: 'person', id: ola }, ago(0.01));
    },
    finds: { [WISHES]: /^a look in journal\.entry at somebody restricted$/ },
  },
  {
    title: 'r.object-restrict: a look for a purpose that was objected to is found',
    breaks: (house) => look(house, 'siv', 'confirmation', ago(0.02)),
    finds: { [WISHES]: /^a look in journal\.entry for a purpose that was objected to$/ },
  },
  {
    title: 'r.rectify-erase: an erased person who is back in a table is found',
    breaks: (house) =>
      house.sql('insert into customers.profile values ($1, $2, $2)', [house.people.eva, ago(0.5)]),
    finds: { [ERASED]: /^customers\.profile holds an erased person$/ },
  },
  {
    title: 'r.rectify-erase: a key that was put back is found',
    keys: true,
    breaks: (house) =>
      house.keysSql(`insert into keys.person_key values ($1, 'x', 'k1', $2)`, [house.people.eva, ago(0.01)]),
    finds: { [ERASED]: /^an erased person still has a key$/ },
  },
  {
    title: 'r.rectify-erase: a person brought back from a copy of the rows is found',
    breaks: async (house) => {
      await house.sql('delete from gate.erasure where person = $1', [house.people.eva]);
      await house.sql('insert into vault.person (person, recorded_at) values ($1, $2)', [
        house.people.eva,
        ago(2),
      ]);
    },
    finds: { [KEYS]: /^vault\.person without a key$/ },
  },
  {
    title: 'r.rectify-erase: a key that belongs to nobody is found after an hour, and not before',
    keys: true,
    breaks: async (house) => {
      await house.keysSql(`insert into keys.person_key values (gen_random_uuid(), 'x', 'k1', $1)`, [
        ago(0.1),
      ]);
      await house.keysSql(`insert into keys.person_key values (gen_random_uuid(), 'x', 'k1', $1)`, [
        ago(0.001),
      ]);
    },
    finds: { [KEYS]: /^a key without a person$/ },
  },
  {
    title: 'r.rectify-erase: half a person is found',
    breaks: (house) => house.sql('delete from vault.person where person = $1', [house.people.ola]),
    finds: {
      [ERASED]: /customers\.profile holds a person whom the vault does not know/,
      [KEYS]: /^a key without a person$/,
      [SOURCE]: /^vault\.lookup without the address/,
    },
  },
  {
    title: 'r.rectify-erase: an erasure that stopped half-way is found',
    breaks: (house) =>
      house.sql('update gate.erasure set done_at = null where person = $1', [house.people.eva]),
    finds: { [FINISHED]: /^gate\.erasure was begun and not finished$/ },
  },
  {
    title: 'r.rectify-erase: an erasure without its receipt is found',
    breaks: (house) =>
      house.sql(`delete from gate.receipt where person = $1 and kind = 'erasure'`, [house.people.eva]),
    finds: { [FINISHED]: /^gate\.erasure without its receipt/ },
  },
  {
    title: 'k.opt-out: an address that opted out and is written to again is found',
    breaks: (house) =>
      house.sql(
        `insert into newsletter.opt_out select hash, $2 from vault.lookup where person = $1 and kind = 'email'`,
        [house.people.siv, ago(1)],
      ),
    finds: { [OPTED_OUT]: /^newsletter\.opt_out holds off an address that is written to$/ },
  },
  {
    title: 'k.opt-out: what was kept for letters after an opt-out is found the day after',
    breaks: async (house) => {
      await house.sql(`update consent.event set at = at - interval '6 hours' where person = $1`, [
        house.people.jon,
      ]);
      await house.sql(
        `insert into gate.collection (person, id, point, purpose, source, items, statement, consent, at)
         select person, gen_random_uuid(), 'newsletter.confirm', 'newsletter', 'given', array['contact.email'], '3.0', id, at
           from consent.event where person = $1 and state = 'given'`,
        [house.people.jon],
      );
    },
    finds: {
      'by the storage rules newsletter': /^gate\.collection past its date \(newsletter\)$/,
      [OPTED_OUT]: /holds off/,
    },
  },
];

for (const twin of twins) test(twin.title, () => catches(twin));
