import type { Engine } from './engine.ts';
import { append, type Entry } from './journal.ts';
import { together } from './together.ts';

/**
 * Notes looks in the journal, durable when it resolves. Looks that come while others are being noted share the next commit,
 * whatever they were for: making one durable costs as much as some forty entries do. What was looked at is read meanwhile.
 */
export async function note(engine: Engine, entries: readonly Entry[]): Promise<void> {
  if (entries.length > 0) await noteTogether(engine, entries);
}

const noteTogether = together(
  async (engine: Engine, looks: (readonly Entry[])[]) => {
    await append(engine.pools.of('collect'), looks.flat());
    return looks.map(() => undefined);
  },
  { most: 64, abreast: 1 },
);
