import { z } from 'zod';
import { dateOf } from './unit.ts';

/** The figures that are told of, in the order they are told. */
export const FIGURES = ['revenue', 'operatingResult', 'result', 'assets', 'equity', 'debt'] as const;
export type Figure = (typeof FIGURES)[number];

/**
 * Key figures of one fiscal year: amounts with their currency and period, never apart from them. Null: not told, which is
 * something else than nought.
 */
export type Accounts = Readonly<Record<Figure, number | null>> & {
  /** The year in which the period ends. */
  readonly year: number;
  readonly from: string;
  readonly to: string;
  /** ISO 4217; not always NOK. */
  readonly currency: string;
};

const amount = z.number().nullish();

/** What is used of a year's accounts; keys as the register spells them. */
const Account = z.object({
  regnskapstype: z.string(),
  regnskapsperiode: z.object({ fraDato: z.string(), tilDato: z.string() }),
  valuta: z.string().nullish(),
  resultatregnskapResultat: z
    .object({
      aarsresultat: amount,
      driftsresultat: z
        .object({
          driftsresultat: amount,
          driftsinntekter: z.object({ sumDriftsinntekter: amount }).nullish(),
        })
        .nullish(),
    })
    .nullish(),
  eiendeler: z.object({ sumEiendeler: amount }).nullish(),
  egenkapitalGjeld: z
    .object({
      egenkapital: z.object({ sumEgenkapital: amount }).nullish(),
      gjeldOversikt: z.object({ sumGjeld: amount }).nullish(),
    })
    .nullish(),
});
type Account = z.infer<typeof Account>;

/** `Accept` of the register of accounts, which gives its answers no version. */
export const ACCOUNTS = 'application/json';

/** Where the register of accounts has the latest year of a company. */
export const accountsPath = (number: string) => `/regnskapsregisteret/regnskap/${number}`;

/**
 * Reads the latest year of the company's own accounts; a group's are something else. `unreadable` where the amounts stand
 * without a currency: we would rather show none than guess.
 */
export function readAccounts(body: unknown): Accounts | 'none' | 'unreadable' {
  const years = z
    .array(Account)
    .parse(body)
    .filter(({ regnskapstype }) => regnskapstype === 'SELSKAP')
    .sort((a, b) => (a.regnskapsperiode.tilDato < b.regnskapsperiode.tilDato ? 1 : -1));
  return years[0] === undefined ? 'none' : accountsOf(years[0]);
}

function accountsOf(account: Account): Accounts | 'unreadable' {
  const { valuta, resultatregnskapResultat: results, eiendeler, egenkapitalGjeld } = account;
  const [from, to] = [dateOf(account.regnskapsperiode.fraDato), dateOf(account.regnskapsperiode.tilDato)];
  if (from === null || to === null || !/^[A-Z]{3}$/.test(valuta ?? '')) return 'unreadable';
  return {
    year: Number(to.slice(0, 4)),
    from,
    to,
    currency: valuta!,
    revenue: results?.driftsresultat?.driftsinntekter?.sumDriftsinntekter ?? null,
    operatingResult: results?.driftsresultat?.driftsresultat ?? null,
    result: results?.aarsresultat ?? null,
    assets: eiendeler?.sumEiendeler ?? null,
    equity: egenkapitalGjeld?.egenkapital?.sumEgenkapital ?? null,
    debt: egenkapitalGjeld?.gjeldOversikt?.sumGjeld ?? null,
  };
}
