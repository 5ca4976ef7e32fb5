import { personTables } from '#platform/map.ts';
import { objectable } from '#statement/rules.ts';
import type { PurposeState } from '../answers.ts';
import type { Engine } from '../engine.ts';
import type { DayValues } from './day-rows.ts';
import { iso, type Records } from './records.ts';

/** Every purpose of the statement, and where the person stands with it. */
export function purposeStates(engine: Engine, records: Records, days: readonly DayValues[]): PurposeState[] {
  const { statement } = engine;
  const active = new Set(records['gate.collection']!.map((row) => String(row.purpose)));
  for (const table of personTables(engine.map))
    if (table.purpose !== undefined && (records[table.name]?.length ?? 0) > 0) active.add(table.purpose);
  for (const { table } of days) if (table.purpose !== undefined) active.add(table.purpose);
  return Object.entries(statement.purposes).map(([id, purpose]) => {
    const objection = records['gate.objection']!.find((row) => row.purpose === id);
    const consent = records['consent.active']!.find((row) => row.purpose === id);
    return {
      purpose: id,
      label: purpose.label,
      basis: purpose.basis,
      clause: purpose.clause,
      active: active.has(id),
      objection: objection === undefined ? null : { since: iso(objection.at) },
      objectable: objectable(statement, id),
      consent: consent === undefined ? null : { since: iso(consent.since) },
    };
  });
}
