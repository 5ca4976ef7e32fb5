import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Eierskap',
  lead: 'Kontoen har alltid én eier. Eieren har alle rettigheter og er den vi har avtalen med på vegne av bedriften.',
  owner: (name: string) => `${name} eier kontoen nå.`,
  nobody: 'En bruker uten navn',
  offerTitle: 'Overlat eierskapet',
  offerText:
    'Den du velger, må selv si ja. Når de har gjort det, eier de kontoen og avtalen, og du blir administrator. Til da er alt som før.',
  alone: 'Det er ingen andre brukere å overlate eierskapet til. Inviter noen først.',
  aloneGo: 'Inviter brukere',
  who: 'Hvem skal overta?',
  confirmText:
    'Et eierskap som er overlatt, får du ikke tilbake uten at den nye eieren vil. Vis derfor først at det er deg.',
  offer: 'Tilby eierskapet',
  waitingTitle: 'Et tilbud venter',
  waiting: (name: string, date: string) => `Du tilbød ${name} eierskapet ${date}. De har ikke svart ennå.`,
  withdraw: 'Trekk tilbake tilbudet',
  withdrawText: 'Du eier kontoen som før.',
  withdrawGo: 'Ja, trekk det tilbake',
  takeTitle: 'Du er tilbudt eierskapet',
  takeText: (name: string, date: string) =>
    `${name} tilbød deg det ${date}. Sier du ja, eier du kontoen og er den vi har avtalen med på vegne av bedriften. Du får alle rettigheter, også til å avslutte. Vil du ikke, trenger du ikke gjøre noe.`,
  takeConfirmText: 'Du tar på deg avtalen for bedriften. Vis derfor først at det er deg.',
  take: 'Ta over eierskapet',
  done: {
    offered: 'Tilbudet er sendt.',
    withdrawn: 'Tilbudet er trukket tilbake.',
  } as Record<string, string>,
};

const en: typeof nb = {
  title: 'Ownership',
  lead: 'The account always has one owner. The owner has all rights and is whom we have the agreement with on behalf of the company.',
  owner: (name) => `${name} owns the account now.`,
  nobody: 'A user without a name',
  offerTitle: 'Hand the ownership over',
  offerText:
    'Whoever you choose must say yes themselves. When they have, they own the account and the agreement, and you become administrator. Until then everything is as before.',
  alone: 'There are no other users to hand the ownership to. Invite somebody first.',
  aloneGo: 'Invite users',
  who: 'Who is to take over?',
  confirmText:
    'An ownership that is handed over comes back only if the new owner wants it to. So show first that it is you.',
  offer: 'Offer the ownership',
  waitingTitle: 'An offer waits',
  waiting: (name, date) => `You offered ${name} the ownership on ${date}. They have not answered yet.`,
  withdraw: 'Take the offer back',
  withdrawText: 'You own the account as before.',
  withdrawGo: 'Yes, take it back',
  takeTitle: 'You have been offered the ownership',
  takeText: (name, date) =>
    `${name} offered it to you on ${date}. If you say yes, you own the account and are whom we have the agreement with on behalf of the company. You get all rights, to end it as well. If you do not want it, there is nothing to do.`,
  takeConfirmText: 'You take on the agreement for the company. So show first that it is you.',
  take: 'Take over the ownership',
  done: { offered: 'The offer is sent.', withdrawn: 'The offer is taken back.' },
};

/** Who owns a client's account, and handing it over. */
export const ownershipTexts: Record<Language, typeof nb> = { nb, en };
