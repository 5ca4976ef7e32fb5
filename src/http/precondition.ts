import type { Route } from '#gates/module.ts';
import { etagOf, names } from './etag.ts';
import { HttpRefusal } from './problem.ts';

/**
 * Holds a change to what its caller last saw (If-Match, RFC 9110 section 13.1.1): it is refused when what stands at the
 * path is not what one of the validators names. What stands there is read as the caller, by the path's own GET, so the look
 * is journalled like any other. Between that look and the change another may come in: this keeps people from writing over
 * each other, and is no lock.
 */
export async function demandCurrent(
  header: string | undefined,
  reader: Route | undefined,
  read: (reader: Route) => Promise<unknown>,
): Promise<void> {
  if (header === undefined) return;
  const current = reader === undefined ? undefined : etagOf(JSON.stringify(await read(reader)));
  if (current === undefined || !names(header, current)) throw new HttpRefusal('http.stale');
}
