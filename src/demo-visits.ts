import { SYSTEM } from '#gates/actor.ts';
import type { Gates } from '#gates/gates.ts';
import { asOwner } from '#platform/database.ts';
import { osloDate } from '#statement/period.ts';
import { type Invented, seeded } from './demo-people.ts';
import type { Product } from './product.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Days back that invented visits go: some are past their period, so that the first round of keeping has work. */
const BACK = 600;
/** The invented company is visited on every fifth day: a day costs a table, and the first start is not to wait for 600. */
const EVERY = 5;

const PAGES =
  '/ / / /priser /priser /kurs /kurs/regnskap /kurs/lonn /moduler/faktura /moduler/timer /nyhetsbrev /hjelp /hjelp/innlogging /om /kontakt /en'.split(
    ' ',
  );
const LINKS = ['/priser', '/kurs', '/kontakt', '/nyhetsbrev'];
const DEVICES = [
  ['Firefox 143', 'Windows 11'],
  ['Chrome 141', 'Windows 11'],
  ['Chrome 141', 'Android 16'],
  ['Safari 26', 'macOS 26'],
  ['Safari 26', 'iOS 26'],
  ['Edge 141', 'Windows 10'],
] as const;
// Networks that RFC 5737 and RFC 3849 set aside for examples.
const NETWORKS = [
  '192.0.2.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '2001:db8:17::/48',
  '2001:db8:2a::/48',
];

interface Visit {
  readonly at: Date;
  readonly person: string;
  readonly page: string;
  readonly link: string | null;
  readonly device: number;
  readonly network: string;
}

/** Lets most of the invented people with a profile say yes to statistics, and use the site since: some 20,000 events. */
export async function inventVisits(product: Product, people: readonly Invented[], now: Date): Promise<void> {
  const { gates } = product;
  const random = seeded(20250401);
  const willing = people.filter(({ profile, wish }) => profile && wish === 'none' && random() < 0.7);
  const allowed = await Promise.all(willing.map((one) => allow(gates, one, now)));
  const visits = allowed
    .flatMap((person, index) => (person === undefined ? [] : visitsOf(person, willing[index]!, now, random)))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  await write(product, visits);
}

/** The answer to the prompt, as the first visit would give it. */
async function allow(gates: Gates, one: Invented, now: Date): Promise<string | undefined> {
  const [person] = await gates.use('rights', SYSTEM).find('email', one.email);
  if (person === undefined) return undefined;
  const at = new Date(now.getTime() - one.came * DAY - HOUR / 2);
  for (const point of ['visit.behaviour', 'visit.device'])
    await gates.collect({
      point,
      actor: { kind: 'person', id: person },
      at,
      about: { person },
      gives: () => ({
        values: {},
        keeps: Object.keys(gates.statement.points[point]!.asks),
        consent: { state: 'given', language: one.language, surface: 'banner', method: 'button' },
      }),
    });
  return person;
}

function visitsOf(person: string, one: Invented, now: Date, random: () => number): Visit[] {
  const device = Math.floor(random() * DEVICES.length);
  const network = NETWORKS[Math.floor(random() * NETWORKS.length)]!;
  const visits: Visit[] = [];
  for (let day = Math.min(BACK, one.came - 1); day > one.active; day -= 1) {
    if (day % EVERY !== 0 || random() < 0.35) continue;
    const midnight = Math.floor(now.getTime() / DAY - day) * DAY;
    let at = midnight + (7 + random() * 9) * HOUR;
    for (let pages = 2 + Math.floor(random() * 5); pages > 0; pages -= 1) {
      const page = PAGES[Math.floor(random() * PAGES.length)]!;
      const link = random() < 0.2 ? LINKS[Math.floor(random() * LINKS.length)]! : null;
      visits.push({ at: new Date(at), person, page, link, device, network });
      at += 20_000 + random() * 180_000;
    }
  }
  return visits;
}

async function write({ databaseUrl }: Product, visits: readonly Visit[]): Promise<void> {
  const days = [...new Set(visits.map(({ at }) => osloDate(at)))];
  const words = [...new Set([...PAGES, ...LINKS, ...DEVICES.flat()])];
  await asOwner(databaseUrl, async (client) => {
    await client.query('select analytics.event_make_days(d, d) from unnest($1::date[]) d', [days]);
    const { rows } = await client.query<{ word: string; id: number }>(
      'select word, id from analytics.word_ids($1, $2)',
      [words, days.at(-1)],
    );
    const id = new Map(rows.map((row) => [row.word, row.id]));
    await client.query(
      `insert into analytics.event (at, person, page, link, browser, system, network)
       select * from unnest($1::timestamptz[], $2::uuid[], $3::int[], $4::int[], $5::int[], $6::int[], $7::cidr[])`,
      [
        visits.map(({ at }) => at.toISOString()),
        visits.map(({ person }) => person),
        visits.map(({ page }) => id.get(page)),
        visits.map(({ link }) => (link === null ? null : id.get(link))),
        visits.map(({ device }) => id.get(DEVICES[device]![0])),
        visits.map(({ device }) => id.get(DEVICES[device]![1])),
        visits.map(({ network }) => network),
      ],
    );
  });
}
