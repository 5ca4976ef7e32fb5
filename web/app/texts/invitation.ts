import type { Language } from '#statement/grammar.ts';

const nb = {
  title: (company: string) => `Du er invitert til ${company}`,
  lead: (by: string | null, level: string) =>
    by === null
      ? `Du er invitert til å bli bruker, med tilgangsnivået «${level}».`
      : `${by} inviterer deg til å bli bruker, med tilgangsnivået «${level}».`,
  rights: 'Da kan du',
  noRights: 'Nivået gir ingen rettigheter ennå.',
  address: (email: string) => `Invitasjonen gikk til ${email}.`,
  expires: (date: string) => `Svarer du ikke innen ${date}, glemmer vi at noen spurte.`,
  name: 'Navnet ditt',
  assent: 'Ved å takke ja bekrefter du at du har fått lese personvernerklæringen,',
  yes: 'Takk ja',
  no: 'Takk nei',
  noText: 'Sier du nei, sletter vi adressen din og alt som ble oppgitt om deg, med det samme.',
  spentTitle: 'Invitasjonen virker ikke lenger',
  spentText: 'Den er besvart, trukket tilbake eller for gammel. Be den som inviterte, om en ny.',
  spentGo: 'Logg inn',
  declinedTitle: 'Du har takket nei',
  declinedText: 'Det som ble oppgitt om deg i invitasjonen, er slettet. Du trenger ikke gjøre noe mer.',
};

const en: typeof nb = {
  title: (company) => `You have been invited to ${company}`,
  lead: (by, level) =>
    by === null
      ? `You have been invited to be a user, with the access level “${level}”.`
      : `${by} invites you to be a user, with the access level “${level}”.`,
  rights: 'You can then',
  noRights: 'The level gives no rights yet.',
  address: (email) => `The invitation went to ${email}.`,
  expires: (date) => `If you do not answer by ${date}, we forget that anybody asked.`,
  name: 'Your name',
  assent: 'By saying yes you confirm that you have been shown the privacy statement,',
  yes: 'Say yes',
  no: 'Say no',
  noText: 'If you say no, we erase your address and everything that was given about you at once.',
  spentTitle: 'The invitation no longer works',
  spentText: 'It is answered, taken back or too old. Ask whoever invited you for a new one.',
  spentGo: 'Sign in',
  declinedTitle: 'You have said no',
  declinedText: 'What was given about you in the invitation is erased. There is nothing more to do.',
};

/** What an invitation's link shows. */
export const invitationTexts: Record<Language, typeof nb> = { nb, en };
