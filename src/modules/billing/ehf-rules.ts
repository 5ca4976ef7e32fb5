import { isOrganisation } from '#gates/numbers.ts';
import { at, type Element, textAt } from './markup.ts';

/*
 * The rules of EN 16931 and of Peppol BIS Billing 3.0 that no schema can say: what adds up to what, and what goes together.
 * By their own ids, those that a document of ours is under: without allowances, prepayment or a second currency. A document
 * is held against them each time it is written, since they hang on what was sold and to whom. Which elements there are, in
 * which order, and with which codes, hangs on the writer alone, and is held against the schema in its tests.
 */

type Holds = (rules: string, isSo: boolean) => void;

/** Ids of the rules that a document breaks, each once; none when receivers can take it. */
export function brokenBy(root: Element): string[] {
  const broken = new Set<string>();
  const holds: Holds = (rules, isSo) => {
    if (!isSo) broken.add(rules);
  };
  const isInvoice = root.name === 'Invoice';
  const lines = at(root, isInvoice ? 'InvoiceLine' : 'CreditNoteLine');
  ofDocument(root, isInvoice, holds);
  for (const who of ['Supplier', 'Customer']) ofParty(at(root, `Accounting${who}Party/Party`)[0], who, holds);
  ofSeller(root, holds);
  holds('BR-21', new Set(lines.map((line) => textAt(line, 'ID'))).size === lines.length);
  for (const line of lines) ofLine(line, root, isInvoice, holds);
  ofTotals(root, lines, holds);
  for (const part of at(root, 'TaxTotal/TaxSubtotal')) ofVat(part, root, lines, holds);
  return [...broken];
}

/** An amount in øre; NaN, which equals nothing, where there is none with two decimals. */
function oreAt(element: Element, path: string): number {
  const text = textAt(element, path) ?? '';
  return /^-?\d+\.\d{2}$/.test(text) ? Math.round(Number(text) * 100) : Number.NaN;
}

const sumOf = (elements: readonly Element[], path: string) =>
  elements.reduce((sum, one) => sum + oreAt(one, path), 0);

const isEmpty = ({ text, parts }: Element): boolean =>
  parts.length === 0 ? text.trim() === '' : parts.some(isEmpty);

function ofDocument(root: Element, isInvoice: boolean, holds: Holds): void {
  const said = (path: string) => textAt(root, path) ?? '';
  const [issued, due] = [said('IssueDate'), said('DueDate')];
  holds('PEPPOL-EN16931-R008', !isEmpty(root));
  holds(
    'PEPPOL-EN16931-R004',
    said('CustomizationID') === 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0',
  );
  holds('PEPPOL-EN16931-R007', said('ProfileID') === 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0');
  holds('PEPPOL-EN16931-R003', said('BuyerReference') !== '');
  if (isInvoice) {
    holds('PEPPOL-EN16931-P0100', said('InvoiceTypeCode') === '380');
    holds('BR-CO-25', !(oreAt(root, 'LegalMonetaryTotal/PayableAmount') > 0) || due >= issued);
    holds('BR-61', said('PaymentMeans/PayeeFinancialAccount/ID') !== '');
  } else {
    holds('PEPPOL-EN16931-P0101', said('CreditNoteTypeCode') === '381');
    holds('BR-55', said('BillingReference/InvoiceDocumentReference/ID') !== '');
  }
  holds('PEPPOL-EN16931-R051', isOneCurrency(root, said('DocumentCurrencyCode')));
  holds(
    'PEPPOL-EN16931-R053',
    at(root, 'TaxTotal').filter((one) => at(one, 'TaxSubtotal').length > 0).length === 1,
  );
}

const isOneCurrency = ({ attributes: { currencyID = '' }, parts }: Element, wanted: string): boolean =>
  (currencyID === '' || currencyID === wanted) && parts.every((part) => isOneCurrency(part, wanted));

/** What is asked of both sides: somewhere to send to, and Norwegian numbers that are numbers. */
function ofParty(party: Element | undefined, who: string, holds: Holds): void {
  const [endpoint] = party === undefined ? [] : at(party, 'EndpointID');
  const [number] = party === undefined ? [] : at(party, 'PartyLegalEntity/CompanyID');
  holds(who === 'Supplier' ? 'PEPPOL-EN16931-R020' : 'PEPPOL-EN16931-R010', endpoint !== undefined);
  for (const one of [endpoint, number])
    holds(
      'PEPPOL-COMMON-R041',
      one === undefined || (one.attributes.schemeID === '0192' && isOrganisation(one.text)),
    );
}

function ofSeller(root: Element, holds: Holds): void {
  for (const scheme of at(root, 'AccountingSupplierParty/Party/PartyTaxScheme')) {
    const number = textAt(scheme, 'CompanyID') ?? '';
    const [, digits = ''] = /^NO(\d{9})MVA$/.exec(number) ?? [];
    if (textAt(scheme, 'TaxScheme/ID') === 'VAT') holds('NO-R-001', isOrganisation(digits));
    else holds('NO-R-002', number === 'Foretaksregisteret');
  }
}

function ofLine(line: Element, root: Element, isInvoice: boolean, holds: Holds): void {
  const price = oreAt(line, 'Price/PriceAmount');
  const quantity = Number(textAt(line, isInvoice ? 'InvoicedQuantity' : 'CreditedQuantity'));
  const [from = '', to = ''] = ['StartDate', 'EndDate'].map((day) => textAt(line, `InvoicePeriod/${day}`));
  holds('BR-27', price >= 0);
  holds('PEPPOL-EN16931-R120', oreAt(line, 'LineExtensionAmount') === price * quantity);
  holds('BR-30', to >= from);
  holds('PEPPOL-EN16931-R110', from >= (textAt(root, 'InvoicePeriod/StartDate') ?? ''));
  holds('PEPPOL-EN16931-R111', to <= (textAt(root, 'InvoicePeriod/EndDate') ?? ''));
}

function ofTotals(root: Element, lines: readonly Element[], holds: Holds): void {
  const total = (name: string) => oreAt(root, `LegalMonetaryTotal/${name}`);
  const vat = oreAt(root, 'TaxTotal/TaxAmount');
  holds('BR-CO-10', total('LineExtensionAmount') === sumOf(lines, 'LineExtensionAmount'));
  holds('BR-CO-13', total('TaxExclusiveAmount') === total('LineExtensionAmount'));
  holds('BR-CO-14', vat === sumOf(at(root, 'TaxTotal/TaxSubtotal'), 'TaxAmount'));
  holds('BR-CO-15', total('TaxInclusiveAmount') === total('TaxExclusiveAmount') + vat);
  holds('BR-CO-16', total('PayableAmount') === total('TaxInclusiveAmount'));
}

/** One rate of VAT: reckoned on its own lines, and by somebody who is registered, or by nobody at all (category O). */
function ofVat(part: Element, root: Element, lines: readonly Element[], holds: Holds): void {
  const id = textAt(part, 'TaxCategory/ID') ?? '';
  const percent = textAt(part, 'TaxCategory/Percent');
  const net = oreAt(part, 'TaxableAmount');
  const mine = lines.filter(
    (line) =>
      textAt(line, 'Item/ClassifiedTaxCategory/ID') === id &&
      textAt(line, 'Item/ClassifiedTaxCategory/Percent') === percent,
  );
  const isRegistered = at(root, 'AccountingSupplierParty/Party/PartyTaxScheme').some(
    (scheme) => textAt(scheme, 'TaxScheme/ID') === 'VAT',
  );
  const why = textAt(part, 'TaxCategory/TaxExemptionReason');
  holds('BR-CO-17', Math.abs(oreAt(part, 'TaxAmount') * 100 - net * Number(percent ?? 0)) <= 50);
  holds(`BR-${id}-08`, net === sumOf(mine, 'LineExtensionAmount'));
  holds(`BR-${id}-02`, isRegistered === (id !== 'O'));
  if (id === 'S') holds('BR-S-05', Number(percent) > 0);
  if (id === 'Z') holds('BR-Z-05', Number(percent) === 0);
  if (id === 'O') {
    holds('BR-O-05', percent === undefined);
    holds('BR-O-10', why !== undefined);
    holds('BR-O-11', at(root, 'TaxTotal/TaxSubtotal').length === 1);
  } else holds(`BR-${id}-10`, why === undefined);
}
