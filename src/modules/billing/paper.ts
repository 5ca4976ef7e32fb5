import type { SalesDocument } from '#gates/archive/sales.ts';
import type { Content } from '#gates/archive/shelf.ts';
import type { Paper } from '#gates/module.ts';
import { isInvented } from '#gates/prices/list.ts';
import type { Language } from '#statement/grammar.ts';
import { moneyIn } from './money.ts';
import { linesOf, totalsOfContent } from './sales.ts';

const WORDS = {
  nb: {
    invoice: 'Faktura',
    credit: 'Kreditnota',
    number: 'Nummer',
    date: 'Dato',
    due: 'Forfall',
    delivered: 'Gjelder',
    credits: 'Krediterer faktura',
    of: 'av',
    what: 'Beskrivelse',
    vat: 'MVA',
    amount: 'Beløp',
    net: 'Sum uten MVA',
    pay: 'Å betale',
    back: 'Til gode',
    account: 'Kontonummer',
    kid: 'KID',
    by: 'Betales innen',
    register: 'Foretaksregisteret',
    invented: 'Prøve: selgeren er oppdiktet, og dette er ikke et krav om betaling.',
  },
  en: {
    invoice: 'Invoice',
    credit: 'Credit note',
    number: 'Number',
    date: 'Date',
    due: 'Due',
    delivered: 'For',
    credits: 'Credits invoice',
    of: 'of',
    what: 'Description',
    vat: 'VAT',
    amount: 'Amount',
    net: 'Sum without VAT',
    pay: 'To pay',
    back: 'In your favour',
    account: 'Account number',
    kid: 'Reference (KID)',
    by: 'Pay by',
    register: 'Foretaksregisteret',
    invented: 'A trial: the seller is invented, and this is no demand for payment.',
  },
} as const;

/** A sales document as it is printed. Throws RangeError for a payment, which is none. */
export function paperOf({ kind, content }: SalesDocument, language: Language): Paper {
  if (kind === 'payment') throw new RangeError('a payment is no sales document');
  const words = WORDS[language];
  const money = moneyIn(language);
  const day = (date: string | undefined) => dayIn(language, date ?? '');
  const totals = totalsOfContent(content);
  const taxed = content.sellerVat === 'yes';
  return {
    name: `${kind === 'invoice' ? 'faktura' : 'kreditnota'}-${content.number}`,
    language,
    title: `${words[kind]} ${content.number}`,
    made: new Date(`${content.date}T12:00:00Z`),
    ...(isInvented(content.sellerOrganisation!) ? { notice: words.invented } : {}),
    from: [
      content.seller!,
      content.sellerStreet!,
      `${content.sellerPostcode} ${content.sellerCity}`,
      `${numberOf(content.sellerOrganisation!, taxed)}`,
      ...(content.sellerRegister === 'yes' ? [words.register] : []),
    ],
    to: [
      content.buyer!,
      ...(content.address === undefined ? [] : [content.address]),
      ...buyerNumber(content),
    ],
    facts: [
      [words.number, content.number!],
      [words.date, day(content.date)],
      ...(content.due === undefined ? [] : [[words.due, day(content.due)] as const]),
      ...(content.credits === undefined
        ? []
        : [[words.credits, `${content.credits} ${words.of} ${day(content.creditsDate)}`] as const]),
    ],
    head: [words.what, words.vat, words.amount],
    rows: linesOf(content).map(({ what, from, to, net, rate }) => [
      `${what}, ${day(from)} – ${day(to)}`,
      `${rate} %`,
      money(net),
    ]),
    sums: [
      [words.net, money(totals.net)],
      ...totals.rates.map(({ rate, vat }) => [`${words.vat} ${rate} %`, money(vat)] as const),
    ],
    total: [kind === 'invoice' ? words.pay : words.back, `${content.currency} ${money(totals.total)}`],
    payment:
      kind === 'invoice'
        ? [
            [words.account, accountOf(content.sellerAccount!)],
            [words.kid, content.kid!],
            [words.by, day(content.due)],
          ]
        : [],
  };
}

const buyerNumber = ({ organisation }: Content) =>
  organisation === undefined ? [] : [numberOf(organisation, false)];
const numberOf = (organisation: string, taxed: boolean) =>
  `NO ${organisation.replace(/(\d{3})(?=\d)/g, '$1 ')}${taxed ? ' MVA' : ''}`;
const accountOf = (account: string) => `${account.slice(0, 4)} ${account.slice(4, 6)} ${account.slice(6)}`;

function dayIn(language: Language, date: string): string {
  if (language === 'en') return date;
  const [year, month, day] = date.split('-');
  return `${Number(day)}.${Number(month)}.${year}`;
}
