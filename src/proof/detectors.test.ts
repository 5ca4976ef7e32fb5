import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { detect, detectInBytes, isMasked } from './detectors.ts';

const strict = { bareNumbers: true, published: ['post@firma.example'] };
const kinds = (text: string, detector = strict) => [...detect(text, detector).keys()];

const seen: readonly [string, string][] = [
  ['e-mail address', 'til kari@firma.example i dag'],
  ['e-mail address', '{"to":"o.nordmann+x@sub.firma.example"}'],
  ['e-mail address', 'KARI@FIRMA.EXAMPLE'],
  ['e-mail address', 'kåre@blåbær.example'],
  ['e-mail address', 'kari＠firma.example'],
  ['phone number', '+4710000001'],
  ['phone number', 'ring 0047 10 00 00 01'],
  ['phone number', '+47 100 00 001'],
  ['phone number', '+46 8 123 456 78'],
  ['phone number', '22000001'],
  ['phone number', 'tlf 22 00 00 01'],
  ['phone number', '900 00 001'],
  ['national identity number', '01819012012'],
  ['national identity number', '018190 12012'],
  ['national identity number', 'fnr: 41819012006.'],
  ['national identity number', '03813290099'],
  ['national identity number', '０１８１９０１２０１２'],
  ['card number', '4242424242424242'],
  ['card number', 'kort 4111 1111 1111 1111, 12/27'],
  ['card number', '5555-5555-5555-4444'],
  ['card number', '3782 822463 10005'],
  ['card number', '４２４２４２４２４２４２４２４２'],
  ['network address', 'from 198.51.100.23 to us'],
  ['network address', '203.0.113.9.'],
  ['network address', '2001:db8::7'],
  ['network address', '2001:db8:0:0:0:0:0:7'],
];

for (const [kind, text] of seen)
  test(`0.security: a ${kind} is told from its shape (${seen.findIndex(([, one]) => one === text) + 1})`, () => {
    assert.ok(kinds(text).includes(kind as never), text);
  });

const harmless = [
  'post@firma.example',
  'nb',
  'newsletter.sign-up',
  '3.0',
  '20261123_0310_customers.sql',
  '5f0c1c5e-26123456-4b1e-9d3a-26123456abcd',
  '26123456-0c1c-4b1e-9d3a-261234567890',
  'a3f526123456789012345678901234567890abcdef26123456789012345678ff',
  '2026-11-23T02:00:00.000Z',
  '{"id":12345678901,"port":54321,"time":1795435200000,"bytes":67108864}',
  '12345678901',
  '00000000000',
  '86011117947',
  '4242424242424241',
  '42424242-4242-4242-8242-424242424242',
  'KID 0000012345674',
  'listening on 127.0.0.1 and ::1, 0.0.0.0',
  '999.1.2.3',
  '12:34:56',
  'node@26.10.0',
];

test('0.security: what only looks like personal data is left alone', () => {
  for (const text of harmless) assert.deepEqual(kinds(text), [], text);
});

test('0.security: bare digits mean nothing in a log, and an address means the same everywhere', () => {
  const inLog = { ...strict, bareNumbers: false };
  assert.deepEqual(kinds('took 22000001 ns', inLog), []);
  assert.deepEqual(kinds('+4710000001', inLog), ['phone number']);
});

test('1.2.device: an address is masked when only its network is left', () => {
  for (const address of ['192.0.2.0', '192.0.2.0/24', '2001:db8:1::', '2001:db8:1::/48'])
    assert.ok(isMasked(address), address);
  for (const address of ['192.0.2.7', '2001:db8:1::7', '192.0.2.0 and 192.0.2.7'])
    assert.ok(!isMasked(address), address);
});

test('0.security: bytes show an address or a number, and chance does not', () => {
  const inBytes = (text: string) => [...detectInBytes(Buffer.from(text, 'latin1')).keys()];
  assert.deepEqual(inBytes('\x01\xffkari@firma.example\x00'), ['e-mail address']);
  assert.deepEqual(inBytes('\x0110000001\xe6'), ['phone number']);
  assert.deepEqual(inBytes('\x011234567\x00A\x42@ab.no'), []);
  assert.deepEqual([...detectInBytes(randomBytes(8 << 20)).keys()], []);
});
