import type { z } from 'zod';
import type { Gates } from '#gates/gates.ts';
import type { Route } from '#gates/module.ts';
import type { Page } from '#gates/paging.ts';
import { Refusal } from '#gates/refusal.ts';
import { pageShape } from './parameters.ts';
import { HttpRefusal } from './problem.ts';

/** The body, of the route's shape. A name that the shape lacks is the collect gate's refusal: undeclared is not taken. */
export function bodyOf(route: Route, body: unknown): unknown {
  if (route.body === undefined) {
    if (body !== undefined) throw new HttpRefusal('http.invalid-field');
    return undefined;
  }
  const parsed = route.body.safeParse(body);
  if (parsed.success) return parsed.data;
  const unknown = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys : [],
  );
  // Names that somebody sent are told back only when they look like names: they may hold anything.
  if (unknown.length > 0)
    throw new Refusal(
      'collect.undeclared-field',
      unknown.filter((name) => /^[A-Za-z_]{1,40}$/.test(name)),
    );
  throw new HttpRefusal('http.invalid-field', fieldsOf(parsed.error));
}

/** What the route reads of the query; what it does not read is left out, and may be anything. */
export function queryOf(route: Route, query: unknown): Record<string, unknown> {
  return route.query === undefined ? {} : read(route.query, query);
}

const WHOLE: Page = { after: undefined, limit: 0 };

/**
 * Where a page begins, by a cursor that we signed for this list of this caller, and how long it is. A cursor is a place in a list and
 * opens nothing: the list is asked for under the caller's own rights each time.
 */
export function pageOf(route: Route, query: unknown, list: string, gates: Gates): Page {
  if (route.pages === undefined) return WHOLE;
  const { cursor, limit } = read(pageShape(route.pages), query);
  const after = cursor === undefined ? undefined : gates.readSigned(list, cursor);
  if (cursor !== undefined && after === undefined)
    throw new HttpRefusal('http.invalid-field', [{ field: 'cursor', reason: 'invalid_value' }]);
  return { after, limit };
}

/** The answer with a cursor in place of the position it ended at. */
export function withCursor(answer: object, list: string, gates: Gates): object & { next: string | null } {
  const { next } = answer as { next: string | null };
  return { ...answer, next: next === null ? null : gates.sign(list, next) };
}

/** `Link` to the page after this one (RFC 8288), when there is one. */
export function linkTo(next: string | null, url: string): string | undefined {
  if (next === null) return undefined;
  const [path, query] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', next);
  return `<${path}?${parameters}>; rel="next"`;
}

function read<Shape extends z.ZodObject>(shape: Shape, query: unknown): z.infer<Shape> {
  const parsed = shape.safeParse(query);
  if (!parsed.success) throw new HttpRefusal('http.invalid-field', fieldsOf(parsed.error));
  return parsed.data;
}

function fieldsOf(error: z.ZodError): { field: string; reason: string }[] {
  const names = new Map(
    error.issues.map((issue) => [
      issue.path.filter((part) => typeof part === 'string').join('.'),
      issue.code as string,
    ]),
  );
  return [...names].filter(([field]) => field !== '').map(([field, reason]) => ({ field, reason }));
}
