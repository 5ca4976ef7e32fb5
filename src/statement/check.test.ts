import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rulesWith, shipped, swap, texts, wrongWith } from '#test/statement.ts';
import { check } from './check.ts';
import type { Locate } from './problems.ts';
import { collected, consentPurposes, covered, objectable, pointsOf, recipientsOf, ruleFor } from './rules.ts';

const CLAUSES = [
  ...['0.version', '0.roles', '0.purpose', '0.acceptance', '0.one-party', '0.security', 'c.duty'],
  ...[
    '1.sources',
    '1.1.profile',
    '1.1.newsletter',
    '1.1.course',
    '1.1.support',
    '1.2.behaviour',
    '1.2.device',
  ],
  ...['1.2.minimal', '1.3.third-party', '1.3.brreg'],
  ...['u.newsletter', 'u.course-documents', 'u.customer', 'u.follow-up', 'u.cookies', 'u.cookie-rotation'],
  ...['u.abuse', 'u.improve', 'u.campaign'],
  ...['s.consent', 's.no-sale', 's.authority', 's.processors', 's.list'],
  ...['r.withdraw', 'r.rectify-erase', 'r.access', 'r.object-restrict', 'r.portability', 'r.complain'],
  ...[
    'k.as-needed',
    'k.client',
    'k.active-12-months',
    'k.bookkeeping',
    'k.behaviour-18-months',
    'k.anonymise',
  ],
  ...['k.contact-agreement', 'k.opt-out', 'k.by-mail', 'v.changes', 'v.available', 'v.notice'],
];

const nowhere: Locate = () => ({ file: 'statement.yaml', line: 1, column: 1 });

test('holds every clause of the mission and no other', () => {
  assert.deepEqual(Object.keys(shipped().statement.clauses).sort(), [...CLAUSES].sort());
});

test('u.newsletter: gives the newsletter no phone number', () => {
  const { reads } = shipped().statement.purposes.newsletter!;
  assert.ok(reads.includes('contact.email'));
  assert.ok(!reads.includes('contact.phone'));
});

test('s.list: starts with nobody else having access', () => {
  assert.deepEqual(shipped().statement.recipients, {});
});

test('c.duty: names roles, and no person', () => {
  assert.deepEqual(Object.keys(shipped().statement.operator.duties), ['technical', 'agreements']);
});

test('k.as-needed: has one storage rule for everything that a purpose collects', () => {
  const { statement } = shipped();
  for (const purpose of Object.keys(statement.purposes))
    for (const category of collected(statement, purpose)) {
      const found = ruleFor(statement, purpose, category);
      assert.ok(found, `${purpose} ${category}`);
      assert.ok(covered(statement, found.rule).some((pair) => pair.join() === `${purpose},${category}`));
    }
});

test('k.behaviour-18-months: keeps behaviour eighteen months from when it was recorded', () => {
  const found = ruleFor(shipped().statement, 'statistics', 'behaviour.pages');
  assert.equal(found?.id, 'behaviour');
  assert.deepEqual([found?.rule.clock, found?.rule.period, found?.rule.end], ['recorded', 'P18M', 'delete']);
});

test('answers what other parts ask of the rules', () => {
  const { statement } = shipped();
  assert.equal(ruleFor(statement, 'newsletter', 'contact.phone'), undefined);
  assert.deepEqual(
    pointsOf(statement, 'newsletter').map(([id]) => id),
    ['newsletter.confirm'],
  );
  assert.ok(consentPurposes(statement).includes('newsletter'));
  assert.ok(!consentPurposes(statement).includes('customer'));
  assert.ok(objectable(statement, 'resume'));
  assert.ok(objectable(statement, 'newsletter'));
  assert.ok(!objectable(statement, 'bookkeeping'));
  assert.deepEqual(recipientsOf(statement, 'newsletter', 'contact.email'), []);
});

test('says where a misspelt key stands and what was meant', () => {
  const line = texts.yaml.slice(0, texts.yaml.indexOf('    basis: A6-1-a')).split('\n').length;
  const [first] = wrongWith({ yaml: texts.yaml.replace('    basis: A6-1-a', '    bassis: A6-1-a') });
  assert.equal(first, `statement/statement.yaml:${line - 3}:3: purposes.newsletter: "basis" is missing`);
  const all = wrongWith({ yaml: texts.yaml.replace('    basis: A6-1-a', '    bassis: A6-1-a') });
  assert.equal(
    all[1],
    `statement/statement.yaml:${line}:5: purposes.newsletter: unknown key "bassis" (did you mean "basis"?)`,
  );
});

test('finds an id that leads nowhere and guesses the right one', () => {
  const written = 'company.industry, company.key-figures]';
  const [wrong] = wrongWith({ yaml: swap(texts.yaml, written, 'company.industry, company.key-figurs]') });
  const before = texts.yaml.slice(0, texts.yaml.indexOf(written)).split('\n');
  assert.equal(
    wrong,
    `statement/statement.yaml:${before.length}:${before.at(-1)!.length + 'company.industry, '.length + 1}: ` +
      'purposes.group-facts.reads.4: "company.key-figurs" is not one of the categories (did you mean "company.key-figures"?)',
  );
});

test('names all that is wrong at once, in file order', () => {
  const yaml = texts.yaml
    .replace('consentAge: 13', 'consentAge: 12')
    .replace('period: P18M', 'period: 18 months');
  const wrong = wrongWith({ yaml });
  assert.equal(wrong.length, 2);
  assert.match(wrong[0]!, /operator\.consentAge: expected a whole number from 13 to 16$/);
  assert.match(wrong[1]!, /storage\.behaviour\.period: expected an ISO 8601 duration such as P18M/);
});

const TWINS: readonly (readonly [written: string, instead: string, message: RegExp])[] = [
  ['version: "3.0"', 'version: 3.0', /version: expected a version and revision in quotes/],
  ['updated: 2026-11-23', 'updated: 2026-02-31', /not a date of the calendar/],
  ['automatedDecisions: false', 'automatedDecisions: true', /need automatedLogic/],
  ['automatedDecisions: false', 'automatedDecisions: "no"', /expected true or false/],
  ['country: "NO"', 'country: Norway', /not a country code/],
  ['clause: r.access\n    period: P1M\n', 'clause: r.access\n    period: P31D1W\n', /expected an ISO 8601/],
  [
    'clause: r.access\n    period: P1M\n',
    'clause: r.access\n    period: P2M\n',
    /art\. 12\(3\) allows no more than P1M/,
  ],
  [
    '    interest:\n      nb: Vi vil vite om hjelpen hjalp.\n      en: We want to know whether the help helped.\n',
    '',
    /follow-up: basis A6-1-f needs the interest pursued/,
  ],
  [
    '    consent:\n      nb: Ja, send meg invitasjoner',
    '    unconsent:\n      nb: Ja, send meg invitasjoner',
    /unknown key "unconsent" \(did you mean "consent"\?\)/,
  ],
  [
    'clause: c.duty\n    purpose: duty',
    'clause: c.duty\n    purpose: newsletter',
    /rests on consent; give the exact words/,
  ],
  [
    '    purpose: course-invitations\n',
    '    purpose: course-documents\n',
    /asks for a consent that course-documents does not rest on \(A6-1-b\)/,
  ],
  [
    '    purpose: course-invitations\n',
    '    purpose: course-documents\n',
    /course-invitations: rests on consent, and no collection point asks/,
  ],
  [
    '      client.content: optional\n',
    '      client.content: optional\n      behaviour.pages: optional\n',
    /asks for behaviour\.pages, which agreement does not read/,
  ],
  ['      client.content: optional\n', '      client.content: maybe\n', /expected one of required, optional/],
  [
    'purposes: [abuse]\n    categories: [network.address-masked, security.event, record.origin]',
    'purposes: [abuse]\n    categories: [network.address-masked, record.origin]',
    /no storage rule says how long security\.event stays for abuse/,
  ],
  [
    'categories: [access.sign-in]',
    'categories: [access.sign-in, access.level]',
    /access\.level for sign-in is already decided by storage\.sign-in/,
  ],
  [
    '    purposes: [bookkeeping]\n    categories: [accounting.record]\n',
    '    purposes: [bookkeeping]\n',
    /bookkeeping\.entries: covers nothing/,
  ],
  ['purposes: [abuse]\n', 'purposes: [abuse, abuse]\n', /"abuse" is listed twice/],
  ['purposes: [abuse]\n', 'purposes: []\n', /the list is empty/],
  [
    'recipients: {}',
    'recipients:\n  far: { name: Example Ltd, kind: processor, country: US, purposes: [support], categories: [support.message] }',
    /US is outside the EEA; name the ground for the transfer/,
  ],
  ['recipients: {}', 'recipients: []', /recipients: expected entries named by ids/],
  [
    '    label: { nb: Holder deg innlogget, en: Keeps you signed in }\n    life: P30D\n    necessary: true',
    '    label: { nb: Holder deg innlogget, en: Keeps you signed in }\n    life: P30D\n    necessary: false',
    /must rest on consent \(ekomloven § 3-15\)/,
  ],
  [
    '      nb: Gamle registertall hjelper ingen.',
    '      nb: Etter tolv måneder er tallene gamle.',
    /"tolv måneder" is typed into a text/,
  ],
  ['  k.by-mail: {', '  K_by_mail: {', /"K_by_mail" is not an id/],
  ['  k.by-mail: {', '  constructor: {', /the clause constructor has no heading/],
];

test('finds each way of breaking the rules', () => {
  for (const [written, instead, message] of TWINS) {
    const wrong = wrongWith({ yaml: swap(texts.yaml, written, instead) });
    assert.ok(
      wrong.some((line) => message.test(line)),
      `${message}\n${wrong.join('\n')}`,
    );
  }
});

test('a transfer out of the EEA is let through with its ground', () => {
  const statement = rulesWith(
    'recipients: {}',
    'recipients:\n  far: { name: Example Ltd, kind: processor, country: US, purposes: [support], categories: [support.message], transfer: standard contractual clauses }',
  );
  assert.equal(recipientsOf(statement, 'support', 'support.message').length, 1);
});

test('refuses what is no statement at all, without falling over', () => {
  for (const document of [null, undefined, 7, 'text', [], {}, { purposes: null }, { storage: { a: null } }])
    assert.ok(check(document, nowhere).problems.length > 0);
});
