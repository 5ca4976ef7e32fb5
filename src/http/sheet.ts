import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Sheet } from '#gates/module.ts';

/**
 * Sends a list as comma-separated values (RFC 4180), with the mark and the separator that a spreadsheet expects in the
 * reader's language. The first lines are read before anything is sent, so that a refusal is still a refusal.
 */
export async function sendSheet(
  reply: FastifyReply,
  { name, head, rows }: Sheet,
  language: string | undefined,
): Promise<FastifyReply> {
  const between = /^en\b/.test(language ?? '') ? ',' : ';';
  const line = (values: readonly string[]) => `${values.map(quoted).join(between)}\r\n`;
  const pages = rows[Symbol.asyncIterator]();
  let page = await pages.next();
  async function* lines() {
    yield `\uFEFF${line(head)}`;
    for (; page.done !== true; page = await pages.next()) yield page.value.map(line).join('');
  }
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .send(Readable.from(lines()));
}

/** A value between quotation marks. What a spreadsheet would reckon as a formula is made text (OWASP: CSV injection). */
function quoted(value: string): string {
  const text = /^[=+\-@\t\r]/.test(value) && !/^\+\d+$/.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}
