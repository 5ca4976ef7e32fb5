import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Slettesperrer',
  lead: 'Mens en slettesperre gjelder, slettes ingenting om personen. Den som først må vurderes på nytt, står øverst.',
  none: 'Ingen slettesperrer gjelder nå. Du setter en fra siden til den det gjelder.',
  person: (id: string) => `Person ${id.slice(0, 8)}`,
  since: 'Gjelder fra',
  until: 'Til og med',
  review: 'Vurderes på nytt innen',
  author: 'Satt av',
  commandLine: 'kommandolinjen',
  staff: (id: string) => `ansatt ${id.slice(0, 8)}`,
  told: 'Hvem som vet det',
  isTold: 'Personen ser den på siden sin',
  isUntold: (law: string) => `Skjult for personen (${law})`,
  noEnd: 'Ingen sluttdato',
  noReview: 'Går ut av seg selv',
  overdue: 'Skulle vært vurdert på nytt',
  why: 'Grunn',
  reviewTitle: 'Har du vurdert den på nytt?',
  reviewText: 'Skriv datoene som gjelder fra nå. Den gamle sluttdatoen gjelder videre om du lar feltet stå.',
  keep: 'La den bli stående',
  release: 'Opphev sperren',
  releaseTitle: 'Trengs den ikke mer?',
  releaseText: 'Det som skulle vært slettet imens, blir slettet ved neste runde.',
  onPerson: 'Se og opphev slettesperrene',
  add: 'Sett en slettesperre',
  addText:
    'Bare når opplysningene trengs i en tvist, eller en lov krever at de blir tatt vare på (personvernforordningen art. 17 nr. 3). Ingenting om personen slettes før sperren er over, og ingen kan slette personen.',
  whyHint: 'Personen får lese dette, så skriv det til den det gjelder. Ikke fødselsnummer.',
  untilHint: 'La feltet stå tomt om du ikke vet det ennå.',
  reviewHint: (span: string) => `Trengs når det ikke er noen sluttdato. Ikke mer enn ${span} frem.`,
  untold: 'Loven som forbyr oss å si det',
  untoldHint:
    'Bare om en lov forbyr å fortelle personen om sperren. Skriv hvilken, med paragraf. Ellers lar du feltet stå tomt.',
  place: 'Sett sperren',
  notErased: 'Personen kan ikke slettes mens en slettesperre gjelder.',
  done: {
    placed: 'Sperren gjelder fra nå.',
    reviewed: 'Notert. Sperren blir stående.',
    released: 'Sperren er opphevet. Det som skulle vært slettet imens, blir slettet ved neste runde.',
  } as Record<string, string>,
  own: {
    title: 'Slettesperre: Vi kan ikke slette noe om deg nå',
    text: (since: string) =>
      `Fra ${since} tar vi vare på det vi har om deg, også det som ellers ville vært slettet. Vi bruker det ikke til mer enn før. Samtykker kan du trekke som vanlig, og da slutter vi med en gang.`,
    why: 'Hvorfor',
    howLong: 'Hvor lenge',
    untilDate: (date: string) => `Til og med ${date}. Da sletter vi det som er gått ut på dato.`,
    untilReview: (date: string) =>
      `Det er ikke satt noen sluttdato. Vi vurderer sperren på nytt senest ${date}, og når den oppheves, sletter vi det som er gått ut på dato.`,
    basis: 'Grunnlag',
    basisText:
      'Personvernforordningen art. 17 nr. 3 bokstav e: Vi må ikke slette det som trengs for å fastsette, gjøre gjeldende eller forsvare et rettskrav.',
    disagree: 'Er du uenig?',
    disagreeText: 'Skriv til oss, eller klag til Datatilsynet.',
    complain: 'Slik klager du',
  },
};

const en: typeof nb = {
  title: 'Holds',
  lead: 'While a hold stands, nothing about the person is deleted. The one to be looked at again first is on top.',
  none: 'No hold stands now. You place one from the page of the person concerned.',
  person: (id) => `Person ${id.slice(0, 8)}`,
  since: 'Stands from',
  until: 'Up to and including',
  review: 'To be looked at again by',
  author: 'Placed by',
  commandLine: 'the command line',
  staff: (id) => `staff member ${id.slice(0, 8)}`,
  told: 'Who knows',
  isTold: 'The person sees it on their page',
  isUntold: (law) => `Kept from the person (${law})`,
  noEnd: 'No end',
  noReview: 'Ends by itself',
  overdue: 'Should have been looked at again',
  why: 'Reason',
  reviewTitle: 'Have you looked at it again?',
  reviewText: 'Write the dates that hold from now on. The old end stays if you leave the field as it is.',
  keep: 'Let it stand',
  release: 'Release the hold',
  releaseTitle: 'Is it needed no more?',
  releaseText: 'What should have been erased meanwhile is erased at the next round.',
  onPerson: 'See and release the holds',
  add: 'Place a hold',
  addText:
    'Only when the data is needed in a dispute, or a law demands that it is kept (GDPR art. 17(3)). Nothing about the person is deleted before the hold is over, and nobody can erase the person.',
  whyHint: 'The person gets to read this, so write it to them. No national identity number.',
  untilHint: 'Leave the field empty if you do not know yet.',
  reviewHint: (span) => `Needed when there is no end. No more than ${span} ahead.`,
  untold: 'The law that forbids us to say so',
  untoldHint:
    'Only if a law forbids telling the person of the hold. Write which, with its section. Otherwise leave the field empty.',
  place: 'Place the hold',
  notErased: 'The person cannot be erased while a hold stands.',
  done: {
    placed: 'The hold stands from now on.',
    reviewed: 'Noted. The hold stays.',
    released: 'The hold is released. What should have been erased meanwhile is erased at the next round.',
  },
  own: {
    title: 'A hold: we cannot erase anything about you now',
    text: (since) =>
      `From ${since} we keep what we hold on you, also what would otherwise have been erased. We use it for no more than before. You can withdraw consents as usual, and then we stop at once.`,
    why: 'Why',
    howLong: 'How long',
    untilDate: (date) => `Up to and including ${date}. Then we erase what is past its date.`,
    untilReview: (date) =>
      `No end is set. We look at the hold again by ${date}, and when it is released we erase what is past its date.`,
    basis: 'Ground',
    basisText:
      'GDPR art. 17(3)(e): we need not erase what is necessary for the establishment, exercise or defence of legal claims.',
    disagree: 'Do you disagree?',
    disagreeText: 'Write to us, or complain to Datatilsynet.',
    complain: 'How to complain',
  },
};

/** Holds, as those who look after privacy and those concerned see them. */
export const holdTexts: Record<Language, typeof nb> = { nb, en };
