/** Renders a page to a string. Pages carry no script, so there is nothing to stream and nothing to hydrate. */
import { renderToString } from 'react-dom/server';
import {
  createRequestHandler,
  type EntryContext,
  type HandleErrorFunction,
  isRouteErrorResponse,
  type RequestHandler,
  RouterContextProvider,
  type ServerBuild,
  ServerRouter,
} from 'react-router';
import { Knowing, known } from './known.ts';
import { paths, publicPages, scriptedPages } from './paths.ts';
import { type Visit, visit } from './visit.ts';

export default async function render(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
  load: RouterContextProvider,
) {
  headers.set('content-type', 'text/html; charset=utf-8');
  const html = renderToString(
    <Knowing value={await known(load)}>
      <ServerRouter context={context} url={request.url} />
    </Knowing>,
  );
  return new Response(`<!doctype html>\n${html}\n`, { status, headers });
}

/** Failures are the server's to log: it knows how to do so without what a visitor wrote. */
export const handleError: HandleErrorFunction = (error, { context, request }) => {
  if (!request.signal.aborted && !isRouteErrorResponse(error)) context.get(visit).failed?.(error);
};

/**
 * Answers one request with a page. The server build is handed in, since it is made of this module; the server calls
 * this and knows nothing of React Router.
 */
export function answer(build: ServerBuild, request: Request, errand: Visit): Promise<Response> {
  const context = new RouterContextProvider();
  context.set(visit, errand);
  const handle = handlers.get(build) ?? createRequestHandler(build, 'production');
  handlers.set(build, handle);
  return handle(request, context);
}
const handlers = new WeakMap<ServerBuild, RequestHandler>();

/** Paths of the pages that run a script, and the scripts: one that asks for a passkey, and one that shows work moving. */
export const scripted: { paths: readonly string[]; scripts: readonly string[] } = {
  paths: scriptedPages.flatMap((page) => [paths[page].nb, paths[page].en]),
  scripts: ['/passkey.js', '/progress.js'],
};

/** Paths of the pages that are the same for everybody, so that the server may render each once. */
export const publicPaths: readonly string[] = publicPages.flatMap((page) => [paths[page].nb, paths[page].en]);
