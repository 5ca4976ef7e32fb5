import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { diffWords, pairUp } from './word-diff.ts';

const marked = (before: string, after: string) =>
  diffWords(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `{+${text}+}` : `[-${text}-]`))
    .join('');

test('0.version: shows the words that went and those that came', () => {
  assert.equal(
    marked('Slettes etter 18 måneder. Trekker du samtykket, slettes de før.', 'Slettes etter 12 måneder.'),
    'Slettes etter [-18-]{+12+} måneder[-. Trekker du samtykket, slettes de før-].',
  );
  assert.equal(
    marked('Vi sletter alt snart.', 'Vi glemmer det aldri.'),
    'Vi [-sletter alt snart-]{+glemmer det aldri+}.',
  );
  assert.equal(marked('a', 'a'), 'a');
  assert.equal(marked('', 'ny'), '{+ny+}');
  assert.equal(marked('gammel', ''), '[-gammel-]');
});

const text = fc
  .array(fc.constantFrom('vi', 'sletter', 'etter', '18', 'måneder', '.', ',', ' ', '\n', 'på', 'é'), {
    maxLength: 40,
  })
  .map((parts) => parts.join(''));

test('0.version: whatever two texts say, both can be read out of what is shown', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const runs = diffWords(before, after);
      const without = (kind: string) =>
        runs
          .filter((run) => run.kind !== kind)
          .map((run) => run.text)
          .join('');
      assert.equal(without('added'), before);
      assert.equal(without('removed'), after);
      for (const [at, run] of runs.entries()) assert.notEqual(run.kind, runs[at + 1]?.kind);
      if (before === after) assert.ok(runs.every(({ kind }) => kind === 'same'));
    }),
  );
});

test('0.version: a twin that forgets a word is caught by the same property', () => {
  const forgetful = (before: string, after: string) => diffWords(before, after).slice(1);
  assert.throws(() =>
    fc.assert(
      fc.property(text, text, (before, after) => {
        const kept = forgetful(before, after).filter(({ kind }) => kind !== 'added');
        assert.equal(kept.map((run) => run.text).join(''), before);
      }),
    ),
  );
});

test('0.version: paragraphs stand beside what became of them', () => {
  const before = ['Vi sletter etter 18 måneder.', 'Du kan klage.', 'Vi selger ingenting.'];
  const after = ['Noe helt nytt her.', 'Vi sletter etter 12 måneder.', 'Du kan klage.'];
  assert.deepEqual(pairUp(before, after), [
    { before: undefined, after: 'Noe helt nytt her.' },
    { before: 'Vi sletter etter 18 måneder.', after: 'Vi sletter etter 12 måneder.' },
    { before: 'Du kan klage.', after: 'Du kan klage.' },
    { before: 'Vi selger ingenting.', after: undefined },
  ]);
});

test('0.version: no paragraph is lost or doubled, and each side keeps its order', () => {
  const paragraphs = fc.array(text, { maxLength: 12 });
  fc.assert(
    fc.property(paragraphs, paragraphs, (before, after) => {
      const pairs = pairUp(before, after);
      assert.deepEqual(
        pairs.flatMap((pair) => pair.before ?? []),
        before,
      );
      assert.deepEqual(
        pairs.flatMap((pair) => pair.after ?? []),
        after,
      );
    }),
  );
});
