import type { FastifyInstance } from 'fastify';

export interface PaymentEventOptions {
  readonly now: () => Date;
  /** Takes an event that a provider sent and signed; refuses what it did not. */
  readonly taken: (event: Buffer, signature: string | undefined, at: Date) => Promise<void>;
}

/**
 * `POST /api/v1/payment-events`: what a payment provider sends when somebody has paid. It is signed over its very bytes, so
 * they are read as they came. An answer that is no success makes the provider send it again.
 */
export async function paymentEvents(
  api: FastifyInstance,
  { now, taken }: PaymentEventOptions,
): Promise<void> {
  api.removeAllContentTypeParsers();
  api.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  api.post<{ Body: Buffer | undefined }>('/payment-events', async (request, reply) => {
    const signature = request.headers['stripe-signature'];
    await taken(
      request.body ?? Buffer.alloc(0),
      typeof signature === 'string' ? signature : undefined,
      now(),
    );
    return reply.header('cache-control', 'no-store').send({});
  });
}
