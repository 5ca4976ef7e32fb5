import { makeProfile } from '#modules/customers/profiles.ts';
import { asOwner } from '#platform/database.ts';
import { type House, openHouse } from './house.ts';
import { invent } from './invented.ts';

/** A house with people in its vault. */
export interface Filled {
  readonly house: House;
  readonly people: readonly string[];
  /** People a second, while they came in through the gates. */
  readonly rate: number;
}

/** Sign-ups under way at once. */
const ABREAST = 512;

/** Opens a house and lets so many people sign up through the gates, as fast as they take them. */
export async function openFilled(count: number): Promise<Filled> {
  const house = await openHouse();
  const { gates, engine } = house.product;
  const people: string[] = [];
  let next = 0;
  let told = 0;
  const begun = performance.now();
  const fill = async () => {
    while (next < count) {
      const invented = invent('v', next++, engine.statement.version);
      people.push((await makeProfile(gates, invented, new Date())).person);
      if (people.length - told >= 10_000) {
        told = people.length;
        process.stderr.write(`  ${told} people\n`);
      }
    }
  };
  await Promise.all(Array.from({ length: ABREAST }, fill));
  const rate = count / ((performance.now() - begun) / 1000);
  // Their letters count as sent, and the planner knows what there is, as it would after a minute.
  await asOwner(house.superuserUrl, async (client) => {
    await client.query('update mail.letter set sent_at = queued_at where sent_at is null');
    await client.query('analyze');
  });
  return { house, people, rate };
}
