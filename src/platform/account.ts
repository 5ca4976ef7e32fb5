import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { Fault } from './fault.ts';

const run = promisify(execFile);

/**
 * The account that PostgreSQL runs under. It refuses to run as root, so root (a container, a small server) hands
 * it to another account; anyone else runs it as themselves.
 */
export interface Account {
  /** Owner to give the files to; undefined when they are ours already. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  spawn(command: string, args: readonly string[], options: SpawnOptions): ChildProcess;
}

/**
 * Chooses the account for a cluster in `home` run from the program at `program`. Under root that is whoever owns
 * the cluster already, else the account `hjemmel`, else `postgres`, else a new system account `hjemmel`.
 *
 * Where the account cannot pass through a folder on the way (a checkout under /root), it is lent the one
 * capability to look folders up, through setpriv; where that is not allowed either, a Fault says so.
 */
export async function chooseAccount(home: string, program: string): Promise<Account> {
  if (process.getuid?.() !== 0) return { owner: undefined, spawn };
  const owner =
    (await ownerOf(home)) ?? (await lookUp('hjemmel')) ?? (await lookUp('postgres')) ?? (await make());
  const blocked = (await firstClosed(home, owner)) ?? (await firstClosed(program, owner));
  if (!blocked) {
    return { owner, spawn: (command, args, options) => spawn(command, args, { ...options, ...owner }) };
  }
  const lend = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'];
  lend.push('--inh-caps=-all,+dac_read_search', '--ambient-caps=-all,+dac_read_search');
  // initdb asks access(2) whether it may run postgres, and that looks away from capabilities but for this bit.
  lend.push('--securebits=+no_setuid_fixup');
  try {
    await run('setpriv', [...lend, program, '--version']);
  } catch {
    throw new Fault(
      `PostgreSQL cannot run as root, and account ${owner.uid} cannot enter ${blocked}: ` +
        'run as an ordinary user, or keep the checkout and DATA_DIR where every account may pass.',
    );
  }
  return { owner, spawn: (command, args, options) => spawn('setpriv', [...lend, command, ...args], options) };
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

async function ownerOf(folder: string): Promise<Owner | undefined> {
  try {
    const { uid, gid } = await stat(folder);
    return uid === 0 ? undefined : { uid, gid };
  } catch {
    return undefined;
  }
}

async function lookUp(name: string): Promise<Owner | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function make(): Promise<Owner> {
  try {
    await run('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/bin/false',
      'hjemmel',
    ]);
  } catch {
    throw new Fault(
      'PostgreSQL cannot run as root and no other account could be made: run as an ordinary user, ' +
        'or set DATABASE_URL and KEYS_URL.',
    );
  }
  const made = await lookUp('hjemmel');
  if (!made) throw new Fault('The account hjemmel cannot be looked up: run as an ordinary user.');
  return made;
}

/** The outermost folder above `path` that the account may not pass through, by its mode bits. */
async function firstClosed(path: string, owner: Owner): Promise<string | undefined> {
  const folder = dirname(path);
  if (folder !== path) {
    const outer = await firstClosed(folder, owner);
    if (outer) return outer;
  }
  const { uid, gid, mode } = await stat(folder);
  const bit = uid === owner.uid ? 0o100 : gid === owner.gid ? 0o010 : 0o001;
  return mode & bit ? undefined : folder;
}
