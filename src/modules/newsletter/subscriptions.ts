import { randomUUID } from 'node:crypto';
import { SYSTEM, VISITOR } from '#gates/actor.ts';
import type { LeaveAnswer } from '#gates/answers.ts';
import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';
import type { Language, Text } from '#statement/grammar.ts';
import { knownTopics } from './topics.ts';

export interface SignUp {
  readonly email: string;
  readonly topics: readonly string[];
  readonly language?: Language;
  readonly name?: string;
}

/**
 * Takes a sign-up and mails its confirmation (clause `1.1.newsletter`). Nothing is subscribed by it, and the answer is
 * the same for every address.
 */
export async function signUp(gates: Gates, request: SignUp, at: Date): Promise<void> {
  const topics = knownTopics(request.topics);
  const language = request.language ?? 'nb';
  const id = randomUUID();
  await gates.collect({
    point: 'newsletter.sign-up',
    actor: VISITOR,
    at,
    about: { email: request.email },
    gives: ({ person }) => ({
      values: { 'contact.name': request.name, 'preference.language': language },
      keeps: ['preference.language'],
      consent: { state: 'requested', language, surface: 'newsletter-sign-up', method: 'form' },
      rows: [{ table: 'newsletter.request', values: { person, id, topics, asked_at: at } }],
      letters: [{ kind: 'newsletter.confirm', purpose: 'confirmation', reference: id }],
    }),
  });
}

export interface Waiting {
  readonly person: string;
  readonly topics: string[];
  readonly language: Language;
  readonly wording: Text;
  readonly askedAt: Date;
}

/** The sign-up that a confirmation link is for; refuses one that is answered already, too old, or not ours. */
export async function waiting(gates: Gates, token: string): Promise<Waiting> {
  const id = gates.readToken('newsletter.confirm', token);
  const rows =
    id === undefined
      ? []
      : await gates
          .use('confirmation', SYSTEM)
          .rows<{ person: string; topics: string[]; asked_at: Date; language: string | null }>(
            `select r.person, r.topics, r.asked_at, (select language from vault.person v where v.person = r.person) as language
             from newsletter.request r
            where r.id = $1 and not exists (
              select from consent.event e where e.person = r.person and e.purpose = 'newsletter'
                 and e.state <> 'requested' and e.at >= r.asked_at)`,
            [id],
          );
  const row = rows[0];
  const wording = gates.statement.points['newsletter.confirm']?.consent;
  if (row === undefined || wording === undefined) throw new Refusal('newsletter.link-spent');
  const language = row.language === 'en' ? 'en' : 'nb';
  return { person: row.person, topics: row.topics, language, wording, askedAt: row.asked_at };
}

/** Gives the consent that the link asks for, and starts the subscription. Answers with the preference page's token. */
export async function confirm(
  gates: Gates,
  token: string,
  language: Language | undefined,
  at: Date,
): Promise<{ preferences: string; receipt: string }> {
  const request = await waiting(gates, token);
  const receipt = await subscribe(
    gates,
    request.person,
    request.topics,
    language ?? request.language,
    'newsletter-confirmation',
    at,
  );
  // After the yes, not with it: a crash in between leaves a request, which is forgotten like one nobody answered.
  const served = { point: 'newsletter.sign-up', tables: ['newsletter.request'] };
  await gates.answer.fulfil(request.person, served, { kind: 'person', id: request.person }, at);
  return { preferences: gates.token('newsletter.preferences', request.person), receipt };
}

/** Says no to a confirmation: what was given for it goes at once. */
export async function decline(gates: Gates, token: string, at: Date): Promise<LeaveAnswer> {
  const { person, language } = await waiting(gates, token);
  return gates.answer.decline(
    person,
    { point: 'newsletter.sign-up', language },
    { kind: 'person', id: person },
    { surface: 'newsletter-confirmation', method: 'button' },
    at,
  );
}

async function subscribe(
  gates: Gates,
  person: string,
  topics: readonly string[],
  language: Language,
  surface: string,
  at: Date,
): Promise<string> {
  const { receipt } = await gates.collect({
    point: 'newsletter.confirm',
    actor: { kind: 'person', id: person },
    at,
    about: { person },
    gives: () => ({
      values: {},
      keeps: ['contact.email', 'contact.name', 'preference.language'],
      consent: { state: 'given', language, surface, method: 'button' },
      rows: topics.map((topic) => ({
        table: 'newsletter.subscription',
        values: { person, topic, since: at },
        once: true,
      })),
    }),
  });
  return receipt!;
}

export interface Preferences {
  readonly person: string;
  readonly topics: string[];
  readonly language: Language;
  readonly since: Date;
}

/**
 * What a preference link leads to. The token is in every letter and never grows old (RFC 8058: a way out must work for
 * as long as the letter can be read); it shows topics and language, and no address.
 */
export async function preferences(gates: Gates, token: string): Promise<Preferences> {
  const person = gates.readToken('newsletter.preferences', token);
  const rows =
    person === undefined
      ? []
      : await gates
          .use('rights', SYSTEM)
          .rows<{ topics: string[] | null; since: Date | null; language: string | null }>(
            `select array(select topic from newsletter.subscription s where s.person = $1 order by topic) as topics,
                  (select min(since) from consent.active a where a.person = $1 and a.purpose = 'newsletter') as since,
                  (select language from vault.person v where v.person = $1) as language`,
            [person],
          );
  const row = rows[0];
  if (person === undefined || row?.since == null) throw new Refusal('newsletter.link-spent');
  return {
    person,
    topics: row.topics ?? [],
    language: row.language === 'en' ? 'en' : 'nb',
    since: row.since,
  };
}

/** Changes topics and language; taking on a topic is a consent of its own, leaving the last one is leaving. */
export async function prefer(
  gates: Gates,
  token: string,
  wish: { topics: readonly string[]; language: Language },
  at: Date,
): Promise<Preferences> {
  const now = await preferences(gates, token);
  const topics = knownTopics(wish.topics);
  const actor = { kind: 'person', id: now.person } as const;
  if (wish.language !== now.language)
    await gates.answer.correct(now.person, { 'preference.language': wish.language }, actor, at);
  const added = topics.filter((topic) => !now.topics.includes(topic));
  const dropped = now.topics.filter((topic) => !topics.includes(topic));
  if (added.length > 0)
    await subscribe(gates, now.person, added, wish.language, 'newsletter-preferences', at);
  if (dropped.length > 0)
    await gates.answer.endRows(now.person, 'newsletter.subscription', { topic: dropped }, actor, at);
  return preferences(gates, token);
}

/** Leaves the newsletter: one step, at once, no questions (clauses `r.withdraw`, `k.opt-out`). */
export async function leave(gates: Gates, token: string, at: Date): Promise<LeaveAnswer> {
  const { person } = await preferences(gates, token);
  return gates.answer.withdraw(
    person,
    'newsletter',
    { kind: 'person', id: person },
    { surface: 'newsletter-preferences', method: 'button' },
    at,
  );
}

/** What a coming version asks a subscriber anew. */
export interface AskedAnew {
  readonly words: Text;
  readonly version: string;
  readonly effectiveAt: string;
  /** True when they have said yes to it. */
  readonly answered: boolean;
}

/** What a coming version of the statement asks whoever has this preference link; null when it asks nothing. */
export async function asksAnew(gates: Gates, token: string, at: Date): Promise<AskedAnew | null> {
  const renewal = gates.answer.renewals(at).find(({ purpose }) => purpose === 'newsletter');
  if (renewal === undefined) return null;
  const { person } = await preferences(gates, token);
  const { words, version, effectiveAt } = renewal;
  const [row] = await gates.use('rights', SYSTEM).rows<{ statement: string }>(
    `select e.statement from consent.active a join consent.event e on e.person = a.person and e.id = a.event
      where a.person = $1 and a.purpose = 'newsletter'`,
    [person],
  );
  return { words, version, effectiveAt: effectiveAt.toISOString(), answered: row?.statement === version };
}

/** Says yes to a coming version, so that the letters go on under it (clause `v.notice`). */
export async function renew(gates: Gates, token: string, language: Language, at: Date): Promise<void> {
  const { person } = await preferences(gates, token);
  await gates.answer.renew(
    person,
    { purpose: 'newsletter', language },
    { kind: 'person', id: person },
    { surface: 'newsletter-preferences', method: 'button' },
    at,
  );
}
