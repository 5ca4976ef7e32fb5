import type { Language } from '#statement/grammar.ts';

const nb = {
  title: 'Klage',
  lead: 'Mener du at vi behandler opplysningene dine galt? Det finnes tre veier, og du kan bruke alle.',
  selfTitle: 'Rett det selv',
  selfText:
    'På «Mitt personvern» kan du rette, slette, protestere og begrense uten å spørre noen. Det virker med en gang.',
  self: 'Gå til «Mitt personvern»',
  usTitle: 'Skriv til oss',
  usText: (mailbox: string) =>
    `Skriv til ${mailbox} og si hva som er galt. Du trenger ikke vise til noen lov.`,
  usDeadline: (period: string) => `Du får svar så fort vi kan, og senest innen ${period}.`,
  us: 'Skriv e-post',
  authorityTitle: (name: string) => `Klag til ${name}`,
  authorityText: (name: string) =>
    `${name} er myndigheten som passer på personvernet. Du kan klage dit når som helst, gratis. De ber deg gjerne ta det opp med oss først, så ta vare på svaret du fikk.`,
  bring: 'Ta med dette, så går det fortere:',
  bringList: [
    'hva som har skjedd, og når',
    'hva du har bedt oss om, og hva vi svarte',
    'kopien av opplysningene dine og loggen over hvem som har sett på dem, begge fra «Mitt personvern»',
    'kvitteringene du har fått fra oss; hvem som helst kan kontrollere at de er ekte',
  ],
  authority: (name: string) => `Til ${name}`,
  copy: 'Hent kopien og loggen',
};

const en: typeof nb = {
  title: 'Complain',
  lead: 'Do you think that we handle your data wrongly? There are three ways, and you may use them all.',
  selfTitle: 'Put it right yourself',
  selfText:
    'At “My privacy” you can correct, erase, object and restrict without asking anyone. It works at once.',
  self: 'Go to “My privacy”',
  usTitle: 'Write to us',
  usText: (mailbox) => `Write to ${mailbox} and say what is wrong. You need not refer to any law.`,
  usDeadline: (period) => `You get an answer as soon as we can, and within ${period} at the latest.`,
  us: 'Write an e-mail',
  authorityTitle: (name) => `Complain to ${name}`,
  authorityText: (name) =>
    `${name} is Norway’s data protection authority. You may complain there at any time, free of charge. They will often ask you to take it up with us first, so keep the answer you got.`,
  bring: 'Bring this along and it goes faster:',
  bringList: [
    'what has happened, and when',
    'what you have asked us for, and what we answered',
    'the copy of your data and the log of who has looked at it, both from “My privacy”',
    'the receipts you have had from us; anyone can check that they are genuine',
  ],
  authority: (name) => `To ${name}`,
  copy: 'Fetch the copy and the log',
};

/** How to complain. */
export const complaint: Record<Language, typeof nb> = { nb, en };
