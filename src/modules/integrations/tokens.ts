import { randomUUID } from 'node:crypto';
import { type Actor, isPersonNumber, SYSTEM } from '#gates/actor.ts';
import { normalise } from '#gates/fields.ts';
import type { Gates } from '#gates/gates.ts';
import type { ClientKey } from '#gates/module.ts';
import { keysetOf, type Page, paged, placeText } from '#gates/paging.ts';
import { Refusal } from '#gates/refusal.ts';
import { isRight } from '#gates/rights.ts';
import { Together } from '#gates/together.ts';
import type { PurposeHandle } from '#gates/use.ts';
import { after, osloDate } from '#statement/period.ts';
import type { TokenAnswer, TokenMade, TokenRequest } from './shapes.ts';

/** What a key begins with, so that scanners for leaked secrets, and people, know one when they see it. */
export const PREFIX = 'hjm_';

/** Another system, by a key that stands now. */
export interface Bearer {
  readonly actor: Actor;
  readonly session: undefined;
  /** Who made the key, and answers for it. */
  readonly keeper: string;
  /** What it may do for a client, where it is a client's. */
  readonly key?: ClientKey;
}

/** Whose keys somebody acts on, and when: the operator's, or those of the one client that they act for. */
export interface Ring {
  readonly gates: Gates;
  readonly actor: Actor;
  readonly at: Date;
  readonly client?: string;
}

/** The rows of a ring's keys: PostgreSQL shows those of a client to its users alone. */
export function rowsOf({ gates, actor, client }: Ring): PurposeHandle {
  return client === undefined ? gates.use('sign-in', actor) : gates.use('agreement', actor).of(client);
}

interface TokenRow {
  readonly id: string;
  readonly person: string;
  readonly client: string | null;
  readonly name: string;
  readonly scopes: string[];
  readonly made_at: Date;
  readonly expires_at: Date;
  readonly ended_at: Date | null;
  readonly last_used_on: string | null;
}

const COLUMNS = `t.id, t.person, t.client, t.name, t.scopes, t.made_at, t.expires_at,
  (select e.at from integrations.token_end e where e.person = t.person and e.token = t.id) as ended_at,
  (select to_char(max(u.used_on), 'YYYY-MM-DD') from integrations.token_use u where u.person = t.person and u.token = t.id) as last_used_on`;

/**
 * Makes a key for another system, for some of what is offered. It is answered here and kept nowhere: what is kept is a row
 * that says that a key of that number stands. Refuses what is not offered, and a name that holds a national identity number; the
 * database refuses more keys than can be looked after.
 */
export async function makeToken(
  { gates, actor, at, client }: Ring,
  { name, scopes, days }: TokenRequest,
  offered: readonly string[],
): Promise<TokenMade> {
  normalise('access.name', name);
  if (scopes.some((scope) => !offered.includes(scope)))
    throw new Refusal('integrations.unknown-scope', ['scopes']);
  const person = actor.id!;
  const values = {
    person,
    id: randomUUID(),
    client: client ?? null,
    name,
    scopes: [...new Set(scopes)].sort(),
    made_at: at,
    expires_at: after(at, `P${days}D`),
  };
  await gates.trace({
    purpose: 'sign-in',
    act: 'token',
    person,
    actor,
    at,
    rows: [{ table: 'integrations.token', values }],
  });
  const token = `${PREFIX}${gates.token('api', values.id)}`;
  return { ...answerOf({ ...values, ended_at: null, last_used_on: null }), token };
}

/** Keys that stand or stood, newest first, whoever made them. */
export async function listTokens(
  ring: Ring,
  page: Page,
): Promise<{ tokens: TokenAnswer[]; next: string | null }> {
  const rows = await rowsOf(ring).rows<TokenRow>(
    `select ${COLUMNS} from integrations.token t
      where t.client is not distinct from $1 and ($2::timestamptz is null or (t.made_at, t.id) < ($2, $3::uuid))
      order by t.made_at desc, t.id desc limit $4`,
    [ring.client ?? null, ...keysetOf(page), page.limit + 1],
  );
  const { shown, next } = paged(rows, page, (row) => placeText(row.made_at, row.id));
  return { tokens: shown.map(answerOf), next };
}

/**
 * Ends a key for good, at once: the next request with it is refused. A second time is no error. Answers with the key as it
 * was before. Refuses one that is not of the ring.
 */
export async function endToken(ring: Ring, id: string): Promise<TokenAnswer> {
  const { gates, actor, at } = ring;
  const [found] = isPersonNumber(id)
    ? await rowsOf(ring).rows<TokenRow>(
        `select ${COLUMNS} from integrations.token t where t.id = $1 and t.client is not distinct from $2`,
        [id, ring.client ?? null],
      )
    : [];
  if (found === undefined) throw new Refusal('integrations.unknown-token');
  const { person, client, expires_at } = found;
  const row = { person, client, token: id, at, expires_at };
  await gates.trace({
    purpose: 'sign-in',
    act: 'token-end',
    person,
    actor,
    at,
    rows: [{ table: 'integrations.token_end', values: row, once: true }],
  });
  return answerOf(found);
}

/**
 * Reads the key of a request; undefined when it is not ours, over, or ended. Nothing is kept between questions, so an end
 * is an end at once; requests that come together share one prepared query. The day of use is noted, once a day.
 */
export function tokenReader(gates: Gates): (token: string, at: Date) => Promise<Bearer | undefined> {
  const handle = gates.use('sign-in', SYSTEM);
  const reading = new Together<string, TokenRow | undefined>(
    async (ids) => {
      const rows = await handle.rows<TokenRow>(
        `select t.id, t.person, t.client, t.name, t.scopes, t.expires_at from integrations.token t
          where t.id = any($1)
            and not exists (select from integrations.token_end e where e.person = t.person and e.token = t.id)`,
        [[...new Set(ids)]],
      );
      const found = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => found.get(id));
    },
    { abreast: 1 },
  );
  const noted = new Map<string, string>();
  return async (token, at) => {
    const id = token.startsWith(PREFIX) ? gates.readToken('api', token.slice(PREFIX.length)) : undefined;
    const row = id === undefined ? undefined : await reading.ask(id);
    if (row === undefined || row.expires_at <= at) return undefined;
    const day = osloDate(at);
    if (noted.get(row.id) !== day) {
      noted.set(row.id, day);
      await noteUse(gates, row, day, at);
    }
    const { person: keeper, client, name, scopes } = row;
    const actor = { kind: 'integration', id: row.id } as const;
    return client === null
      ? { actor: { ...actor, purposes: scopes }, session: undefined, keeper }
      : { actor, session: undefined, keeper, key: { client, name, rights: scopes.filter(isRight) } };
  };
}

async function noteUse(gates: Gates, { person, client, id, expires_at }: TokenRow, day: string, at: Date) {
  await gates.trace({
    purpose: 'sign-in',
    act: 'token-use',
    person,
    actor: { kind: 'integration', id },
    at,
    rows: [
      {
        table: 'integrations.token_use',
        values: { person, client, token: id, used_on: day, expires_at },
        once: true,
      },
    ],
  });
}

function answerOf(row: TokenRow): TokenAnswer {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    madeAt: row.made_at.toISOString(),
    madeBy: row.person,
    expiresAt: row.expires_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    lastUsedOn: row.last_used_on,
  };
}
