import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SalesDocument } from '#gates/archive/sales.ts';
import type { PriceList } from '#gates/prices/list.ts';
import { Refusal } from '#gates/refusal.ts';
import { readEhf, schemaFaults } from '#test/ehf.ts';
import { shippedPrices } from '#test/prices.ts';
import type { Segment } from './charges.ts';
import { ehfOf } from './ehf.ts';
import { brokenBy } from './ehf-rules.ts';
import { textAt } from './markup.ts';
import { paperOf } from './paper.ts';
import { creditContent, type Heading, invoiceContent } from './sales.ts';

const ODD = 'Fjord & Fjell <AS> «Sønn» "1" 漢字 👩‍🚀';

const segment = (name: string, net: number, rate = 25): Segment => ({
  item: name,
  name,
  from: '2026-12-01',
  to: '2027-01-01',
  net,
  rate,
});
const heading = (prices: PriceList, name: string, organisation: string): Heading => ({
  prices,
  seller: 'Catacloud AS',
  buyer: { name, organisation },
  number: 10_042,
  date: '2026-11-27',
});

/** The invoice of what was sold, and the credit note of the same. */
function documents(
  segments: Segment[],
  { prices = shippedPrices(), buyer = ODD, organisation = '310000000' } = {},
): [SalesDocument, SalesDocument] {
  const common = {
    id: '',
    person: '',
    client: '',
    number: 10_042,
    dated: '',
    due: null,
    settles: null,
    left: 0,
    credited: 0,
  };
  const from = heading(prices, buyer, organisation);
  const credits = { number: 10_001, date: '2026-11-01' };
  return [
    { ...common, kind: 'invoice', content: invoiceContent(from, segments, '2026-12-11') },
    { ...common, kind: 'credit', content: creditContent(from, segments, credits) },
  ];
}

const sellerOf = (seller: Partial<PriceList['seller']>): { prices: PriceList } => ({
  prices: { ...shippedPrices(), seller: { ...shippedPrices().seller, ...seller } },
});
const outside = sellerOf({ vat: false, register: false });

test('k.bookkeeping: every invoice and credit note is valid by the schema of Peppol BIS Billing 3.0', () => {
  const later: Segment = { ...segment('Kurs', 1), from: '2026-12-15', to: '2026-12-16' };
  for (const one of [
    ...documents([segment('Basis', 29_000)]),
    ...documents([segment('Basis', 29_000), segment('Arkiv', 3_333), later]),
    ...documents([segment('Basis', 10_001), segment('Mat', 10_001, 15), segment('Avis', 500, 0)]),
    ...documents([segment('Avis', 500, 0)]),
    ...documents([segment('Prøvetid', 0)]),
    ...documents([segment('Basis', 29_000, 0)], outside),
    ...documents([segment('Basis', 29_000)], sellerOf({ register: false })),
    ...documents([segment('Basis', 99_999_999_999)]),
    ...documents(Array.from({ length: 200 }, (_, at) => segment(`Modul ${at}`, at))),
    ...documents([segment(`${'Årsrapport & «mer» <æøå> '.repeat(40)}slutt`, 29_000)], {
      buyer: 'Æ'.repeat(2000),
    }),
    ...documents([segment('Basis\u0000\u001f\ud800\uffff', 29_000)], { buyer: `${ODD}\u0008\udc00` }),
  ]) {
    const root = readEhf(ehfOf(one));
    assert.deepEqual(schemaFaults(root), []);
    assert.equal(root.name, one.kind === 'invoice' ? 'Invoice' : 'CreditNote');
    if (one.content.buyer!.startsWith(ODD))
      assert.equal(textAt(root, 'AccountingCustomerParty/Party/PartyName/Name'), ODD);
  }
});

/** The document with a change in it, which must be there to be made. */
function changed(xml: string, from: string | RegExp, to: string): string {
  const twin = xml.replace(from, to);
  assert.notEqual(twin, xml, String(from));
  return twin;
}

test('what the schema has no place for is found', () => {
  const [invoice, credit] = documents([segment('Basis', 29_000), segment('Arkiv', 3_333)]).map(ehfOf);
  for (const [from, to, fault] of [
    [
      /(<cbc:IssueDate>.*?<\/cbc:IssueDate>)(<cbc:DueDate>.*?<\/cbc:DueDate>)/,
      '$2$1',
      /IssueDate out of order/,
    ],
    [
      /(<cac:TaxTotal>.*?<\/cac:TaxTotal>)(<cac:LegalMonetaryTotal>.*?<\/cac:LegalMonetaryTotal>)/,
      '$2$1',
      /TaxTotal out of order/,
    ],
    [/(<cbc:StreetName>.*?Name>)(<cbc:CityName>.*?Name>)/, '$2$1', /StreetName out of order/],
    [
      '<cbc:BuyerReference>',
      '<cbc:Farge>blå</cbc:Farge><cbc:BuyerReference>',
      /additional properties.*Farge/,
    ],
    ['<cac:Party>', '<cac:Party><cbc:Color/>', /additional properties.*Color/],
    [/xmlns:cac="[^"]*"/, 'xmlns:cac="urn:x"', /\{urn:x\}/],
    [/<cbc:IssueDate>.*?<\/cbc:IssueDate>/, '', /required.*IssueDate/],
    [/<cac:AccountingCustomerParty>.*<\/cac:AccountingCustomerParty>/, '', /required.*CustomerParty/],
    [/<cbc:RegistrationName>Cata.*?Name>/, '', /required.*RegistrationName/],
    [/<cac:InvoiceLine>.*<\/cac:InvoiceLine>/, '', /required.*InvoiceLine/],
    [/<cac:PostalAddress><cac:Country>.*?<\/cac:PostalAddress>/, '', /required.*PostalAddress/],
    [/<cac:LegalMonetaryTotal>.*?<\/cac:LegalMonetaryTotal>/, '', /required.*LegalMonetaryTotal/],
    [/(<cac:LegalMonetaryTotal>.*?<\/cac:LegalMonetaryTotal>)/, '$1$1', /LegalMonetaryTotal must be object/],
    ['2026-11-27</cbc:IssueDate', '27.11.2026</cbc:IssueDate', /IssueDate must match pattern/],
    ['>404.16</cbc:PayableAmount', '>404.160</cbc:PayableAmount', /PayableAmount must match pattern/],
    [' currencyID="NOK">404.16</cbc:PayableAmount', '>404.16</cbc:PayableAmount', /PayableAmount@currencyID/],
    ['unitCode="C62"', 'unitCode="STYKK"', /unitCode must be equal to one of/],
    ['DocumentCurrencyCode>NOK', 'DocumentCurrencyCode>KRO', /CurrencyCode must be equal to one of/],
    ['>380</cbc:InvoiceTypeCode', '>3800</cbc:InvoiceTypeCode', /TypeCode must be equal to one of/],
    ['<cbc:IdentificationCode>NO<', '<cbc:IdentificationCode>NOR<', /IdentificationCode must be equal/],
    ['>30</cbc:PaymentMeansCode', '>99</cbc:PaymentMeansCode', /PaymentMeansCode must be equal/],
    ['<cac:TaxCategory><cbc:ID>S<', '<cac:TaxCategory><cbc:ID>X<', /TaxCategory\/cbc:ID must be equal/],
    [
      '<cac:ClassifiedTaxCategory><cbc:ID>S<',
      '<cac:ClassifiedTaxCategory><cbc:ID>X<',
      /Classified.*ID must be/,
    ],
    ['<cbc:EndpointID schemeID="0192">', '<cbc:EndpointID schemeID="orgnr">', /schemeID must be equal/],
  ] as const)
    assert.match(schemaFaults(readEhf(changed(invoice!, from, to))).join('\n'), fault);
  for (const [from, to, fault] of [
    [/CreditNoteLine/g, 'InvoiceLine', /InvoiceLine in a credit note/],
    [
      '<cbc:CreditNoteTypeCode>',
      '<cbc:DueDate>2026-12-11</cbc:DueDate><cbc:CreditNoteTypeCode>',
      /DueDate in a/,
    ],
    [/<cbc:CreditNoteTypeCode>.*?Code>/, '', /required.*TypeCode/],
  ] as const)
    assert.match(schemaFaults(readEhf(changed(credit!, from, to))).join('\n'), fault);
  assert.throws(() => readEhf(changed(invoice!, '</cac:Party>', '')));
  assert.throws(() => readEhf(changed(invoice!, 'Basis', 'Ba\u0001sis')));
});

test('each rule would be missed: a document that breaks one is found', () => {
  const [invoice, credit] = documents([segment('Basis', 29_000), segment('Arkiv', 3_333)]).map(ehfOf);
  const [untaxed] = documents([segment('Basis', 29_000, 0)], outside).map(ehfOf);
  const [zero] = documents([segment('Avis', 500, 0)]).map(ehfOf);
  const twins: [string | undefined, string | RegExp, string, string][] = [
    [
      invoice,
      '>323.33</cbc:LineExtensionAmount><cbc:TaxEx',
      '>323.34</cbc:LineExtensionAmount><cbc:TaxEx',
      'BR-CO-10',
    ],
    [invoice, '<cbc:DueDate>2026-12-11</cbc:DueDate>', '', 'BR-CO-25'],
    [invoice, 'NO310000027MVA', 'NO310000028MVA', 'NO-R-001'],
    [invoice, '<cbc:CompanyID>NO310000027MVA<', '<cbc:CompanyID>310000027MVA<', 'NO-R-001'],
    [invoice, '>Foretaksregisteret<', '>Enhetsregisteret<', 'NO-R-002'],
    [invoice, '"0192">310000000</cbc:Endp', '"0192">310000001</cbc:Endp', 'PEPPOL-COMMON-R041'],
    [invoice, /<cbc:EndpointID schemeID="0192">310000000<\/cbc:EndpointID>/, '', 'PEPPOL-EN16931-R010'],
    [invoice, /<cbc:EndpointID schemeID="0192">310000027<\/cbc:EndpointID>/, '', 'PEPPOL-EN16931-R020'],
    [invoice, '<cbc:BuyerReference>310000000</cbc:BuyerReference>', '', 'PEPPOL-EN16931-R003'],
    [invoice, '<cbc:CityName>Oslo</cbc:CityName>', '<cbc:CityName> </cbc:CityName>', 'PEPPOL-EN16931-R008'],
    [invoice, '#urn:fdc:peppol.eu:2017:poacc:billing:3.0', '', 'PEPPOL-EN16931-R004'],
    [invoice, 'poacc:billing:01:1.0', 'poacc:billing:02:1.0', 'PEPPOL-EN16931-R007'],
    [invoice, '>380</cbc:InvoiceTypeCode', '>381</cbc:InvoiceTypeCode', 'PEPPOL-EN16931-P0100'],
    [credit, '>381</cbc:CreditNoteTypeCode', '>380</cbc:CreditNoteTypeCode', 'PEPPOL-EN16931-P0101'],
    [invoice, 'NOK">404.16</cbc:PayableAmount', 'SEK">404.16</cbc:PayableAmount', 'PEPPOL-EN16931-R051'],
    [invoice, /(<cac:TaxTotal>.*?<\/cac:TaxTotal>)/, '$1$1', 'PEPPOL-EN16931-R053'],
    [invoice, /<cac:PayeeFinancialAccount>.*?Account>/, '', 'BR-61'],
    [invoice, '>323.33</cbc:TaxExclusiveAmount', '>323.34</cbc:TaxExclusiveAmount', 'BR-CO-13'],
    [invoice, '>80.83</cbc:TaxAmount><cac:TaxCategory', '>80.84</cbc:TaxAmount><cac:TaxCategory', 'BR-CO-14'],
    [invoice, '>404.16</cbc:TaxInclusiveAmount', '>404.17</cbc:TaxInclusiveAmount', 'BR-CO-15'],
    [invoice, '>404.16</cbc:PayableAmount', '>404.17</cbc:PayableAmount', 'BR-CO-16'],
    [invoice, '<cbc:Percent>25</cbc:Percent>', '<cbc:Percent>15</cbc:Percent>', 'BR-CO-17'],
    [invoice, '>33.33</cbc:PriceAmount', '>33.34</cbc:PriceAmount', 'PEPPOL-EN16931-R120'],
    [invoice, '>33.33</cbc:PriceAmount', '>-33.33</cbc:PriceAmount', 'BR-27'],
    [invoice, '<cbc:ID>2</cbc:ID><cbc:Invoiced', '<cbc:ID>1</cbc:ID><cbc:Invoiced', 'BR-21'],
    [invoice, '<cbc:EndDate>2026-12-31<', '<cbc:EndDate>2026-12-01<', 'PEPPOL-EN16931-R111'],
    [invoice, '<cbc:StartDate>2026-12-01<', '<cbc:StartDate>2026-12-02<', 'PEPPOL-EN16931-R110'],
    [invoice, /(Line>.*?<cbc:EndDate>)2026-12-31/, '$12026-11-30', 'BR-30'],
    [invoice, /(ClassifiedTaxCategory><cbc:ID>S<.*?)25</, '$115<', 'BR-S-08'],
    [invoice, /<cac:PartyTaxScheme><cbc:CompanyID>NO.*?<\/cac:PartyTaxScheme>/, '', 'BR-S-02'],
    [invoice, />25<\/cbc:Percent>/g, '>0</cbc:Percent>', 'BR-S-05'],
    [
      invoice,
      '</cbc:Percent>',
      '</cbc:Percent><cbc:TaxExemptionReason>x</cbc:TaxExemptionReason>',
      'BR-S-10',
    ],
    [zero, /<cbc:Percent>0</g, '<cbc:Percent>25<', 'BR-Z-05'],
    [credit, /<cac:BillingReference>.*<\/cac:BillingReference>/, '', 'BR-55'],
    [untaxed, /<cbc:TaxExemptionReason>.*<\/cbc:TaxExemptionReason>/, '', 'BR-O-10'],
    [untaxed, /<cbc:ID>O</g, '<cbc:ID>Z<', 'BR-Z-10'],
    [untaxed, /<cbc:ID>O</g, '<cbc:ID>Z<', 'BR-Z-02'],
    [untaxed, /<cbc:ID>O<\/cbc:ID>/g, '<cbc:ID>O</cbc:ID><cbc:Percent>0</cbc:Percent>', 'BR-O-05'],
    [untaxed, /(<cac:TaxSubtotal>.*?<\/cac:TaxSubtotal>)/, '$1$1', 'BR-O-11'],
  ];
  for (const whole of [invoice, credit, untaxed, zero]) assert.deepEqual(brokenBy(readEhf(whole!)), []);
  for (const [xml, from, to, rule] of twins)
    assert.ok(brokenBy(readEhf(changed(xml!, from, to))).includes(rule), `${rule}: ${from}`);
});

test('k.bookkeeping: a document that receivers would send back does not go out', () => {
  const refused = (document: SalesDocument) => {
    try {
      ehfOf(document);
      return [];
    } catch (error) {
      assert.ok(error instanceof Refusal && error.code === 'billing.not-ehf');
      return error.fields;
    }
  };
  const basis = [segment('Basis', 29_000)];
  assert.deepEqual(refused(documents(basis, { organisation: '310000001' })[0]), ['PEPPOL-COMMON-R041']);
  assert.deepEqual(refused(documents(basis, { buyer: '\u0007 ' })[1]), ['PEPPOL-EN16931-R008']);
  assert.deepEqual(refused(documents(basis, sellerOf({ organisation: '310000028' }))[0]), [
    'PEPPOL-COMMON-R041',
    'NO-R-001',
  ]);
  assert.deepEqual(refused(documents([segment('Basis', 29_000, 25)], outside)[0]), ['BR-CO-17']);
  const [{ content, ...invoice }] = documents(basis);
  const { organisation: _none, ...person } = content;
  assert.deepEqual(refused({ ...invoice, content: { ...person, address: 'Storgata 1, 0155 Oslo' } }), [
    'PEPPOL-EN16931-R010',
  ]);
});

test('k.bookkeeping: on paper it is said that the seller is invented, while it is', () => {
  const [invoice] = documents([segment('Basis', 29_000)]);
  assert.match(paperOf(invoice, 'nb').notice!, /oppdiktet/);
  const paper = paperOf(
    documents([segment('Basis', 29_000)], sellerOf({ organisation: '923609016' }))[0],
    'nb',
  );
  assert.equal(paper.notice, undefined);
  assert.deepEqual(paper.total, ['Å betale', 'NOK 362,50']);
  assert.ok(paper.from.includes('NO 923 609 016 MVA') && paper.from.includes('Foretaksregisteret'));
});
