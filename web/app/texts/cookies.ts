import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Informasjonskapsler',
  lead: 'En informasjonskapsel er en liten tekst som nettleseren din tar vare på for oss. Her står hver eneste en vi bruker. Finner du en annen, sier vi noe som ikke stemmer.',
  none: 'Vi bruker ingen informasjonskapsler.',
  caption: 'Alle kapslene våre',
  head: ['Navn', 'Hva den gjør', 'Hvor lenge', 'Trengs den?'],
  session: 'til du lukker nettleseren',
  necessary: 'Ja, tjenesten du ber om, virker ikke uten. Den settes først når du logger inn.',
  consent: 'Nei. Den settes bare hvis du sier ja.',
  lawTitle: 'Hva loven sier',
  law: 'Ekomloven § 3-15 sier at vi skal fortelle om alt vi lagrer hos deg, og spørre først, med mindre det er helt nødvendig for det du har bedt om.',
  noneNow: 'Denne siden har ikke lagret noe hos deg.',
};

const en: typeof nb = {
  title: 'Cookies',
  lead: 'A cookie is a small text that your browser keeps for us. Every one we use is listed here. If you find another, we are saying something that is not so.',
  none: 'We use no cookies.',
  caption: 'All our cookies',
  head: ['Name', 'What it does', 'How long', 'Is it needed?'],
  session: 'until you close the browser',
  necessary: 'Yes, the service you ask for does not work without it. It is set only when you sign in.',
  consent: 'No. It is set only if you say yes.',
  lawTitle: 'What the law says',
  law: 'The Norwegian electronic communications act § 3-15 says that we must tell you about everything we store with you, and ask first, unless it is strictly necessary for what you have asked for.',
  noneNow: 'This page has stored nothing with you.',
};

/** The cookie register. */
export const cookies: Record<Language, typeof nb> = { nb, en };
