import { createHash } from 'node:crypto';
import { canonicalJson } from '#platform/chain/canonical-json.ts';
import { blockHash } from '#platform/chain/chain.ts';
import { type Check, type Context, count, outcome } from '../check.ts';
import { many } from '../counted.ts';
import { versions } from '../versions.ts';
import { clientRestoreCheck } from './client-restore.ts';
import { BLOCK_COLUMNS, type BlockRow } from './journal.ts';

/** That a backup put back undoes nothing (clauses `r.rectify-erase`, `r.withdraw`, `r.object-restrict`, `0.security`). */
export const restoreChecks: readonly Check[] = [
  {
    clause: 'r.rectify-erase',
    title: 'What came after a restored backup was replayed at once, and the journal says so',
    titleNb:
      'Det som skjedde etter en sikkerhetskopi som er lagt tilbake, ble gjort om igjen med én gang, og journalen sier det',
    run: replayed,
  },
  {
    clause: '0.security',
    title: 'The journal has not lost the newest block that was noted apart from it',
    titleNb: 'Journalen har ikke mistet den nyeste blokken som ble notert et annet sted',
    run: unshortened,
  },
  {
    clause: 'r.withdraw',
    title: 'No consent stands that was noted apart as withdrawn',
    titleNb: 'Ingen samtykker gjelder som et annet sted er notert som trukket tilbake',
    run: withdrawn,
  },
  {
    clause: 'r.object-restrict',
    title: 'Every objection and restriction that was noted apart stands',
    titleNb: 'Hver protest og begrensning som ble notert et annet sted, gjelder',
    run: protectedStill,
  },
  {
    clause: 'v.changes',
    title: 'Every version that was noted apart stands as it was applied',
    titleNb: 'Hver versjon som ble notert et annet sted, står slik den ble tatt i bruk',
    run: versionsStill,
  },
  clientRestoreCheck,
];

/** How long a replay may take to be seen, and a wish to become an act, in milliseconds. */
const PATIENCE = 60_000;

interface Restoration {
  kind: string;
  backup: string;
  takenAt: Date;
  knownBlock: number | null;
  knownHash: string | null;
  isReplayed: boolean;
  isLate: boolean;
}

async function replayed({ main, now }: Context) {
  const { rows } = await main.query<Restoration>(
    `select kind, backup, taken_at as "takenAt", known_block as "knownBlock", encode(known_hash, 'hex') as "knownHash",
            replayed_at is not null as "isReplayed", restored_at < $1 as "isLate" from platform.restoration`,
    [new Date(now.getTime() - PATIENCE)],
  );
  const digests = rows
    .filter(({ isReplayed }) => isReplayed)
    .map(({ kind, backup, takenAt, knownBlock, knownHash }) =>
      createHash('sha256')
        .update(canonicalJson({ kind, backup, takenAt: takenAt.toISOString(), knownBlock, knownHash }))
        .digest(),
    );
  const bare = await count(
    main,
    `select count(*) from unnest($1::bytea[]) d where not exists (
       select from journal.entry e where e.gate = 'keep' and e.act = 'restore' and e.digest = d)`,
    [digests],
  );
  return outcome(
    [
      {
        what: 'platform.restoration was put back and not replayed',
        count: rows.filter(({ isReplayed, isLate }) => !isReplayed && isLate).length,
      },
      { what: 'platform.restoration without its entry in the journal', count: bare },
    ],
    many(rows.length, 'restore'),
  );
}

/** Blocks cut off at the end leave no gap: only what was noted elsewhere shows it, or rows put back by other means. */
async function unshortened({ main, keys }: Context) {
  const { rows } = await keys.query<{ number: number; hash: string }>(
    `select number, encode(hash, 'hex') as hash from keys.journal_head`,
  );
  const noted = rows[0];
  if (noted === undefined) return outcome([], many(0, 'blockNoted'));
  const { rows: blocks } = await main.query<BlockRow>(
    `select ${BLOCK_COLUMNS} from journal.block where number = $1`,
    [noted.number],
  );
  const block = blocks[0];
  const holds = block !== undefined && blockHash(block, block.signature) === noted.hash;
  return outcome(
    [{ what: `block ${noted.number} is not what was noted, or is gone`, count: holds ? 0 : 1 }],
    many(1, 'blockNoted'),
  );
}

/** A version that went with the rows would leave people with an older promise than the one they were given. */
async function versionsStill(context: Context) {
  const { rows } = await context.keys.query<{ version: string; fingerprint: string; withdrawn: boolean }>(
    'select version, fingerprint, withdrawn_at is not null as withdrawn from keys.version order by version',
  );
  const here = new Map((await versions(context)).map((one) => [one.version, one]));
  const findings = rows.map(({ version, fingerprint, withdrawn }) => {
    const one = here.get(version);
    const stands = one?.fingerprint === fingerprint && (one.withdrawn || !withdrawn);
    return { what: `version ${version} is not what was noted, or is gone`, count: stands ? 0 : 1 };
  });
  return outcome(findings, many(rows.length, 'version'));
}

/** Wishes read at once; each page is held to the rows and forgotten. */
const PAGE = 20_000;

interface Wish {
  person: string;
  purpose: string;
  at: Date;
}

/** Runs `sql` over the wishes of one kind, a page at a time, as arrays of people, purposes and moments; sums what it counts. */
async function heldTo(
  { main, keys, now }: Context,
  act: string,
  lift: string,
  sql: string,
): Promise<{ found: number; seen: number }> {
  let [found, seen] = [0, 0];
  for (let after = ['00000000-0000-0000-0000-000000000000', '']; ; ) {
    const { rows } = await keys.query<Wish>(
      `select person, purpose, max(at) as at from keys.wish w
        where act = $1 and (person, purpose) > ($3, $4) and at < $5
          and not exists (select from keys.wish l
                           where l.person = w.person and l.act = $2 and l.purpose = w.purpose and l.at > w.at)
        group by 1, 2 order by 1, 2 limit ${PAGE}`,
      [act, lift, ...after, new Date(now.getTime() - PATIENCE)],
    );
    if (rows.length === 0) return { found, seen };
    seen += rows.length;
    const last = rows.at(-1)!;
    after = [last.person, last.purpose];
    found += await count(main, sql, [
      rows.map(({ person }) => person),
      rows.map(({ purpose }) => purpose),
      rows.map(({ at }) => at),
    ]);
  }
}

const WISHES = 'unnest($1::uuid[], $2::text[], $3::timestamptz[]) as w(person, purpose, at)';
/** Whoever is erased, or on the way, is past protecting. */
const HERE = `exists (select from vault.person p where p.person = w.person)
  and not exists (select from gate.erasure e where e.person = w.person)`;

async function withdrawn(context: Context) {
  const { found, seen } = await heldTo(
    context,
    'withdraw',
    '',
    `select count(*) from ${WISHES} join consent.active a on a.person = w.person and a.purpose = w.purpose and a.since <= w.at
      where not exists (select from gate.erasure e where e.person = w.person)`,
  );
  return outcome(
    [{ what: 'consent.active stands though it was withdrawn', count: found }],
    many(seen, 'notedWish'),
  );
}

async function protectedStill(context: Context) {
  const objections = await heldTo(
    context,
    'object',
    'lift-objection',
    `select count(*) from ${WISHES} where ${HERE}
        and not exists (select from gate.objection o where o.person = w.person and o.purpose = w.purpose)`,
  );
  const restrictions = await heldTo(
    context,
    'restrict',
    'lift-restriction',
    `select count(*) from ${WISHES} where ${HERE}
        and not exists (select from gate.restriction r where r.person = w.person)`,
  );
  return outcome(
    [
      { what: 'gate.objection lacks one that was made and not taken back', count: objections.found },
      { what: 'gate.restriction lacks one that was asked for and not lifted', count: restrictions.found },
    ],
    many(objections.seen + restrictions.seen, 'notedWish'),
  );
}
