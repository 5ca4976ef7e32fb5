import type { FastifyReply } from 'fastify';
import { etagOf } from './etag.ts';

const made = new WeakMap<object, { readonly text: string; readonly etag: string }>();

/**
 * Sends an answer that anybody may keep a while (`keeps`). While a route answers with the very same object, as it does
 * with what it has in memory, its text is made once: a new answer is a new object, and none is changed in place.
 */
export function sendKept(reply: FastifyReply, answer: object): FastifyReply {
  let known = made.get(answer);
  if (known === undefined) {
    const text = JSON.stringify(answer);
    known = { text, etag: etagOf(text) };
    made.set(answer, known);
  }
  return reply.type('application/json; charset=utf-8').header('etag', known.etag).send(known.text);
}
