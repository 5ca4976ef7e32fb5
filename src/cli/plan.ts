import type { Plan, Trouble } from '#gates/plan/plan.ts';
import type { Command } from './command.ts';
import { moment } from './moment.ts';
import { withAudit } from './open.ts';

/** `hjemmel plan`: what would the statement files do to roles, rows, consents and people, if they were applied now? */
export const planCommand: Command = {
  usage: 'plan',
  about:
    'Says what the changed statement files would do, and the hash to apply it by. Changes nothing. Exit code 1: they cannot be applied.',
  flags: ['now'],
  run: async (run) => {
    const at = moment(run.given);
    const planned = await withAudit(run, (audit) => audit.plan(at));
    if (run.given.flags.has('json')) run.print(JSON.stringify(planned, null, 2));
    else for (const line of planLines(planned)) run.print(line);
    return planned.problems.length === 0 ? 0 : 1;
  },
};

/** `file:line:column: message` for what is in a file, the sentence alone for anything else. */
export function troubleLine(trouble: Trouble): string {
  return 'file' in trouble
    ? `${trouble.file}:${trouble.line}:${trouble.column}: ${trouble.message}`
    : trouble.message;
}

function planLines(planned: Plan): string[] {
  if (planned.problems.length > 0) return planned.problems.map(troubleLine);
  const { version, from, hash, changes, roles, rows, consents, notify, material } = planned;
  if (hash === null)
    return [
      version === from
        ? `Nothing has changed: the files say what version ${from} says, and it is in force.`
        : `Nothing to apply: version ${version} is applied and takes effect on ${notify.takesEffect}.`,
    ];
  const lines = [`Version ${version}, after ${from}: ${material ? 'material' : 'not material'}.`, ''];
  for (const { clause, change, what, why, periods, material: matters } of changes)
    lines.push(
      `${matters ? '!' : '·'} ${clause.padEnd(22)} ${what} ${change}: ${why}${periods === undefined ? '' : ` (${periods.before}, now ${periods.after})`}`,
    );
  const of = (id: string) => (right: { purpose: string }) => right.purpose === id;
  for (const id of roles.added) lines.push(`+ role ${id}`);
  for (const id of roles.removed) lines.push(`- role ${id}`);
  for (const [sign, rights] of [['+', roles.granted] as const, ['-', roles.revoked] as const])
    for (const id of new Set(rights.map(({ purpose }) => purpose)))
      lines.push(
        `${sign} ${id} reads ${rights
          .filter(of(id))
          .map(({ table, column }) => `${table}.${column}`)
          .join(', ')}`,
      );
  lines.push('', 'Rows that would go                now   within a year   (as it is: now, within a year)');
  for (const { clause, now, year, before } of rows)
    lines.push(
      `  ${clause.padEnd(24)} ${String(now).padStart(10)} ${String(year).padStart(15)}   (${before.now}, ${before.year})`,
    );
  if (rows.length === 0) lines.push('  none');
  for (const { purpose, active, why } of consents)
    lines.push(`${active} consents to ${purpose} stop counting: ${why}.`);
  lines.push(
    '',
    notify.period === null
      ? 'Nobody need be told beforehand; it takes effect when it is applied.'
      : `${notify.people} people are told, ${notify.mailed} of them by mail, ${notify.period} beforehand; applied now, it takes effect on ${notify.takesEffect}.`,
    '',
    `hjemmel apply ${hash}`,
  );
  return lines;
}
