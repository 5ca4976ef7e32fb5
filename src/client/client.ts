/**
 * A client of the API for other programs: typed by method and path, with problems as errors, lists page by page, requests
 * that are carried out once, and patience where the server asks for it. It needs `fetch` and nothing else.
 */
import { type Operations, type Problem, TAKES_KEY } from './api.ts';

/** Where the API is, and who calls. */
export interface Connection {
  /** `https://…` without a path. */
  readonly url: string;
  /** A key of another system, `hjm_…`; without one only what anybody may do can be done. */
  readonly token?: string;
  /** Most times that a call is tried again when the server is away or asks for patience; 3 when left out. */
  readonly retries?: number;
  readonly fetch?: typeof fetch;
  /** Waits so many milliseconds. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

type Name = keyof Operations;
type Part<N extends Name, K extends string> = K extends keyof Operations[N] ? Operations[N][K] : undefined;
type Needed<N extends Name, K extends 'path' | 'query' | 'body'> = Operations[N] extends { [P in K]: infer T }
  ? K extends 'query'
    ? { readonly query?: T }
    : { readonly [P in K]: T }
  : unknown;

/** What a call of an operation takes. */
export type Asks<N extends Name> = Needed<N, 'path'> &
  Needed<N, 'query'> &
  Needed<N, 'body'> & {
    /** The ETag of an answer held already: `status` 304 and no `answer` where it is still the same. */
    readonly ifNoneMatch?: string;
    /** The ETag of what was last read: a change is refused (`http.stale`) where it is no longer so. */
    readonly ifMatch?: string;
    /** Names this request, so that it is carried out once however often it is sent; made when left out. */
    readonly idempotencyKey?: string;
    readonly signal?: AbortSignal;
  };

/** What an operation answered. */
export interface Answered<N extends Name> {
  readonly status: number;
  readonly answer: Part<N, 'answer'>;
  readonly etag: string | undefined;
}

/** Operations that tell a list page by page. */
export type Paged = {
  [N in Name]: Operations[N] extends { answer: { next: string | null } } ? N : never;
}[Name];

/** A refusal of the API, or a failure of it: an RFC 9457 problem document, thrown. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  /** One of the codes in `docs/refusals.md`, stable for good. */
  readonly code: Problem['code'];
  readonly fields: NonNullable<Problem['fields']>;
  /** Seconds to wait before it is worth trying again, where the server said so. */
  readonly retryAfter: number | undefined;

  constructor(problem: Problem, retryAfter?: number) {
    super(problem.detail);
    this.status = problem.status;
    this.code = problem.code;
    this.fields = problem.fields ?? [];
    this.retryAfter = retryAfter;
  }
}

/** Seconds that are waited at most before a call is tried again: whoever asks for more is left to the caller. */
const LONGEST = 60;

export class Client {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Calls an operation, such as `GET /persons/{person}`. Throws an {@link ApiProblem} where it is refused. */
  async call<N extends Name>(name: N, asks: Asks<N>): Promise<Answered<N>> {
    const { retries = 3, wait = pause } = this.#connection;
    const request = this.#request(name, asks as Loose);
    for (let tries = 0; ; tries += 1) {
      const outcome = await this.#send(request).catch((error: unknown) => ({ error }));
      if (!('error' in outcome)) {
        const problem = await problemOf(outcome);
        if (problem === undefined) return await answeredOf<N>(outcome);
        const seconds = problem.retryAfter;
        if (tries >= retries || seconds === undefined || seconds > LONGEST) throw problem;
        // Too many: nothing was done. Away: what can be sent twice is sent again.
        if (problem.status !== 429 && !(problem.status === 503 && request.repeats)) throw problem;
        await wait(seconds * 1000);
      } else {
        if (tries >= retries || !request.repeats || request.init.signal?.aborted) throw outcome.error;
        await wait(250 * 2 ** tries);
      }
    }
  }

  /** A list page by page, as it is told; pages come when they are asked for. */
  async *pages<N extends Paged>(name: N, asks: Asks<N>): AsyncGenerator<Part<N, 'answer'>> {
    let cursor: string | undefined;
    do {
      const { query } = asks as Loose;
      const page = { ...asks, query: { ...query, ...(cursor === undefined ? {} : { cursor }) } };
      const { answer } = await this.call(name, page as Asks<N>);
      yield answer;
      cursor = (answer as { next: string | null }).next ?? undefined;
    } while (cursor !== undefined);
  }

  #send({ url, init }: Request): Promise<Response> {
    const { fetch: send = fetch } = this.#connection;
    return send(url, init);
  }

  #request(name: Name, asks: Loose): Request {
    const [method, form] = name.split(' ') as [string, string];
    const path = form.replace(/\{(\w+)\}/g, (_, part: string) =>
      encodeURIComponent(String(asks.path?.[part])),
    );
    const url = new URL(`/api/v1${path}`, this.#connection.url);
    for (const [field, value] of Object.entries(asks.query ?? {}))
      if (value !== undefined) url.searchParams.set(field, String(value));
    const takesKey = TAKES_KEY.has(name);
    const headers = new Headers({ accept: 'application/json' });
    const { token } = this.#connection;
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    if (asks.body !== undefined) headers.set('content-type', 'application/json');
    if (asks.ifMatch !== undefined) headers.set('if-match', asks.ifMatch);
    if (asks.ifNoneMatch !== undefined) headers.set('if-none-match', asks.ifNoneMatch);
    if (takesKey) headers.set('idempotency-key', `"${asks.idempotencyKey ?? crypto.randomUUID()}"`);
    const init = {
      method,
      headers,
      ...(asks.body === undefined ? {} : { body: JSON.stringify(asks.body) }),
      ...(asks.signal === undefined ? {} : { signal: asks.signal }),
    };
    return { url, init, repeats: method === 'GET' || method === 'PUT' || method === 'DELETE' || takesKey };
  }
}

interface Request {
  readonly url: URL;
  readonly init: RequestInit;
  /** Whether it can be sent again when nobody knows what came of it. */
  readonly repeats: boolean;
}

/** What a call takes, without the types that tell one operation from another. */
interface Loose {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly ifNoneMatch?: string;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

async function problemOf(response: Response): Promise<ApiProblem | undefined> {
  if (response.status < 400) return undefined;
  const after = response.headers.get('retry-after');
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json');
  // Something between us and the server may answer in its own words.
  const problem: Problem = isProblem
    ? ((await response.json()) as Problem)
    : {
        type: 'about:blank',
        title: response.statusText,
        status: response.status,
        code: 'http.failed',
        detail: `The server answered with status ${response.status}.`,
      };
  return new ApiProblem(problem, after !== null && /^\d+$/.test(after) ? Number(after) : undefined);
}

async function answeredOf<N extends Name>(response: Response): Promise<Answered<N>> {
  const type = response.headers.get('content-type') ?? '';
  const isEmpty = response.status === 204 || response.status === 304;
  const answer: unknown = isEmpty
    ? undefined
    : type.startsWith('application/json')
      ? await response.json()
      : new Uint8Array(await response.arrayBuffer());
  const told = answer as Part<N, 'answer'>;
  return { status: response.status, answer: told, etag: response.headers.get('etag') ?? undefined };
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
