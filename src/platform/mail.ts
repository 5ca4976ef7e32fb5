import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import nodemailer, { type Transporter } from 'nodemailer';

/** A message, ready to go. `id` is the letter's own number and becomes its Message-ID, so that a repeat is recognised. */
export interface Message {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly at: Date;
}

export interface MailOptions {
  /** Where `.eml` files go when there is no SMTP server. */
  readonly outbox: string;
  /** Name and address that letters come from. */
  readonly from: { readonly name: string; readonly address: string };
  /** `smtp://…`; undefined: mail goes nowhere but the outbox. */
  readonly smtpUrl?: string;
  /** Host name for Message-IDs. */
  readonly host: string;
}

/** Sends letters: over SMTP where there is a server, else as one `.eml` file each. */
export class Mail {
  readonly #options: MailOptions;
  readonly #transport: Transporter;

  constructor(options: MailOptions) {
    this.#options = options;
    this.#transport =
      options.smtpUrl === undefined ? fileTransport() : nodemailer.createTransport(options.smtpUrl);
  }

  /** True when letters leave the house. */
  get leaves(): boolean {
    return this.#options.smtpUrl !== undefined;
  }

  /**
   * Delivers one message; rejects when the server did not take it. A file is written under the letter's number and
   * moved into place, so that a repeat after a crash replaces it and nobody reads half of one.
   */
  async deliver({ id, to, at, subject, text, html }: Message): Promise<void> {
    const { from, host, outbox, smtpUrl } = this.#options;
    const sent = await this.#transport.sendMail({
      text,
      html,
      from,
      to,
      date: at,
      messageId: `<${id}@${host}>`,
      subject,
      // Refuses attachments by path or URL: a letter is only ever what we wrote.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    if (smtpUrl !== undefined) return;
    const file = join(outbox, `${id}.eml`);
    const write = () => writeFile(`${file}.part`, sent.message as Buffer, { mode: 0o600 });
    await write().catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      await mkdir(outbox, { recursive: true, mode: 0o700 });
      await write();
    });
    await rename(`${file}.part`, file);
  }

  close(): void {
    this.#transport.close();
  }
}

/**
 * Composes and hands back. A file is there to be read as it lies, links whole, so its parts are not encoded; over SMTP
 * they are, since not every server on the way keeps eight bits and long lines.
 */
function fileTransport(): Transporter {
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  transport.use('stream', (mail, done) => {
    const parts = (mail.message as unknown as { childNodes: { getTransferEncoding(): string }[] }).childNodes;
    for (const part of parts) part.getTransferEncoding = () => '8bit';
    done();
  });
  return transport;
}

/** The names of the messages in an outbox folder; empty when nothing was ever sent. */
export async function outboxFiles(outbox: string): Promise<string[]> {
  const names = await readdir(outbox).catch(() => []);
  return names.filter((name) => name.endsWith('.eml')).map((name) => name.slice(0, -'.eml'.length));
}

/** One message of the outbox as it lies; undefined when there is none by that name. */
export async function readOutbox(outbox: string, id: string): Promise<string | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined;
  return readFile(join(outbox, `${id}.eml`), 'utf8').catch(() => undefined);
}
