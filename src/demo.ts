import { SYSTEM } from '#gates/actor.ts';
import type { Gates } from '#gates/gates.ts';
import { makeProfile } from '#modules/customers/profiles.ts';
import { makeLink } from '#modules/identity/links.ts';
import { confirm, decline, leave, signUp } from '#modules/newsletter/subscriptions.ts';
import { asOwner } from '#platform/database.ts';
import { beginDemo, type Owner, peopleDemo } from './demo-clients.ts';
import { inventInvoices } from './demo-invoices.ts';
import { type Invented, inventPeople, inventRegulars } from './demo-people.ts';
import { inventVisits } from './demo-visits.ts';
import type { Product } from './product.ts';

const PEOPLE = 320;
/** One in so many has been here for long. */
const EACH_REGULAR = 8;
/** Most users that an owner of the demo has beside themselves. */
const MOST_COLLEAGUES = 3;
const DAY = 86_400_000;
/** The demo's own staff; the first is whose sign-in link is printed. */
const STAFF = [
  { name: 'Vakt Personvern', email: 'personvern@operator.example', roles: ['privacy', 'administrator'] },
  { name: 'Vakt Marked', email: 'marked@operator.example', roles: ['marketing'] },
  { name: 'Vakt Hjelp', email: 'hjelp@operator.example', roles: ['support'] },
  { name: 'Vakt Regnskap', email: 'regnskap@operator.example', roles: ['finance'] },
];

/** Fills a new installation with invented staff and people, through the same gates as everybody else. */
export async function loadDemo(product: Product, now: Date, count = PEOPLE): Promise<void> {
  const { gates } = product;
  for (const { name, email, roles } of STAFF) {
    await gates.collect({
      point: 'staff.account',
      actor: SYSTEM,
      at: now,
      about: { email },
      gives: ({ person }) => ({
        values: { 'contact.name': name, 'preference.language': 'nb' },
        rows: roles.map((role) => ({
          table: 'identity.staff',
          values: { person, role, granted_at: now },
        })),
      }),
    });
  }
  const regulars = Math.round(count / EACH_REGULAR);
  const people = [...inventPeople(count), ...inventRegulars(regulars)];
  const lives = await Promise.all(people.map((one, index) => live(gates, one, index, now)));
  const owners = lives.filter((owner) => owner !== undefined);
  const colleagues = people.filter(
    ({ profile, wish, modules }) => profile && wish === 'none' && modules.length === 0,
  );
  await Promise.all(
    owners.map((owner, index) => {
      const alone = owner.one.wish !== 'none';
      const from = index * MOST_COLLEAGUES;
      return peopleDemo(
        gates,
        owner,
        alone ? [] : colleagues.slice(from, from + (index % (MOST_COLLEAGUES + 1))),
        now,
      );
    }),
  );
  await inventInvoices(gates, owners, now);
  for (const { one, person } of owners) await wish(gates, one, person, now);
  await inventVisits(product, people, now);
  // Letters of a past that never was are not sent now; they count as sent when they were asked for.
  await asOwner(product.databaseUrl, (client) =>
    client.query('update mail.letter set sent_at = queued_at where sent_at is null'),
  );
}

/** One invented person's life here. */
async function live(gates: Gates, one: Invented, index: number, now: Date): Promise<Owner | undefined> {
  const came = cameOf(one, now);
  const active = activeOf(one, now);
  const version = gates.statement.version;
  if (one.profile) await makeProfile(gates, { ...one, accept: { statement: version } }, came);
  const asked = askedOf(one, now);
  if (one.letters !== 'none') await signUp(gates, one, asked);
  const [person] = await gates.use('rights', SYSTEM).find('email', one.email);
  if (person === undefined) return undefined;
  if (one.profile) await gates.touch(person, 'last-active', active);
  if (one.letters !== 'none' && one.letters !== 'waiting')
    await answerLetter(gates, one, person, came, active);
  const [still] = await gates.use('rights', SYSTEM).find('email', one.email);
  if (still === undefined) return undefined;
  if (one.modules.length === 0) {
    await wish(gates, one, person, now);
    return undefined;
  }
  return beginDemo(gates, one, person, index, new Date(came.getTime() + 900_000));
}

/** Wishes come last in a life, after every letter that was sent. */
async function wish(gates: Gates, one: Invented, person: string, now: Date): Promise<void> {
  const self = { kind: 'person', id: person } as const;
  const last = new Date(Math.max(activeOf(one, now).getTime(), askedOf(one, now).getTime() + 1_200_000));
  if (one.wish === 'restricted') await gates.answer.restrict(person, 'accuracy', self, last);
  if (one.wish === 'objected' && one.profile) await gates.answer.object(person, 'confirmation', self, last);
  if (one.wish === 'erased') await gates.answer.erase(person, self, last);
}

const cameOf = ({ came }: Invented, now: Date) => new Date(now.getTime() - came * DAY - 3_600_000);
const activeOf = ({ active }: Invented, now: Date) => new Date(now.getTime() - active * DAY - 1_800_000);
/** A sign-up that still waits is a few days old at most: older ones have been forgotten. */
const askedOf = (one: Invented, now: Date) =>
  one.letters === 'waiting' ? new Date(now.getTime() - (one.came % 6) * DAY - 3_600_000) : cameOf(one, now);

async function answerLetter(
  gates: Gates,
  one: Invented,
  person: string,
  came: Date,
  active: Date,
): Promise<void> {
  const [request] = await gates
    .use('confirmation', SYSTEM)
    .rows<{ id: string }>('select id from newsletter.request where person = $1', [person]);
  if (request === undefined) return;
  const token = gates.token('newsletter.confirm', request.id);
  if (one.letters === 'declined') {
    await decline(gates, token, new Date(came.getTime() + 600_000));
    return;
  }
  const { preferences } = await confirm(gates, token, one.language, new Date(came.getTime() + 600_000));
  if (one.letters === 'left') await leave(gates, preferences, active);
}

/** A one-time sign-in path for the demo's privacy staff, good for an hour. */
export async function staffLink(gates: Gates, now: Date): Promise<string> {
  const [person] = await gates.use('sign-in', SYSTEM).find('email', STAFF[0]!.email);
  return person === undefined
    ? '/min/logg-inn'
    : `/min/inn/${await makeLink(gates, person, now, { local: true, life: 'PT1H' })}`;
}
