/** Runs benches: `bin/bench [person|sign-in|vault|start|proof|keep|retention|people|companies|api|backup …] [--rounds N] [--seconds S] [--people N] [--events N] [--out FILE]`. */
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { api } from './api.ts';
import { backup } from './backup.ts';
import { companies } from './companies.ts';
import { type Result, table } from './figures.ts';
import { type Filled, openFilled } from './filled.ts';
import { keeping } from './keep.ts';
import { people } from './people.ts';
import { person } from './person.ts';
import { proof } from './proof.ts';
import { retention } from './retention.ts';
import { signIn } from './sign-in.ts';
import { start } from './start.ts';
import { vault } from './vault.ts';

/** How long and how large; the defaults are those of the figures in README.md. */
export interface Sizes {
  readonly rounds: number;
  readonly seconds: number;
  readonly people: number;
  readonly events: number;
}

let filled: Promise<Filled> | undefined;
/** One house full of people for all benches that look into it. */
const fill = (people: number) => {
  filled ??= openFilled(people);
  return filled;
};

/** In the order that they run: a proof comes before the plain deletes that `vault` compares with. */
const benches: Record<string, (sizes: Sizes) => Promise<Result>> = {
  person,
  'sign-in': signIn,
  start: ({ rounds }) => start(Math.min(rounds, 3)),
  retention: ({ events }) => retention(events),
  keep: keeping,
  people,
  companies,
  api,
  proof,
  backup: async ({ people, rounds }) => backup(await fill(people), Math.min(rounds, 3)),
  vault: async ({ people, rounds }) => vault(await fill(people), rounds),
};

const { values, positionals } = read();
const sizes = {
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  people: Number(values.people),
  events: Number(values.events),
};
const unknown = positionals.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0 || Object.values(sizes).some((size) => !(size > 0)))
  wrongUse(`Benches: ${Object.keys(benches).join(', ')}; sizes are numbers above 0.`);

const results: Result[] = [];
try {
  for (const [name, bench] of Object.entries(benches)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    process.stderr.write(`${name} …\n`);
    results.push(await bench(sizes));
  }
} finally {
  await (await filled)?.house.close();
}
process.stderr.write(`\n${table(results)}\n`);
const report = {
  node: process.versions.node,
  platform: `${process.platform}-${process.arch}`,
  processors: availableParallelism(),
  ...sizes,
  results,
};
const text = `${JSON.stringify(report, null, 2)}\n`;
if (values.out === undefined) process.stdout.write(text);
else await writeFile(values.out, text);

function read() {
  const options = {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    people: { type: 'string', default: '100000' },
    events: { type: 'string', default: '10000000' },
    out: { type: 'string' },
  } as const;
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch {
    // What Node says of it goes over several lines, and tells of quoting that nobody asked for.
    return wrongUse(
      `Options, each with its value: ${Object.keys(options)
        .map((name) => `--${name}`)
        .join(', ')}.`,
    );
  }
}

function wrongUse(says: string): never {
  process.stderr.write(`${says}\n`);
  process.exit(2);
}
