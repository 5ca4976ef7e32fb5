import { SYSTEM } from '#gates/actor.ts';
import { oreOf } from '#gates/archive/sales.ts';
import type { Gates } from '#gates/gates.ts';
import type { Facts, Letter, LetterContext, LetterDue, Module } from '#gates/module.ts';
import { isInvented } from '#gates/prices/list.ts';
import { dateText } from '#statement/words.ts';
import { moneyIn } from './money.ts';
import { type InvoiceLetter, payersOf } from './payers.ts';

const WORDS = {
  nb: {
    hello: (name: string | undefined) => (name === undefined ? 'Hei!' : `Hei, ${name}!`),
    'billing.invoice': {
      subject: (number: string, operator: string) => `Faktura ${number} fra ${operator}`,
      says: (number: string, amount: string, due: string) =>
        `Faktura ${number} er klar. Den er på ${amount} kr med MVA, og betales innen ${due}.`,
    },
    'billing.reminder': {
      subject: (number: string, operator: string) => `Påminnelse om faktura ${number} fra ${operator}`,
      says: (number: string, amount: string, due: string) =>
        `Faktura ${number} skulle vært betalt ${due}, og vi kan ikke se at pengene har kommet. Det gjenstår ${amount} kr. Påminnelsen koster ikke noe, og du får ikke flere om denne fakturaen.`,
    },
    open: 'Se fakturaen og betal',
    paid: 'Er den betalt de siste dagene, kan du se bort fra brevet.',
    where:
      'Kontonummer og KID står i fakturaen, som du åpner når du har logget inn. Vi skriver dem aldri i et brev: et brev som ber deg betale til et kontonummer, er ikke fra oss.',
    invented: 'Prøve: selgeren er oppdiktet, og dette er ikke et krav om betaling.',
  },
  en: {
    hello: (name: string | undefined) => (name === undefined ? 'Hello!' : `Hello ${name}!`),
    'billing.invoice': {
      subject: (number: string, operator: string) => `Invoice ${number} from ${operator}`,
      says: (number: string, amount: string, due: string) =>
        `Invoice ${number} is ready. It is for NOK ${amount} with VAT, to be paid by ${due}.`,
    },
    'billing.reminder': {
      subject: (number: string, operator: string) => `A reminder of invoice ${number} from ${operator}`,
      says: (number: string, amount: string, due: string) =>
        `Invoice ${number} should have been paid by ${due}, and we cannot see that the money has come. NOK ${amount} is left to pay. The reminder costs nothing, and there will be no other about this invoice.`,
    },
    open: 'See the invoice and pay',
    paid: 'If it has been paid in the last few days, you can ignore this letter.',
    where:
      'Account number and reference are in the invoice, which you open when you have signed in. We never write them in a letter: one that asks you to pay to an account number is not from us.',
    invented: 'A trial: the seller is invented, and this is no demand for payment.',
  },
} as const;

/**
 * What these letters tell of an invoice. Nothing to whoever may not see it any more, and no reminder of what has been paid
 * since it was queued.
 */
async function factsOf(
  gates: Gates,
  { person, reference, client }: LetterDue,
  at: Date,
  kind: InvoiceLetter,
): Promise<Facts | undefined> {
  if (reference === undefined || client === undefined) return undefined;
  if (!(await payersOf(gates, client)).includes(person)) return undefined;
  const [invoice] = await gates.archive.sales({ ids: [reference], client }, SYSTEM, at);
  if (invoice === undefined || invoice.due === null) return undefined;
  if (kind === 'billing.reminder' && invoice.left <= 0) return undefined;
  return {
    client,
    number: String(invoice.number),
    due: invoice.due,
    amount: kind === 'billing.reminder' ? String(invoice.left) : String(oreOf(invoice.content.amount)),
    ...(isInvented(invoice.content.sellerOrganisation!) && { invented: 'yes' }),
  };
}

function compose({ language, name, statement, facts = {} }: LetterContext, kind: InvoiceLetter): Letter {
  const words = WORDS[language];
  const { number, due, amount, client, invented } = facts as Record<string, string>;
  const path = language === 'nb' ? `/klient/${client}/faktura` : `/en/client/${client}/invoices`;
  return {
    subject: words[kind].subject(number!, statement.operator.name),
    paragraphs: [
      words.hello(name),
      words[kind].says(number!, moneyIn(language)(Number(amount)), dateText(due!, language)),
    ],
    action: { label: words.open, path },
    closing: [
      ...(kind === 'billing.reminder' ? [words.paid] : []),
      words.where,
      ...(invented === undefined ? [] : [words.invented]),
    ],
  };
}

export const letters: NonNullable<Module['letters']> = {
  'billing.invoice': (context) => compose(context, 'billing.invoice'),
  'billing.reminder': (context) => compose(context, 'billing.reminder'),
};

export const facts: NonNullable<Module['facts']> = {
  'billing.invoice': (gates, due, at) => factsOf(gates, due, at, 'billing.invoice'),
  'billing.reminder': (gates, due, at) => factsOf(gates, due, at, 'billing.reminder'),
};
