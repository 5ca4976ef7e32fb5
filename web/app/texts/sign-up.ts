import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Lag en profil',
  lead: (operator: string) =>
    `Med en profil vet vi hvem vi snakker med når du blir kunde hos ${operator}. Du trenger ikke passord.`,
  assent: 'Ved å sende inn bekrefter du at du har fått lese personvernerklæringen,',
  assentVersion: (version: string) => `versjon ${version}`,
  assentEnd: 'Det er ikke et samtykke, og du godtar ikke noe mer enn det som står i den.',
  send: 'Lag profil',
  sentTitle: 'Sjekk e-posten din',
  sentText:
    'Vi har sendt deg et brev med en lenke. Åpne den, så er du inne på «Mitt personvern» og ser alt vi har om deg. Hadde du en profil fra før, står den slik den var.',
  sentNothing: 'Kom det ikke noe? Se i mappen for søppelpost, og sjekk at adressen var riktig.',
};

const en: typeof nb = {
  title: 'Make a profile',
  lead: (operator) =>
    `With a profile we know whom we talk to when you become a customer of ${operator}. You need no password.`,
  assent: 'By sending this you confirm that you have been shown the privacy statement,',
  assentVersion: (version) => `version ${version}`,
  assentEnd: 'It is not a consent, and you accept nothing beyond what it says.',
  send: 'Make a profile',
  sentTitle: 'Check your e-mail',
  sentText:
    'We have sent you a letter with a link. Open it and you are at “My privacy”, where you see everything we hold on you. If you had a profile already, it is as it was.',
  sentNothing: 'Nothing came? Look in the spam folder, and check that the address was right.',
};

/** Making a profile. */
export const signUp: Record<Language, typeof nb> = { nb, en };
