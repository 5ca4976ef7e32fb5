import type { FastifyInstance } from 'fastify';
import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';
import { KeyAnswer } from './contract/proof.ts';
import { ReceiptAnswer } from './contract/receipt.ts';
import { demand, NOBODY, type Visitor } from './demand.ts';
import type { Operation } from './openapi.ts';
import { SessionCookie } from './session-cookie.ts';

/** What is answered as a file rather than as JSON of the contract: exports and receipts. */
export interface DownloadOptions {
  readonly gates: Gates;
  readonly baseUrl: string;
  readonly now: () => Date;
  readonly whose: (token: string, at: Date) => Promise<Visitor | undefined>;
  readonly publicKey: { readonly algorithm: 'Ed25519'; readonly key: string; readonly id: string };
}

/** What is served here, for the description of the API. */
export const FILES: readonly Operation[] = [
  {
    method: 'GET',
    path: '/me/export',
    about: 'Everything held on the signed-in person, as a zip: data.json, index.html and the receipts.',
    who: 'person',
    outcome: 'read',
    type: 'application/zip',
  },
  {
    method: 'GET',
    path: '/receipts/:id',
    about: 'A signed receipt, by its number; the number is the key to it.',
    who: 'anybody',
    outcome: 'read',
    answers: ReceiptAnswer,
    refuses: ['answer.unknown-receipt', 'answer.past-receipt'],
  },
  {
    method: 'GET',
    path: '/journal/key',
    about: 'The public key that receipts are checked with.',
    who: 'anybody',
    outcome: 'read',
    answers: KeyAnswer,
  },
];

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `/me/export` (a zip), `/receipts/:id` (a signed receipt) and `/journal/key` (what to check it with). */
export async function downloads(api: FastifyInstance, options: DownloadOptions): Promise<void> {
  const { gates, now } = options;
  const cookie = new SessionCookie(options.baseUrl);
  api.get('/me/export', async (request, reply) => {
    const token = cookie.read(request.headers.cookie);
    const visitor = (token === undefined ? undefined : await options.whose(token, now())) ?? NOBODY;
    demand({ who: 'person' }, visitor);
    const language = /^en\b/.test(request.headers['accept-language'] ?? '') ? 'en' : 'nb';
    const zip = await gates.answer.export(visitor.actor.id!, visitor.actor, now(), language);
    return reply
      .type('application/zip')
      .header('content-disposition', 'attachment; filename="hjemmel-export.zip"')
      .header('cache-control', 'no-store')
      .send(Buffer.from(zip));
  });
  api.get<{ Params: { id: string } }>('/receipts/:id', async (request, reply) => {
    // The number is 122 random bits, known to the person alone: it is the key to the receipt, also after an erasure.
    if (!UUID.test(request.params.id)) throw new Refusal('answer.unknown-receipt');
    const receipt = await gates.answer.receipt(request.params.id, now());
    return reply
      .type('application/json')
      .header('content-disposition', `attachment; filename="receipt-${request.params.id}.json"`)
      .header('cache-control', 'no-store')
      .send(`${JSON.stringify(receipt, null, 2)}\n`);
  });
  api.get('/journal/key', async () => options.publicKey);
}
