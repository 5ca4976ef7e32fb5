import { createHmac, timingSafeEqual } from 'node:crypto';

/** An invoice that somebody wishes to pay on the provider's own page. */
export interface Wish {
  readonly client: string;
  readonly invoice: string;
  /** What the page calls it: the invoice's number and nothing else. */
  readonly title: string;
  /** In the currency's smallest unit. */
  readonly amount: number;
  readonly currency: string;
  /** Where the page leads back to, paid or not. */
  readonly back: string;
}

/** What is known of a card: enough to tell it from another, and not to pay with it. */
export interface MaskedCard {
  /** The provider's number for it. */
  readonly reference: string;
  readonly brand: string;
  readonly lastFour: string;
  /** `2028-04` */
  readonly expires: string;
}

/** A payment that the provider says has come in. */
export interface Paid {
  /** The provider's number for the payment. */
  readonly reference: string;
  readonly client: string;
  readonly invoice: string;
  readonly amount: number;
  readonly currency: string;
  readonly at: Date;
  readonly card: MaskedCard | undefined;
}

/** Takes payments on a page of its own. */
export interface PaymentPort {
  /** Who it is, for records. */
  readonly name: string;
  /** Makes a page to pay on; answers with its address. Throws PaymentFault `away`. */
  begin(wish: Wish): Promise<string>;
  /**
   * Reads an event that the provider sends: a payment that has come in, or undefined for any other. Throws PaymentFault
   * `unsigned` for what the provider did not sign just now, and `away` when it cannot be asked what it means.
   */
  paid(event: Buffer, signature: string | undefined, now: Date): Promise<Paid | undefined>;
}

/** Why a payment cannot be begun or read. Quotes nothing of either. */
export class PaymentFault extends Error {
  readonly code: 'away' | 'unsigned';

  constructor(code: PaymentFault['code']) {
    super(code);
    this.code = code;
  }
}

export interface HostedOptions {
  /** The provider's API, without a slash at the end. */
  readonly baseUrl: string;
  /** Our key to it. */
  readonly key: string;
  /** What it signs its events with. */
  readonly signing: string;
}

const PATIENCE = 10_000;
/** Bytes of an answer beyond which it is not read on. */
const MOST = 256 * 1024;
/** Seconds that a signature is good for, either way: an event that was overheard is not sent again later. */
const TOLERANCE = 300;
/** Events of a session that is paid, at once or after a while. */
const PAID = new Set(['checkout.session.completed', 'checkout.session.async_payment_succeeded']);

interface Session {
  readonly payment_status?: string;
  readonly client_reference_id?: string;
  readonly metadata?: { readonly invoice?: string };
  readonly amount_total?: number;
  readonly currency?: string;
  readonly payment_intent?: string;
}
interface Intent {
  readonly payment_method?: {
    readonly id?: string;
    readonly card?: { brand?: string; last4?: string; exp_month?: number; exp_year?: number };
  };
}

/**
 * A provider whose page is made by a session: `POST /v1/checkout/sessions`, a redirect, and a signed event when it is paid
 * (the shape of Stripe Checkout). The card is typed on the provider's page: no number of one ever comes here, and no name
 * or address of anybody goes there.
 */
export class HostedPayments implements PaymentPort {
  readonly name: string;
  readonly #base: URL;
  readonly #key: string;
  readonly #signing: string;

  constructor({ baseUrl, key, signing }: HostedOptions) {
    this.#base = new URL(`${baseUrl}/`);
    this.name = this.#base.hostname;
    this.#key = key;
    this.#signing = signing;
  }

  async begin({ client, invoice, title, amount, currency, back }: Wish): Promise<string> {
    const form = new URLSearchParams({
      mode: 'payment',
      client_reference_id: client,
      'metadata[invoice]': invoice,
      'line_items[0][quantity]': '1',
      'line_items[0][price_data][currency]': currency.toLowerCase(),
      'line_items[0][price_data][unit_amount]': String(amount),
      'line_items[0][price_data][product_data][name]': title,
      success_url: back,
      cancel_url: back,
    });
    // Pressed twice, the same page comes back.
    const { url } = (await this.#ask('POST', 'v1/checkout/sessions', form, `${invoice}/${amount}`)) as {
      url?: unknown;
    };
    const page = typeof url === 'string' ? URL.parse(url) : null;
    if (page === null || (page.protocol !== 'https:' && page.origin !== this.#base.origin))
      throw new PaymentFault('away');
    return page.href;
  }

  async paid(event: Buffer, signature: string | undefined, now: Date): Promise<Paid | undefined> {
    if (!this.#isSigned(event, signature, now)) throw new PaymentFault('unsigned');
    const { type, created, data } = eventOf(event);
    const session = data?.object;
    if (type === undefined || !PAID.has(type) || session?.payment_status !== 'paid') return undefined;
    const { client_reference_id: client, metadata, amount_total: amount, currency, payment_intent } = session;
    const isWhole = Number.isSafeInteger(amount) && Number.isSafeInteger(created);
    if (!client || !metadata?.invoice || !currency || !payment_intent || !isWhole) return undefined;
    const path = `v1/payment_intents/${encodeURIComponent(payment_intent)}?expand[]=payment_method`;
    const intent = (await this.#ask('GET', path)) as Intent;
    return {
      reference: payment_intent,
      client,
      invoice: metadata.invoice,
      amount: amount!,
      currency: currency.toUpperCase(),
      at: new Date(created! * 1000),
      card: maskedOf(intent),
    };
  }

  /** `t=…,v1=…`: an HMAC of the moment and the very bytes, under a key that the two of us have. */
  #isSigned(event: Buffer, signature = '', now: Date): boolean {
    const parts = signature.split(',').map((part) => part.trim().split('=') as [string, string?]);
    const time = parts.find(([name]) => name === 't')?.[1] ?? '';
    if (!/^\d{1,12}$/.test(time) || Math.abs(now.getTime() / 1000 - Number(time)) > TOLERANCE) return false;
    const right = createHmac('sha256', this.#signing).update(`${time}.`).update(event).digest();
    return parts.some(([name, hex = '']) => {
      const given = Buffer.from(/^[0-9a-f]{64}$/.test(hex) ? hex : '', 'hex');
      return name === 'v1' && given.length === right.length && timingSafeEqual(given, right);
    });
  }

  /** Asks once, follows nothing, reads a bounded answer. */
  async #ask(method: string, path: string, form?: URLSearchParams, once?: string): Promise<object> {
    try {
      const response = await fetch(new URL(path, this.#base), {
        method,
        headers: {
          authorization: `Bearer ${this.#key}`,
          accept: 'application/json',
          ...(once === undefined ? {} : { 'idempotency-key': once }),
        },
        ...(form === undefined ? {} : { body: form }),
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE),
      });
      let size = 0;
      const pieces: Uint8Array[] = [];
      for await (const piece of response.body ?? []) {
        size += piece.length;
        if (size > MOST) throw new PaymentFault('away');
        pieces.push(piece);
      }
      const answer: unknown = JSON.parse(Buffer.concat(pieces).toString('utf8'));
      if (!response.ok || typeof answer !== 'object' || answer === null) throw new PaymentFault('away');
      return answer;
    } catch {
      // Whatever it was, nothing is known to have been done: it is safe to ask again.
      throw new PaymentFault('away');
    }
  }
}

interface Event {
  readonly type?: string;
  /** Seconds since 1970. */
  readonly created?: number;
  readonly data?: { readonly object?: Session };
}

/** What an event says; nothing for what is no JSON. */
function eventOf(event: Buffer): Event {
  try {
    return (JSON.parse(event.toString('utf8')) ?? {}) as Event;
  } catch {
    return {};
  }
}

/** A card as the provider masks it; undefined for a way of paying that has none. */
function maskedOf({ payment_method: method }: Intent): MaskedCard | undefined {
  const { brand, last4, exp_month: month, exp_year: year } = method?.card ?? {};
  if (!method?.id || !brand || !/^\d{4}$/.test(last4 ?? '') || !month || !year) return undefined;
  return {
    reference: method.id,
    brand: brand.slice(0, 30),
    lastFour: last4!,
    expires: `${year}-${String(month).padStart(2, '0')}`,
  };
}
