import type { Language } from '#statement/grammar.ts';

type Words = Record<string, string>;

const nb = {
  summary: 'Dette må rettes før vi kan gå videre',
  nationalId: 'Her står det noe som ser ut som et fødselsnummer. Det tar vi ikke imot. Skriv noe annet.',
  missing: {
    name: 'Skriv navnet ditt.',
    email: 'Skriv e-postadressen din.',
    topics: 'Velg minst ett emne.',
    why: 'Skriv grunnen.',
    review: 'Velg når sperren er over, eller når den skal vurderes på nytt.',
  } as Words,
  missingAny: 'Fyll ut dette feltet.',
  wrong: {
    name: 'Navnet kan ikke inneholde spesialtegn og kan ikke være på mer enn én linje.',
    email: 'Dette ser ikke ut som en e-postadresse. Slik kan en se ut: navn@firma.example',
    phone: 'Dette ser ikke ut som et telefonnummer. Utenlandske numre begynner med + og landkoden.',
    place: 'Stedet kan ikke inneholde spesialtegn.',
    company: 'Firmanavnet kan ikke inneholde spesialtegn.',
    topics: 'Velg blant emnene i listen.',
    language: 'Velg norsk eller engelsk.',
    why: 'Grunnen er for lang, eller den inneholder spesialtegn.',
    until: 'Velg en dato som ikke er passert.',
    review: 'Velg en dato som ikke er passert, og som ikke er for langt frem.',
    untold: 'Skriv hvilken lov det er, med paragraf.',
  } as Words,
  codes: {
    'collect.statement-not-in-force':
      'Personvernerklæringen er blitt oppdatert siden du åpnet siden. Les den nye, og send inn på nytt. Det du skrev, står her fortsatt.',
    'collect.undeclared-field': 'Skjemaet inneholdt et felt vi ikke tar imot.',
    'use.reason-missing': 'Velg hvorfor du ser på dette.',
    'answer.needed-item': 'Denne opplysningen trenger vi så lenge resten er her. Du kan slette alt i stedet.',
    'answer.not-objectable':
      'Denne bruken bygger på et grunnlag du ikke kan protestere mot. Du kan fortsatt klage.',
    'answer.no-consent': 'Det var ikke noe samtykke å trekke.',
    'answer.nothing-to-renew': 'Ingen ny versjon spør om dette samtykket på nytt.',
    'answer.address-taken': 'Adressen kan ikke brukes.',
    'answer.held':
      'Vi har en rettslig plikt til å ta vare på dette, så vi kan ikke slette det nå. Du kan be om det igjen senere, og du kan klage. Når plikten er over, sletter vi av oss selv det som er gått ut på dato.',
    'answer.unknown-hold': 'Slettesperren gjelder ikke lenger.',
    'answer.unknown-item': 'Opplysningen er alt borte.',
    'use.not-usable': 'Det går ikke mens bruken av opplysningene dine er begrenset.',
    'customers.no-agreement': 'Abonnementet er avsluttet fra før.',
    'customers.nothing-to-resume': 'Det er ikke noe igjen å ta opp.',
    'statement.unknown-version': 'Det har aldri vært noen versjon med det nummeret.',
    'identity.link-spent': 'Lenken er brukt eller for gammel.',
    'newsletter.unknown-topic': 'Velg blant emnene i listen.',
    'newsletter.link-spent': 'Lenken er brukt eller for gammel.',
    'http.too-large': 'Det var mer tekst enn skjemaet tar.',
    'http.cross-site': 'Skjemaet kom fra et annet nettsted. Åpne siden på nytt og prøv igjen.',
  } as Words,
  tooMany: 'Det kom mange forsøk på kort tid. Vent et minutt, og prøv igjen.',
  unavailable: 'Tjenesten er nede et øyeblikk. Ingenting er lagret. Prøv igjen om litt.',
  unknown: 'Vi kunne ikke ta imot dette. Ingenting er lagret.',
};

const en: typeof nb = {
  summary: 'This must be put right before we can go on',
  nationalId:
    'This looks like a Norwegian national identity number. We do not take those. Write something else.',
  missing: {
    name: 'Write your name.',
    email: 'Write your e-mail address.',
    topics: 'Choose at least one topic.',
    why: 'Write the reason.',
    review: 'Choose when the hold is over, or when it is to be looked at again.',
  },
  missingAny: 'Fill in this field.',
  wrong: {
    name: 'The name cannot hold special characters and must be on one line.',
    email: 'This does not look like an e-mail address. One can look like this: name@company.example',
    phone:
      'This does not look like a phone number. Numbers outside Norway begin with + and the country code.',
    place: 'The place cannot hold special characters.',
    company: 'The company name cannot hold special characters.',
    topics: 'Choose from the topics in the list.',
    language: 'Choose Norwegian or English.',
    why: 'The reason is too long, or holds special characters.',
    until: 'Choose a date that has not passed.',
    review: 'Choose a date that has not passed and is not too far ahead.',
    untold: 'Write which law it is, with its section.',
  },
  codes: {
    'collect.statement-not-in-force':
      'The privacy statement has been updated since you opened the page. Read the new one and send again. What you wrote is still here.',
    'collect.undeclared-field': 'The form held a field that we do not take.',
    'use.reason-missing': 'Choose why you look at this.',
    'answer.needed-item':
      'We need this item for as long as the rest is here. You can erase everything instead.',
    'answer.not-objectable': 'This use rests on a ground that you cannot object to. You can still complain.',
    'answer.no-consent': 'There was no consent to withdraw.',
    'answer.nothing-to-renew': 'No new version asks for this consent again.',
    'answer.address-taken': 'The address cannot be used.',
    'answer.held':
      'We have a legal duty to keep this, so we cannot erase it now. You can ask again later, and you can complain. When the duty is over, we erase by ourselves what is past its date.',
    'answer.unknown-hold': 'The hold does not stand any more.',
    'answer.unknown-item': 'The item is gone already.',
    'use.not-usable': 'That cannot be done while the use of your data is restricted.',
    'customers.no-agreement': 'The subscription has ended already.',
    'customers.nothing-to-resume': 'There is nothing left to take up again.',
    'statement.unknown-version': 'There was never a version with that number.',
    'identity.link-spent': 'The link is used or too old.',
    'newsletter.unknown-topic': 'Choose from the topics in the list.',
    'newsletter.link-spent': 'The link is used or too old.',
    'http.too-large': 'That was more text than the form takes.',
    'http.cross-site': 'The form came from another site. Open the page again and retry.',
  },
  tooMany: 'Many tries came in a short time. Wait a minute and try again.',
  unavailable: 'The service is down for a moment. Nothing has been stored. Try again in a little while.',
  unknown: 'We could not take this. Nothing has been stored.',
};

/** What the API's refusals mean to a person. */
export const refusals: Record<Language, typeof nb> = { nb, en };
