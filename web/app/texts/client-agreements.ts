import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Avtaler',
  lead: 'Det bedriften har godtatt, i hvilken versjon, når og av hvem.',
  head: ['Avtale', 'Versjon som gjelder', 'Godtatt', 'Når', 'Av'],
  never: 'ikke godtatt ennå',
  nobody: '–',
  dueTitle: 'Ny versjon å godta',
  dueText:
    'Avtalene er oppdatert. Versjonen dere har godtatt, gjelder til den nye er godtatt. Les den, og godta for bedriften.',
  dueOther: 'Avtalene er oppdatert. Noen med rett til det må godta dem for bedriften.',
  sign: 'Godta for bedriften',
  done: { signed: 'Takk. Avtalene er godtatt.' } as Record<string, string>,
};

const en: typeof nb = {
  title: 'Agreements',
  lead: 'What the company has accepted, in which version, when and by whom.',
  head: ['Agreement', 'Version in force', 'Accepted', 'When', 'By'],
  never: 'not accepted yet',
  nobody: '–',
  dueTitle: 'A new version to accept',
  dueText:
    'The agreements have been updated. The version you accepted holds until the new one is accepted. Read it, and accept for the company.',
  dueOther:
    'The agreements have been updated. Somebody with the right to it must accept them for the company.',
  sign: 'Accept for the company',
  done: { signed: 'Thank you. The agreements are accepted.' },
};

/** What a client has accepted. */
export const agreementTexts: Record<Language, typeof nb> = { nb, en };
