/**
 * The load generator: a process of its own, so that what it costs is not charged to the event loop it measures. Takes
 * one job at a time over the channel to its parent, and answers with what came of it.
 */
import pg from 'pg';
import { quantile } from './figures.ts';
import { Wire } from './wire.ts';

/** One HTTP request, ready to be sent. */
export interface HttpAsk {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

/** What to send, over how many connections that each wait for their answer, and for how long at most. */
export interface Job {
  readonly connections: number;
  readonly seconds: number;
  readonly http?: {
    readonly port: number;
    readonly cookie: string;
    /** The key of another system; in place of the cookie. */
    readonly key?: string;
    readonly asks: readonly HttpAsk[];
  };
  readonly postgres?: { readonly url: string; readonly text: string; readonly values: readonly unknown[][] };
  /** Field of each JSON answer to hand back. */
  readonly collect?: string;
}

/** What came of a job. Times in milliseconds. */
export interface Outcome {
  readonly done: number;
  readonly failed: number;
  /** What the first failure said; a status or an SQLSTATE. */
  readonly failure?: string;
  readonly seconds: number;
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly collected: string[];
}

type Send = (at: number) => Promise<string | undefined>;

async function run(job: Job): Promise<Outcome> {
  const size = job.http?.asks.length ?? job.postgres!.values.length;
  const lines = await Promise.all(Array.from({ length: job.connections }, () => connect(job)));
  const times: number[] = [];
  const collected: string[] = [];
  let next = 0;
  let failed = 0;
  let failure: string | undefined;
  const begun = performance.now();
  const end = begun + job.seconds * 1000;
  await Promise.all(
    lines.map(async ({ send }) => {
      while (next < size && performance.now() < end) {
        const at = next++;
        const sent = performance.now();
        try {
          const answer = await send(at);
          times.push(performance.now() - sent);
          if (answer !== undefined) collected.push(answer);
        } catch (error) {
          failed += 1;
          failure ??= (error as { code?: string }).code ?? (error as Error).message;
        }
      }
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  await Promise.all(lines.map(({ close }) => close()));
  const done = times.length;
  return {
    done,
    failed,
    failure,
    seconds,
    rate: done / seconds,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    collected,
  };
}

async function connect(job: Job): Promise<{ send: Send; close: () => Promise<void> }> {
  if (job.http === undefined) return connectPostgres(job.postgres!);
  const { port, cookie, key, asks } = job.http;
  const who = key === undefined ? `cookie: ${cookie}` : `authorization: Bearer ${key}`;
  const wire = await Wire.open(port);
  const send = async (at: number) => {
    const { method, path, body } = asks[at]!;
    const { status, text } = await wire.ask(method, path, who, body);
    if (status >= 300) throw new Error(String(status));
    return job.collect === undefined ? undefined : String(JSON.parse(text)[job.collect]);
  };
  return { send, close: async () => wire.close() };
}

async function connectPostgres({ url, text, values }: NonNullable<Job['postgres']>) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const send = async (at: number) => {
    await client.query({ name: 'floor', text, values: values[at]! });
    return undefined;
  };
  return { send, close: () => client.end() };
}

process.on('message', (job: Job) => {
  run(job).then(
    (outcome) => process.send!(outcome),
    (error: Error) => process.send!({ error: error.message }),
  );
});
