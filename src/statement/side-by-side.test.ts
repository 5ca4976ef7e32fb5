import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStatement } from '#gates/statement-file.ts';
import { shipped, swap, texts } from '#test/statement.ts';
import { compareTexts } from './compare-texts.ts';
import { sideBySide } from './side-by-side.ts';

const before = shipped();
const changed = parseStatement(
  {
    yaml: swap(texts.yaml, 'period: P18M', 'period: P12M'),
    nb: swap(
      swap(texts.nb, '### Automatiske avgjørelser', '### Om avgjørelser'),
      'Vi holder orden på betaling, tilganger og moduler for bedriften din.',
      'Vi holder orden på betaling, tilganger og moduler.',
    ),
    en: texts.en,
  },
  'statement',
);

test('0.version: two versions stand beside each other, and what the rules changed shows where it is told', () => {
  const sections = sideBySide(before.prose.nb, changed.prose.nb);
  const stateOf = (id: string) => sections.find((section) => section.id === id)?.state;
  assert.equal(stateOf('k.behaviour-18-months'), 'changed');
  assert.equal(stateOf('k.as-needed'), 'changed', 'the table of all periods');
  assert.equal(stateOf('u.customer'), 'changed');
  assert.deepEqual([stateOf('automatiske-avgjørelser'), stateOf('om-avgjørelser')], ['removed', 'added']);
  assert.equal(stateOf('r.access'), 'same');
  const at = (id: string) => sections.findIndex((section) => section.id === id);
  assert.ok(at('automatiske-avgjørelser') > at('k.by-mail'), 'what is gone stands where it stood');
  const rows = sections[at('k.behaviour-18-months')]!.rows;
  const runs = rows.flatMap(({ before: was, after: is }) => [...(was ?? []), ...(is ?? [])]);
  assert.deepEqual(
    runs.filter(({ kind }) => kind !== 'same').map(({ kind, text }) => `${kind} ${text}`),
    ['removed 18', 'added 12'],
  );
});

test('0.version: a version beside itself is the same throughout', () => {
  for (const { state } of sideBySide(before.prose.en, before.prose.en)) assert.equal(state, 'same');
});

test('v.changes: where the words differ is told by clause and language, and is never material', () => {
  assert.deepEqual(
    compareTexts(before.texts, changed.texts).map(({ clause, change, what, material }) => [
      clause,
      change,
      what,
      material,
    ]),
    [
      ['v.changes', 'removed', 'nb.Automatiske avgjørelser', false],
      ['u.customer', 'changed', 'nb.u.customer', false],
      ['v.changes', 'added', 'nb.Om avgjørelser', false],
    ],
  );
});
