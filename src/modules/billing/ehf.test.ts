import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SalesDocument } from '#gates/archive/sales.ts';
import { isOrganisation } from '#gates/numbers.ts';
import type { PriceList } from '#gates/prices/list.ts';
import { shippedPrices } from '#test/prices.ts';
import type { Segment } from './charges.ts';
import { ehfOf } from './ehf.ts';
import { paperOf } from './paper.ts';
import { creditContent, type Heading, invoiceContent } from './sales.ts';

/*
 * The rules of EN 16931 and Peppol BIS Billing 3.0 that a document like ours can break, by their own ids. There is no
 * validator among the packages that may be used here, so the rules are told again, over the elements themselves.
 */

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly parts: readonly Element[];
}

/** Reads the little XML that we write: elements, attributes and text; throws on what is not well formed. */
function read(xml: string): Element {
  const tokens = [
    ...xml.replace(/^<\?xml[^>]*\?>\s*/, '').matchAll(/<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<]*")*)>|([^<]+)/g),
  ];
  const root: { name: string; attributes: Record<string, string>; text: string; parts: Element[] } = {
    name: '',
    attributes: {},
    text: '',
    parts: [],
  };
  const open = [root];
  for (const [, close, name, attributes, text] of tokens) {
    const top = open.at(-1)!;
    if (text !== undefined) top.text += text;
    else if (close === '/') {
      assert.equal(open.pop()!.name, name);
    } else {
      const pairs = [...attributes!.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, key, value]) => [key!, value!]);
      const made = { name: name!, attributes: Object.fromEntries(pairs), text: '', parts: [] };
      top.parts.push(made);
      open.push(made);
    }
  }
  assert.equal(open.length, 1);
  return root.parts[0]!;
}

const at = (element: Element, path: string): Element[] =>
  path
    .split('/')
    .reduce(
      (all, name) => all.flatMap(({ parts }) => parts.filter((one) => one.name.split(':')[1] === name)),
      [element],
    );
const textAt = (element: Element, path: string) => at(element, path)[0]?.text;
const ore = (text: string | undefined) => {
  assert.match(text ?? '', /^-?\d+\.\d{2}$/, 'BR-DEC: two decimals');
  return Math.round(Number(text) * 100);
};

const ORDER = [
  'CustomizationID ProfileID ID IssueDate DueDate InvoiceTypeCode CreditNoteTypeCode Note DocumentCurrencyCode',
  'BuyerReference InvoicePeriod BillingReference AccountingSupplierParty AccountingCustomerParty Delivery PaymentMeans',
  'PaymentTerms TaxTotal LegalMonetaryTotal InvoiceLine CreditNoteLine',
]
  .join(' ')
  .split(' ');

/** Demands every rule of a document. */
function holds(xml: string): Element {
  const root = read(xml);
  const isInvoice = root.name === 'Invoice';
  const places = root.parts.map(({ name }) => ORDER.indexOf(name.split(':')[1]!));
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
    'UBL: elements in their order',
  );
  const walk = (element: Element): void => {
    assert.ok(
      element.text.trim() !== '' || element.parts.length > 0,
      `PEPPOL-EN16931-R008: ${element.name} is empty`,
    );
    element.parts.forEach(walk);
  };
  walk(root);
  assert.equal(
    textAt(root, 'CustomizationID'),
    'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0',
    'BR-01, PEPPOL-EN16931-R004',
  );
  assert.equal(
    textAt(root, 'ProfileID'),
    'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
    'PEPPOL-EN16931-R007',
  );
  assert.ok(textAt(root, 'ID'), 'BR-02');
  assert.match(textAt(root, 'IssueDate')!, /^\d{4}-\d{2}-\d{2}$/, 'BR-03');
  assert.equal(
    textAt(root, isInvoice ? 'InvoiceTypeCode' : 'CreditNoteTypeCode'),
    isInvoice ? '380' : '381',
    'BR-04',
  );
  assert.equal(textAt(root, 'DocumentCurrencyCode'), 'NOK', 'BR-05, BR-CL-04');
  assert.ok(textAt(root, 'BuyerReference'), 'PEPPOL-EN16931-R003');
  for (const who of ['AccountingSupplierParty/Party', 'AccountingCustomerParty/Party']) {
    const [party] = at(root, who);
    assert.ok(textAt(party!, 'PartyLegalEntity/RegistrationName'), 'BR-06, BR-07');
    assert.equal(
      textAt(party!, 'PostalAddress/Country/IdentificationCode'),
      'NO',
      'BR-08 to BR-11, BR-CL-14',
    );
    const [endpoint] = at(party!, 'EndpointID');
    assert.deepEqual(endpoint?.attributes, { schemeID: '0192' }, 'BR-62, BR-63, PEPPOL-EN16931-R010, R020');
    assert.ok(isOrganisation(endpoint!.text), 'PEPPOL-COMMON-R041');
  }
  const lines = at(root, isInvoice ? 'InvoiceLine' : 'CreditNoteLine');
  assert.ok(lines.length > 0, 'BR-16');
  assert.equal(new Set(lines.map((line) => textAt(line, 'ID'))).size, lines.length, 'BR-21');
  for (const line of lines) {
    const [quantity] = at(line, isInvoice ? 'InvoicedQuantity' : 'CreditedQuantity');
    assert.deepEqual([quantity?.text, quantity?.attributes.unitCode], ['1', 'C62'], 'BR-22, BR-23, BR-CL-23');
    assert.ok(textAt(line, 'Item/Name'), 'BR-25');
    assert.match(
      textAt(line, 'Item/ClassifiedTaxCategory/ID') ?? '',
      /^[SZO]$/,
      'BR-CO-04, BR-CL-17: a category that we use, of UNCL 5305',
    );
    const price = ore(textAt(line, 'Price/PriceAmount'));
    assert.ok(price >= 0, 'BR-27');
    assert.equal(ore(textAt(line, 'LineExtensionAmount')), price, 'BR-24, BR-26, PEPPOL-EN16931-R120');
    assert.ok(textAt(line, 'InvoicePeriod/StartDate')! <= textAt(line, 'InvoicePeriod/EndDate')!, 'BR-30');
    const from = textAt(root, 'InvoicePeriod/StartDate')!;
    assert.ok(textAt(line, 'InvoicePeriod/StartDate')! >= from, 'PEPPOL-EN16931-R110');
    assert.ok(
      textAt(line, 'InvoicePeriod/EndDate')! <= textAt(root, 'InvoicePeriod/EndDate')!,
      'PEPPOL-EN16931-R111',
    );
  }
  const sum = (values: number[]) => values.reduce((total, one) => total + one, 0);
  const total = (name: string) => ore(textAt(root, `LegalMonetaryTotal/${name}`));
  const net = sum(lines.map((line) => ore(textAt(line, 'LineExtensionAmount'))));
  assert.equal(total('LineExtensionAmount'), net, 'BR-12, BR-CO-10');
  assert.equal(total('TaxExclusiveAmount'), net, 'BR-13, BR-CO-13');
  const vat = ore(textAt(root, 'TaxTotal/TaxAmount'));
  assert.equal(total('TaxInclusiveAmount'), net + vat, 'BR-14, BR-CO-15');
  assert.equal(total('PayableAmount'), net + vat, 'BR-15, BR-CO-16');
  const parts = at(root, 'TaxTotal/TaxSubtotal');
  assert.equal(sum(parts.map((one) => ore(textAt(one, 'TaxAmount')))), vat, 'BR-CO-14, BR-CO-18');
  for (const part of parts) {
    const id = textAt(part, 'TaxCategory/ID')!;
    assert.ok(['S', 'Z', 'O'].includes(id), 'BR-CL-17, BR-CL-18: a category that we use, of UNCL 5305');
    const percent = Number(textAt(part, 'TaxCategory/Percent') ?? 0);
    const taxable = ore(textAt(part, 'TaxableAmount'));
    assert.ok(
      Math.abs(ore(textAt(part, 'TaxAmount')) * 100 - taxable * percent) <= 50,
      'BR-CO-17, BR-S-09, BR-Z-09',
    );
    const mine = lines.filter(
      (line) =>
        textAt(line, 'Item/ClassifiedTaxCategory/ID') === id &&
        Number(textAt(line, 'Item/ClassifiedTaxCategory/Percent') ?? 0) === percent,
    );
    assert.equal(
      sum(mine.map((line) => ore(textAt(line, 'LineExtensionAmount')))),
      taxable,
      'BR-S-08, BR-Z-08, BR-O-08',
    );
    const hasVat = at(root, 'AccountingSupplierParty/Party/PartyTaxScheme').some(
      (scheme) => textAt(scheme, 'TaxScheme/ID') === 'VAT',
    );
    if (id === 'S') assert.ok(percent > 0, 'BR-S-05');
    if (id === 'O') {
      assert.deepEqual(at(part, 'TaxCategory/Percent'), [], 'BR-O-05');
      assert.ok(textAt(part, 'TaxCategory/TaxExemptionReason'), 'BR-O-10');
      assert.equal(parts.length, 1, 'BR-O-11');
    } else assert.deepEqual(at(part, 'TaxCategory/TaxExemptionReason'), [], 'BR-S-10, BR-Z-10');
    assert.equal(hasVat, id !== 'O', 'BR-S-02, BR-Z-02, BR-O-02');
  }
  for (const scheme of at(root, 'AccountingSupplierParty/Party/PartyTaxScheme')) {
    const [id, number] = [textAt(scheme, 'TaxScheme/ID'), textAt(scheme, 'CompanyID')!];
    if (id === 'VAT')
      assert.ok(/^NO\d{9}MVA$/.test(number) && isOrganisation(number.slice(2, 11)), 'NO-R-001, BR-CO-09');
    else assert.deepEqual([id, number], ['TAX', 'Foretaksregisteret'], 'NO-R-002');
  }
  if (isInvoice) {
    assert.ok(textAt(root, 'DueDate')! >= textAt(root, 'IssueDate')!, 'BR-CO-25');
    const [means] = at(root, 'PaymentMeans');
    assert.equal(textAt(means!, 'PaymentMeansCode'), '30', 'BR-49, BR-CL-16');
    assert.match(textAt(means!, 'PayeeFinancialAccount/ID')!, /^\d{11}$/, 'BR-50, BR-61');
  } else assert.ok(textAt(root, 'BillingReference/InvoiceDocumentReference/ID'), 'BR-55');
  return root;
}

const segment = (name: string, net: number, rate = 25): Segment => ({
  item: name,
  name,
  from: '2026-12-01',
  to: '2027-01-01',
  net,
  rate,
});
const heading = (prices: PriceList, buyer = 'Fjord & Fjell <AS> «Sønn»'): Heading => ({
  prices,
  seller: 'Catacloud AS',
  buyer: { name: buyer, organisation: '310000000' },
  number: 10_042,
  date: '2026-11-27',
});
const documents = (segments: Segment[], prices = shippedPrices()): SalesDocument[] => {
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
  return [
    { ...common, kind: 'invoice', content: invoiceContent(heading(prices), segments, '2026-12-11') },
    {
      ...common,
      kind: 'credit',
      content: creditContent(heading(prices), segments, { number: 10_001, date: '2026-11-01' }),
    },
  ];
};

test('k.bookkeeping: invoices and credit notes keep the rules of EN 16931 and Peppol BIS Billing 3.0', () => {
  const outside = { ...shippedPrices(), seller: { ...shippedPrices().seller, vat: false, register: false } };
  for (const one of [
    ...documents([segment('Basis', 29_000)]),
    ...documents([segment('Basis', 29_000), segment('Arkiv', 3_333), segment('Kurs', 1)]),
    ...documents([segment('Basis', 10_001), segment('Mat', 10_001, 15), segment('Avis', 500, 0)]),
    ...documents([segment('Basis', 29_000, 0)], outside),
    ...documents([segment(`${'Årsrapport & «mer» <æøå> '.repeat(12)}slutt`, 29_000)]),
  ]) {
    const root = holds(ehfOf(one));
    assert.equal(root.name, one.kind === 'invoice' ? 'Invoice' : 'CreditNote');
    assert.equal(
      textAt(root, 'AccountingCustomerParty/Party/PartyName/Name'),
      'Fjord &amp; Fjell &lt;AS&gt; «Sønn»',
    );
  }
});

test('each rule would be missed: a document that breaks one is found', () => {
  const xml = ehfOf(documents([segment('Basis', 29_000), segment('Arkiv', 3_333)])[0]!);
  for (const [from, to, rule] of [
    [
      '>323.33</cbc:LineExtensionAmount><cbc:TaxExclusiveAmount',
      '>323.34</cbc:LineExtensionAmount><cbc:TaxExclusiveAmount',
      /BR-CO-10/,
    ],
    ['<cbc:DueDate>2026-12-11</cbc:DueDate>', '', /Cannot read|undefined|BR-CO-25/],
    ['NO310000027MVA', 'NO310000028MVA', /NO-R-001/],
    ['schemeID="0192">310000000</cbc:EndpointID', 'schemeID="0088">310000000</cbc:EndpointID', /BR-62/],
    ['<cbc:BuyerReference>310000000</cbc:BuyerReference>', '', /R003/],
    ['<cbc:Percent>25</cbc:Percent>', '<cbc:Percent>15</cbc:Percent>', /BR-CO-17|BR-S-08/],
    ['<cbc:CityName>Oslo</cbc:CityName>', '<cbc:CityName></cbc:CityName>', /R008/],
    ['#urn:fdc:peppol.eu:2017:poacc:billing:3.0', '', /R004/],
    ['poacc:billing:01:1.0', 'poacc:billing:02:1.0', /R007/],
    ['>323.33</cbc:TaxExclusiveAmount', '>323.34</cbc:TaxExclusiveAmount', /BR-CO-13/],
    ['>404.16</cbc:TaxInclusiveAmount', '>404.17</cbc:TaxInclusiveAmount', /BR-CO-15/],
    ['>404.16</cbc:PayableAmount', '>404.17</cbc:PayableAmount', /BR-CO-16/],
    ['>80.83</cbc:TaxAmount><cac:TaxCategory', '>80.84</cbc:TaxAmount><cac:TaxCategory', /BR-CO-14/],
    ['>404.16</cbc:PayableAmount', '>404.160</cbc:PayableAmount', /BR-DEC/],
    ['>33.33</cbc:PriceAmount', '>33.34</cbc:PriceAmount', /R120/],
    ['>33.33</cbc:PriceAmount', '>-33.33</cbc:PriceAmount', /BR-27/],
    ['<cbc:ID>2</cbc:ID><cbc:InvoicedQuantity', '<cbc:ID>1</cbc:ID><cbc:InvoicedQuantity', /BR-21/],
    ['unitCode="C62"', 'unitCode="STK"', /BR-CL-23/],
    ['DocumentCurrencyCode>NOK', 'DocumentCurrencyCode>KRO', /BR-CL-04/],
    ['>380</cbc:InvoiceTypeCode', '>381</cbc:InvoiceTypeCode', /BR-04/],
    ['<cbc:IdentificationCode>NO<', '<cbc:IdentificationCode>NOR<', /BR-CL-14/],
    ['>30</cbc:PaymentMeansCode', '>99</cbc:PaymentMeansCode', /BR-CL-16/],
    ['<cac:TaxCategory><cbc:ID>S<', '<cac:TaxCategory><cbc:ID>X<', /BR-CL-17/],
    ['<cac:ClassifiedTaxCategory><cbc:ID>S<', '<cac:ClassifiedTaxCategory><cbc:ID>X<', /BR-CO-04/],
    ['<cbc:CompanyID>NO310000027MVA<', '<cbc:CompanyID>310000027MVA<', /NO-R-001/],
    ['>Foretaksregisteret<', '>Enhetsregisteret<', /NO-R-002/],
    ['<cbc:EndDate>2026-12-31<', '<cbc:EndDate>2026-12-01<', /BR-30|R111/],
  ] as const) {
    assert.ok(xml.includes(from), from);
    assert.throws(() => holds(xml.replace(from, to)), rule, from);
  }
  const credit = ehfOf(documents([segment('Basis', 29_000)])[1]!);
  const named = /<cac:BillingReference>.*<\/cac:BillingReference>/;
  assert.throws(() => holds(credit.replace(named, '')), /BR-55/);
  const outside = { ...shippedPrices(), seller: { ...shippedPrices().seller, vat: false, register: false } };
  const untaxed = ehfOf(documents([segment('Basis', 29_000, 0)], outside)[0]!);
  const why = /<cbc:TaxExemptionReason>.*<\/cbc:TaxExemptionReason>/;
  assert.throws(() => holds(untaxed.replace(why, '')), /BR-O-10/);
  assert.throws(() => holds(untaxed.replaceAll('<cbc:ID>O<', '<cbc:ID>Z<')), /BR-Z-10|BR-Z-02/);
});

test('k.bookkeeping: on paper it is said that the seller is invented, while it is', () => {
  const [invoice] = documents([segment('Basis', 29_000)]);
  assert.match(paperOf(invoice!, 'nb').notice!, /oppdiktet/);
  const real = { ...shippedPrices(), seller: { ...shippedPrices().seller, organisation: '923609016' } };
  const paper = paperOf(documents([segment('Basis', 29_000)], real)[0]!, 'nb');
  assert.equal(paper.notice, undefined);
  assert.deepEqual(paper.total, ['Å betale', 'NOK 362,50']);
  assert.ok(paper.from.includes('NO 923 609 016 MVA') && paper.from.includes('Foretaksregisteret'));
});
