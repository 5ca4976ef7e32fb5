import { createHmac, randomUUID } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A page to pay on that was asked for. */
export interface AskedPage {
  readonly id: string;
  readonly form: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
}

export const KEY = 'sk_test_loopback';
export const SIGNING = 'whsec_loopback';

/** A payment provider as tests need it: on this machine alone, in the shapes that a real one answers in. */
export class LoopbackPayments {
  readonly pages: AskedPage[] = [];
  /** Answers everything with this status while it is set. */
  down: number | undefined;
  card = { brand: 'visa', last4: '4242', exp_month: 4, exp_year: 2028 };
  readonly #server: Server;
  readonly #folder: string;

  private constructor(server: Server, folder: string) {
    this.#server = server;
    this.#folder = folder;
  }

  /** Listens, with its keys in a file and a statement beside it that names it. */
  static async open(): Promise<LoopbackPayments> {
    const folder = await mkdtemp(join(tmpdir(), 'hjemmel-payments-'));
    await writeFile(join(folder, 'payment.key'), `${KEY}\n${SIGNING}\n`);
    const statement = join(folder, 'statement');
    await cp(new URL('../statement/', import.meta.url), statement, { recursive: true });
    const rules = await readFile(join(statement, 'statement.yaml'), 'utf8');
    const named = `recipients:
  payments:
    name: Prøve Betaling AS
    kind: controller
    country: "NO"
    purposes: [agreement]
    categories: [customer.payment]
`;
    await writeFile(join(statement, 'statement.yaml'), rules.replace('recipients: {}\n', named));
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const made = new LoopbackPayments(server, folder);
    server.on('request', async (request, response) => {
      const answer = await made.#answer(request);
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
    });
    return made;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What the product is started with to use it. */
  get env(): Record<string, string> {
    return {
      PAYMENT_PROVIDER_URL: this.url,
      PAYMENT_KEY_FILE: join(this.#folder, 'payment.key'),
      STATEMENT_DIR: join(this.#folder, 'statement'),
    };
  }

  /** An event that says that a page was paid, as it would be sent at a moment. */
  event(page: AskedPage, at: Date, more: object = {}): string {
    return JSON.stringify({
      id: `evt_${page.id}`,
      type: 'checkout.session.completed',
      created: Math.floor(at.getTime() / 1000),
      data: {
        object: {
          id: page.id,
          payment_status: 'paid',
          client_reference_id: page.form.client_reference_id,
          metadata: { invoice: page.form['metadata[invoice]'] },
          amount_total: Number(page.form['line_items[0][price_data][unit_amount]']),
          currency: page.form['line_items[0][price_data][currency]'],
          payment_intent: `pi_${page.id}`,
          ...more,
        },
      },
    });
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    if (this.down !== undefined) return { status: this.down, body: { error: { type: 'api_error' } } };
    if (request.headers.authorization !== `Bearer ${KEY}`) return { status: 401, body: {} };
    if (request.method === 'POST' && request.url === '/v1/checkout/sessions') {
      const form = Object.fromEntries(new URLSearchParams(Buffer.concat(pieces).toString('utf8')));
      const once = request.headers['idempotency-key'];
      const before = this.pages.find(({ headers }) => headers['idempotency-key'] === once);
      const page = before ?? { id: randomUUID().slice(0, 8), form, headers: request.headers };
      if (before === undefined) this.pages.push(page);
      return { status: 200, body: { id: page.id, url: `${this.url}/pay/${page.id}` } };
    }
    const [, intent] = /^\/v1\/payment_intents\/(pi_\w+)\?expand/.exec(request.url ?? '') ?? [];
    if (intent === undefined) return { status: 404, body: {} };
    const { card } = this;
    return {
      status: 200,
      body: { id: intent, payment_method: { id: `pm_${card.last4}`, type: 'card', card } },
    };
  }
}

/** The header by which a provider signs an event. */
export function signatureOf(event: string, at: Date, key = SIGNING): string {
  const time = Math.floor(at.getTime() / 1000);
  return `t=${time},v1=${createHmac('sha256', key).update(`${time}.${event}`).digest('hex')}`;
}
