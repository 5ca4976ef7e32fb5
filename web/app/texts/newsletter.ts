import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Nyhetsbrev',
  lead: 'Velg emner og skriv e-postadressen din. Vi sender deg en lenke, og først når du har bekreftet med den, får du brev.',
  send: 'Meld meg på',
  noTopics: 'Akkurat nå har vi ingen nyhetsbrev å melde seg på.',
  sentTitle: 'Sjekk e-posten din',
  sentText:
    'Vi har sendt deg et brev med en lenke. Der ser du nøyaktig hva du sier ja til, og kan bekrefte eller la være.',
  sentNothing: 'Kom det ikke noe? Se i mappen for søppelpost, og sjekk at adressen var riktig.',
  confirmTitle: 'Vil du ha nyhetsbrevet?',
  confirmLead: (date: string) =>
    `Noen, forhåpentlig du, meldte på denne adressen ${date}. Ingenting er sendt ennå.`,
  confirmTopics: 'Du får brev om',
  confirmWords: 'Dette sier du ja til',
  yes: 'Ja, takk',
  no: 'Nei, takk',
  withdraw: 'Du kan ombestemme deg når som helst, like lett som du sier ja nå.',
  declinedTitle: 'Da lar vi det være',
  declinedText: 'Vi sender deg ingen nyhetsbrev. Påmeldingen blir slettet.',
  spentTitle: 'Lenken virker ikke lenger',
  spentText: 'Den er brukt, eller så er den for gammel. Du kan melde deg på igjen når du vil.',
  again: 'Meld deg på igjen',
  choicesTitle: 'Nyhetsbrevet ditt',
  choicesLead: (date: string) => `Du har fått nyhetsbrev siden ${date}.`,
  choicesTopics: 'Emner',
  save: 'Lagre valgene',
  leaveTitle: 'Slutt å få nyhetsbrev',
  leaveText:
    'Ett trykk, så er det slutt. Du trenger ikke logge inn og ikke si hvorfor, og du får en kvittering.',
  leave: 'Meld meg av',
  doneConfirmed: 'Takk! Du er påmeldt.',
  doneSaved: 'Valgene er lagret.',
  receipt: 'Se kvitteringen for samtykket',
};

const en: typeof nb = {
  title: 'Newsletter',
  lead: 'Choose topics and write your e-mail address. We send you a link, and only when you have confirmed by it do you get letters.',
  send: 'Sign me up',
  noTopics: 'Right now we have no newsletters to sign up for.',
  sentTitle: 'Check your e-mail',
  sentText:
    'We have sent you a letter with a link. There you see exactly what you say yes to, and can confirm or let it be.',
  sentNothing: 'Nothing came? Look in the spam folder, and check that the address was right.',
  confirmTitle: 'Do you want the newsletter?',
  confirmLead: (date) =>
    `Someone, hopefully you, signed up this address on ${date}. Nothing has been sent yet.`,
  confirmTopics: 'You will get letters about',
  confirmWords: 'This is what you say yes to',
  yes: 'Yes, please',
  no: 'No, thank you',
  withdraw: 'You can change your mind whenever you like, as easily as you say yes now.',
  declinedTitle: 'Then we will let it be',
  declinedText: 'We will send you no newsletters. The sign-up will be deleted.',
  spentTitle: 'The link no longer works',
  spentText: 'It has been used, or it is too old. You can sign up again whenever you like.',
  again: 'Sign up again',
  choicesTitle: 'Your newsletter',
  choicesLead: (date) => `You have been getting newsletters since ${date}.`,
  choicesTopics: 'Topics',
  save: 'Save the choices',
  leaveTitle: 'Stop getting newsletters',
  leaveText: 'One press and it stops. You need not sign in or say why, and you get a receipt.',
  leave: 'Sign me off',
  doneConfirmed: 'Thank you! You are signed up.',
  doneSaved: 'The choices are saved.',
  receipt: 'See the receipt for the consent',
};

/** Signing up for letters, confirming, choosing and leaving. */
export const newsletter: Record<Language, typeof nb> = { nb, en };
