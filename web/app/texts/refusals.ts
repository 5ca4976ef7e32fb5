import type { Language } from '#statement/grammar.ts';
import { en } from './refusals-en.ts';
import { nb } from './refusals-nb.ts';

/** What the API's refusals mean to a person. */
export const refusals: Record<Language, typeof nb> = { nb, en };
