/** Which company is to become a client: looked up in the registers, or written by hand. */
import type { CompaniesAnswer, CompanyAnswer, CompanyHit } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { placeName } from './parts/company-words.ts';
import { errorsOf } from './refusals.ts';
import { call } from './visit.ts';

/** A company as it was found or written. */
export interface Chosen {
  name: string;
  number: string;
  place: string;
  /** It is the register that says so. */
  register: boolean;
}

/** A company that the register has said nothing of. */
export const BY_HAND: Chosen = { name: '', number: '', place: '', register: false };

/** What a search came to: companies, what is wrong with the question, or a register that does not answer. */
export interface Search {
  words: string;
  answer?: CompaniesAnswer;
  error?: string;
  away?: boolean;
}

type Context = Parameters<typeof call>[0];

/** Asks the register through the API. That it does not answer is no trouble for a page: one can write by hand. */
export async function search(context: Context, words: string, language: Language): Promise<Search> {
  const query = new URLSearchParams({ q: words });
  const answer = await call<CompaniesAnswer>(context, 'GET', `/companies?${query}`);
  if (answer.status === 200) return { words, answer: answer.body as CompaniesAnswer };
  if (answer.status >= 500) return { words, away: true };
  return { words, error: Object.values(errorsOf(answer, language))[0]! };
}

/**
 * The company under a number, as it would be chosen; undefined for one that is struck off. Where the register says nothing
 * of it, the rest is written by hand.
 */
export async function chosenBy(context: Context, number: string): Promise<Chosen | undefined> {
  const { status, body } = await call<CompanyAnswer>(
    context,
    'GET',
    `/companies/${encodeURIComponent(number)}`,
  );
  if (status !== 200) return { ...BY_HAND, number };
  return (body as CompanyAnswer).state === 'struck-off' ? undefined : chosenOf(body as CompanyAnswer);
}

/** The one company that runs and whose name is exactly what was searched for, as it would be chosen. */
export function likely({ words, answer }: Search): Chosen | undefined {
  const same = (answer?.companies ?? []).filter(
    ({ name, state }) => state !== 'struck-off' && name.toLowerCase() === words.trim().toLowerCase(),
  );
  return same.length === 1 ? chosenOf(same[0]!) : undefined;
}

/** Whether there is anything to choose between. */
export function hasHits({ answer }: Search): boolean {
  return answer !== undefined && answer.companies.length > 0;
}

function chosenOf({ name, number, place }: CompanyHit): Chosen {
  return { name, number, place: placeName(place.place ?? place.municipality) ?? '', register: true };
}
