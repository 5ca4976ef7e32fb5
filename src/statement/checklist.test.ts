import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shipped, swap, texts, wrongWith } from '#test/statement.ts';
import { missing } from './checklist.ts';

test('the shipped text tells all that articles 12, 13, 14 and 21 want told, in both languages', () => {
  const { statement, prose } = shipped();
  assert.deepEqual(missing(statement, prose.nb), []);
  assert.deepEqual(missing(statement, prose.en), []);
});

test('a text that tells nothing lacks each article', () => {
  const { statement } = shipped();
  const told = missing(statement, { language: 'nb', title: '', sections: [], mentions: [] });
  const articles = told.map(({ article }) => article).join();
  for (const article of [
    '12(3)',
    '13(1)(a)',
    '13(1)(c)',
    '13(1)(d)',
    '13(1)(e)',
    '13(1)(f)',
    '13(2)(a)',
    '13(2)(b)',
  ])
    assert.ok(articles.includes(article), article);
  for (const article of [
    '13(2)(c)',
    '13(2)(d)',
    '13(2)(e)',
    '13(2)(f)',
    '14(1)(d)',
    '14(2)(f)',
    '14(3)',
    '21(4)',
    '§ 3-15',
  ])
    assert.ok(articles.includes(article), article);
});

test('r.object-restrict: the right to object stands apart from all else (art. 21(4))', () => {
  const level3 = swap(texts.nb, '## Du kan si nei', '### Du kan si nei').replace(
    '## Kort fortalt',
    '## Kort fortalt',
  );
  assert.match(wrongWith({ nb: level3 }).join(), /art\. 21\(4\)/);
  const shared = swap(
    swap(texts.en, ' {#r.withdraw}', ''),
    '{#r.object-restrict}',
    '{#r.object-restrict r.withdraw}',
  );
  assert.match(wrongWith({ en: shared }).join(), /^statement\/en\.md:1:1: GDPR art\. 21\(4\)/);
});

test('leaving out a fact that an article wants told is an error', () => {
  for (const [fact, article] of [
    ['{{operator.automatedDecisions}}', /art\. 13\(2\)\(f\)/],
    ['{{transfers}}', /art\. 13\(1\)\(f\)/],
    ['**{{operator.name}}**', /art\. 13\(1\)\(a\)/],
  ] as const)
    assert.match(wrongWith({ nb: swap(texts.nb, fact, '') }).join(), article);
});

test('automated decisions and a data protection officer must be told when there are any', () => {
  const { statement, prose } = shipped();
  const operator = {
    ...statement.operator,
    officer: 'ombud@firma.example',
    automatedDecisions: true,
    automatedLogic: { nb: 'Slik.', en: 'Thus.' },
  };
  const gaps = missing({ ...statement, operator }, prose.nb).map(({ what }) => what);
  assert.equal(gaps.length, 2);
  assert.match(gaps[0]!, /officer/);
  assert.match(gaps[1]!, /automatedLogic/);
});
