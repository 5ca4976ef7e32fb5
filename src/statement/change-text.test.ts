import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rulesWith, shipped } from '#test/statement.ts';
import { changeText, REASONS } from './change-text.ts';
import { compare } from './compare.ts';
import { concerned, uncovered } from './concerns.ts';

test('v.notice: every reason that a change can matter for is told in both languages', () => {
  const source = readFileSync(new URL('compare.ts', import.meta.url), 'utf8');
  const sentences = [...source.matchAll(/'([a-z][^'\n]* [^'\n]*)'/g)].map(([, text]) => text!);
  assert.deepEqual([...new Set(sentences)].sort(), Object.keys(REASONS).sort());
});

test('v.notice: a change is one line in plain words, with the periods it is about', () => {
  const before = shipped().statement;
  const after = rulesWith('period: P18M', 'period: P2Y');
  const [change] = compare(before, after);
  assert.equal(
    changeText(change!, before, after, 'nb'),
    'Bruksdata: vi lagrer lenger enn før (18 måneder, nå 2 år).',
  );
  assert.equal(
    changeText(change!, before, after, 'en'),
    'Usage data: we store it for longer than before (18 months, now 2 years).',
  );
});

test('v.notice: a change concerns those in its purposes, or everybody where it is about none', () => {
  const before = shipped().statement;
  const whom = (written: string, instead: string) => {
    const after = rulesWith(written, instead);
    const changes = compare(before, after);
    return [
      concerned(changes, before, after),
      uncovered(changes, before, after).map(({ purpose }) => purpose),
    ];
  };
  assert.deepEqual(whom('period: P18M', 'period: P12M'), [undefined, []]);
  assert.deepEqual(whom('period: P18M', 'period: P24M'), [
    ['campaign', 'improve', 'statistics'],
    ['statistics', 'improve', 'campaign'],
  ]);
  assert.deepEqual(whom('mailbox: beredskap@catacloud.no', 'mailbox: vakt@catacloud.no'), ['everyone', []]);
  const [all, consents] = whom('name: Catacloud AS', 'name: Annet AS');
  assert.equal(all, 'everyone');
  assert.ok((consents as string[]).includes('newsletter'), 'another controller was not consented to');
  assert.deepEqual(
    whom('Ja, send meg nyhetsbrev på e-post om', 'Ja takk, send meg nyhetsbrev om'),
    [undefined, []],
    'other words for the same question',
  );
  assert.deepEqual(
    whom(
      '      customer.payment: optional\n      client.content: optional',
      '      customer.payment: required\n      client.content: optional',
    ),
    [['agreement'], []],
  );
});
