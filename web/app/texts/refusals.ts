import type { Language } from '#statement/grammar.ts';

type Words = Record<string, string>;

const nb = {
  summary: 'Dette må rettes før vi kan gå videre',
  nationalId: 'Her står det noe som ser ut som et fødselsnummer. Det tar vi ikke imot. Skriv noe annet.',
  cardNumber:
    'Her står det noe som ser ut som et kortnummer. Det tar vi aldri imot her. Med kort betaler du på siden til betalingstjenesten.',
  missing: {
    name: 'Skriv navnet ditt.',
    scopes: 'Velg minst ett formål.',
    email: 'Skriv e-postadressen din.',
    topics: 'Velg minst ett emne.',
    person: 'Skriv navnet ditt.',
    company: 'Skriv navnet på bedriften.',
    number: 'Skriv organisasjonsnummeret.',
    modules: 'Velg minst én modul.',
    level: 'Velg et tilgangsnivå.',
    levelName: 'Skriv hva tilgangsnivået skal hete.',
    rights: 'Velg minst én rettighet.',
    owner: 'Velg hvem som skal overta.',
    why: 'Skriv grunnen.',
    review: 'Velg når sperren er over, eller når den skal vurderes på nytt.',
  } as Words,
  missingAny: 'Fyll ut dette feltet.',
  wrong: {
    q: 'Skriv minst to bokstaver eller sifre, uten spesialtegn.',
    number: 'Dette er ikke et organisasjonsnummer. Det har ni siffer, og det siste er et kontrollsiffer.',
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
    'billing.unknown-plan': 'Prislisten har ingen slik plan.',
    'billing.no-subscription': 'Det er ikke noe abonnement i gang.',
    'billing.unknown-invoice': 'Det finnes ingen slik faktura.',
    'billing.too-much': 'Det er mer enn det som står igjen på fakturaen.',
    'billing.reminded': 'Det er sendt påminnelse om fakturaen før.',
    'billing.nobody-to-remind': 'Kunden har ingen vi kan skrive til om fakturaer.',
    'billing.no-provider': 'Fakturaene betales i banken. Det er ingen betalingsside.',
    'billing.provider-away': 'Betalingstjenesten svarer ikke. Ingenting er betalt. Prøv igjen om litt.',
    'billing.unsigned': 'Betalingstjenesten har ikke signert dette.',
    'billing.settled': 'Det står ingenting igjen: fakturaen er betalt eller kreditert.',
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
    'customers.no-profile': 'Lag en profil først.',
    'customers.unknown-client': 'Det er ingen slik bedrift, eller du er ikke bruker der.',
    'customers.right-missing': 'Tilgangsnivået ditt rekker ikke til dette. Spør den som eier kontoen.',
    'customers.resting':
      'Kontoen hviler, fordi eieren har stanset bruken av opplysningene sine. Eieren kan oppheve det på siden sin.',
    'customers.bad-number':
      'Dette er ikke et organisasjonsnummer. Det har ni sifre, og det siste er et kontrollsiffer.',
    'customers.unknown-user': 'Brukeren er ikke her lenger.',
    'customers.already-user': 'Denne adressen tilhører en som alt er bruker.',
    'customers.last-owner':
      'Bedriften må ha en eier så lenge den har andre brukere. Overlat eierskapet til en av dem, eller avslutt abonnementet først.',
    'customers.unknown-level': 'Velg et av tilgangsnivåene i listen.',
    'customers.built-in-level':
      'Dette tilgangsnivået hører til løsningen og kan ikke endres. Lag et eget i stedet.',
    'customers.level-in-use':
      'Noen har dette tilgangsnivået, eller er invitert med det. Gi dem et annet først.',
    'customers.unknown-right': 'Du kan bare gi rettigheter som du har selv.',
    'customers.unknown-invitation': 'Invitasjonen er besvart, trukket tilbake eller gått ut.',
    'customers.invitation-spent': 'Invitasjonen er besvart, trukket tilbake eller for gammel. Be om en ny.',
    'customers.unknown-module': 'Velg minst en av modulene i listen.',
    'customers.module-taken': 'Modulen er i bruk fra før.',
    'customers.module-not-taken': 'Modulen er ikke i bruk.',
    'customers.last-module':
      'Dette er den siste modulen. Uten en modul er abonnementet slutt, så da avslutter du hele abonnementet.',
    'customers.unknown-document': 'Det er ikke noe slikt dokument.',
    'customers.not-in-force':
      'Avtalen er blitt oppdatert siden du åpnet siden. Les den nye, og send inn på nytt.',
    'customers.no-offer': 'Eierskapet er ikke tilbudt deg, eller tilbudet er trukket tilbake.',
    'collect.unknown-source': 'Dette registeret spør vi ikke.',
    'collect.source-away':
      'Registeret svarer ikke akkurat nå. Prøv igjen om litt. Du kan skrive inn det du vet selv så lenge.',
    'companies.invalid-number':
      'Dette er ikke et organisasjonsnummer. Det har ni siffer, og det siste er et kontrollsiffer.',
    'companies.unknown': 'Vi finner ingen bedrift med dette organisasjonsnummeret.',
    'companies.removed':
      'Registeret har fjernet denne bedriften og ber alle slette det de har om den. Det har vi gjort.',
    'companies.sole-proprietor':
      'Bedriften er et menneske. Det registeret sier om den, tar vi bare vare på for den det gjelder.',
    'companies.not-usable':
      'Du har begrenset bruken av opplysningene dine eller sagt nei til denne bruken. Opphev det først.',
    'companies.feed-stuck': 'Registeret svarer på en måte vi ikke forstår. Vi ser på det.',
    'companies.not-kept': 'Denne bedriften har vi ikke tatt vare på.',
    'statement.unknown-version': 'Det har aldri vært noen versjon med det nummeret.',
    'identity.link-spent': 'Lenken er brukt eller for gammel.',
    'integrations.unknown-scope': 'Velg blant det som står i listen.',
    'integrations.unknown-token': 'Nøkkelen finnes ikke lenger.',
    'identity.wait': 'Det har vært for mange forsøk. Vent litt, eller logg inn med en lenke på e-post.',
    'identity.wrong-factor': 'Adressen og passordet passer ikke sammen.',
    'identity.wrong-code': 'Koden er feil, for gammel eller brukt før. Vent på neste, og prøv igjen.',
    'identity.wrong-passkey': 'Passnøkkelen passet ikke. Prøv igjen, eller logg inn på en annen måte.',
    'identity.unknown-provider': 'Den måten å logge inn på finnes ikke her.',
    'identity.wrong-provider': 'Det som kom tilbake, passet ikke med det vi spurte om. Begynn på nytt.',
    'identity.provider-away':
      'De du vil logge inn hos, svarer ikke. Prøv igjen om litt, eller bruk en lenke.',
    'identity.short-password': 'Passordet er for kort.',
    'identity.common-password':
      'Dette passordet er for lett å gjette. Det er vanlig, følger et mønster eller består av ord vi kjenner fra profilen din. Velg et annet.',
    'identity.unknown-factor': 'Den måten å logge inn på er alt borte.',
    'identity.factor-taken': 'Denne er i bruk fra før.',
    'identity.needed-factor':
      'Denne kan ikke fjernes ennå. Legg til en annen, eller velg et passord på minst 15 tegn, først.',
    'identity.unknown-session': 'Den innloggingen er alt avsluttet.',
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
  cardNumber:
    'This looks like the number of a payment card. We never take those here. You pay by card on the payment provider’s page.',
  missing: {
    scopes: 'Choose at least one purpose.',
    name: 'Write your name.',
    email: 'Write your e-mail address.',
    topics: 'Choose at least one topic.',
    person: 'Write your name.',
    company: 'Write the name of the company.',
    number: 'Write the organisation number.',
    modules: 'Choose at least one module.',
    level: 'Choose an access level.',
    levelName: 'Write what the access level is to be called.',
    rights: 'Choose at least one right.',
    owner: 'Choose who is to take over.',
    why: 'Write the reason.',
    review: 'Choose when the hold is over, or when it is to be looked at again.',
  },
  missingAny: 'Fill in this field.',
  wrong: {
    q: 'Write at least two letters or digits, and no special characters.',
    number: 'This is not an organisation number. It has nine digits, and the last one checks the others.',
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
    'billing.unknown-plan': 'The price list has no such plan.',
    'billing.no-subscription': 'There is no subscription that runs.',
    'billing.unknown-invoice': 'There is no such invoice.',
    'billing.too-much': 'This is more than is left to pay of the invoice.',
    'billing.reminded': 'A reminder of the invoice has gone out before.',
    'billing.nobody-to-remind': 'The client has nobody whom we can write to about invoices.',
    'billing.no-provider': 'Invoices are paid by bank. There is no page to pay on.',
    'billing.provider-away': 'The payment provider does not answer. Nothing was paid. Try again soon.',
    'billing.unsigned': 'The payment provider has not signed this.',
    'billing.settled': 'Nothing is left of the invoice: it is paid or credited.',
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
    'customers.no-profile': 'Make a profile first.',
    'customers.unknown-client': 'There is no such company, or you are not one of its users.',
    'customers.right-missing': 'Your access level does not reach this. Ask whoever owns the account.',
    'customers.resting':
      'The account rests, because its owner has had the use of their data stopped. The owner can lift that on their page.',
    'customers.bad-number':
      'This is not an organisation number. It has nine digits, and the last is a check digit.',
    'customers.unknown-user': 'The user is not here any more.',
    'customers.already-user': 'This address belongs to somebody who is a user already.',
    'customers.last-owner':
      'The company must have an owner for as long as it has other users. Hand the ownership to one of them, or end the subscription first.',
    'customers.unknown-level': 'Choose one of the access levels in the list.',
    'customers.built-in-level':
      'This access level belongs to the product and cannot be changed. Make one of your own instead.',
    'customers.level-in-use':
      'Somebody has this access level, or is invited with it. Give them another first.',
    'customers.unknown-right': 'You can only give rights that you have yourself.',
    'customers.unknown-invitation': 'The invitation is answered, taken back or expired.',
    'customers.invitation-spent': 'The invitation is answered, taken back or too old. Ask for a new one.',
    'customers.unknown-module': 'Choose at least one of the modules in the list.',
    'customers.module-taken': 'The module is in use already.',
    'customers.module-not-taken': 'The module is not in use.',
    'customers.last-module':
      'This is the last module. Without one the subscription is over, so end the whole subscription instead.',
    'customers.unknown-document': 'There is no such document.',
    'customers.not-in-force':
      'The agreement has been updated since you opened the page. Read the new one and send again.',
    'customers.no-offer': 'The ownership is not offered to you, or the offer has been taken back.',
    'collect.unknown-source': 'We do not ask this register.',
    'collect.source-away':
      'The register does not answer just now. Try again in a little while. You can write what you know yourself meanwhile.',
    'companies.invalid-number':
      'This is not an organisation number. It has nine digits, and the last one checks the others.',
    'companies.unknown': 'We find no company with this organisation number.',
    'companies.removed':
      'The register has removed this company and asks everybody to delete what they have of it. We have.',
    'companies.sole-proprietor':
      'The company is a person. What the register says of it we keep for that person alone.',
    'companies.not-usable':
      'You have restricted the use of your data, or said no to this one. Lift that first.',
    'companies.feed-stuck': 'The register answers in a way that we do not understand. We are looking at it.',
    'companies.not-kept': 'We have not kept this company.',
    'statement.unknown-version': 'There was never a version with that number.',
    'identity.link-spent': 'The link is used or too old.',
    'integrations.unknown-scope': 'Choose among what is in the list.',
    'integrations.unknown-token': 'The key is no longer there.',
    'identity.wait': 'There have been too many tries. Wait a little, or sign in by a link in an e-mail.',
    'identity.wrong-factor': 'The address and the password do not go together.',
    'identity.wrong-code': 'The code is wrong, too old or used before. Wait for the next and try again.',
    'identity.wrong-passkey': 'The passkey did not fit. Try again, or sign in another way.',
    'identity.unknown-provider': 'There is no such way of signing in here.',
    'identity.wrong-provider': 'What came back did not fit what we asked. Begin anew.',
    'identity.provider-away': 'Those you want to sign in with do not answer. Try again soon, or use a link.',
    'identity.short-password': 'The password is too short.',
    'identity.common-password':
      'This password is too easy to guess. It is a common one, follows a pattern, or is made of words that we know from your profile. Choose another.',
    'identity.unknown-factor': 'That way of signing in is gone already.',
    'identity.factor-taken': 'This one is in use already.',
    'identity.needed-factor':
      'This one cannot be removed yet. Add another, or choose a password of 15 characters or more, first.',
    'identity.unknown-session': 'That session has ended already.',
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
