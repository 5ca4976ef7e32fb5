import { randomInt } from 'node:crypto';
import { ident, tableIdent } from '#platform/database.ts';
import { personTables } from '#platform/map.ts';
import { consentPurposes } from '#statement/rules.ts';
import { type Check, type Context, count, type Finding, outcome } from '../check.ts';
import { many } from '../counted.ts';
import { heldSince } from '../held.ts';
import { answers, collections, sum } from '../tallies.ts';

/** What rests on consent, against the history of who answered what and when (clauses `0.acceptance`, `1.1.newsletter`). */
export const consentChecks: readonly Check[] = [
  {
    clause: '0.acceptance',
    title: 'Nothing was collected on a consent that did not stand at the time',
    titleNb: 'Ingenting er samlet inn på et samtykke som ikke gjaldt da',
    run: collectedOnConsent,
  },
  {
    clause: '0.acceptance',
    title: 'No answer to a consent prompt lacks the exact words that were shown',
    titleNb: 'Ingen svar på et spørsmål om samtykke mangler de nøyaktige ordene som ble vist',
    run: wordsAreKept,
  },
  {
    clause: '1.1.newsletter',
    title: 'Every subscriber has a confirmed consent that stands',
    titleNb: 'Hver abonnent har et bekreftet samtykke som gjelder',
    run: confirmed,
  },
  {
    clause: 'r.withdraw',
    title: 'The consents that stand are those last given and not withdrawn',
    titleNb: 'Samtykkene som gjelder, er de som sist ble gitt og ikke er trukket tilbake',
    run: standing,
  },
  {
    clause: 'k.opt-out',
    title: 'Nobody who opted out gets letters under the same address',
    titleNb: 'Ingen som har meldt seg av, får brev på samme adresse',
    run: optedOut,
  },
];

async function collectedOnConsent(context: Context) {
  const { main, applied } = context;
  const purposes = consentPurposes(applied.statement);
  const n = sum(await collections(context), ({ purpose }) => purposes.includes(purpose));
  const bare = await count(
    main,
    `select count(*) from gate.collection c
      where c.purpose = any($1) and not exists (
        select from consent.event g where g.person = c.person and g.id = c.consent and g.purpose = c.purpose
           and g.state = 'given' and g.at <= c.at)`,
    [purposes],
  );
  const late = await count(
    main,
    `select count(distinct (c.person, c.id)) from consent.event w
       join gate.collection c on c.person = w.person and c.purpose = w.purpose and c.at >= w.at
       join consent.event g on g.person = c.person and g.id = c.consent and g.at < w.at
      where w.state in ('withdrawn', 'invalidated') and w.purpose = any($1)`,
    [purposes],
  );
  return outcome(
    [
      { what: 'gate.collection rests on a consent that was not given', count: bare },
      { what: 'gate.collection rests on a consent that was withdrawn by then', count: late },
    ],
    many(n, 'consentedCollection'),
  );
}

async function wordsAreKept(context: Context) {
  const { main } = context;
  const kinds = await answers(context);
  const { rows } = await main.query<{ hash: string; language: string }>(
    'select hash, language from consent.wording where hash = any($1)',
    [[...new Set(kinds.map(({ wording }) => wording))]],
  );
  const kept = new Set(rows.map(({ hash, language }) => `${language} ${hash}`));
  const unknown = sum(kinds, ({ wording, language }) => !kept.has(`${language} ${wording}`));
  const changed = await count(
    main,
    `select count(*) from consent.wording
      where hash <> encode(sha256(convert_to(language, 'UTF8') || '\\x00'::bytea || convert_to(words, 'UTF8')), 'hex')`,
  );
  return outcome(
    [
      { what: 'consent.event names words that are not kept', count: unknown },
      { what: 'consent.wording is not what it was when it was shown', count: changed },
    ],
    many(sum(kinds), 'answer'),
  );
}

/** Rows that a hold keeps after the consent is gone are out of use with it, and leave within a day of the hold. */
const GRACE = 86_400_000;

/** Rows kept for a purpose that rests on consent, in whatever table: each person has asked for it and not taken it back. */
async function confirmed(context: Context) {
  const { main, map, applied, now } = context;
  const purposes = new Set(consentPurposes(applied.statement));
  const tables = personTables(map).filter(({ purpose }) => purposes.has(purpose ?? ''));
  const findings: Finding[] = [];
  const asked =
    (await consents(context)).extra === 0
      ? 'select person from consent.active where purpose = $1'
      : `select person from (${CONSENTS}) c where purpose = $1 and active and not ${EXTRA}`;
  // Whoever is restricted keeps what they have: it is not used, and they may need it (art. 18(1)(c)).
  const may = `${asked} union select person from gate.restriction`;
  let seen = 0;
  for (const { name, subject, purpose } of tables) {
    const quick = await rowsAmong(main, name, ident(subject), may, purpose!);
    const { n, bare } =
      quick?.bare === 0
        ? quick
        : (
            await main.query<Rows>(
              `select coalesce(sum(t.n), 0)::int8 as n,
                      coalesce(sum(t.n) filter (where s.person is null and not ${heldSince('t.person', '$2')}), 0)::int8 as bare
                 from (select ${ident(subject)} as person, count(*) as n from ${tableIdent(name)} group by 1) t
                 left join (${may}) s using (person)`,
              [purpose, new Date(now.getTime() - GRACE)],
            )
          ).rows[0]!;
    seen += n;
    findings.push({ what: `${name} without a consent that stands`, count: bare });
  }
  return outcome(findings, many(seen, 'row'), many(tables.length, 'table'));
}

/** Rows of a table, and how many are of people who may not be in it. */
interface Rows {
  readonly n: number;
  readonly bare: number;
}

/** People that are handed over as numbers: a few megabytes of them. */
const HANDED_OVER = 500_000;

/**
 * Rows of a table, and how many of them are of nobody whom a question names. A table of events may be by far the largest
 * there is, and is read in one pass: each person in it is looked for among numbers of 64 bits that stand for those named,
 * drawn anew each time, which takes half as long as a join. Undefined where too many are named.
 */
async function rowsAmong(
  main: Context['main'],
  table: string,
  subject: string,
  named: string,
  purpose: string,
): Promise<Rows | undefined> {
  const seed = randomInt(2 ** 47);
  const { rows } = await main.query<{ numbers: string | null }>(
    `select case when count(*) <= ${HANDED_OVER} then coalesce(array_agg(uuid_hash_extended(person, ${seed})), '{}') end::text
       as numbers from (${named}) p`,
    [purpose],
  );
  const { numbers } = rows[0]!;
  if (numbers === null) return undefined;
  const answer = await main.query<Rows>(
    `select count(*) as n, count(*) filter (where not (uuid_hash_extended(${subject}, ${seed}) = any($1::int8[]))) as bare
       from ${tableIdent(table)}`,
    [numbers],
  );
  return answer.rows[0]!;
}

/** What each person was asked consent for: when they last gave it and took it back, and whether it stands. */
const CONSENTS = `
  select person, purpose, max(given) as given, max(withdrawn) as withdrawn, bool_or(active) as active from (
    select person, purpose, case when state = 'given' then at end as given,
           case when state <> 'given' then at end as withdrawn, false as active
      from consent.event where state in ('given', 'withdrawn', 'invalidated')
    union all select person, purpose, null, null, true from consent.active
  ) each group by person, purpose`;
/** Of one that stands: it should not. */
const EXTRA = '(given is null or withdrawn > given) is true';

interface Consents {
  readonly n: number;
  /** Stand, though they were not given, or were taken back since. */
  readonly extra: number;
  /** Were given and not taken back since, and do not stand. */
  readonly lost: number;
}

/** The last that was given or taken back decides, and the standing rows must say the same: told for all in one pass. */
function consents({ main, once }: Context): Promise<Consents> {
  return once('consents', async () => {
    const { rows } = await main.query<Consents>(
      `select count(*) as n, count(*) filter (where active and ${EXTRA}) as extra,
              count(*) filter (where not active and given is not null and (withdrawn is null or given > withdrawn)) as lost
         from (${CONSENTS}) c`,
    );
    return rows[0]!;
  });
}

async function standing(context: Context) {
  const { n, extra, lost } = await consents(context);
  // Which event gave it is told by its number alone, so that it can be shown: a join is the price of that.
  const unfounded = await count(
    context.main,
    `select count(*) from consent.active a where not exists (
       select from consent.event g where g.person = a.person and g.id = a.event and g.purpose = a.purpose and g.state = 'given')`,
  );
  return outcome(
    [
      { what: 'consent.active stands though it was not given, or was withdrawn', count: extra },
      { what: 'a consent was given and not withdrawn, and does not stand', count: lost },
      { what: 'consent.active names an event that did not give it', count: unfounded },
    ],
    many(n, 'consent'),
  );
}

/** A keyed hash kept to hold an address off, found again among those of people who get what was opted out of. */
async function optedOut({ main, map, now }: Context) {
  const tables = map.tables.filter(
    ({ subject, purpose }) => subject?.startsWith('hash:') && purpose !== undefined,
  );
  const findings: Finding[] = [];
  let kept = 0;
  for (const { name, subject, purpose } of tables) {
    const hash = ident(subject!.slice('hash:'.length));
    kept += await count(main, `select count(*) from ${tableIdent(name)}`);
    const rowsOf = personTables(map).filter((table) => table.purpose === purpose);
    const rest = [
      `select person from gate.collection where purpose = $1`,
      ...rowsOf.map((table) => `select ${ident(table.subject)} from ${tableIdent(table.name)}`),
    ];
    findings.push({
      what: `${name} holds off an address that is written to`,
      count: await count(
        main,
        `select count(distinct o.${hash}) from ${tableIdent(name)} o join vault.lookup l on l.hash = o.${hash}
          where l.person in (select person from consent.active where purpose = $1)
             or (l.person in (${rest.join(' union all ')}) and not ${heldSince('l.person', '$2')})`,
        [purpose, new Date(now.getTime() - GRACE)],
      ),
    });
  }
  return outcome(findings, many(kept, 'optedOut'));
}
