import { createSecretKey, type KeyObject } from 'node:crypto';
import { openBytes, sealBytes } from '#platform/aead.ts';
import { before } from '#statement/period.ts';
import type { Engine } from './engine.ts';

/** A request under a key that its caller chose: sent again, it is not carried out again. */
export interface Asked {
  /** Number of who asks: a person, a member of staff, or another system's key. */
  readonly actor: string;
  readonly key: string;
  /** Everything that makes it this request and no other: method, path and body. */
  readonly what: string;
  /** Whom it concerns; the answer goes with them. */
  readonly person: string;
}

/** What an earlier request under the same key came to. `unsettled`: it is under way, or broke off. */
export type Earlier =
  | { readonly kind: 'answered'; readonly status: number; readonly answer: string }
  | { readonly kind: 'other' }
  | { readonly kind: 'unsettled' };

/** As long as the storage rule says. */
const KEPT = 'P1D';

/**
 * Carries requests out once. A row is there before the act, and the answer after it; a crash in between leaves a request
 * of which nobody knows what came, and which is refused rather than done twice.
 */
export interface Once {
  /** Undefined: this is the first, and goes on. */
  begin(asked: Asked, at: Date): Promise<Earlier | undefined>;
  settle(asked: Asked, status: number, answer: string): Promise<void>;
  /** It was refused and changed nothing: the key is free again. */
  drop(asked: Asked): Promise<void>;
}

export function openOnce({ pools, secrets }: Engine): Once {
  const pool = pools.of('answer');
  const keyOf = ({ actor, key }: Asked) => secrets.hash('request', `${actor} ${key}`);
  const askedOf = ({ what }: Asked) => secrets.hash('request.asked', what);
  // Made of the caller's key, which is kept nowhere.
  const sealOf = ({ actor, key }: Asked): KeyObject =>
    createSecretKey(secrets.hash('request.seal', `${actor} ${key}`));
  return {
    async begin(asked, at) {
      const begun = await pool.query({
        name: 'request.begin',
        text: `insert into request.answered (person, key, asked, at) values ($1, $2, $3, $4)
               on conflict (key) do update set person = $1, asked = $3, status = null, answer = null, at = $4
                where answered.at <= $5`,
        values: [asked.person, keyOf(asked), askedOf(asked), at, before(at, KEPT)],
      });
      if (begun.rowCount === 1) return undefined;
      const { rows } = await pool.query<{ asked: Buffer; status: number | null; answer: Buffer | null }>({
        name: 'request.earlier',
        text: 'select asked, status, answer from request.answered where key = $1',
        values: [keyOf(asked)],
      });
      const [row] = rows;
      if (row === undefined || row.status === null) return { kind: 'unsettled' };
      if (!row.asked.equals(askedOf(asked))) return { kind: 'other' };
      const answer = row.answer && openBytes(sealOf(asked), row.answer, CONTEXT);
      return answer
        ? { kind: 'answered', status: row.status, answer: answer.toString() }
        : { kind: 'unsettled' };
    },
    async settle(asked, status, answer) {
      await pool.query({
        name: 'request.settle',
        text: 'update request.answered set status = $2, answer = $3 where key = $1',
        values: [keyOf(asked), status, sealBytes(sealOf(asked), Buffer.from(answer), CONTEXT)],
      });
    },
    async drop(asked) {
      await pool.query({
        name: 'request.drop',
        text: 'delete from request.answered where key = $1 and status is null',
        values: [keyOf(asked)],
      });
    },
  };
}

const CONTEXT = 'request.answered';
