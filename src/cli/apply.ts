import type { ApplyAnswer } from '#gates/plan/apply.ts';
import { WrongUse } from './arguments.ts';
import type { Command, Run } from './command.ts';
import { actingMoment } from './moment.ts';
import { OPERATOR, withProduct } from './open.ts';
import { troubleLine } from './plan.ts';

/** `hjemmel apply HASH`: does that plan and no other. */
export const applyCommand: Command = {
  usage: 'apply HASH | apply --withdraw VERSION',
  words: 1,
  about: `Does exactly the plan that has this hash; run again after a crash, it does the rest. A stale hash is refused.
A material version takes effect when its notice is over; until then --withdraw takes it back.`,
  flags: ['now', 'withdraw'],
  run: async (run) => {
    const version = run.given.values.get('withdraw');
    if (version !== undefined) return takeBack(run, version);
    const [hash] = run.given.words;
    if (hash === undefined) throw new WrongUse('Say which plan: hjemmel plan prints its hash.');
    const at = actingMoment(run);
    const answer = await withProduct(run, (product) => product.apply(hash, { actor: OPERATOR, at }), at);
    if (answer.kind !== 'applied') return refuse(run, answer);
    const { effectiveAt, again } = answer;
    // Opened anew: what the version does to rows and people is done under the version itself.
    const kept = await withProduct(run, (product) => product.gates.keep(at), at);
    const waits = effectiveAt > at;
    if (run.given.flags.has('json'))
      run.print(
        JSON.stringify({
          applied: true,
          again,
          version: answer.version,
          takesEffect: effectiveAt.toISOString(),
          kept,
        }),
      );
    else {
      run.print(
        `Version ${answer.version} ${again ? 'was applied already' : 'is applied'}, and ${waits ? `takes effect on ${effectiveAt.toISOString()}` : 'is in force'}.`,
      );
      for (const { clause, rows } of kept.due) run.print(`${clause}: ${rows} rows went.`);
    }
    return 0;
  },
};

function refuse(run: Run, answer: Exclude<ApplyAnswer, { kind: 'applied' }>): number {
  const hash = answer.kind === 'stale' ? answer.hash : null;
  const problems =
    answer.kind === 'trouble'
      ? answer.problems
      : [
          {
            message:
              hash === null
                ? 'Nothing to apply: the files say what the version in force says.'
                : 'This is not the plan as it stands now: the files, the database or the version in force have changed. Read hjemmel plan anew, and apply the hash that it prints.',
          },
        ];
  if (run.given.flags.has('json')) run.print(JSON.stringify({ applied: false, hash, problems }));
  else for (const problem of problems) run.print(troubleLine(problem));
  return 1;
}

async function takeBack(run: Run, version: string): Promise<number> {
  const at = actingMoment(run);
  const answer = await withProduct(
    run,
    (product) => product.withdrawVersion(version, { actor: OPERATOR, at }),
    at,
  );
  const says = {
    withdrawn: `Version ${version} is taken back and will not take effect.`,
    unknown: `No version ${version} was ever applied.`,
    'in-force': `Version ${version} has taken effect: change the files, and plan the next one.`,
  }[answer];
  if (run.given.flags.has('json')) run.print(JSON.stringify({ withdrawn: answer === 'withdrawn', version }));
  else run.print(says);
  return answer === 'withdrawn' ? 0 : 1;
}
