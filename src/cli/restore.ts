import { wordAt } from './arguments.ts';
import { refusable } from './backup.ts';
import type { Command } from './command.ts';
import { actingMoment } from './moment.ts';
import { commandOptions } from './open.ts';
import { stepTeller } from './progress.ts';
import type { PutBack } from './wiring.ts';

/** `hjemmel restore DIR`: a backup, and after it what people had asked for since. */
export const restore: Command = {
  usage: 'restore <dir> [--replace]',
  words: 1,
  about: `Puts a backup back, replays erasures, withdrawals and storage periods since it was taken, and proves the whole.
--replace        in the place of what is in the database
--accept-loss    of the keys: go on although the backup lacks those of people who came after it
Nothing is served before the replay is done; broken off, run it again, or start. Exit code 1: refused, or a promise is broken.`,
  flags: ['replace', 'accept-loss', 'now'],
  run: async (run) => {
    const { given, config, wiring, print } = run;
    const folder = wordAt(given, 0, 'folder');
    // What is past its date goes as soon as the rows are back.
    actingMoment(run);
    return refusable(run, async () => {
      const done = await wiring.putBack(config, folder, {
        ...commandOptions(run),
        replace: given.flags.has('replace'),
        acceptLoss: given.flags.has('accept-loss'),
        step: stepTeller('Restoring'),
      });
      print(given.flags.has('json') ? JSON.stringify(done) : told(done));
      return done.proof === null || done.proof.ok ? 0 : 1;
    });
  },
};

function told({ kind, takenAt, restored, replayed, statement, proof }: PutBack): string {
  const lines = [`Restored ${restored.rows} rows of ${restored.tables} tables, as they were ${takenAt}.`];
  if (replayed !== undefined)
    lines.push(
      kind === 'main'
        ? `Since then: ${replayed.erased} people erased, ${replayed.withdrawn} consents withdrawn, ${replayed.objected} objections, ${replayed.restricted} restrictions, ${replayed.lifted} of those taken back, ${replayed.ended} single values ended, ${replayed.held} holds placed or released, users, levels or subscriptions of ${replayed.clients} clients ended or changed, ${replayed.versions} versions of the statement applied, ${replayed.expired} rows past their date. All of it is so again.`
        : `${replayed.keys} keys of erased people had come back and are destroyed again.`,
    );
  if (kind === 'main')
    lines.push(
      `Sessions, sign-in links and keys for other systems have ended${replayed === undefined ? '' : `, and ${replayed.letters} letters that waited are not sent`}. What was given after the backup is lost: profiles, corrections, new consents.`,
    );
  if (statement === null || proof === null)
    return [
      ...lines,
      'The keys are in their place. Restore the rows next: nothing can be proved without them.',
    ].join('\n');
  lines.push(
    `Statement ${statement.inForce} is in force${statement.filesDiffer ? ', and the files in statement/ say something else: hjemmel plan' : ''}.`,
  );
  lines.push(
    proof.ok ? 'Every promise that can be checked holds.' : 'A promise is broken:',
    ...proof.broken.map((line) => `  ${line}`),
  );
  return lines.join('\n');
}
