import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LetterContext } from '#gates/module.ts';
import { decide } from '#gates/plan/decide.ts';
import { parseStatement } from '#gates/statement-file.ts';
import { shipped, swap, texts } from '#test/statement.ts';
import { letters } from './letters.ts';

const before = shipped();

/** A letter about a version where one place is written otherwise, for somebody called Kari. */
function letter(kind: string, language: 'nb' | 'en', written: string, instead: string, withdrawn = false) {
  const yaml = swap(swap(texts.yaml, written, instead), 'version: "3.0"', 'version: "3.1"');
  const after = parseStatement({ ...texts, yaml }, 'statement');
  const application = {
    version: '3.1',
    id: 'a',
    before: '3.0',
    written: '3.0',
    hash: '',
    decision: decide({ tables: [] }, before, after, '3.1'),
    effectiveAt: new Date('2026-12-24T12:00:00Z'),
    withdrawn,
    toldAt: null,
    settledAt: null,
    doneAt: null,
  };
  const context: LetterContext = {
    language,
    name: 'Kari',
    person: 'k',
    reference: 'a',
    statement: before.statement,
    coming: { application, before, after },
    token: (what, id) => `${what}-${id}`,
  };
  return letters[kind]!(context);
}

test('v.notice: the letter says what changes, from when, where to see it, and what one can do', () => {
  const nb = letter('notices.version', 'nb', 'period: P18M', 'period: P24M');
  assert.equal(nb.subject, 'Catacloud AS endrer personvernerklæringen 24. desember 2026');
  assert.ok(nb.paragraphs.includes('• Bruksdata: vi lagrer lenger enn før (18 måneder, nå 24 måneder).'));
  assert.match(nb.paragraphs.at(-1)!, /si nei til en bruk, trekke et samtykke eller slette alt/);
  assert.equal(nb.action?.path, '/personvern/versjoner?fra=3.0&til=3.1');
  assert.deepEqual(nb.further, [{ label: 'Mitt personvern', path: '/min' }]);
  const en = letter('notices.version', 'en', 'period: P18M', 'period: P24M');
  assert.equal(en.action?.path, '/en/privacy/versions?from=3.0&to=3.1');
  assert.match(
    en.paragraphs.join(),
    /Usage data: we store it for longer than before \(18 months, now 24 months\)/,
  );
});

test('v.notice: where consent is the ground, the letter leads to the question', () => {
  const several = letter('notices.consent', 'nb', 'period: P18M', 'period: P24M');
  assert.match(
    several.paragraphs.join(),
    /ett eller flere av disse: statistikk, å gjøre løsningen bedre og kampanjer\./,
  );
  assert.equal(several.action?.path, '/min');
  const one = letter(
    'notices.consent',
    'en',
    '      preference.topics: required\n      preference.language: optional\n      contact.name: optional\n    consent:',
    '      preference.topics: required\n      preference.language: required\n      contact.name: optional\n    consent:',
  );
  assert.match(one.paragraphs.join(), /You have said yes to this: newsletter\./);
  assert.equal(one.action?.path, '/en/newsletter/choices/newsletter.preferences-k');
});

test('v.notice: of a version that is taken back nothing goes out but that', () => {
  assert.throws(() => letter('notices.version', 'nb', 'period: P18M', 'period: P24M', true));
  const undone = letter('notices.withdrawn', 'en', 'period: P18M', 'period: P24M', true);
  assert.equal(undone.subject, 'Catacloud AS does not change its privacy statement after all');
  assert.match(
    undone.paragraphs.join(),
    /3\.1, that was to apply from 24 December 2026\. It has been taken back\./,
  );
});
