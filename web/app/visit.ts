/**
 * What the server hands a page for one visit. The pages know the HTTP contract and this, and nothing else of the
 * program.
 */
import { createContext, data, type RouterContextProvider, redirect } from 'react-router';
import type { Problem } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { languageOf, path } from './paths.ts';

/** An answer of the API. `body` is parsed JSON, raw bytes for any other type, and undefined when empty. */
export interface ApiAnswer<Body> {
  status: number;
  body: Body;
  type: string;
}

/** One visitor's errand. */
export interface Visit {
  /** Calls `/api/v1` + path as this visitor. Cookies go along, and those set by the answer go back to the browser. */
  api<Body>(method: string, path: string, body?: unknown): Promise<ApiAnswer<Body>>;
  /** The demo: mails are shown at `/utboks` instead of being sent. */
  demo: boolean;
  /** Takes a failure of a page to the log. */
  failed?(error: unknown): void;
  /** Set when the server could not even begin: the page to show is the one that says so. */
  trouble?: { status: number; code: string };
}

/** The key under which a page finds its visit. */
export const visit = createContext<Visit>();

type Context = Readonly<RouterContextProvider>;

/** Calls the API and gives the answer as it is. */
export function call<Body>(context: Context, method: string, where: string, body?: unknown) {
  return context.get(visit).api<Body | Problem>(method, where, body);
}

/**
 * Reads from the API, or leaves the page: to sign in when the visitor is not signed in, to the error page with the
 * problem's own status otherwise.
 */
export async function read<Body>(context: Context, request: Request, where: string): Promise<Body> {
  const answer = await call<Body>(context, 'GET', where);
  if (answer.status < 300) return answer.body as Body;
  throw refused(answer, languageOf(new URL(request.url).pathname));
}

/** Does something through the API on behalf of a signed-in person; leaves the page when it cannot be done. */
export async function act<Body>(
  context: Context,
  request: Request,
  method: string,
  where: string,
  body?: unknown,
): Promise<Body> {
  const answer = await call<Body>(context, method, where, body);
  if (answer.status < 300) return answer.body as Body;
  throw refused(answer, languageOf(new URL(request.url).pathname));
}

/** What to throw when the API says no. */
export function refused(answer: ApiAnswer<unknown>, language: Language): unknown {
  if (answer.status === 401) return redirect(path('signIn', language), 303);
  const problem = answer.body as Partial<Problem> | undefined;
  return data({ code: problem?.code ?? `http.${answer.status}` }, { status: answer.status });
}
