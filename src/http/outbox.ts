import type { FastifyInstance } from 'fastify';
import PostalMime from 'postal-mime';
import { Refusal } from '#gates/refusal.ts';
import { outboxFiles, readOutbox } from '#platform/mail.ts';
import type { OutboxAnswer, OutboxMail } from './contract/outbox.ts';

/** The letters that would have gone out, for a demo alone: whoever can open it reads everybody's mail. */
export async function outbox(api: FastifyInstance, { folder }: { folder: string }): Promise<void> {
  api.get('/outbox', async (): Promise<OutboxAnswer> => {
    const ids = await outboxFiles(folder);
    const mails = (await Promise.all(ids.map((id) => open(folder, id)))).filter((mail) => mail !== undefined);
    mails.sort((a, b) => (a.at < b.at ? 1 : -1));
    return { mails: mails.slice(0, 200).map(({ id, at, to, subject }) => ({ id, at, to, subject })) };
  });
  api.get<{ Params: { id: string } }>('/outbox/:id', async (request): Promise<OutboxMail> => {
    const mail = await open(folder, request.params.id);
    if (mail === undefined) throw new Refusal('answer.unknown-item');
    return mail;
  });
}

async function open(folder: string, id: string): Promise<OutboxMail | undefined> {
  const raw = await readOutbox(folder, id);
  if (raw === undefined) return undefined;
  const mail = await PostalMime.parse(raw);
  const text = mail.text ?? '';
  return {
    id,
    at: mail.date ?? '',
    to: mail.to?.[0]?.address ?? '',
    from: mail.from?.address ?? '',
    subject: mail.subject ?? '',
    text,
    links: text.match(/https?:\/\/\S+/g) ?? [],
  };
}
