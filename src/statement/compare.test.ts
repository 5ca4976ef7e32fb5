import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rulesWith, shipped } from '#test/statement.ts';
import { type Change, compare } from './compare.ts';
import { canonical, canonicalForPerson } from './fingerprint.ts';
import type { Statement } from './grammar.ts';

const before: Statement = shipped().statement;

interface Twin {
  readonly what: string;
  readonly written: string;
  readonly instead: string;
  readonly why?: RegExp;
  readonly change?: Change['change'];
}

/** Changes that a person must be told of before they take effect. */
const MATERIAL: readonly Twin[] = [
  { what: 'operator.name', written: 'name: Catacloud AS', instead: 'name: Example AS', why: /controller/ },
  { what: 'operator.consentAge', written: 'consentAge: 13', instead: 'consentAge: 15', why: /age/ },
  {
    what: 'categories.client.content.role',
    written: 'role: processor',
    instead: 'role: controller',
    why: /decides/,
  },
  {
    what: 'sources.list',
    written: 'purposes:\n  newsletter:',
    instead:
      '  list: { label: { nb: Liste, en: List }, kind: third-party, clause: 1.sources }\npurposes:\n  newsletter:',
    why: /new source/,
    change: 'added',
  },
  {
    what: 'purposes.customer.basis',
    written: '    basis: A6-1-b\n    dpv: dpv:CustomerManagement\n',
    instead: '    basis: A6-1-e\n    dpv: dpv:CustomerManagement\n',
    why: /other rights/,
  },
  {
    what: 'purposes.newsletter.reads',
    written: '      - record.mail\n  confirmation:',
    instead: '      - record.mail\n      - contact.phone\n  confirmation:',
    why: /uses more/,
  },
  {
    what: 'points.profile.asks',
    written: '      contact.phone: optional\n      contact.place: optional\n',
    instead: '      contact.phone: required\n      contact.place: optional\n',
    why: /must be given/,
  },
  { what: 'storage.behaviour', written: 'period: P18M', instead: 'period: P2Y', why: /longer/ },
  {
    what: 'storage.customer',
    written: 'clock: last-active\n    period: P12M\n    notice: P30D',
    instead: 'clock: last-active\n    period: P12M\n    notice: P1D',
    why: /told later/,
  },
  {
    what: 'storage.customer',
    written: 'clock: last-active\n    period: P12M\n    notice',
    instead: 'clock: agreement-ended\n    period: P12M\n    notice',
    why: /another moment/,
  },
  {
    what: 'storage.behaviour',
    written: 'period: P18M\n    end: delete',
    instead: 'period: P18M\n    end: anonymise',
    why: /left/,
  },
  {
    what: 'recipients.help',
    written: 'recipients: {}',
    instead:
      'recipients:\n  help: { name: Example Help AS, kind: processor, country: NO, purposes: [support], categories: [support.message] }',
    why: /somebody new/,
    change: 'added',
  },
  {
    what: 'deadlines.sign-in-link.period',
    written: 'link works }\n    clause: 0.security\n    period: PT10M',
    instead: 'link works }\n    clause: 0.security\n    period: PT20M',
    why: /longer/,
  },
  {
    what: 'cookies.__Host-hjemmel.life',
    written: 'en: Keeps you signed in }\n    life: P30D',
    instead: 'en: Keeps you signed in }\n    life: P60D',
    why: /longer/,
  },
];

/** Changes that trouble nobody. */
const QUIET: readonly Twin[] = [
  { what: 'storage.behaviour', written: 'period: P18M', instead: 'period: P1Y' },
  { what: 'storage.behaviour', written: 'period: P18M', instead: 'period: P1Y6M' },
  {
    what: 'purposes.newsletter.label',
    written: 'label: { nb: Nyhetsbrev, en: Newsletter }\n    clause',
    instead: 'label: { nb: Brev, en: Letters }\n    clause',
  },
  {
    what: 'clauses.r.complain.title',
    written: '{ nb: Klage, en: Complain }',
    instead: '{ nb: Å klage, en: Complaining }',
  },
  {
    what: 'cookies.__Host-hjemmel.life',
    written: 'en: Keeps you signed in }\n    life: P30D',
    instead: 'en: Keeps you signed in }\n    life: session',
  },
  {
    what: 'deadlines.answer.period',
    written: 'clause: r.access\n    period: P1M',
    instead: 'clause: r.access\n    period: P20D',
  },
  {
    what: 'points.support.message.asks',
    written: '      support.message: required\n      contact.name: optional\n      contact.phone: optional\n',
    instead: '      support.message: required\n      contact.name: optional\n',
  },
];

test('v.notice: finds what matters to a person, and says why', () => {
  for (const { what, written, instead, why, change = 'changed' } of MATERIAL) {
    const after = rulesWith(written, instead);
    const found = compare(before, after).find((one) => one.what === what);
    assert.ok(found?.material, `${what}: ${JSON.stringify(compare(before, after))}`);
    assert.equal(found.change, change);
    assert.match(found.why, why!);
    assert.notEqual(
      canonicalForPerson(after),
      canonicalForPerson(before),
      `${what} leaves the fingerprint as it was`,
    );
  }
});

test('v.notice: troubles nobody with shorter storage or other words', () => {
  for (const { what, written, instead } of QUIET) {
    const changes = compare(before, rulesWith(written, instead));
    assert.deepEqual(
      changes.map((one) => [one.what, one.material]),
      [[what, false]],
    );
  }
});

test('v.changes: a version is not different from itself', () => {
  assert.deepEqual(compare(before, structuredClone(before)), []);
});

test('v.changes: a period that becomes shorter is said to, with both', () => {
  assert.deepEqual(compare(before, rulesWith('period: P18M', 'period: P12M')), [
    {
      clause: 'k.behaviour-18-months',
      change: 'changed',
      what: 'storage.behaviour',
      material: false,
      why: 'it is kept for a shorter time',
      periods: { before: 'P18M', after: 'P12M' },
    },
  ]);
});

test('a right that is gone is told', () => {
  const { 'r.access': _, ...clauses } = before.clauses;
  assert.deepEqual(compare(before, { ...before, clauses }), [
    {
      clause: 'r.access',
      change: 'removed',
      what: 'clauses.r.access',
      material: true,
      why: 'a right is gone',
    },
  ]);
});

test('a purpose that is dropped troubles nobody; a new one is told', () => {
  const { abuse, ...purposes } = before.purposes;
  const without = { ...before, purposes };
  assert.deepEqual(
    compare(before, without).map(({ what, change, material }) => [what, change, material]),
    [['purposes.abuse', 'removed', false]],
  );
  assert.deepEqual(
    compare(without, before).map(({ what, clause, material }) => [what, clause, material]),
    [['purposes.abuse', abuse!.clause, true]],
  );
});

test('a storage rule that is split with the same periods changes nothing for a person', () => {
  const { behaviour, ...storage } = before.storage;
  const after: Statement = {
    ...before,
    storage: {
      ...storage,
      pages: {
        ...behaviour!,
        categories: behaviour!.categories!.filter((id) => id.startsWith('behaviour.')),
      },
      device: {
        ...behaviour!,
        categories: behaviour!.categories!.filter((id) => !id.startsWith('behaviour.')),
      },
    },
  };
  assert.ok(compare(before, after).every(({ material }) => !material));
  assert.equal(canonicalForPerson(after), canonicalForPerson(before));
});

test('0.version: the fingerprint of all is of every word, that of a person is not', () => {
  const { texts } = shipped();
  const reworded = rulesWith('{ nb: Klage, en: Complain }', '{ nb: Å klage, en: Complaining }');
  assert.notEqual(canonical(reworded, texts), canonical(before, texts));
  assert.notEqual(canonical(before, { ...texts, nb: `${texts.nb}\n` }), canonical(before, texts));
  assert.equal(canonicalForPerson(reworded), canonicalForPerson(before));
  assert.equal(
    canonicalForPerson({ ...before, version: '3.1', updated: '2027-01-01' }),
    canonicalForPerson(before),
  );
});

test('fingerprints do not hang on the order in which rules are written', () => {
  const turn = (value: unknown): unknown =>
    typeof value !== 'object' || value === null || Array.isArray(value)
      ? value
      : Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, inner]) => [key, turn(inner)]),
        );
  const turned = turn(before) as Statement;
  const { texts } = shipped();
  assert.equal(canonical(turned, texts), canonical(before, texts));
  assert.equal(canonicalForPerson(turned), canonicalForPerson(before));
  assert.deepEqual(compare(before, turned), []);
});
