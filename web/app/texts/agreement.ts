import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Kundeforholdet',
  active: (since: string) => `Avtalen har vart siden ${since}.`,
  modules: (list: string) => `Moduler i bruk: ${list}.`,
  had: (list: string) => `Modulene dere hadde: ${list}.`,
  open: 'Gå til bedriftens side',
  endAbout: (grace: string) =>
    `Blir abonnementet avsluttet, kan dere ta opp tråden i ${grace}. Vi sier fra før det går ut, og du kan be oss slette det med en gang.`,
  ended: (date: string) => `Abonnementet tok slutt ${date}.`,
  until: (date: string) => `Dere kan ta det opp igjen til ${date}. Da sletter vi det som er igjen.`,
  told: (date: string) => `Vi skriver til deg om det ${date}.`,
  resume: 'Ta opp igjen abonnementet',
  notInterested: 'Nei takk, slett det nå',
  steps: ['I bruk', 'Kan tas opp igjen', 'Slettet'],
};

const en: typeof nb = {
  title: 'The customer relationship',
  active: (since: string) => `The agreement has run since ${since}.`,
  modules: (list: string) => `Modules in use: ${list}.`,
  had: (list: string) => `The modules you had: ${list}.`,
  open: 'Go to the company’s page',
  endAbout: (grace: string) =>
    `When it is ended, you can take it up again for ${grace}. We tell you before that is over, and you can ask us to delete it at once.`,
  ended: (date: string) => `The subscription ended ${date}.`,
  until: (date: string) => `You can take it up again until ${date}. We then delete what is left.`,
  told: (date: string) => `We write to you about it ${date}.`,
  resume: 'Take the subscription up again',
  notInterested: 'No thanks, delete it now',
  steps: ['In use', 'Can be taken up again', 'Deleted'],
};

/** Words of a person's customer relationship. */
export const agreement: Record<Language, typeof nb> = { nb, en };
