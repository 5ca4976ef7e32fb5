import { normalise } from '#gates/fields.ts';
import type { Gates } from '#gates/gates.ts';
import { bareOrganisation } from '#gates/numbers.ts';
import { Refusal } from '#gates/refusal.ts';
import { BRREG, type Origin, originOf, unitOf } from './lookup.ts';
import { organisationNumber } from './number.ts';
import { type Company, readPage, UNIT } from './unit.ts';

export interface Found {
  readonly companies: readonly Company[];
  /** True when the register knows more than it gave: a longer name finds fewer. */
  readonly more: boolean;
  readonly source: Origin;
}

/** Companies asked for at once: the register sorts by the alphabet, so the likeliest may stand far down. */
const ASKED = 100;
/** Companies told of. */
const TOLD = 20;

/**
 * Finds companies by a part of the name, or one by its number, the likeliest on top. Refuses: fewer than two letters or
 * digits, a number whose check digit is wrong, what looks like a national identity number (personopplysningsloven § 12),
 * and a register that does not answer.
 */
export async function search(gates: Gates, asked: string): Promise<Found> {
  if (asked.trim() === '') throw new Refusal('collect.missing-field', ['q']);
  const words = normalise('q', asked).replace(/\s+/g, ' ');
  if (letters(words).length < 2) throw new Refusal('collect.invalid-field', ['q']);
  if (/^\d{9}$/.test(bareOrganisation(words))) return byNumber(gates, organisationNumber(words));
  const whole = await byName(gates, words, true);
  // Names in which the words do not stand together are looked for when there is none in which they do.
  return whole.companies.length > 0 || !words.includes(' ') ? whole : byName(gates, words, false);
}

async function byNumber(gates: Gates, number: string): Promise<Found> {
  const said = await unitOf(gates, number, false);
  return {
    companies: said.state === 'found' ? [said.value] : [],
    more: false,
    source: originOf(gates, said),
  };
}

async function byName(gates: Gates, words: string, together: boolean): Promise<Found> {
  const query = new URLSearchParams({
    navn: words,
    ...(together ? { navnMetodeForSoek: 'FORTLOEPENDE' } : {}),
    size: String(ASKED),
  });
  // Ranked once, and remembered so: the rest of the page is of no use to anybody.
  const read = (body: unknown) => {
    const { companies, total } = readPage(body);
    return { companies: ranked(companies, words).slice(0, TOLD), total };
  };
  const said = await gates
    .source(BRREG)
    .ask(`/enhetsregisteret/api/enheter?${query}`, { accept: UNIT, read });
  const { companies, total } = said.state === 'found' ? said.value : { companies: [], total: 0 };
  return { companies, more: total > companies.length, source: originOf(gates, said) };
}

/** Letters and digits alone, in lower case, words apart by one space. */
function letters(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const BY_NAME = new Intl.Collator('nb');

/** Endings that say the form of a company and that nobody types. */
const FORMS = / (?:asa?|ans|da|sa|nuf|enk|ba|iks|kf)$/;

/**
 * The likeliest on top: the very name, the name but for its form, names that begin so, names with all the words in them,
 * and then the rest. Those alike: companies that are there before those struck off, shorter names before longer.
 */
export function ranked(companies: readonly Company[], words: string): Company[] {
  const asked = letters(words);
  const rank = (company: Company) => {
    const name = letters(company.name);
    if (name === asked) return 0;
    if (name.replace(FORMS, '') === asked.replace(FORMS, '')) return 1;
    if (name.startsWith(`${asked} `)) return 2;
    if (name.startsWith(asked)) return 3;
    const parts = name.split(' ');
    return asked.split(' ').every((word) => parts.some((part) => part.startsWith(word))) ? 4 : 5;
  };
  const gone = ({ state }: Company) => Number(state === 'struck-off');
  return companies
    .map((company) => ({ company, rank: rank(company) }))
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        gone(a.company) - gone(b.company) ||
        a.company.name.length - b.company.name.length ||
        BY_NAME.compare(a.company.name, b.company.name),
    )
    .map(({ company }) => company);
}
