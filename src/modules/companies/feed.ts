import { z } from 'zod';
import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';
import type { Followed } from '#gates/third-party/follow.ts';
import { BRREG } from './lookup.ts';

/** One change in the register: which company, and whether it was taken out of it altogether. */
export interface Change {
  readonly id: number;
  readonly number: string;
  readonly removed: boolean;
}

const Page = z.object({
  _embedded: z
    .object({
      oppdaterteEnheter: z.array(
        z.object({
          oppdateringsid: z.number().int().positive(),
          organisasjonsnummer: z.string().regex(/^\d{9}$/),
          endringstype: z.string(),
        }),
      ),
    })
    .optional(),
});

/** Changes asked for at once: some 250 bytes each. */
const SIZE = 2000;

function readPage(body: unknown): Change[] {
  const changes = Page.parse(body)._embedded?.oppdaterteEnheter ?? [];
  return changes.map(({ oppdateringsid, organisasjonsnummer, endringstype }) => ({
    id: oppdateringsid,
    number: organisasjonsnummer,
    removed: endringstype === 'Fjernet',
  }));
}

/**
 * The next changes from a mark on: after the last that was carried out, or from a moment where none was. `last` when no
 * more are told. Refuses a feed that goes back instead of on: asked again and again, it would never end.
 */
export async function changesFrom(
  gates: Gates,
  { cursor, at }: Followed,
): Promise<{ changes: Change[]; last: boolean }> {
  // The mark is inclusive and its numbers have gaps.
  const from = cursor === null ? undefined : Number(cursor) + 1;
  const query = new URLSearchParams({
    ...(from === undefined ? { dato: at.toISOString() } : { oppdateringsid: String(from) }),
    size: String(SIZE),
    sort: 'id,ASC',
  });
  const said = await gates.source(BRREG).ask(`/enhetsregisteret/api/oppdateringer/enheter?${query}`, {
    accept: 'application/json',
    read: readPage,
    fresh: true,
  });
  const changes = said.state === 'found' ? [...said.value].sort((a, b) => a.id - b.id) : [];
  if (changes.some(({ id }) => id < (from ?? 0))) throw new Refusal('companies.feed-stuck');
  return { changes, last: changes.length < SIZE };
}
