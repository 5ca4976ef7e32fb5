/**
 * What the server hands a page for one visit. The pages know the HTTP contract and this, and nothing else of the
 * program.
 */
import { createContext, data, type RouterContextProvider, redirect } from 'react-router';
import type { Problem, SessionAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { confirmFrom, languageOf, path } from './paths.ts';

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
 * Reads from the API, or leaves the page: to sign in when the visitor is not signed in, to confirm who they are when that
 * is asked for, to the error page with the problem's own status otherwise.
 */
export function read<Body>(context: Context, request: Request, where: string): Promise<Body> {
  return act<Body>(context, request, 'GET', where);
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
  const { pathname } = new URL(request.url);
  throw refused(answer, languageOf(pathname), pathname);
}

/** What to throw when the API says no; `pathname` is where to come back to once it was shown who it is. */
export function refused(answer: ApiAnswer<unknown>, language: Language, pathname = ''): unknown {
  const code = (answer.body as Partial<Problem> | undefined)?.code;
  return (
    elsewhere(answer, language, pathname) ??
    data({ code: code ?? `http.${answer.status}` }, { status: answer.status })
  );
}

/** Where a no sends the visitor before they can go on: to sign in, or to show who they are. Undefined for any other. */
export function elsewhere(
  answer: ApiAnswer<unknown>,
  language: Language,
  pathname: string,
): Response | undefined {
  if (answer.status === 401) return redirect(path('signIn', language), 303);
  const code = (answer.body as Partial<Problem> | undefined)?.code;
  return code === 'identity.prove-again' || code === 'identity.second-factor'
    ? redirect(confirmFrom(pathname), 303)
    : undefined;
}

/** Leaves for the page that asks who it is, unless that was shown lately enough to fill in a form. */
export async function demandFresh(context: Context, request: Request): Promise<SessionAnswer> {
  const session = await read<SessionAnswer>(context, request, '/sessions/current');
  const { pathname } = new URL(request.url);
  if (session.freshFor < FORM) throw redirect(confirmFrom(pathname), 303);
  return session;
}

/** The page that asks who it is, where that was not shown lately enough to fill in a form; undefined where it was. */
export async function freshness(context: Context, request: Request): Promise<string | undefined> {
  const { freshFor } = await read<SessionAnswer>(context, request, '/sessions/current');
  return freshFor < FORM ? confirmFrom(new URL(request.url).pathname) : undefined;
}

/** Seconds that filling in a form may take. */
export const FORM = 120;
