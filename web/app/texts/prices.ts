import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Hva det koster',
  begin: (plan: string, free: string) =>
    `Dere begynner på ${plan} og betaler for den og modulene dere velger. Begynner dere i dag, er alt gratis til ${free}.`,
  caption: 'Priser i dag',
  head: ['Hva', 'I måneden', 'I året'],
  plan: (name: string) => `Abonnementet ${name}`,
  module: (name: string) => `Modulen ${name}`,
  vat: (rate: string) => `Prisene er uten MVA, som er ${rate} %. Dere kan bytte og slutte når dere vil.`,
  each: (month: string, year: string) => `${month} i måneden eller ${year} i året, uten MVA.`,
};

const en: typeof nb = {
  title: 'What it costs',
  begin: (plan, free) =>
    `You begin with ${plan} and pay for that and for the modules you choose. If you begin today, all of it is free until ${free}.`,
  caption: 'Prices today',
  head: ['What', 'A month', 'A year'],
  plan: (name) => `The plan ${name}`,
  module: (name) => `The module ${name}`,
  vat: (rate) => `Prices are without VAT, which is ${rate} %. You can change and stop whenever you like.`,
  each: (month, year) => `${month} a month or ${year} a year, without VAT.`,
};

/** What plans and modules cost, told before anything is agreed. */
export const priceTexts: Record<Language, typeof nb> = { nb, en };
