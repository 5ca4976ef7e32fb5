import type { Sources } from '#gates/third-party/source.ts';
import type { Log } from '#platform/log.ts';
import { Register } from '#platform/register/register.ts';
import type { Operator } from '#statement/grammar.ts';

/** The third parties that can be asked, by their names in the statement. Opening them asks nothing. */
export function openSources(
  { hosts, mailbox }: Operator,
  { brregUrl, log, now }: { brregUrl: string; log: Log; now: () => Date },
): Sources {
  const agent = `Hjemmel (+https://${hosts[0]}; ${mailbox})`;
  return { brreg: new Register({ baseUrl: brregUrl, agent, log, clock: { wall: now } }) };
}
