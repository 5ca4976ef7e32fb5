import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, type Said } from './command.ts';
import { World } from './world.ts';

const DAY = 86_400_000;

/** A world whose backups are taken and put back, in a folder of their own. */
export class Restorable {
  readonly world: World;
  readonly folder: string;
  #taken = 0;

  private constructor(world: World, folder: string) {
    this.world = world;
    this.folder = folder;
  }

  static async open(): Promise<Restorable> {
    return new Restorable(await World.open(), await mkdtemp(join(tmpdir(), 'hjemmel-restore-')));
  }

  async close(): Promise<void> {
    await this.world.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Takes a backup; answers with where it lies. */
  async backup(...flags: string[]): Promise<string> {
    this.#taken += 1;
    const place = join(this.folder, `b${this.#taken}`);
    const { code, err, out } = await command(this.world, ['backup', place, ...flags].join(' '));
    assert.equal(code, 0, err + out);
    return place;
  }

  /** Stops the product, puts a backup back and starts again. */
  async restore(place: string, ...flags: string[]): Promise<Said> {
    await this.world.stop();
    const now = this.world.now.toISOString();
    const said = await command(this.world, ['restore', place, '--json', '--now', now, ...flags].join(' '));
    await this.world.start();
    return said;
  }

  /** Lets days go by. */
  later(days: number): Date {
    this.world.now = new Date(this.world.now.getTime() + days * DAY);
    return this.world.now;
  }

  /** Order-independent digest of every table, but for those that a restore writes to by itself. */
  async digests(): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    for (const { name } of this.world.product.engine.map.tables) {
      if (TOUCHED.has(name)) continue;
      const [row] = await this.world.sql<{ it: string }>(
        `select count(*) || ' ' || coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0) as it from ${name} t`,
      );
      found[name] = row!.it;
    }
    return found;
  }
}

/** Tables that a restore writes to by itself. */
const TOUCHED = new Set([
  'identity.session',
  'identity.link',
  'identity.proof',
  'journal.entry',
  'journal.block',
  'mail.letter',
  'gate.keep_round',
  'platform.restoration',
]);
