import { documentInForce } from '#gates/documents.ts';
import type { Gates } from '#gates/gates.ts';
import { organisationDigit } from '#gates/numbers.ts';
import type { ByMember } from '#modules/customers/events.ts';
import { invite } from '#modules/customers/invitations.ts';
import { takeInvitation } from '#modules/customers/invited.ts';
import { BUILT_IN } from '#modules/customers/levels.ts';
import { begin } from '#modules/customers/lifecycle.ts';
import { type Invented, seeded } from './demo-people.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const TRADES = 'Regnskap Bygg Båt Tannklinikk Kafé Rådgivning Transport Frisør Elektro Bokhandel'.split(' ');
const TOWNS = 'Fjordlys Nordmyr Havsund Granmo Lillevåg Tindvik Storhamn Skogheim'.split(' ');
const LEVELS = ['administrator', 'user', 'reader'] as const;

/** An invented organisation number with a right check digit. */
function inventedNumber(seed: number): string {
  const random = seeded(917_000_000 + seed);
  for (;;) {
    const eight = `9${String(Math.floor(random() * 10_000_000)).padStart(7, '0')}`;
    const digit = organisationDigit(eight);
    if (digit !== undefined) return `${eight}${digit}`;
  }
}

/** The company of an invented owner: the same every time. */
export function inventedCompany(index: number, place: string | undefined) {
  const name = `${TOWNS[index % TOWNS.length]} ${TRADES[Math.floor(index / 3) % TRADES.length]} AS`;
  return { name, number: inventedNumber(index), place: place ?? null };
}

/** The versions in force, as somebody accepts them who was shown them just now. */
export function shownVersions({ documents }: Gates) {
  return {
    agreement: documentInForce(documents, 'agreement').version,
    dpa: documentInForce(documents, 'dpa').version,
  };
}

/** An owner of the demo, with the company that they run. */
export interface Owner {
  readonly one: Invented;
  readonly person: string;
  readonly client: string;
  readonly begun: Date;
}

/** Makes an invented owner's company a client. */
export async function beginDemo(
  gates: Gates,
  one: Invented,
  person: string,
  index: number,
  begun: Date,
): Promise<Owner> {
  const client = await begin(
    gates,
    {
      owner: person,
      company: inventedCompany(index, one.place),
      modules: one.modules,
      accept: shownVersions(gates),
    },
    { kind: 'person', id: person },
    begun,
  );
  return { one, person, client, begun };
}

/**
 * Gives an owner up to three users, invited and joined as anybody is, one in five still to answer. An owner whose data may not be used, or who is about to go, is alone.
 */
export async function peopleDemo(
  gates: Gates,
  { one, person, client, begun }: Owner,
  colleagues: readonly Invented[],
  now: Date,
): Promise<void> {
  const over = endOf({ one, person, client, begun }, now) ?? now;
  const actor = { kind: 'person', id: person, client } as const;
  const member = { client, person, level: 'owner', rights: BUILT_IN[0]!.rights, state: 'active' } as const;
  for (const [at, { email, came }] of colleagues.entries()) {
    const waits = one.ended === undefined && at === 2;
    const asked = waits
      ? new Date(now.getTime() - 2 * DAY)
      : new Date(Math.max(begun.getTime(), now.getTime() - came * DAY) + DAY);
    if (asked.getTime() + DAY > over.getTime()) continue;
    const by: ByMember = { actor, member, at: asked };
    const { invitation } = await invite(gates, by, { email, level: LEVELS[at % LEVELS.length]! });
    if (waits) continue;
    const token = gates.token('customers.invitation', invitation);
    await takeInvitation(
      gates,
      token,
      { accept: { statement: gates.statement.version } },
      new Date(asked.getTime() + 2 * HOUR),
    );
  }
}

/** When an owner's subscription ends; undefined while it runs. */
export function endOf({ one }: Owner, now: Date): Date | undefined {
  return one.ended === undefined ? undefined : new Date(now.getTime() - one.ended * DAY);
}
