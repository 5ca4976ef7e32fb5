import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Language } from './grammar.ts';
import { typedNumbers } from './numerals.ts';

const written = (text: string, language: Language) =>
  typedNumbers(text, language).map((found) => found.written);

test('finds a period typed in digits or words', () => {
  for (const [text, found] of [
    ['slettes etter 18 måneder', '18'],
    ['slettes etter tolv måneder', 'tolv måneder'],
    ['slettes etter atten\tmåneder', 'atten måneder'],
    ['innen en måned', 'en måned'],
    ['et halvt år', 'halvt år'],
    ['i tjuefire timer', 'tjuefire timer'],
    ['femårsfristen', 'femårsfristen'],
    ['en toukers frist', 'toukers'],
    ['Ett år etter', 'Ett år'],
    ['et par uker', 'et par uker'],
    ['versjon tre', 'versjon tre'],
    ['den 1. november', '1'],
  ] as const)
    assert.deepEqual(written(text, 'nb'), [found], text);
  for (const [text, found] of [
    ['after twelve months', 'twelve months'],
    ['within a month', 'a month'],
    ['a twelve-month period', 'twelve-month'],
    ['half a year', 'half a year'],
    ['twenty-four hours', 'twenty-four hours'],
    ['version three', 'version three'],
    ['in 2023', '2023'],
  ] as const)
    assert.deepEqual(written(text, 'en'), [found], text);
});

test('leaves words alone that state no period', () => {
  for (const text of [
    'på tre måter',
    'to roller har vakt',
    'en årsak til dette',
    'en månedlig oversikt',
    'bare en gang',
    'en fredag',
    'rettigheter og timer',
    'alle år',
  ])
    assert.deepEqual(written(text, 'nb'), [], text);
  for (const text of [
    'in three ways',
    'a second time',
    'one service',
    'the daily letter',
    'a yearly look',
    'may we',
  ])
    assert.deepEqual(written(text, 'en'), [], text);
});

test('lets a law be cited by its numbers', () => {
  for (const text of [
    'personvernforordningen art. 21',
    'artikkel 6 nr. 1 bokstav f',
    'art. 13 og 14',
    'art. 44-49',
    'ekomloven § 3-15',
    '§§ 17 og 18',
    '§ 13 b',
    'forordning (EU) 2016/679',
  ])
    assert.deepEqual(written(text, 'nb'), [], text);
  for (const text of ['GDPR art. 6(1)(f)', 'articles 13 and 14', 'the act § 3-15'])
    assert.deepEqual(written(text, 'en'), [], text);
});

test('does not let a period hide behind a law', () => {
  assert.deepEqual(written('etter art. 12 og 18 måneder', 'nb'), ['12', '18']);
  assert.deepEqual(written('under art. 12, 30 days', 'en'), ['12', '30']);
  assert.deepEqual(written('parten 3', 'nb'), ['3']);
});

test('says where the number stands', () => {
  assert.deepEqual(typedNumbers('Vi (art. 5) venter 7 dager', 'nb'), [{ offset: 19, written: '7' }]);
});
