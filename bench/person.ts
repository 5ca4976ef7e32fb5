import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { asOwner } from '#platform/database.ts';
import { figure, type Result } from './figures.ts';
import { type House, openHouse, type Server } from './house.ts';
import { invent } from './invented.ts';
import type { HttpAsk, Outcome } from './load.ts';
import { Loader } from './loader.ts';
import { postgresOf, processorTime } from './processes.ts';

const CONNECTIONS = 16;
/** More than any round gets through. */
const PLENTY = 12_000;
const WARM = { create: 4000, read: 4000, update: 2000, erase: 1000 } as const;
const ACTS = ['create', 'read', 'update', 'erase'] as const;
type ActName = (typeof ACTS)[number];

const FLOOR: Readonly<Record<ActName, { text: string; what: string }>> = {
  create: { text: 'insert into person (id, body) values ($1, $2)', what: 'INSERT of one row' },
  read: { text: 'select body from person where id = $1', what: 'SELECT by key' },
  update: { text: 'update person set body = $2 where id = $1', what: 'UPDATE by key' },
  erase: { text: 'delete from person where id = $1', what: 'DELETE by key' },
};

/**
 * A person's life over the HTTP API, 16 keep-alive connections, against one plain row of the same size over 16 plain
 * connections to the same server. Rounds of both alternate.
 */
export async function person({ rounds, seconds }: { rounds: number; seconds: number }): Promise<Result> {
  const house = await openHouse();
  const loader = new Loader();
  try {
    await asOwner(house.floorUrl, (client) =>
      client.query('create table person (id uuid primary key, body text not null)'),
    );
    const server = await house.serve();
    const people = new People(house, loader);
    // A program that has just started still compiles itself; so many of each is where it is warm.
    for (const act of ACTS) await people.product(act, 60, WARM[act]);
    await people.lettersGone();
    await people.floor('create', 1);
    const measured = new Map<string, Outcome[]>();
    const processor: { act: ActName; node: number; postgres: number }[] = [];
    const note = (name: string, outcome: Outcome) =>
      measured.set(name, [...(measured.get(name) ?? []), outcome]);
    for (let round = 0; round < rounds; round += 1)
      for (const act of ACTS) {
        note(`floor ${act}`, await people.floor(act, seconds));
        // The floor's connections end first: what they used is not to be taken for the product's.
        await pause(300);
        const before = await spentBy(house, server);
        const outcome = await people.product(act, seconds);
        const spent = await spentBy(house, server);
        note(act, outcome);
        const each = (one: 'node' | 'postgres') => ((spent[one] - before[one]) / outcome.done) * 1000;
        if (act === 'create') await people.lettersGone();
        processor.push({ act, node: each('node'), postgres: each('postgres') });
        process.stderr.write(
          `${act} ${Math.round(outcome.rate)}/s (p99 ${outcome.p99.toFixed(1)} ms; µs each: Node ${each('node').toFixed(0)}, PostgreSQL ${each('postgres').toFixed(0)}), floor ${Math.round(measured.get(`floor ${act}`)!.at(-1)!.rate)}/s\n`,
        );
      }
    await server.stop();
    const rates = (name: string) => measured.get(name)!.map(({ rate }) => rate);
    const targets: Partial<Record<ActName, Parameters<typeof figure>[4]>> = {
      create: { text: '≥ 0.5 × floor', keeps: (_, ratio) => ratio >= 0.5 },
      read: { text: '≥ 2 000/s', keeps: (median) => median >= 2000 },
    };
    return {
      bench: 'person',
      figures: ACTS.map((act) =>
        figure(
          act,
          '1/s',
          rates(act),
          { what: FLOOR[act].what, rounds: rates(`floor ${act}`) },
          targets[act],
          {
            p50ms: middle(measured.get(act)!.map(({ p50 }) => p50)),
            p99ms: middle(measured.get(act)!.map(({ p99 }) => p99)),
            nodeMicroseconds: middle(processor.filter((one) => one.act === act).map(({ node }) => node)),
            postgresMicroseconds: middle(
              processor.filter((one) => one.act === act).map(({ postgres }) => postgres),
            ),
          },
        ),
      ),
    };
  } finally {
    loader.stop();
    await house.close();
  }
}

/** Processor time so far of the server and of all PostgreSQL, milliseconds. */
async function spentBy({ dataDir }: House, { child }: Server): Promise<{ node: number; postgres: number }> {
  const cluster = await postgresOf(dataDir);
  const times = await Promise.all(cluster.map(processorTime));
  return { node: await processorTime(child.pid!), postgres: times.reduce((sum, time) => sum + time, 0) };
}

const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** Who is there to be read, changed and erased, on either side. */
class People {
  readonly #house: House;
  readonly #loader: Loader;
  readonly #known: string[] = [];
  readonly #floorKnown: string[] = [];
  #next = 0;

  constructor(house: House, loader: Loader) {
    this.#house = house;
    this.#loader = loader;
  }

  async product(act: ActName, seconds: number, most = PLENTY): Promise<Outcome> {
    const { port, cookie } = this.#house;
    const asks = this.#asks(act).slice(0, most);
    const outcome = await this.#loader.run({
      connections: CONNECTIONS,
      seconds,
      // Whoever signs up is nobody yet; the rest is done by staff who are signed in.
      http: { port, cookie: act === 'create' ? '' : cookie, asks },
      collect: act === 'create' ? 'person' : undefined,
    });
    if (act === 'create') this.#known.push(...outcome.collected);
    // Some of the last may not have been reached; nobody is asked for twice.
    if (act === 'erase') this.#known.splice(0, outcome.done);
    return outcome;
  }

  #asks(act: ActName): HttpAsk[] {
    const path = (person: string) => `/api/v1/persons/${person}`;
    switch (act) {
      case 'create':
        return Array.from({ length: PLENTY }, () => ({
          method: 'POST',
          path: '/api/v1/profiles',
          body: this.#body(),
        }));
      case 'read':
        return this.#any(this.#known).map((person) => ({ method: 'GET', path: path(person) }));
      case 'update':
        return this.#any(this.#known).map((person, at) => ({
          method: 'PATCH',
          path: path(person),
          body: JSON.stringify({ place: `Sted ${at.toString(36)}` }),
        }));
      case 'erase':
        // Enough are left for the next round to read.
        return this.#known
          .slice(0, Math.floor(this.#known.length / 2))
          .map((person) => ({ method: 'DELETE', path: path(person) }));
    }
  }

  /** The letters of a round that have not gone out in it count as sent, so that they are not paid for by the next. */
  async lettersGone(): Promise<void> {
    await asOwner(this.#house.superuserUrl, (client) =>
      client.query('update mail.letter set sent_at = queued_at where sent_at is null'),
    );
  }

  async floor(act: ActName, seconds: number): Promise<Outcome> {
    const known = this.#floorKnown;
    const ids =
      act === 'create'
        ? Array.from({ length: PLENTY * 4 }, () => randomUUID())
        : act === 'erase'
          ? known.slice(0, Math.floor(known.length / 2))
          : this.#any(known, PLENTY * 4);
    const body = this.#body();
    const outcome = await this.#loader.run({
      connections: CONNECTIONS,
      seconds,
      postgres: {
        url: this.#house.floorUrl,
        text: FLOOR[act].text,
        values: ids.map((id) => (act === 'create' || act === 'update' ? [id, body] : [id])),
      },
    });
    if (act === 'create') known.push(...ids.slice(0, outcome.done));
    if (act === 'erase') known.splice(0, outcome.done);
    return outcome;
  }

  #body(): string {
    const version = this.#house.product.engine.statement.version;
    return JSON.stringify(invent('p', this.#next++, version));
  }

  #any(known: readonly string[], count = PLENTY): string[] {
    return Array.from({ length: count }, () => known[Math.floor(Math.random() * known.length)]!);
  }
}
