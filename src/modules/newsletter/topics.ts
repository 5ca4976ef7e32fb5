import { Refusal } from '#gates/refusal.ts';
import type { Text } from '#statement/grammar.ts';

/** What letters can be about. The ids are kept with each subscription and are never reused. */
export const TOPICS: Readonly<Record<string, { label: Text; about: Text }>> = {
  nyhetsbrev: {
    label: { nb: 'Nyhetsbrevet', en: 'The newsletter' },
    about: { nb: 'Det viktigste, omtrent en gang i måneden.', en: 'What matters most, about once a month.' },
  },
  produkt: {
    label: { nb: 'Nytt i løsningen', en: 'New in the product' },
    about: {
      nb: 'Når noe nytt er på plass, og hva det kan brukes til.',
      en: 'When something new is in place, and what it is good for.',
    },
  },
  fag: {
    label: { nb: 'Fag og regelverk', en: 'Practice and rules' },
    about: {
      nb: 'Endringer i regler, og hva de betyr i praksis.',
      en: 'Changes in the rules, and what they mean in practice.',
    },
  },
};

/** The topics asked for, each once; refuses one that is not there, or none at all. */
export function knownTopics(topics: readonly string[]): string[] {
  const asked = [...new Set(topics)];
  if (asked.length === 0 || asked.some((topic) => !Object.hasOwn(TOPICS, topic)))
    throw new Refusal('newsletter.unknown-topic', ['topics']);
  return asked;
}
