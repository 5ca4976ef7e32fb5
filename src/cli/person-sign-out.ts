import { SYSTEM } from '#gates/actor.ts';
import type { Run } from './command.ts';
import { OPERATOR } from './open.ts';
import type { Opened } from './wiring.ts';

export const SIGN_OUT_FLAGS = ['factors'];

/**
 * `hjemmel person sign-out`: ends every session of a person, for when something is wrong; with `--factors` also whatever they
 * sign in with but the mailed link, for somebody who has lost it all and has shown who they are in another way.
 */
export async function signOutVerb({ given, print }: Run, product: Opened, person: string): Promise<number> {
  const { gates } = product;
  const at = new Date();
  const open = await gates.use('sign-in', SYSTEM).rows<{ id: string }>(
    `select s.id from identity.session s where s.person = $1 and s.expires_at > $2
          and not exists (select from identity.sign_out o where o.person = s.person and o.session = s.id)`,
    [person, at],
  );
  const rows = open.map(({ id }) => ({
    table: 'identity.sign_out',
    values: { person, session: id, at },
    once: true,
  }));
  await gates.trace({ purpose: 'sign-in', act: 'sign-out', person, actor: OPERATOR, at, rows });
  const factors = given.flags.has('factors') ? await endFactors(product, person, at) : 0;
  const json = JSON.stringify({ person, sessions: rows.length, factors });
  print(given.flags.has('json') ? json : `Ended ${rows.length} sessions and ${factors} ways of signing in.`);
  return 0;
}

async function endFactors({ gates }: Opened, person: string, at: Date): Promise<number> {
  const held = await gates
    .use('sign-in', SYSTEM)
    .rows<{ id: string }>('select id from identity.factor where person = $1', [person]);
  const id = held.map((one) => one.id);
  if (id.length > 0) {
    await gates.answer.endRows(person, 'identity.factor', { id }, OPERATOR, at);
    const letters = [{ kind: 'identity.removed-all', purpose: 'sign-in' }];
    await gates.trace({ purpose: 'sign-in', act: 'factor-removed', person, actor: OPERATOR, at, letters });
  }
  return id.length;
}
