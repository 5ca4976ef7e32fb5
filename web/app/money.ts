import type { Language } from '#statement/grammar.ts';

const whole = {
  nb: new Intl.NumberFormat('nb-NO', { style: 'currency', currency: 'NOK', minimumFractionDigits: 2 }),
  en: new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'NOK', minimumFractionDigits: 2 }),
};
const round = {
  nb: new Intl.NumberFormat('nb-NO', { maximumFractionDigits: 0 }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 }),
};

/** An amount in øre as people read it: `1 250,00 kr`. */
export function money(ore: number, language: Language): string {
  return whole[language].format(ore / 100);
}

/** The same in whole kroner, where many stand beside one another. */
export function kroner(ore: number, language: Language): string {
  return round[language].format(ore / 100);
}
