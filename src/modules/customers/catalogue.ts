import { Refusal } from '#gates/refusal.ts';
import type { Text } from '#statement/grammar.ts';

/** Modules that a client can take into use. The ids are kept with each client and are never reused. */
export const MODULES: Readonly<Record<string, { label: Text; about: Text }>> = {
  arkiv: {
    label: { nb: 'Arkiv', en: 'Archive' },
    about: {
      nb: 'Dokumentene til bedriften, samlet og søkbare.',
      en: 'The company’s documents, in one place and easy to find.',
    },
  },
  kurs: {
    label: { nb: 'Kurs', en: 'Courses' },
    about: {
      nb: 'Kurs for de ansatte, med påmelding og kursbevis.',
      en: 'Courses for the staff, with sign-up and certificates.',
    },
  },
  rapport: {
    label: { nb: 'Rapporter', en: 'Reports' },
    about: { nb: 'Tall og oversikter over driften.', en: 'Figures and overviews of the business.' },
  },
};

/** The modules asked for, each once; refuses one that is not there, or none at all. */
export function knownModules(modules: readonly string[]): string[] {
  const asked = [...new Set(modules)];
  if (asked.length === 0 || asked.some((module) => !Object.hasOwn(MODULES, module)))
    throw new Refusal('customers.unknown-module', ['modules']);
  return asked;
}

/** Every module as the API shows it, with whatever else is known of it. */
export function catalogue<T extends object>(
  more: (module: string) => T,
): (T & { module: string; label: Text; about: Text })[] {
  return Object.entries(MODULES).map(([module, { label, about }]) => ({
    module,
    label,
    about,
    ...more(module),
  }));
}
