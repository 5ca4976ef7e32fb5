import { createHash, randomUUID } from 'node:crypto';
import { canonicalJson } from '#platform/chain/canonical-json.ts';
import type { Language } from '#statement/grammar.ts';
import type { Actor } from './actor.ts';
import type { Row } from './collect-batch.ts';
import type { Engine } from './engine.ts';
import { digestOf } from './receipt.ts';
import { Refusal } from './refusal.ts';

/** An answer to a consent prompt, as it was put. The words are the collection point's own. */
export interface ConsentAnswer {
  readonly state: 'requested' | 'given' | 'refused';
  readonly language: Language;
  /** Where it was asked: a page or letter by name. */
  readonly surface: string;
  /** By which act it was answered: `button`, `checkbox`, … */
  readonly method: string;
}

/** SHA-256 of language and words, by which a wording is kept once. */
export function wordingHash(language: string, words: string): string {
  return createHash('sha256').update(`${language}\0${words}`).digest('hex');
}

/** The collection point whose consent wording a point leads to: its own, or that of its module's confirmation. */
export function consentPoint(
  engine: Engine,
  pointId: string,
): { words: Record<Language, string>; purpose: string } {
  const { points } = engine.statement;
  const family = pointId.slice(0, pointId.indexOf('.') + 1);
  const found = [
    points[pointId],
    ...Object.entries(points)
      .filter(([id]) => family !== '' && id.startsWith(family))
      .map(([, point]) => point),
  ].find((point) => point?.consent !== undefined);
  if (found?.consent === undefined) throw new Refusal('collect.consent-missing');
  return { words: found.consent, purpose: found.purpose };
}

export function consentWords(engine: Engine, pointId: string): Record<Language, string> {
  return consentPoint(engine, pointId).words;
}

export function consentRows(
  engine: Engine,
  rows: Row[],
  person: string,
  purpose: string,
  pointId: string,
  answer: ConsentAnswer,
  actor: Actor,
  at: Date,
): string {
  const point = engine.statement.points[pointId]!;
  // A request is made at the sign-up for the purpose that its confirmation will rest on.
  const words = consentWords(engine, pointId)[answer.language];
  const hash = wordingHash(answer.language, words);
  const id = randomUUID();
  const about = point.consent === undefined ? consentPoint(engine, pointId).purpose : purpose;
  rows.push({ table: 'consent.wording', values: { hash, language: answer.language, words }, once: true });
  rows.push({
    table: 'consent.event',
    values: {
      person,
      id,
      purpose: about,
      state: answer.state,
      wording: hash,
      language: answer.language,
      statement: engine.statement.version,
      surface: answer.surface,
      method: answer.method,
      actor: actor.kind === 'staff' || actor.kind === 'system' ? actor.kind : 'person',
      at,
    },
  });
  if (answer.state === 'given')
    rows.push({
      table: 'consent.active',
      values: { person, purpose: about, event: id, since: at },
      once: true,
    });
  return id;
}

/** The receipt of a consent (ISO/IEC TS 27560 calls it that): what was asked, in which words, and the answer. */
export function consentReceipt(
  engine: Engine,
  rows: Row[],
  person: string,
  pointId: string,
  answer: ConsentAnswer,
  at: Date,
): { id: string; digest: Buffer } {
  const { statement } = engine;
  const id = randomUUID();
  const { words, purpose } = consentPoint(engine, pointId);
  const body = {
    kind: 'consent' as const,
    id,
    person,
    at: at.toISOString(),
    statement: statement.version,
    operator: statement.operator.name,
    consent: { purpose, words: words[answer.language], ...answer },
  };
  rows.push({
    table: 'gate.receipt',
    values: { person, id, kind: 'consent', body: canonicalJson(body), at },
  });
  return { id, digest: digestOf(body) };
}
