import { createHash } from 'node:crypto';
import { ident, tableIdent } from '#platform/database.ts';
import { personTables } from '#platform/map.ts';
import { compare } from '#statement/compare.ts';
import { type Concerned, concerned } from '#statement/concerns.ts';
import { after } from '#statement/period.ts';
import { type Check, type Context, count, type Finding, outcome } from '../check.ts';
import { many } from '../counted.ts';
import { inForceAt, type Version, versions } from '../versions.ts';

/** How versions came about, and whether people were told of them in time (clauses `v.changes`, `v.notice`). */
export const changeChecks: readonly Check[] = [
  {
    clause: 'v.changes',
    title: 'Every version was applied by a plan that the journal knows',
    titleNb: 'Hver versjon er tatt i bruk etter en plan som journalen kjenner',
    run: planned,
  },
  {
    clause: 'v.changes',
    title: 'What a version was to do when it took effect has been done',
    titleNb: 'Det en versjon skulle gjøre da den begynte å gjelde, er gjort',
    run: finished,
  },
  {
    clause: 'v.notice',
    title: 'No version that matters to people took effect sooner than they were promised notice',
    titleNb: 'Ingen versjon som betyr noe for folk, begynte å gjelde før varselfristen var ute',
    run: inTime,
  },
  {
    clause: 'v.notice',
    title: 'Everybody concerned was told of a version before it took effect',
    titleNb: 'Alle det angår, fikk beskjed om versjonen før den begynte å gjelde',
    run: everybodyTold,
  },
];

/** How long work may wait for the next round of keeping, in milliseconds. */
const PATIENCE = 2 * 3_600_000;
/** What the statement promises where it names no period itself. */
const NOTICE = 'P30D';

interface Application {
  version: string;
  before: string;
  plan: string;
  hash: string;
  settled: boolean;
  done: boolean;
}

async function applications({ main }: Context): Promise<Application[]> {
  const { rows } = await main.query<Application>(
    `select version, before, plan, hash, settled_at is not null as settled, done_at is not null as done
       from statement.application`,
  );
  return rows;
}

/** The first version was there before any plan could be; each one after it rests on one, whose hash the journal sealed. */
async function planned(context: Context) {
  const [all, plans] = [await versions(context), await applications(context)];
  const { rows } = await context.main.query<{ statement: string; digest: string }>(
    `select statement, encode(digest, 'hex') as digest from journal.entry where gate = 'statement' and act = 'apply'`,
  );
  const sealed = new Set(rows.map(({ statement, digest }) => `${statement} ${digest}`));
  const findings: Finding[] = [];
  const find = (what: string) => findings.push({ what, count: 1 });
  for (const { version } of all.slice(1)) {
    const plan = plans.find((one) => one.version === version);
    if (plan === undefined) find(`version ${version} was applied by no plan`);
    else if (createHash('sha256').update(plan.plan).digest('hex') !== plan.hash)
      find(`the plan of version ${version} is not what was decided`);
    else if (!sealed.has(`${version} ${plan.hash}`)) find(`the journal does not know the plan of ${version}`);
    else if (!decides(plan, all)) find(`the plan of version ${version} is about other versions`);
  }
  return outcome(findings, many(all.length, 'version'), many(plans.length, 'plan'));
}

function decides({ plan, version, before }: Application, all: readonly Version[]): boolean {
  const { from, to } = JSON.parse(plan) as {
    from: { version: string; fingerprint: string };
    to: { version: string };
  };
  const was = all.find((one) => one.version === before);
  return to.version === version && from.version === before && from.fingerprint === was?.fingerprint;
}

async function finished(context: Context) {
  const [all, plans] = [await versions(context), await applications(context)];
  const late = new Date(context.now.getTime() - PATIENCE);
  const begun = all.filter(({ withdrawn, effectiveAt }) => !withdrawn && effectiveAt <= late);
  const open = plans.filter(({ version }) => begun.some((one) => one.version === version));
  const findings = open.flatMap(({ version, settled, done }): Finding[] => [
    ...(settled ? [] : [{ what: `roles and consents do not follow version ${version} yet`, count: 1 }]),
    ...(done ? [] : [{ what: `version ${version} took effect and is not done`, count: 1 }]),
  ]);
  return outcome(findings, many(begun.length, 'begunVersion'));
}

/** A version with the one that was in force when it was applied, and whom its changes concern: reckoned anew from both texts. */
interface Step {
  readonly was: Version;
  readonly is: Version;
  readonly concerns: Concerned;
}

async function materialSteps(context: Context): Promise<Step[]> {
  const all = await versions(context);
  return all.flatMap((is, at): Step[] => {
    const was = inForceAt(all.slice(0, at), is.appliedAt);
    if (is.withdrawn || was?.statement === undefined || is.statement === undefined) return [];
    const concerns = concerned(compare(was.statement, is.statement), was.statement, is.statement);
    return concerns === undefined ? [] : [{ was, is, concerns }];
  });
}

async function inTime(context: Context) {
  const steps = await materialSteps(context);
  const findings = steps
    .filter(({ was, is }) => {
      const notice = was.statement?.deadlines?.notice?.period ?? NOTICE;
      return is.effectiveAt < after(is.appliedAt, notice);
    })
    .map(({ is }) => ({ what: `version ${is.version} took effect before its notice was over`, count: 1 }));
  return outcome(findings, many(steps.length, 'materialVersion'));
}

/**
 * Whoever was here when a version was applied has a notice from before it took effect; whoever came in its last day may
 * have had theirs with it.
 */
async function everybodyTold(context: Context) {
  const { main, map, now } = context;
  const findings: Finding[] = [];
  const steps = await materialSteps(context);
  for (const { is, concerns } of steps) {
    const owned = personTables(map).filter(
      ({ name, purpose, end, clocks }) =>
        concerns !== 'everyone' &&
        name !== 'gate.collection' &&
        end !== 'stays' &&
        clocks.recorded !== undefined &&
        concerns.includes(purpose ?? ''),
    );
    const active = [
      'exists (select from gate.collection c where c.person = p.person and c.purpose = any($2) and c.at <= $3)',
      ...owned.map(
        ({ name, subject, clocks }) =>
          `exists (select from ${tableIdent(name)} t where t.${ident(subject)} = p.person and t.${ident(clocks.recorded!)} <= $3)`,
      ),
    ];
    const whom =
      concerns === 'everyone'
        ? '($2::text[] is not null and p.recorded_at <= $3)'
        : `(${active.join(' or ')})`;
    const asked = new Date(Math.min(is.effectiveAt.getTime(), now.getTime() - PATIENCE));
    if (is.appliedAt > asked) continue;
    const values = [is.version, concerns === 'everyone' ? [] : concerns, asked];
    findings.push({
      what: `not told of version ${is.version}`,
      count: await count(
        main,
        `select count(*) from vault.person p where ${whom}
            and not exists (select from gate.erasure e where e.person = p.person)
            and not exists (select from gate.notice n where n.person = p.person and n.statement = $1)`,
        values,
      ),
    });
    findings.push({
      what: `told of version ${is.version} after it took effect`,
      count: await count(
        main,
        `select count(*) from gate.notice n join vault.person p using (person)
          where n.statement = $1 and n.at > $2 and p.recorded_at < $2::timestamptz - interval '1 day'`,
        [is.version, is.effectiveAt],
      ),
    });
  }
  const notices = await count(main, 'select count(*) from gate.notice');
  return outcome(findings, many(steps.length, 'materialVersion'), many(notices, 'notice'));
}
