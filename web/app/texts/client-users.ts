import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Brukere',
  lead: (company: string) => `De som kan logge inn på kontoen til ${company}, og hva hver av dem kan gjøre.`,
  you: 'deg',
  nameless: 'Uten navn',
  since: (date: string) => `Bruker siden ${date}`,
  change: 'Endre tilgang',
  changeLabel: (name: string) => `Endre tilgang for ${name}`,
  level: 'Tilgangsnivå',
  save: 'Lagre',
  remove: 'Fjern',
  removeLabel: (name: string) => `Fjern ${name}`,
  removeText: (name: string) =>
    `${name} mister tilgangen til bedriften med det samme, også om de er logget inn nå. Profilen sin beholder de selv.`,
  removeGo: 'Ja, fjern brukeren',
  inviteTitle: 'Inviter en bruker',
  inviteText: (period: string) =>
    `Vi sender et brev med en lenke. Svarer de ikke innen ${period}, glemmer vi adressen.`,
  email: 'E-postadressen deres',
  name: 'Navnet deres',
  language: 'Språk i brevet',
  invite: 'Send invitasjonen',
  waitingTitle: 'Invitasjoner som venter',
  withdraw: 'Trekk tilbake',
  withdrawLabel: (who: string) => `Trekk tilbake invitasjonen til ${who}`,
  withdrawText: 'Lenken i brevet slutter å virke, og vi glemmer adressen.',
  withdrawGo: 'Ja, trekk den tilbake',
  sent: (date: string) => `Sendt ${date}`,
  forgotten: (date: string) => `Glemmes ${date}`,
  more: 'Flere',
  first: 'Til begynnelsen',
  done: {
    invited: 'Invitasjonen er sendt.',
    uninvited: 'Invitasjonen er trukket tilbake.',
    changed: 'Tilgangen er endret. Det gjelder fra nå.',
    removed: 'Brukeren er fjernet.',
  } as Record<string, string>,
};

const en: typeof nb = {
  title: 'Users',
  lead: (company) => `Those who can sign in to the account of ${company}, and what each of them can do.`,
  you: 'you',
  nameless: 'No name',
  since: (date) => `User since ${date}`,
  change: 'Change access',
  changeLabel: (name) => `Change access for ${name}`,
  level: 'Access level',
  save: 'Save',
  remove: 'Remove',
  removeLabel: (name) => `Remove ${name}`,
  removeText: (name) =>
    `${name} loses access to the company at once, even if they are signed in now. They keep their own profile.`,
  removeGo: 'Yes, remove the user',
  inviteTitle: 'Invite a user',
  inviteText: (period) =>
    `We mail them a link. If they do not answer within ${period}, we forget the address.`,
  email: 'Their e-mail address',
  name: 'Their name',
  language: 'Language of the letter',
  invite: 'Send the invitation',
  waitingTitle: 'Invitations that wait',
  withdraw: 'Take back',
  withdrawLabel: (who) => `Take back the invitation to ${who}`,
  withdrawText: 'The link in the letter stops working, and we forget the address.',
  withdrawGo: 'Yes, take it back',
  sent: (date) => `Sent ${date}`,
  forgotten: (date) => `Forgotten ${date}`,
  more: 'More',
  first: 'To the beginning',
  done: {
    invited: 'The invitation is sent.',
    uninvited: 'The invitation is taken back.',
    changed: 'The access is changed. It holds from now on.',
    removed: 'The user is removed.',
  },
};

/** Users of a client, and those invited. */
export const userTexts: Record<Language, typeof nb> = { nb, en };
