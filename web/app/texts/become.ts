import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Bli kunde',
  lead: (operator: string) =>
    `Gjør bedriften til kunde hos ${operator}. Det tar et par minutter, og du binder deg ikke til noe før siste steg.`,
  steps: ['Bedriften', 'Deg', 'Moduler og avtale'],
  stepsLabel: 'Stegene',
  findTitle: 'Finn bedriften',
  findText:
    'Skriv navnet eller organisasjonsnummeret. Vi slår opp i Brønnøysundregistrene og lagrer ikke noe.',
  hand: 'Skriv inn bedriften selv',
  closed: 'Bedriften er slettet fra registeret, så den kan ikke bli kunde. Finn en annen.',
  away: 'Brønnøysundregistrene svarer ikke akkurat nå. Det gjør ikke noe: Skriv inn bedriften selv.',
  whoTitle: 'Hvem er du?',
  whoText:
    'Vi sender deg en lenke, så vi vet at adressen er din. Lenken tar deg videre til moduler og avtale.',
  company: 'Bedriftens navn',
  yourName: 'Navnet ditt',
  sendLink: 'Send meg lenken',
  signedInAlready: 'Har du vært her før, får du lenken på samme måte.',
  other: 'Velg en annen bedrift',
  signedIn: (name: string) => `Du er logget inn som ${name}.`,
  companyTitle: 'Bedriften',
  fromRegister: 'Hentet fra Brønnøysundregistrene. Rett det som er feil.',
  byHand: 'Skriv det slik det står i registeret.',
  number: 'Organisasjonsnummer',
  numberHint: 'Ni sifre',
  place: 'Sted',
  complete: 'Fyll ut navn og sted fra Brønnøysundregistrene når de svarer',
  completeHint:
    'Da blir det stående slik det er i registeret. Kjenner ikke registeret nummeret, skriver vi til deg og endrer ingenting.',
  modulesLegend: 'Hvilke moduler vil dere bruke?',
  modulesHint: 'Velg minst én. Dere kan ta i bruk flere, og slutte med dem, når dere vil.',
  go: 'Bli kunde',
  sentTitle: 'Sjekk e-posten din',
  sentText:
    'Vi har sendt deg et brev med en lenke. Åpne den for å bekrefte adressen og gå videre til moduler og avtale.',
  sentNothing: 'Kom det ikke noe? Se i mappen for søppelpost, og sjekk at adressen var riktig.',
};

const en: typeof nb = {
  title: 'Become a customer',
  lead: (operator) =>
    `Make your company a customer of ${operator}. It takes a couple of minutes, and you are bound to nothing before the last step.`,
  steps: ['The company', 'You', 'Modules and agreement'],
  stepsLabel: 'The steps',
  findTitle: 'Find the company',
  findText:
    'Write its name or its organisation number. We look it up in the Brønnøysund registers and store nothing.',
  hand: 'Type in the company yourself',
  closed: 'The company is struck off the register, so it cannot become a customer. Find another.',
  away: 'The Brønnøysund registers do not answer just now. It does not matter: type in the company yourself.',
  whoTitle: 'Who are you?',
  whoText:
    'We mail you a link, so that we know that the address is yours. The link takes you on to modules and agreement.',
  company: 'Name of the company',
  yourName: 'Your name',
  sendLink: 'Mail me the link',
  signedInAlready: 'If you have been here before, you get the link all the same.',
  other: 'Choose another company',
  signedIn: (name) => `You are signed in as ${name}.`,
  companyTitle: 'The company',
  fromRegister: 'Taken from the Brønnøysund registers. Correct what is wrong.',
  byHand: 'Write it as it stands in the register.',
  number: 'Organisation number',
  numberHint: 'Nine digits',
  place: 'Place',
  complete: 'Fill in name and place from the Brønnøysund registers when they answer',
  completeHint:
    'It will then stand as it does in the register. If the register does not know the number, we write to you and change nothing.',
  modulesLegend: 'Which modules do you want to use?',
  modulesHint: 'Choose at least one. You can take others, and drop them, whenever you like.',
  go: 'Become a customer',
  sentTitle: 'Check your e-mail',
  sentText: 'We have mailed you a link. Open it to confirm the address and go on to modules and agreement.',
  sentNothing: 'Nothing came? Look in the spam folder, and check that the address was right.',
};

/** Becoming a customer: from the company's name to an account that runs. */
export const become: Record<Language, typeof nb> = { nb, en };
