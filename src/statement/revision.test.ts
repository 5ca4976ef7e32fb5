import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareVersions, nextRevision, restamped } from './revision.ts';

const version = fc.tuple(fc.nat(20), fc.nat(20)).map((parts) => parts.join('.'));

test('0.version: the next revision is free, later, and of the same version', () => {
  assert.equal(nextRevision('3.0', ['3.0', '2.9']), '3.1');
  assert.equal(nextRevision('3.9', ['3.9', '3.10']), '3.11');
  fc.assert(
    fc.property(version, fc.array(version), (current, taken) => {
      const next = nextRevision(current, taken);
      assert.ok(!taken.includes(next) && compareVersions(next, current) > 0);
      assert.equal(next.split('.')[0], current.split('.')[0]);
    }),
  );
});

test('0.version: numbers are compared as numbers', () => {
  assert.deepEqual(['3.10', '2.99', '3.9', '3.0'].sort(compareVersions), ['2.99', '3.0', '3.9', '3.10']);
});

test('0.version: number and date are set, and not a character besides', () => {
  const yaml = '# version: of ours\nversion: "3.0"\nupdated: 2026-11-23\nrest: " version: "\n';
  const stamped = restamped(yaml, { version: '3.1', updated: '2026-12-01' });
  assert.equal(stamped, yaml.replace('3.0', '3.1').replace('2026-11-23', '2026-12-01'));
  assert.equal(
    restamped('{version: "3.0", updated: 2026-11-23}', { version: '3.1', updated: '' }),
    undefined,
  );
  assert.equal(restamped(`${yaml}version: again`, { version: '3.1', updated: '' }), undefined);
});
