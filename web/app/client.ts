/** What the pages of one client share: which client it is, what its user may do, and how its forms are answered. */
import { data, type LoaderFunctionArgs, redirect, useLocation, useRouteLoaderData } from 'react-router';
import type { ClientAnswer, Problem } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { languageOf, type Page, path } from './paths.ts';
import { errorsOf, isNoForForm } from './refusals.ts';
import { type ApiAnswer, call, refused } from './visit.ts';

type Context = LoaderFunctionArgs['context'];
type Params = LoaderFunctionArgs['params'];
export type Right = ClientAnswer['me']['rights'][number];

/** What the frame around a client's pages has loaded. */
export interface Framed {
  client: ClientAnswer;
  language: Language;
}

/** The client that a page stands in the frame of. */
export function useClient(): ClientAnswer {
  const framed = useRouteLoaderData<Framed>(`clientFrame.${languageOf(useLocation().pathname)}`);
  if (!framed) throw new Error('a page of a client stands outside its frame');
  return framed.client;
}

/** True when the user's access level holds the right. What a page shows follows this; the API decides again. */
export function may({ me }: ClientAnswer, right: Right): boolean {
  return me.rights.includes(right);
}

/** The client of an address, as the API names it: `/clients/…` and what is under it. */
export function under(params: Params, rest = ''): string {
  return `/clients/${encodeURIComponent(params.client ?? '')}${rest}`;
}

/** Reads something of a client. After the end of its subscription there is one page left, and that is where one comes. */
export async function readOf<Body>(
  context: Context,
  request: Request,
  params: Params,
  rest: string,
): Promise<Body> {
  const answer = await call<Body>(context, 'GET', under(params, rest));
  if (answer.status < 300) return answer.body as Body;
  throw leave(answer, request, params);
}

/** What a form on a client's page asks of the API. */
export interface Ask {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under `/clients/:client`. */
  rest: string;
  body?: unknown;
  /** What to say when it is done, by its name in the texts. */
  done: string;
  /** Where to say it; the page that asked when left out. */
  next?: Page;
}

/**
 * Asks, and goes to where it is said that it was done. What the API says no to comes back as messages for the form that
 * is named; a refusal that leaves no form to stand on leaves the page.
 */
export async function ask(
  { context, request, params }: { context: Context; request: Request; params: Params },
  { method, rest, body, done, next }: Ask,
  form: string,
  values: Record<string, string> = {},
) {
  const { pathname } = new URL(request.url);
  const language = languageOf(pathname);
  const answer = await call(context, method, under(params, rest), body);
  const where = next === undefined ? pathname : path(next, language, { client: params.client ?? '' });
  if (answer.status < 300) throw redirect(`${where}?done=${done}`, 303);
  if (!isNoForForm(answer)) throw leave(answer, request, params);
  return said(form, values, errorsOf(answer, language), answer.status);
}

/** What a form comes back with: which of the page's forms it was, what was written in it, and what is wrong with that. */
export function said(
  form: string,
  values: Record<string, string>,
  errors: Record<string, string>,
  status = 422,
) {
  return data({ form, values, errors }, { status });
}

function leave(answer: ApiAnswer<unknown>, request: Request, params: Params): unknown {
  const language = languageOf(new URL(request.url).pathname);
  const { code } = (answer.body ?? {}) as Partial<Problem>;
  return code === 'customers.no-agreement'
    ? redirect(path('client', language, { client: params.client ?? '' }), 303)
    : refused(answer, language, new URL(request.url).pathname);
}

/** Part of an address as a form gave it. */
export function part(form: FormData, name: string): string {
  return encodeURIComponent(String(form.get(name) ?? ''));
}
