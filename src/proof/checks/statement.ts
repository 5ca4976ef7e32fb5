import { type Check, type Context, type Finding, outcome } from '../check.ts';
import { many } from '../counted.ts';
import { guards } from '../guards.ts';
import { byVersion, sum } from '../tallies.ts';
import { inForceAt, versions } from '../versions.ts';

/** The statement itself: that what is shown is what was applied, and that nobody can change it (clause `0.version`). */
export const statementChecks: readonly Check[] = [
  {
    clause: '0.version',
    title: 'The published statement is the applied one, letter for letter',
    titleNb: 'Erklæringen som er publisert, er den som gjelder, bokstav for bokstav',
    run: published,
  },
  {
    clause: '0.version',
    title: 'An applied version cannot be changed or taken away',
    titleNb: 'En versjon som er tatt i bruk, kan ikke endres eller fjernes',
    async run(context) {
      const ours = (await guards(context)).filter(({ schema }) => schema === 'statement');
      const findings = ours.flatMap(({ wrong }) => (wrong === undefined ? [] : [{ what: wrong, count: 1 }]));
      const none = ours.length === 0 ? [{ what: 'nothing guards the versions', count: 1 }] : [];
      return outcome([...findings, ...none], many(ours.length, 'guard'));
    },
  },
  {
    clause: '0.version',
    title: 'Every record names a version that was applied',
    titleNb: 'Hver oppføring viser til en versjon som er tatt i bruk',
    run: knownVersions,
  },
];

async function published(context: Context) {
  const all = await versions(context);
  const { applied } = context;
  const findings: Finding[] = all
    .filter(({ sound }) => !sound)
    .map(({ version }) => ({ what: `version ${version} does not have its own fingerprint`, count: 1 }));
  const last = inForceAt(all, context.now);
  if (last === undefined) findings.push({ what: 'no version was ever applied', count: 1 });
  else if (last.fingerprint !== applied.fingerprint || last.version !== applied.statement.version)
    findings.push({ what: `what is served is not version ${last.version} as it was applied`, count: 1 });
  return outcome(findings, many(all.length, 'version'));
}

/** Every text column called `statement` says under which version its row came about. */
async function knownVersions(context: Context) {
  const known = new Set((await versions(context)).map(({ version }) => version));
  const tables = context.map.tables.filter(({ columns }) =>
    columns.some(({ name, type }) => name === 'statement' && type === 'text'),
  );
  const findings: Finding[] = [];
  for (const { name } of tables)
    findings.push({
      what: `${name}.statement is no version that was applied`,
      count: sum(await byVersion(context, name), ({ statement }) => !known.has(statement)),
    });
  return outcome(findings, many(tables.length, 'table'));
}
