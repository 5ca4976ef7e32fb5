import type { Gates } from '#gates/gates.ts';
import { nameAndPlace } from '#modules/companies/lookup.ts';
import { completeWritten } from '#modules/customers/completion.ts';
import { invite } from '#modules/customers/invitations.ts';
import { takeInvitation } from '#modules/customers/invited.ts';
import { BUILT_IN } from '#modules/customers/levels.ts';
import { end } from '#modules/customers/lifecycle.ts';
import { makeProfile } from '#modules/customers/profiles.ts';
import { makeToken, tokenReader } from '#modules/integrations/tokens.ts';
import { known, own } from '#test/clients.ts';

/**
 * For tests: Nils, who owns a company that is a client and has Vera for a user and a key for a system; and Odd, who ended his company's
 * subscription and can take it up again.
 */
export async function clientLives(
  gates: Gates,
  day: (n: number) => Date,
): Promise<{ nils: string; vera: string; odd: string }> {
  const email = 'nils@firma.example';
  await makeProfile(gates, { name: 'Nils', email, accept: { statement: gates.statement.version } }, day(-18));
  const [nils] = await gates.use('rights', { kind: 'system' }).find('email', email);
  const client = await own(gates, nils!, day(-17), ['arkiv', 'kurs'], true);
  await completeWritten(gates, nameAndPlace, day(-16.5));
  const actor = { kind: 'person', id: nils!, client } as const;
  const member = {
    client,
    person: nils!,
    level: 'owner',
    rights: BUILT_IN[0]!.rights,
    state: 'active',
  } as const;
  const asked = { email: 'vera@firma.example', name: 'Vera', level: 'user' };
  const { invitation } = await invite(gates, { actor, member, at: day(-16) }, asked);
  const token = gates.token('customers.invitation', invitation);
  const accept = { statement: gates.statement.version };
  const { person: vera } = await takeInvitation(gates, token, { name: 'Vera', accept }, day(-15.9));
  const ring = { gates, actor, at: day(-15), client };
  const { token: key } = await makeToken(ring, { name: 'regnskap', scopes: ['log.see'], days: 90 }, [
    'log.see',
  ]);
  await tokenReader(gates)(key, day(-14.5));
  const odd = await known(gates, 'odd@firma.example', day(-14), 'Odd');
  const over = await own(gates, odd, day(-14));
  await end(gates, over, { kind: 'system' }, day(-10));
  return { nils: nils!, vera, odd };
}
