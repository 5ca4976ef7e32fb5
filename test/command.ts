import { runCommand } from '#cli/cli.ts';
import type { Config } from '#config';
import { openAudit, openProduct } from '#product';
import { acts } from '../src/acts.ts';
import { backUp } from '../src/backup.ts';
import { putBack } from '../src/restore.ts';
import type { World } from './world.ts';

/** How a command ended: its exit code, and what it said; `json` reads its answer. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape, and fail where one is missing
  json(): any;
}

/** Runs a command on a world as an operator types it, with settings changed; what it starts besides is of no concern. */
export async function command(world: World, argv: string, changed: Partial<Config> = {}): Promise<Said> {
  const nothing = () => Promise.reject(new Error('not started here'));
  const said = { out: '', err: '' };
  const code = await runCommand(
    argv.split(' '),
    {
      readConfig: () => ({ ...world.config, ...changed }),
      open: openProduct,
      openAudit,
      backUp,
      putBack,
      openSite: nothing,
      ...acts,
      refreshCompaniesDaily: nothing,
      loadDemo: nothing,
      staffLink: nothing,
    },
    {
      out: (text) => {
        said.out += text;
      },
      err: (text) => {
        said.err += text;
      },
    },
  );
  return { code, ...said, json: () => JSON.parse(said.out) };
}
