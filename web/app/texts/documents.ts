import type { Language } from '#statement/grammar.ts';

const nb = {
  names: { agreement: 'Avtale om bruk av løsningen', dpa: 'Databehandleravtale' },
  version: (version: string, date: string) => `Versjon ${version}, oppdatert ${date}`,
  inForce: 'gjelder nå',
  old: (current: string) => `Dette er en eldre versjon. Versjon ${current} gjelder nå.`,
  toCurrent: 'Les versjonen som gjelder',
  versions: 'Versjoner',
  other: { agreement: 'Les databehandleravtalen', dpa: 'Les avtalen om bruk av løsningen' },
  accept: 'Avtaler',
  accepts: {
    agreement: (version: string) =>
      `Jeg godtar avtalen om bruk av løsningen, versjon ${version}, for bedriften.`,
    dpa: (version: string) => `Jeg godtar databehandleravtalen, versjon ${version}, for bedriften.`,
  },
  reads: { agreement: 'Les avtalen (åpnes i ny fane)', dpa: 'Les databehandleravtalen (åpnes i ny fane)' },
  mustAccept: {
    agreement: 'Bedriften må godta avtalen for å bruke løsningen.',
    dpa: 'Bedriften må godta databehandleravtalen for å bruke løsningen.',
  },
};

const en: typeof nb = {
  names: { agreement: 'Agreement on the use of the solution', dpa: 'Data-processing agreement' },
  version: (version, date) => `Version ${version}, updated ${date}`,
  inForce: 'in force',
  old: (current) => `This is an older version. Version ${current} is in force.`,
  toCurrent: 'Read the version in force',
  versions: 'Versions',
  other: {
    agreement: 'Read the data-processing agreement',
    dpa: 'Read the agreement on use of the solution',
  },
  accept: 'Agreements',
  accepts: {
    agreement: (version) =>
      `I accept the agreement on the use of the solution, version ${version}, for the company.`,
    dpa: (version) => `I accept the data-processing agreement, version ${version}, for the company.`,
  },
  reads: {
    agreement: 'Read the agreement (opens in a new tab)',
    dpa: 'Read the data-processing agreement (opens in a new tab)',
  },
  mustAccept: {
    agreement: 'The company must accept the agreement to use the solution.',
    dpa: 'The company must accept the data-processing agreement to use the solution.',
  },
};

/** The agreement and the data-processing agreement, to read and to accept. */
export const documents: Record<Language, typeof nb> = { nb, en };
