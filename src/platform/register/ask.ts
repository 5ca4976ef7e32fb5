/** What a server answered: its status, and the body where that is one to be read. */
export interface Answer {
  readonly status: number;
  /** Parsed JSON of a 200; undefined for every other status. */
  readonly body: unknown;
  /** Milliseconds that the server asks to be left alone. */
  readonly rest: number;
}

export interface Asking {
  readonly accept: string;
  readonly agent: string;
  /** Longest that an answer is waited for, its body included, in milliseconds. */
  readonly patience: number;
  /** Bytes of an answer, unpacked, beyond which it is not read on. */
  readonly most: number;
}

/** Why there was no answer that can be read. */
export class Unanswered extends Error {
  readonly code: 'timeout' | 'network' | 'too-large' | 'not-json' | 'redirected';

  constructor(code: Unanswered['code']) {
    super(code);
    this.code = code;
  }
}

/**
 * Asks for JSON, once, by GET and without a cookie. Follows no redirect, since it might lead to another host; reads no
 * more than it was told to, and nothing that does not say it is JSON: what stands in between may answer 200 with a page
 * of its own (Unanswered). No error quotes the address or the answer.
 */
export async function askJson(url: URL, { accept, agent, patience, most }: Asking): Promise<Answer> {
  const signal = AbortSignal.timeout(patience);
  try {
    const response = await fetch(url, {
      headers: { accept, 'user-agent': agent },
      redirect: 'manual',
      signal,
    });
    const { status, headers } = response;
    const rest = restOf(headers.get('retry-after'));
    if (status !== 200) {
      // Not awaited: nothing that follows in this body is of any use.
      response.body?.cancel().catch(() => {});
      if (status >= 300 && status < 400) throw new Unanswered('redirected');
      return { status, body: undefined, rest };
    }
    if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(headers.get('content-type') ?? '')) {
      response.body?.cancel().catch(() => {});
      throw new Unanswered('not-json');
    }
    return { status, body: parsed(await textOf(response, most)), rest };
  } catch (error) {
    if (error instanceof Unanswered) throw error;
    throw new Unanswered(signal.aborted ? 'timeout' : 'network');
  }
}

async function textOf(response: Response, most: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    bytes += piece.length;
    // Leaving the loop closes the connection.
    if (bytes > most) throw new Unanswered('too-large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unanswered('not-json');
  }
}

/** Seconds of `Retry-After` as milliseconds (RFC 9110 section 10.2.3); a date there counts as nothing said. */
function restOf(retryAfter: string | null): number {
  return retryAfter !== null && /^\d{1,6}$/.test(retryAfter.trim()) ? Number(retryAfter) * 1000 : 0;
}
