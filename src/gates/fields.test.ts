import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { greetingName, normalise, soughtFor } from './fields.ts';
import { Refusal, type RefusalCode } from './refusal.ts';

/** The refusal that a value meets; undefined when it is taken. Demands that the refusal names the field and no value. */
function refusalOf(category: string, value: string): RefusalCode | undefined {
  try {
    normalise(category, value);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    assert.deepEqual(error.fields, [category.split('.')[1]]);
    if (value.trim().length > 3) assert.ok(!error.message.includes(value.trim()));
    return error.code;
  }
}
const takes = (category: string, pairs: readonly (readonly [string, string])[]) => {
  for (const [written, kept] of pairs)
    assert.equal(normalise(category, written), kept, JSON.stringify(written));
};
const refuses = (category: string, values: readonly string[]) => {
  for (const value of values)
    assert.equal(refusalOf(category, value), 'collect.invalid-field', JSON.stringify(value));
};

test('an e-mail address is kept in lower case and composed form, without the space around it', () => {
  takes('contact.email', [
    ['kari@firma.example', 'kari@firma.example'],
    ['  Kari.Prøve@Firma.Example\n', 'kari.prøve@firma.example'],
    ['kari+nyhetsbrev@post.firma.example', 'kari+nyhetsbrev@post.firma.example'],
    ["kari.o'prøve@firma.example", "kari.o'prøve@firma.example"],
    ['bla\u030aba\u0308r@firma.example', 'blåbär@firma.example'],
    ['post@blåbær.example', 'post@blåbær.example'],
    ['ΣΊΣΥΦΟΣ@firma.example', 'σίσυφος@firma.example'],
    [`${'a'.repeat(64)}@firma.example`, `${'a'.repeat(64)}@firma.example`],
  ]);
});

test('what is no mailbox that a person uses is refused', () => {
  refuses('contact.email', [
    '',
    ' ',
    'kari',
    'kari@',
    '@firma.example',
    'kari@firma',
    'kari@@firma.example',
    'kari@firma..example',
    'kari..prove@firma.example',
    'kari@-firma.example',
    'kari@firma-.example',
    'kari prove@firma.example',
    'kari@firma.example, ola@firma.example',
    'Kari <kari@firma.example>',
    '"kari"@firma.example',
    'kari@[127.0.0.1]',
    'kari@firma.example\nBcc: ola@firma.example',
    'kari@firma.example\0',
    'ka\u200bri@firma.example',
    'ka\u00adri@firma.example',
    'kari\u202e@firma.example',
    'ka\ud800ri@firma.example',
    `${'a'.repeat(65)}@firma.example`,
    `kari@${'a'.repeat(64)}.example`,
    `kari@${'firma.'.repeat(60)}example`,
  ]);
});

test('a phone number is kept as E.164, whichever way it is written; without a country it is Norwegian', () => {
  const norwegian = [
    '40000000',
    '400 00 000',
    '40 00 00 00',
    '+47 400 00 000',
    '0047 40000000',
    '+47-400-00-000',
  ];
  const odd = [
    '(+47) 40000000',
    '４０００００００',
    '+47\u00a0400\u00a000\u00a0000',
    ' 40000000 ',
    '40.00.00.00',
  ];
  takes(
    'contact.phone',
    [...norwegian, ...odd].map((written) => [written, '+4740000000'] as const),
  );
  takes('contact.phone', [
    ['+4710000001', '+4710000001'],
    ['+1 (212) 555-0123', '+12125550123'],
    ['+44 (0)20 7946 0958', '+442079460958'],
    ['22 00 00 00', '+4722000000'],
  ]);
});

test('what is no phone number is refused, also when one stands in the middle of it', () => {
  refuses('contact.phone', [
    '',
    'nei',
    '110',
    '4000000',
    '400000000',
    '+47',
    '12345678901',
    'ring 40000000',
    "40000000'; drop table vault.person; --",
    '40000000 eller 40000001',
    '+999 40000000',
    '\u202a+47 40000000\u202c',
    '4'.repeat(30),
  ]);
});

test('a line of text is kept trimmed and composed, in any script', () => {
  takes('contact.name', [
    ['  Kari Prøve ', 'Kari Prøve'],
    ['A\u030asne', 'Åsne'],
    ['Þórunn 李明 محمد', 'Þórunn 李明 محمد'],
    ["Siri O'Prøve-Næss 🙂", "Siri O'Prøve-Næss 🙂"],
    ["'; drop table x; --", "'; drop table x; --"],
    ['<b>Kari</b>', '<b>Kari</b>'],
    ['x'.repeat(200), 'x'.repeat(200)],
  ]);
  const controls = [
    'a\0b',
    'a\nb',
    'a\tb',
    'a\u0085b',
    'a\u2028b',
    'a\u202eb',
    'a\u2066b',
    '\ud800',
    'a\u009bb',
  ];
  refuses('contact.name', ['', '   ', '\u00a0', 'x'.repeat(201), ...controls]);
});

test('a language is one of the two', () => {
  takes('preference.language', [
    ['nb', 'nb'],
    ['en', 'en'],
  ]);
  refuses('preference.language', ['no', 'NB', 'nb-NO', '']);
});

test('a national identity number is refused in every text, as what it is', () => {
  for (const category of [
    'contact.name',
    'contact.email',
    'contact.phone',
    'contact.place',
    'contact.company',
  ])
    for (const number of ['01819012012', '41819012006', '02013299903'])
      for (const text of [number, ` ${number} `, `${number.slice(0, 6)} ${number.slice(6)}`])
        assert.equal(refusalOf(category, text), 'collect.national-identity-number', `${category} ${text}`);
  assert.equal(refusalOf('contact.email', '01819012012@firma.example'), 'collect.national-identity-number');
  assert.equal(refusalOf('contact.name', 'Konto 86011117947'), undefined);
});

test('what is kept would be kept again as it is: bringing it to form twice changes nothing', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.emailAddress(),
    fc.stringMatching(/^\+?[\d (). -]{5,20}$/),
  );
  for (const category of ['contact.name', 'contact.email', 'contact.phone'])
    fc.assert(
      fc.property(text, (value) => {
        if (refusalOf(category, value) !== undefined) return;
        const kept = normalise(category, value);
        assert.equal(normalise(category, kept), kept);
        assert.ok(kept.isWellFormed());
      }),
      { seed: 20261123, numRuns: 300 },
    );
});

test('a letter greets with names, and with nothing that a stranger could say through it', () => {
  for (const name of ["Siri O'Prøve-Næss", 'Kari P. Prøve', 'Åse Jr.', '李明', 'محمد', 'Kari'])
    assert.equal(greetingName(name), name);
  const messages = [
    'Se evil.example',
    'https://x',
    'Ring 40000000',
    'a@firma.example',
    'Vant 100 %!',
    '<b>x</b>',
  ];
  for (const name of [...messages, 'ord '.repeat(20), '', undefined])
    assert.equal(greetingName(name), undefined);
});

test('an address to look somebody up by is brought to the same form, and is nobody’s when it is none', () => {
  assert.equal(soughtFor('email', ' KARI@Firma.Example '), 'kari@firma.example');
  assert.equal(soughtFor('name', '  Kari   NORDMANN '), 'kari nordmann');
  assert.equal(soughtFor('phone', '400 00 000'), '+4740000000');
  for (const text of ['', 'kari', '01819012012', '\0', '\ud800'])
    for (const kind of ['email', 'phone'] as const) assert.equal(soughtFor(kind, text), undefined);
});
