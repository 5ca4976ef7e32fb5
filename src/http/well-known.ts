import type { FastifyInstance } from 'fastify';
import type { Statement } from '#statement/grammar.ts';
import { statementJsonLd } from './statement-json-ld.ts';

/** `/.well-known/`: where to report a hole (RFC 9116), Global Privacy Control, and the statement as W3C DPV. */
export async function wellKnown(
  app: FastifyInstance,
  options: { statement: Statement; baseUrl: string; now: () => Date },
): Promise<void> {
  const { statement, baseUrl, now } = options;
  app.get('/.well-known/security.txt', async (_request, reply) => {
    // RFC 9116 advises less than a year; counted from today, so that it never runs out while somebody serves it.
    const expires = new Date(now().getTime() + 180 * 86_400_000).toISOString();
    const lines = [
      `Contact: mailto:${statement.operator.mailbox}`,
      `Expires: ${expires}`,
      'Preferred-Languages: nb, en',
      `Canonical: ${baseUrl}/.well-known/security.txt`,
      `Policy: ${baseUrl}/en/privacy`,
    ];
    return reply.type('text/plain; charset=utf-8').send(`${lines.join('\n')}\n`);
  });
  app.get('/.well-known/gpc.json', async () => ({ gpc: true, lastUpdate: statement.updated }));
  const jsonLd = statementJsonLd(statement, baseUrl);
  app.get('/.well-known/personvern.json', async (_request, reply) =>
    reply.type('application/ld+json').send(JSON.stringify(jsonLd)),
  );
}
