import { type Actor, SYSTEM } from '#gates/actor.ts';
import type { Gates } from '#gates/gates.ts';
import { makeProfile } from '#modules/customers/profiles.ts';

const OFFICER: Actor = { kind: 'staff', roles: ['privacy'] };
const why = 'Et krav er varslet.';
const dateOf = (moment: Date) => moment.toISOString().slice(0, 10);

/**
 * For tests: Una, who has been held since before the year of her profile was over, and whose hold was looked at again;
 * and Tor, who was held for half a day.
 */
export async function heldLives(
  gates: Gates,
  day: (n: number) => Date,
): Promise<{ una: string; tor: string }> {
  const una = await profile(gates, 'Una', day(-800));
  const tor = await profile(gates, 'Tor', day(-1.2));
  const { answer } = gates;
  const first = await answer.hold(una, { why, review: dateOf(day(-755)) }, OFFICER, day(-800));
  await answer.reviewHold(una, first.id, { review: dateOf(day(80)) }, OFFICER, day(-90));
  const { id } = await answer.hold(tor, { why, until: dateOf(day(60)) }, OFFICER, day(-1.1));
  await answer.releaseHold(tor, id, OFFICER, day(-0.6));
  return { una, tor };
}

async function profile(gates: Gates, name: string, at: Date): Promise<string> {
  const email = `${name.toLowerCase()}@firma.example`;
  await makeProfile(gates, { name, email, accept: { statement: gates.statement.version } }, at);
  const [person] = await gates.use('rights', SYSTEM).find('email', email);
  return person!;
}
