/** Renders a page to a string. Pages carry no script, so there is nothing to stream and nothing to hydrate. */
import { renderToString } from 'react-dom/server';
import {
  type EntryContext,
  type HandleErrorFunction,
  isRouteErrorResponse,
  RouterContextProvider,
  ServerRouter,
} from 'react-router';
import { paths, publicPages } from './paths.ts';
import { type Visit, visit } from './visit.ts';

export default function render(request: Request, status: number, headers: Headers, context: EntryContext) {
  headers.set('content-type', 'text/html; charset=utf-8');
  const html = renderToString(<ServerRouter context={context} url={request.url} />);
  return new Response(`<!doctype html>\n${html}\n`, { status, headers });
}

/** Failures are the server's to log: it knows how to do so without what a visitor wrote. */
export const handleError: HandleErrorFunction = (error, { context, request }) => {
  if (!request.signal.aborted && !isRouteErrorResponse(error)) context.get(visit).failed?.(error);
};

/** Wraps a visit the way loaders and actions expect it; the server calls this for each request. */
export function contextFor(errand: Visit): RouterContextProvider {
  const context = new RouterContextProvider();
  context.set(visit, errand);
  return context;
}

/** Paths of the pages that are the same for everybody, so that the server may render each once. */
export const publicPaths: readonly string[] = publicPages.flatMap((page) => [paths[page].nb, paths[page].en]);
