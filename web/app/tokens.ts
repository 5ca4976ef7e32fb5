/** What both pages of keys share: how they ask the API, and what their form comes back with. */
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from 'react-router';
import type { Problem, TokenMade } from '#http/contract.ts';
import type { Errors } from './parts/fields.tsx';
import { languageOf } from './paths.ts';
import { errorsOf, isNoForForm, textOf } from './refusals.ts';
import { call, freshness, refused } from './visit.ts';

/** What was asked for, and what came of it. */
export interface TokenAsked {
  made?: TokenMade;
  errors: Errors;
  name: string;
  scopes: string[];
  days: string;
  /** The page that asked, where who it is must be shown first. */
  prove?: string;
}

/** What both pages show beside the keys of their own: until when to show who one is, what was just done, and what time it is. */
export async function tokenSight({ context, request }: Pick<LoaderFunctionArgs, 'context' | 'request'>) {
  const { pathname, searchParams } = new URL(request.url);
  return {
    confirm: await freshness(context, request),
    now: new Date().toISOString(),
    done: searchParams.has('done'),
    language: languageOf(pathname),
  };
}

/** The part of a list's path that says which page of it is asked for. */
export function pageIn(request: Request): string {
  const cursor = new URL(request.url).searchParams.get('cursor');
  return cursor === null ? '' : `?${new URLSearchParams({ cursor })}`;
}

/** Makes or ends a key at `where` in the API. A no that is not about what was filled in leaves the page. */
export async function actOnTokens({ context, request }: ActionFunctionArgs, where: string) {
  const { pathname } = new URL(request.url);
  const language = languageOf(pathname);
  const form = await request.formData();
  const token = form.get('token');
  if (typeof token === 'string') {
    const answer = await call(context, 'DELETE', `${where}/${encodeURIComponent(token)}`);
    if (answer.status < 300) throw redirect(`${pathname}?done`, 303);
    throw refused(answer, language, pathname);
  }
  const { name = '', days = '' } = textOf(form, ['name', 'days']);
  const scopes = form.getAll('scopes').map(String);
  const answer = await call<TokenMade>(context, 'POST', where, { name, scopes, days: Number(days) });
  if (answer.status === 201) {
    const made: TokenAsked = { made: answer.body as TokenMade, errors: {}, name, scopes, days };
    return data(made);
  }
  if ((answer.body as Partial<Problem>).code === 'identity.prove-again')
    return data<TokenAsked>({ errors: {}, name, scopes, days, prove: pathname }, { status: answer.status });
  if (!isNoForForm(answer)) throw refused(answer, language, pathname);
  const again: TokenAsked = { errors: errorsOf(answer, language), name, scopes, days };
  return data(again, { status: answer.status });
}
