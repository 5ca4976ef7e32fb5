import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { type BackedTable, readContents, readingSql } from '#platform/backup/contents.ts';
import { copyIn, copyOut } from '#platform/backup/copy.ts';
import { dump } from '#platform/backup/dump.ts';
import { load } from '#platform/backup/load.ts';
import { checkFiles } from '#platform/backup/manifest.ts';
import { asOwner, ident, tableIdent } from '#platform/database.ts';
import { migrationsOf } from '#product';
import { figure, type Result } from './figures.ts';
import type { Filled } from './filled.ts';

/**
 * Rows a second that are backed up and put back, beside bare COPY of the same tables on the same server: out into plain
 * files, and into tables without keys or indexes.
 */
export async function backup({ house }: Filled, rounds: number): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'hjemmel-bench-backup-'));
  const { secrets } = house.product;
  const target = new URL(house.superuserUrl);
  target.pathname = '/bench_restore';
  const root = new URL(house.superuserUrl);
  root.pathname = '/postgres';
  const outs = { product: [] as number[], floor: [] as number[] };
  const ins = { product: [] as number[], floor: [] as number[] };
  let bytes = 0;
  const timed = async (rates: number[], rows: () => number, work: () => Promise<void>) => {
    const begun = performance.now();
    await work();
    rates.push(rows() / ((performance.now() - begun) / 1000));
  };
  try {
    for (let round = 0; round < rounds; round += 1) {
      const place = join(folder, `backup-${round}`);
      const bare = await mkdtemp(join(folder, 'bare-'));
      let rows = 0;
      let manifest: Awaited<ReturnType<typeof dump>> | undefined;
      await timed(
        outs.product,
        () => rows,
        async () => {
          manifest = await asOwner(house.superuserUrl, (client) =>
            dump(client, place, {
              kind: 'main',
              mark: secrets.mark,
              key: secrets.journalKey,
              about: async () => ({}),
            }),
          );
          rows = manifest.body.tables.reduce((sum, table) => sum + table.rows, 0);
        },
      );
      const { body } = manifest!;
      bytes = body.tables.reduce((sum, table) => sum + table.bytes, 0);
      const tables = await asOwner(house.superuserUrl, async (client) => (await readContents(client)).tables);
      await timed(
        outs.floor,
        () => rows,
        () =>
          asOwner(house.superuserUrl, async (client) => {
            for (const table of tables)
              await pipeline(copyOut(client, readingSql(table)), createWriteStream(join(bare, table.name)));
          }),
      );
      await asOwner(root.href, (client) => client.query('create database bench_restore'));
      await timed(
        ins.product,
        () => rows,
        () =>
          asOwner(target.href, async (client) => {
            await checkFiles(place, body);
            const migrations = await migrationsOf.main();
            await load(client, place, body, { migrations, replace: false, within: async () => {} });
          }),
      );
      await asOwner(target.href, async (client) => {
        for (const table of tables)
          await client.query(`create table public.${bareName(table)} (like ${tableIdent(table.name)})`);
        await timed(
          ins.floor,
          () => rows,
          () => bareIn(client, tables, bare),
        );
      });
      await asOwner(root.href, (client) => client.query('drop database bench_restore with (force)'));
    }
    return {
      bench: 'backup',
      figures: [
        figure(
          'backup',
          'rows/s',
          outs.product,
          { what: 'bare COPY of each table into a file', rounds: outs.floor },
          undefined,
          { bytes },
        ),
        figure('restore, with keys and indexes', 'rows/s', ins.product, {
          what: 'bare COPY into tables without keys or indexes',
          rounds: ins.floor,
        }),
      ],
    };
  } finally {
    await asOwner(root.href, (client) => client.query('drop database if exists bench_restore with (force)'));
    await rm(folder, { recursive: true, force: true });
  }
}

const bareName = ({ name }: BackedTable) => ident(name.replace('.', '_'));

async function bareIn(client: ClientBase, tables: readonly BackedTable[], folder: string): Promise<void> {
  for (const table of tables) {
    const columns = table.columns.map(ident).join(', ');
    await copyIn(
      client,
      `copy public.${bareName(table)} (${columns}) from stdin`,
      createReadStream(join(folder, table.name)),
    );
  }
}
