import { personTables } from '#platform/map.ts';
import { consentPurposes } from '#statement/rules.ts';
import { policies, readers } from '../access.ts';
import { type Check, type Context, count, type Finding, outcome } from '../check.ts';
import { many } from '../counted.ts';
import { guards } from '../guards.ts';
import { answers, sum } from '../tallies.ts';

/** What was done with people, as journal and letters show it, against what they had asked for by then (clauses `r.*`). */
export const useChecks: readonly Check[] = [
  {
    clause: 'r.withdraw',
    title: 'Nothing was done on a consent after it was withdrawn',
    titleNb: 'Ingenting er gjort på et samtykke etter at det ble trukket tilbake',
    run: afterWithdrawal,
  },
  {
    clause: 'r.object-restrict',
    title: 'Nobody was used while restricted, or for what they had objected to',
    titleNb: 'Ingens opplysninger er brukt mens bruken var begrenset, eller til noe de hadde protestert mot',
    run: againstTheirWish,
  },
  {
    clause: 'r.object-restrict',
    title: 'PostgreSQL itself leaves out whoever is restricted, has objected or has not consented',
    titleNb:
      'PostgreSQL selv utelater den som har fått bruken begrenset, har protestert eller ikke har samtykket',
    run: theDatabaseRefuses,
  },
];

async function afterWithdrawal(context: Context) {
  const { main, applied } = context;
  const purposes = consentPurposes(applied.statement);
  // A consent that was given anew in between makes it right again.
  const renewed = (moment: string) => `not exists (
    select from consent.event g where g.person = w.person and g.purpose = w.purpose and g.state = 'given'
       and g.at > w.at and g.at <= ${moment})`;
  const withdrawals = sum(
    await answers(context),
    ({ state, purpose }) => ['withdrawn', 'invalidated'].includes(state) && purposes.includes(purpose),
  );
  const looks = await count(
    main,
    `select count(distinct u.id) from consent.event w
       join journal.entry u on u.person = w.person and u.purpose = w.purpose and u.gate = 'use' and u.at > w.at
      where w.state in ('withdrawn', 'invalidated') and w.purpose = any($1) and ${renewed('u.at')}`,
    [purposes],
  );
  const letters = await count(
    main,
    `select count(distinct m.id) from consent.event w
       join mail.letter m on m.person = w.person and m.purpose = w.purpose and m.sent_at > w.at
      where w.state in ('withdrawn', 'invalidated') and w.purpose = any($1) and ${renewed('m.sent_at')}`,
    [purposes],
  );
  return outcome(
    [
      { what: 'a look in journal.entry after the consent was withdrawn', count: looks },
      { what: 'a letter in mail.letter after the consent was withdrawn', count: letters },
    ],
    many(withdrawals, 'withdrawal'),
  );
}

async function againstTheirWish({ main, applied }: Context) {
  const stops = Object.entries(applied.statement.purposes)
    .filter(([, purpose]) => purpose.duringRestriction === undefined)
    .map(([id]) => id);
  // Restrictions that were lifted since are in the journal alone.
  const restricted = await count(
    main,
    `with r as (
       select person, at, 0 as id from gate.restriction
       union all select person, at, id from journal.entry where gate = 'answer' and act = 'restrict'
     )
     select count(distinct u.id) from r
       join journal.entry u on u.person = r.person and u.gate = 'use' and u.at > r.at and u.purpose = any($1)
      where not exists (select from journal.entry l where l.person = r.person and l.gate = 'answer'
              and l.act = 'lift-restriction' and l.id > r.id and l.at >= r.at and l.at <= u.at)`,
    [stops],
  );
  const objected = await count(
    main,
    `select count(*) from gate.objection o
       join journal.entry u on u.person = o.person and u.purpose = o.purpose and u.gate = 'use' and u.at > o.at`,
  );
  const letters = await count(
    main,
    `select count(*) from mail.letter m
      where m.person in (select person from gate.restriction union all select person from gate.objection)
        and (exists (select from gate.restriction r where r.person = m.person and m.sent_at > r.at and m.purpose = any($1))
          or exists (select from gate.objection o where o.person = m.person and o.purpose = m.purpose and m.sent_at > o.at))`,
    [stops],
  );
  const wishes = await count(
    main,
    'select (select count(*) from gate.restriction) + (select count(*) from gate.objection)',
  );
  return outcome(
    [
      { what: 'a look in journal.entry at somebody restricted', count: restricted },
      { what: 'a look in journal.entry for a purpose that was objected to', count: objected },
      { what: 'a letter in mail.letter against a restriction or objection', count: letters },
    ],
    many(wishes, 'wish'),
  );
}

/**
 * Each policy of a purpose must put the one question, with the right purpose, ground and exception, and the function
 * that answers it must be as the migrations made it.
 */
async function theDatabaseRefuses(context: Context) {
  const { main, map, applied, prefix } = context;
  const findings: Finding[] = (await guards(context))
    .filter(({ schema }) => schema === 'gate' || schema === 'consent')
    .flatMap(({ wrong }) => (wrong === undefined ? [] : [{ what: wrong, count: 1 }]));
  const asked = new Map(
    [...readers(context)].flatMap(([table, purposes]) =>
      purposes.map((id): [string, string] => {
        const { basis, duringRestriction } = applied.statement.purposes[id]!;
        const role = `${prefix}_${id.replaceAll('-', '_')}`;
        return [
          `${table.name} ${role}`,
          // What a purpose must keep it must be able to show, of whomever it is.
          table.readers === 'own'
            ? 'true'
            : `gate.usable(${table.subject}, '${id}'::text, ${basis === 'A6-1-a'}, ${duringRestriction === undefined})`,
        ];
      }),
    ),
  );
  for (const policy of await policies(context)) {
    const question = asked.get(`${policy.table} ${policy.roles[0]}`);
    const says = policy.condition?.replaceAll('"', '').replace(/^\((.*)\)$/s, '$1');
    // What else a policy asks can only narrow it.
    const asks = says === question || says?.startsWith(`${question} AND (`);
    if (policy.roles.length === 1 && question !== undefined && !asks)
      findings.push({ what: `${policy.table} asks another question for ${policy.roles[0]}`, count: 1 });
  }
  const usable = await count(
    main,
    `select count(*) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = 'gate' and p.proname = 'usable' and p.prosecdef`,
  );
  if (usable !== 1) findings.push({ what: 'gate.usable is not there once', count: 1 });
  return outcome(findings, many(asked.size, 'policy'), many(personTables(map).length, 'table'));
}
