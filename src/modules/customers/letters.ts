import type { Letter, LetterContext, Module } from '#gates/module.ts';
import { periodText } from '#statement/period.ts';
import { deadlineText } from '#statement/words.ts';

const WORDS = {
  nb: {
    welcome: (operator: string) => `Velkommen til ${operator}`,
    hello: (name: string | undefined) => (name === undefined ? 'Hei!' : `Hei, ${name}!`),
    made: (life: string) =>
      `Profilen din er klar. Med lenken under logger du inn og ser alt vi har om deg. Den virker én gang, og slutter å virke etter ${life}. Etterpå ber du bare om en ny.`,
    known: (operator: string) => `Du er kjent hos ${operator} fra før`,
    tried:
      'Noen, kanskje du, ville lage en profil med denne adressen. Den er i bruk hos oss fra før, så ingenting er endret. Logg inn for å se det som står der, og fylle ut resten.',
    action: 'Logg inn',
    founding: (operator: string) => `Gjør ferdig registreringen hos ${operator}`,
    begun: (life: string) =>
      `Noen, trolig du, har begynt å gjøre en bedrift til kunde hos oss med denne adressen. Med lenken under bekrefter du at den er din, og går rett videre til moduler og avtale. Den virker én gang, og slutter å virke etter ${life}.`,
    goOn: 'Gå videre',
    closing:
      'Var det ikke deg, kan du se bort fra brevet. Du kan også logge inn og slette alt vi har om deg.',
  },
  en: {
    welcome: (operator: string) => `Welcome to ${operator}`,
    hello: (name: string | undefined) => (name === undefined ? 'Hello!' : `Hello ${name}!`),
    made: (life: string) =>
      `Your profile is ready. The link below signs you in and shows everything we hold on you. It works once, and stops working after ${life}. After that you just ask for a new one.`,
    known: (operator: string) => `${operator} knows you already`,
    tried:
      'Somebody, perhaps you, wanted to make a profile with this address. It is in use here already, so nothing has been changed. Sign in to see what is there and fill in the rest.',
    action: 'Sign in',
    founding: (operator: string) => `Finish registering with ${operator}`,
    begun: (life: string) =>
      `Somebody, most likely you, has begun to make a company a customer of ours with this address. The link below confirms that it is yours and takes you straight on to modules and agreement. It works once, and stops working after ${life}.`,
    goOn: 'Go on',
    closing:
      'If it was not you, you can ignore this letter. You can also sign in and erase everything we hold on you.',
  },
} as const;

function letter(
  { language, statement, reference, token, name }: LetterContext,
  kind: 'welcome' | 'known',
): Letter {
  const words = WORDS[language];
  const life = deadlineText(statement, 'sign-in-link', language);
  const path = language === 'nb' ? '/min/inn/' : '/en/my/in/';
  return {
    subject: words[kind](statement.operator.name),
    paragraphs: [words.hello(name), kind === 'welcome' ? words.made(life) : words.tried],
    action: { label: words.action, path: `${path}${token('sign-in', reference!)}` },
    closing: [words.closing],
  };
}

/** For whoever is making a company a client: the same letter whether or not the address was known. */
function founding({ language, statement, reference, token, name }: LetterContext): Letter {
  const words = WORDS[language];
  const path = language === 'nb' ? '/bli-kunde/inn/' : '/en/become-a-customer/in/';
  return {
    subject: words.founding(statement.operator.name),
    paragraphs: [words.hello(name), words.begun(deadlineText(statement, 'sign-in-link', language))],
    action: { label: words.goOn, path: `${path}${token('sign-in', reference!)}` },
    closing: [words.closing],
  };
}

const ENDS = {
  nb: {
    customer: {
      subject: (operator: string) => `Profilen din hos ${operator} slettes snart`,
      says: (period: string, notice: string) =>
        `Du har ikke brukt profilen din på lenge. Vi sletter den når det har gått ${period}, og det er om ${notice}. Vil du beholde den, er det nok å logge inn.`,
      closing: 'Vil du ikke det, trenger du ikke gjøre noe. Da blir alt borte av seg selv.',
    },
    resume: {
      subject: (operator: string) => `Siste sjanse til å ta opp tråden med ${operator}`,
      says: (period: string, notice: string) =>
        `Abonnementet tok slutt for snart ${period} siden. Om ${notice} sletter vi det som er igjen etter det. Logg inn hvis dere vil fortsette der dere slapp.`,
      closing:
        'Vil dere ikke tilbake, trenger dere ikke gjøre noe. Du kan også si nei på siden din, så slettes det med det samme.',
    },
    action: 'Logg inn',
  },
  en: {
    customer: {
      subject: (operator: string) => `Your profile at ${operator} will soon be deleted`,
      says: (period: string, notice: string) =>
        `You have not used your profile for a long time. We delete it after ${period}, which is ${notice} from now. To keep it, just sign in.`,
      closing: 'If you do not want it, there is nothing to do. It will be gone by itself.',
    },
    resume: {
      subject: (operator: string) => `A last chance to pick up the thread with ${operator}`,
      says: (period: string, notice: string) =>
        `The subscription ended nearly ${period} ago. In ${notice} we delete what is left of it. Sign in if you want to go on where you left off.`,
      closing:
        'If you do not want to come back, there is nothing to do. You can also say no on your page, and it is deleted at once.',
    },
    action: 'Sign in',
  },
} as const;

/** Tells that a storage period of the statement is nearly over, and what to do about it (clause `k.active-12-months`). */
function ending({ language, statement, name }: LetterContext, rule: 'customer' | 'resume'): Letter {
  const { period, notice = 'P0D' } = statement.storage[rule]!;
  const words = ENDS[language];
  const { subject, says, closing } = words[rule];
  return {
    subject: subject(statement.operator.name),
    paragraphs: [
      WORDS[language].hello(name),
      says(periodText(period, language), periodText(notice, language)),
    ],
    action: { label: words.action, path: language === 'nb' ? '/min/logg-inn' : '/en/my/sign-in' },
    closing: [closing],
  };
}

const CLIENTS = {
  nb: {
    invited: (operator: string) => `Du er invitert som bruker hos ${operator}`,
    asked:
      'En bedrift som er kunde hos oss, vil ha deg med som bruker av kontoen sin. Følg lenken for å se hvilken bedrift det er, hvem som har invitert deg, og hva du får gjøre. Der sier du ja eller nei.',
    from: (period: string) =>
      `E-postadressen din har vi fra den som inviterte deg, og vi bruker den bare til dette. Svarer du ikke innen ${period}, sletter vi den.`,
    see: 'Se invitasjonen',
    stranger: 'Kjenner du ikke til dette, kan du se bort fra brevet.',
    offered: 'Du er tilbudt å overta eierskapet',
    owner:
      'Eieren av bedriftens konto vil overlate den til deg. Som eier bestemmer du hvem som er brukere, og du godtar avtalene for bedriften. Ingenting skjer før du har sagt ja på bedriftens side.',
    open: 'Gå til bedriftens side',
    ignore: 'Vil du ikke, trenger du ikke gjøre noe.',
    restored: 'Se over hvem som har tilgang til bedriftens konto',
    restoredText:
      'Vi har måttet hente data tilbake fra en sikkerhetskopi. Brukere som var fjernet, tilganger som var tatt bort, og invitasjoner som var trukket tilbake siden kopien ble tatt, er borte igjen. Det som kom til etterpå, er dessverre gått tapt: nye brukere, invitasjoner og tilgangsnivåer må legges inn på nytt, og nøkler for andre systemer må lages på nytt. Se over brukerne og tilgangene deres.',
    unknown: 'Registeret kjenner ikke organisasjonsnummeret',
    unknownText:
      'Da bedriften ble kunde, svarte ikke Brønnøysundregistrene, og du ba oss fylle ut resten siden. Nå svarer de, men de kjenner ikke nummeret som ble skrevet. Vi har ikke endret noe.',
    gone: 'Bedriften er slettet fra registeret',
    goneText:
      'Da bedriften ble kunde, svarte ikke Brønnøysundregistrene, og du ba oss fylle ut resten siden. Nå svarer de, og der er bedriften slettet. Vi har ikke endret noe.',
    ask: (mailbox: string) => `Er det noe du lurer på, skriver du til ${mailbox}.`,
    write: (mailbox: string) =>
      `Er nummeret feil, skriver du til ${mailbox}, så hjelper vi deg. Navn og sted retter du selv på bedriftens side.`,
  },
  en: {
    invited: (operator: string) => `You are invited as a user with ${operator}`,
    asked:
      'A company that is a client of ours wants you as a user of its account. Follow the link to see which company it is, who invited you, and what you will be able to do. There you say yes or no.',
    from: (period: string) =>
      `We have your e-mail address from whoever invited you, and use it for nothing else. If you do not answer within ${period}, we delete it.`,
    see: 'See the invitation',
    stranger: 'If you know nothing of this, you can ignore the letter.',
    offered: 'You are offered to take over the ownership',
    owner:
      'The owner of the company’s account wants to hand it over to you. As owner you decide who the users are, and accept the agreements for the company. Nothing happens before you have said yes on the company’s page.',
    open: 'Go to the company’s page',
    ignore: 'If you do not want to, there is nothing to do.',
    restored: 'Look over who has access to the company’s account',
    restoredText:
      'We have had to put data back from a backup. Users who had been removed, access that had been taken away and invitations that had been taken back since the backup was taken are gone again. What came after it is lost, we are sorry to say: new users, invitations and access levels must be added again, and keys for other systems made again. Please look over the users and what they may do.',
    unknown: 'The register does not know the organisation number',
    unknownText:
      'When the company became a client, the Brønnøysund registers did not answer, and you asked us to fill in the rest later. They answer now, but do not know the number that was written. We have changed nothing.',
    gone: 'The company is struck off the register',
    goneText:
      'When the company became a client, the Brønnøysund registers did not answer, and you asked us to fill in the rest later. They answer now, and the company is struck off. We have changed nothing.',
    ask: (mailbox: string) => `If there is anything you wonder about, write to ${mailbox}.`,
    write: (mailbox: string) =>
      `If the number is wrong, write to ${mailbox} and we will help you. Name and place you correct yourself on the company’s page.`,
  },
} as const;

/**
 * Asks somebody to be a user, and says where the address came from (art. 14). It names neither the company nor who asked:
 * both are words that anybody can choose, and nobody is to speak to a stranger through our letters.
 */
function invitation({ language, name, statement, reference, token }: LetterContext): Letter {
  const words = CLIENTS[language];
  const path = language === 'nb' ? '/klient/invitasjon/' : '/en/client/invitation/';
  return {
    subject: words.invited(statement.operator.name),
    paragraphs: [
      WORDS[language].hello(name),
      words.asked,
      words.from(periodText(statement.storage.invitation!.period, language)),
    ],
    action: { label: words.see, path: `${path}${token('customers.invitation', reference!)}` },
    closing: [words.stranger],
  };
}

/** Tells a user that the ownership is offered to them. */
function ownership({ language, name, reference }: LetterContext): Letter {
  const words = CLIENTS[language];
  return {
    subject: words.offered,
    paragraphs: [WORDS[language].hello(name), words.owner],
    action: { label: words.open, path: `${language === 'nb' ? '/klient/' : '/en/client/'}${reference!}` },
    closing: [words.ignore],
  };
}

/** Tells the owner that rows were put back from a backup, and what to look over. */
function restored({ language, name, reference, statement }: LetterContext): Letter {
  const words = CLIENTS[language];
  return {
    subject: words.restored,
    paragraphs: [WORDS[language].hello(name), words.restoredText],
    action: { label: words.open, path: `${language === 'nb' ? '/klient/' : '/en/client/'}${reference!}` },
    closing: [words.ask(statement.operator.mailbox)],
  };
}

/** Tells the owner what the register said of the company they wrote by hand, where it could not complete it. */
function registerSays(
  { language, name, reference, statement }: LetterContext,
  said: 'unknown' | 'gone',
): Letter {
  const words = CLIENTS[language];
  return {
    subject: words[said],
    paragraphs: [WORDS[language].hello(name), words[`${said}Text`], words.write(statement.operator.mailbox)],
    action: { label: words.open, path: `${language === 'nb' ? '/klient/' : '/en/client/'}${reference!}` },
  };
}

export const letters: NonNullable<Module['letters']> = {
  'customers.invitation': invitation,
  'customers.ownership': ownership,
  'customers.restored': restored,
  'customers.register-unknown': (context) => registerSays(context, 'unknown'),
  'customers.register-gone': (context) => registerSays(context, 'gone'),
  'customers.welcome': (context) => letter(context, 'welcome'),
  'customers.known': (context) => letter(context, 'known'),
  'customers.founding': founding,
  'keep.customer': (context) => ending(context, 'customer'),
  'keep.resume': (context) => ending(context, 'resume'),
};
