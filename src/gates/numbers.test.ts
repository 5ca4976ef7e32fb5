import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bareOrganisation, isOrganisation, organisationOf } from './numbers.ts';

const VALID =
  '923609016 974760673 991825827 924203617 821227062 974567989 810034882 918035443 883603362 974446871 974761467 310000000 310000019 310000027 310000078 214000008 214000040';
const INVALID =
  '923609017 123456789 112233445 987654321 999999999 81000004 8100000488 81000004x ９２３６０９０１６';

test('1.3.brreg: an organisation number is nine digits of which the last checks the others', () => {
  for (const number of VALID.split(' ')) assert.ok(isOrganisation(number), number);
  for (const number of INVALID.split(' ')) assert.ok(!isOrganisation(number), number);
});

test('1.3.brreg: where the check digit would be ten, there is no number', () => {
  for (const first of ['81000004', '31000006'])
    for (let last = 0; last < 10; last += 1) assert.ok(!isOrganisation(`${first}${last}`));
});

test('1.3.brreg: a number is taken as people write it', () => {
  for (const written of [
    '923 609 016',
    ' 923609016 ',
    'NO 923 609 016 MVA',
    '923.609.016',
    '９２３６０９０１６',
  ])
    assert.equal(organisationOf(written), '923609016');
  assert.equal(bareOrganisation('Nordlys AS'), 'NordlysAS');
  for (const written of ['923609017', '999 999 999', 'NO999999999MVA', ''])
    assert.equal(organisationOf(written), undefined);
});
