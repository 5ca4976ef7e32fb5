import type { SalesDocument } from '#gates/archive/sales.ts';
import type { Content } from '#gates/archive/shelf.ts';
import { Refusal } from '#gates/refusal.ts';
import { brokenBy } from './ehf-rules.ts';
import { branch, type Element, leaf, markupOf } from './markup.ts';
import { amountOf, type Totals } from './money.ts';
import { daysSpanned, type Line, linesOf, totalsOfContent } from './sales.ts';

/*
 * A sales document as EHF: Peppol BIS Billing 3.0, which is EN 16931 in UBL 2.1. Made from the archived record each time it
 * is asked for, and kept nowhere.
 */

const UBL = 'urn:oasis:names:specification:ubl:schema:xsd:';
const CUSTOMIZATION = 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0';
const PROFILE = 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0';
/** The register of Norwegian organisation numbers (ISO/IEC 6523). */
const ORGNR = '0192';
/** Unit of a line: one of something (UN/ECE Recommendation 20). */
const ONE = 'C62';
/** Payment into an account (UNCL 4461). */
const CREDIT_TRANSFER = '30';
const OUTSIDE = 'Selgeren er ikke registrert i Merverdiavgiftsregisteret';

const cbc = (name: string, text: string | undefined, attributes?: Readonly<Record<string, string>>) =>
  leaf(`cbc:${name}`, text, attributes);
const cac = (name: string, ...parts: Element[][]) => branch(`cac:${name}`, parts.flat());

/**
 * The document in XML. Throws RangeError for a payment, which is none, and refuses a document that receivers would send
 * back, by the rules that it breaks: what is not valid does not go out.
 */
export function ehfOf(document: SalesDocument): string {
  const root = treeOf(document);
  const broken = brokenBy(root);
  if (broken.length > 0) throw new Refusal('billing.not-ehf', broken);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${markupOf(root)}\n`;
}

function treeOf({ kind, content }: SalesDocument): Element {
  if (kind === 'payment') throw new RangeError('a payment is no sales document');
  const root = kind === 'invoice' ? 'Invoice' : 'CreditNote';
  const isInvoice = kind === 'invoice';
  const totals = totalsOfContent(content);
  const money = moneyIn(content.currency!);
  const [from, to] = daysSpanned(content);
  const body = [
    cbc('CustomizationID', CUSTOMIZATION),
    cbc('ProfileID', PROFILE),
    cbc('ID', content.number),
    cbc('IssueDate', content.date),
    isInvoice ? cbc('DueDate', content.due) : [],
    isInvoice ? cbc('InvoiceTypeCode', '380') : cbc('CreditNoteTypeCode', '381'),
    cbc('DocumentCurrencyCode', content.currency),
    cbc('BuyerReference', content.organisation ?? content.buyer),
    cac('InvoicePeriod', cbc('StartDate', from), cbc('EndDate', to)),
    content.credits === undefined
      ? []
      : cac(
          'BillingReference',
          cac('InvoiceDocumentReference', cbc('ID', content.credits), cbc('IssueDate', content.creditsDate)),
        ),
    cac('AccountingSupplierParty', seller(content)),
    cac('AccountingCustomerParty', buyer(content)),
    content.sellerAccount === undefined
      ? []
      : cac(
          'PaymentMeans',
          cbc('PaymentMeansCode', CREDIT_TRANSFER),
          cbc('PaymentID', content.kid),
          cac('PayeeFinancialAccount', cbc('ID', content.sellerAccount)),
        ),
    taxTotal(totals, content, money),
    cac(
      'LegalMonetaryTotal',
      money('LineExtensionAmount', totals.net),
      money('TaxExclusiveAmount', totals.net),
      money('TaxInclusiveAmount', totals.total),
      money('PayableAmount', totals.total),
    ),
    ...linesOf(content).map((line, at) => lineOf(line, at + 1, content, isInvoice, money)),
  ];
  return {
    name: root,
    attributes: {
      xmlns: `${UBL}${root}-2`,
      'xmlns:cac': `${UBL}CommonAggregateComponents-2`,
      'xmlns:cbc': `${UBL}CommonBasicComponents-2`,
    },
    text: '',
    parts: body.flat(),
  };
}

type Money = (name: string, ore: number) => Element[];
const moneyIn =
  (currency: string): Money =>
  (name, ore) =>
    cbc(name, amountOf(ore), { currencyID: currency });

const isTaxed = ({ sellerVat }: Content) => sellerVat === 'yes';

function seller(content: Content): Element[] {
  const number = content.sellerOrganisation!;
  const scheme = (id: string) => cac('TaxScheme', cbc('ID', id));
  return cac(
    'Party',
    cbc('EndpointID', number, { schemeID: ORGNR }),
    cac('PartyName', cbc('Name', content.seller)),
    cac(
      'PostalAddress',
      cbc('StreetName', content.sellerStreet),
      cbc('CityName', content.sellerCity),
      cbc('PostalZone', content.sellerPostcode),
      country(),
    ),
    // NO-R-001: the number, followed by MVA; NO-R-002: that it is in Foretaksregisteret.
    isTaxed(content) ? cac('PartyTaxScheme', cbc('CompanyID', `NO${number}MVA`), scheme('VAT')) : [],
    content.sellerRegister === 'yes'
      ? cac('PartyTaxScheme', cbc('CompanyID', 'Foretaksregisteret'), scheme('TAX'))
      : [],
    cac(
      'PartyLegalEntity',
      cbc('RegistrationName', content.seller),
      cbc('CompanyID', number, { schemeID: ORGNR }),
    ),
  );
}

function buyer(content: Content): Element[] {
  const number = content.organisation;
  return cac(
    'Party',
    number === undefined ? [] : cbc('EndpointID', number, { schemeID: ORGNR }),
    cac('PartyName', cbc('Name', content.buyer)),
    cac('PostalAddress', cbc('StreetName', content.address), country()),
    cac(
      'PartyLegalEntity',
      cbc('RegistrationName', content.buyer),
      number === undefined ? [] : cbc('CompanyID', number, { schemeID: ORGNR }),
    ),
  );
}

const country = () => cac('Country', cbc('IdentificationCode', 'NO'));

/** Standard rate, zero rate, or outside the scope of VAT (UNCL 5305). */
function category(name: string, rate: number, content: Content, why = false): Element[] {
  const id = isTaxed(content) ? (rate > 0 ? 'S' : 'Z') : 'O';
  return cac(
    name,
    cbc('ID', id),
    id === 'O' ? [] : cbc('Percent', String(rate)),
    id === 'O' && why ? cbc('TaxExemptionReason', OUTSIDE) : [],
    cac('TaxScheme', cbc('ID', 'VAT')),
  );
}

function taxTotal({ vat, rates }: Totals, content: Content, money: Money): Element[] {
  return cac(
    'TaxTotal',
    money('TaxAmount', vat),
    ...rates.map((one) =>
      cac(
        'TaxSubtotal',
        money('TaxableAmount', one.net),
        money('TaxAmount', one.vat),
        category('TaxCategory', one.rate, content, true),
      ),
    ),
  );
}

function lineOf(
  { what, from, to, net, rate }: Line,
  number: number,
  content: Content,
  isInvoice: boolean,
  money: Money,
): Element[] {
  return cac(
    isInvoice ? 'InvoiceLine' : 'CreditNoteLine',
    cbc('ID', String(number)),
    cbc(isInvoice ? 'InvoicedQuantity' : 'CreditedQuantity', '1', { unitCode: ONE }),
    money('LineExtensionAmount', net),
    cac('InvoicePeriod', cbc('StartDate', from), cbc('EndDate', to)),
    cac('Item', cbc('Name', what), category('ClassifiedTaxCategory', rate, content)),
    cac('Price', money('PriceAmount', net)),
  );
}
