import type { FastifyReply, FastifyRequest } from 'fastify';
import { isPersonNumber } from '#gates/actor.ts';
import type { Gates } from '#gates/gates.ts';
import type { Route } from '#gates/module.ts';
import type { Asked } from '#gates/once.ts';
import { Refusal } from '#gates/refusal.ts';
import type { Visitor } from './demand.ts';
import { HttpRefusal } from './problem.ts';

/** A key that a caller chose, quoted as the header's draft has it or not: long enough that nobody guesses it. */
const KEY = /^"?([\x21\x23-\x7e]{16,200})"?$/;

/**
 * Routes where a request under an Idempotency-Key (draft-ietf-httpapi-idempotency-key-header) is carried out once: those
 * that make something. A session or a key of another system is told once and never again, not even to who asks twice.
 */
export function takesKey({
  method,
  outcome,
  who,
  session,
  tells,
}: Pick<Route, 'method' | 'outcome' | 'who' | 'session' | 'tells'>): boolean {
  return (
    method === 'POST' && outcome !== 'read' && who !== 'anybody' && session === undefined && tells !== 'once'
  );
}

/**
 * The request as it is kept under its key; undefined where there is none, or where the route takes none: what anybody may
 * send is safe to send twice as it is.
 */
export function askedOf(
  route: Route,
  request: FastifyRequest,
  { actor, keeper }: Visitor,
): Asked | undefined {
  const header = request.headers['idempotency-key'];
  if (header === undefined || !takesKey(route)) return undefined;
  const key = typeof header === 'string' ? KEY.exec(header)?.[1] : undefined;
  if (key === undefined)
    throw new HttpRefusal('http.invalid-field', [{ field: 'idempotency-key', reason: 'invalid_format' }]);
  const { person } = request.params as { person?: string };
  return {
    actor: actor.id!,
    key,
    what: JSON.stringify([route.method, request.url, request.body ?? null]),
    person: person !== undefined && isPersonNumber(person) ? person : (keeper ?? actor.id!),
  };
}

/** Carries `act` out once under a key; the same request again gets the same answer, status and body. */
export async function once(
  asked: Asked | undefined,
  on: { readonly gates: Gates; readonly at: Date; readonly reply: FastifyReply },
  act: () => Promise<unknown>,
): Promise<unknown> {
  if (asked === undefined) return act();
  const { gates, at, reply } = on;
  const earlier = await gates.once.begin(asked, at);
  if (earlier?.kind === 'other') throw new HttpRefusal('http.key-reused');
  if (earlier?.kind === 'unsettled') throw new HttpRefusal('http.key-in-use');
  if (earlier !== undefined) {
    reply.code(earlier.status).header('cache-control', 'no-store');
    return earlier.answer === ''
      ? reply.send()
      : reply.type('application/json; charset=utf-8').send(earlier.answer);
  }
  let answer: unknown;
  try {
    answer = await act();
  } catch (error) {
    // Refused: nothing was changed. Of any other failure nobody knows, so the key is not free to do it again.
    if (error instanceof Refusal || error instanceof HttpRefusal) await gates.once.drop(asked);
    throw error;
  }
  await gates.once.settle(asked, reply.statusCode, answer === undefined ? '' : JSON.stringify(answer));
  return answer;
}
