import { strToU8, zipSync } from 'fflate';
import type { Language } from '#statement/grammar.ts';
import { type Actor, demandPerson } from '../actor.ts';
import type { Engine } from '../engine.ts';
import { append } from '../journal.ts';
import type { Receipt } from '../receipt.ts';
import { Refusal } from '../refusal.ts';
import { accessAnswer, openPerson } from './access.ts';
import { dayRows } from './day-rows.ts';
import { type ExportedData, exportPage } from './export-page.ts';
import { wholeLog } from './log.ts';
import { isRecord } from './records.ts';
import { exportedHolds } from './shown-holds.ts';

/**
 * Everything on a person to take away (art. 15(3) and 20, clauses `r.access`, `r.portability`): a zip with `data.json`,
 * a readable `index.html` and the receipts. Nothing is left out quietly: a receipt not sealed yet stops the export.
 */
export async function exportPerson(
  engine: Engine,
  person: string,
  actor: Actor,
  at: Date,
  options: { language: Language; receipt: (id: string) => Promise<Receipt> },
): Promise<Uint8Array> {
  demandPerson(actor, person);
  const opened = await openPerson(engine, person);
  await append(engine.pools.of('collect'), [
    {
      gate: 'answer',
      act: 'export',
      person,
      actor: actor.kind,
      actorId: actor.id,
      purpose: 'rights',
      statement: engine.statement.version,
      at,
    },
  ]);
  // Whoever makes it, it is made for the person.
  const answer = accessAnswer(engine, person, opened, { at, eyes: 'person' });
  const log: unknown[] = [];
  for await (const entry of wholeLog(engine, person)) log.push(entry);
  const held = exportedHolds(opened.records, opened.key);
  const records = Object.fromEntries([
    ...Object.entries(await dayRows(engine, person)),
    ...engine.map.tables.filter(isRecord).flatMap(({ name }) => {
      const rows = held[name as keyof typeof held] ?? opened.records[name];
      return rows === undefined ? [] : [[name, rows] as const];
    }),
  ]);
  const data: ExportedData = {
    format: 'hjemmel-export/1',
    exportedAt: at.toISOString(),
    ...answer,
    statement: { version: engine.statement.version, operator: engine.statement.operator.name },
    records,
    log,
  };
  const receipts = await Promise.all(
    answer.receipts.map(async ({ id }) => [id, await receiptFile(id, options.receipt)] as const),
  );
  const json = (value: unknown) => strToU8(`${JSON.stringify(value, null, 2)}\n`);
  return zipSync({
    'data.json': json(data),
    'index.html': strToU8(exportPage(engine.statement, data, options.language)),
    ...Object.fromEntries(
      receipts.flatMap(([id, receipt]) =>
        receipt === undefined ? [] : [[`receipts/${id}.json`, json(receipt)]],
      ),
    ),
  });
}

/** A receipt that its journal entry no longer binds has no file; what it says is among the records of the export. */
async function receiptFile(
  id: string,
  receipt: (id: string) => Promise<Receipt>,
): Promise<Receipt | undefined> {
  try {
    return await receipt(id);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'answer.past-receipt') return undefined;
    throw error;
  }
}
