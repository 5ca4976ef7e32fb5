import { argon2Sync, randomBytes } from 'node:crypto';
import { SYSTEM } from '#gates/actor.ts';
import type { Gates } from '#gates/gates.ts';
import { makeProfile } from '#modules/customers/profiles.ts';
import { COST, made } from '#modules/identity/hashing.ts';
import { setPassword, signInByPassword } from '#modules/identity/passwords.ts';
import { figure, quantile, type Result } from './figures.ts';
import { openHouse } from './house.ts';

const PASSWORD = 'fire rare ord om natten';
const PEOPLE = 20;
const TRIES = 200;

/** What a sign-in by password costs, beside the bare hash at the same parameters; one after the other, and a wrong one too. */
export async function signIn({ rounds }: { rounds: number }): Promise<Result> {
  const house = await openHouse();
  try {
    return await measure(house.product.gates, rounds);
  } finally {
    await house.close();
  }
}

async function measure(gates: Gates, rounds: number): Promise<Result> {
  const emails = Array.from({ length: PEOPLE }, (_, at) => `inn.${at}@firma.example`);
  const accept = { statement: gates.statement.version };
  for (const email of emails) {
    await makeProfile(gates, { name: 'Kari Prøve', email, accept }, new Date());
    const [person] = await gates.use('sign-in', SYSTEM).find('email', email);
    await setPassword(gates, person!, PASSWORD, new Date());
  }
  const times: Record<'product' | 'unknown' | 'floor', number[]> = { product: [], unknown: [], floor: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const now: typeof times = { product: [], unknown: [], floor: [] };
    for (let at = 0; at < TRIES; at += 1) {
      // Each try has a block of its own, so that nobody is made to wait.
      const block = `198.51.100.${at % 256} ${round}`;
      const email = emails[at % PEOPLE]!;
      now.product.push(
        await timed(() => signInByPassword(gates, { email, password: PASSWORD, block }, { at: new Date() })),
      );
      const nobody = { email: `ingen.${round}.${at}@firma.example`, password: PASSWORD, block };
      now.unknown.push(
        await timed(() => signInByPassword(gates, nobody, { at: new Date() }).catch(() => undefined)),
      );
      now.floor.push(
        await timed(async () =>
          argon2Sync('argon2id', { message: PASSWORD, nonce: randomBytes(16), ...COST }),
        ),
      );
    }
    // The first round warms up.
    if (round > 0)
      for (const name of ['product', 'unknown', 'floor'] as const) times[name].push(quantile(now[name], 0.5));
  }
  const floor = { what: 'Argon2id at the same parameters', rounds: times.floor };
  const target = {
    text: 'the hash alone, ≤ 1.5×',
    keeps: (median: number) => median <= 1.5 * quantile(times.floor, 0.5),
  };
  if (made.hashes < TRIES) throw new Error('nothing was hashed');
  return {
    bench: 'sign-in',
    figures: [
      figure('sign-in by password, one at a time, p50', 'ms', times.product, floor, target),
      figure('the same for an unknown address, p50', 'ms', times.unknown, floor, target),
    ],
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
