import type { KeyObject } from 'node:crypto';
import type { BundleFile } from '#platform/bundle.ts';
import { type BlockHeader, signedSize } from '#platform/chain/chain.ts';
import { roleName, tableIdent } from '#platform/database.ts';
import { readMap } from '#platform/map.ts';
import type { Verdict } from '#statement/verdict.ts';
import { HOLDS_ROWS, OURS, ownRoles, policies } from './access.ts';
import { type Context, count, type Installation, paged } from './check.ts';
import { README } from './evidence-readme.ts';

/** Names the layout of the folder. */
export const EVIDENCE_FORMAT = 'hjemmel-evidence/1';

/**
 * Everything an auditor needs to judge a verdict without the database, file by file: the statement, the data map, who
 * may read what, how many rows there are, what the proof found, and the head of every block of the journal. Nothing on
 * anyone: no entry of the journal, no number of a person, no value.
 *
 * Files are read one after another, so that counts and heads may lie some seconds apart.
 */
export async function* evidence(installation: Installation, verdict: Verdict): AsyncGenerator<BundleFile> {
  const { main, applied, publicKey } = installation;
  const { statement, texts, fingerprint, personFingerprint } = applied;
  const map = await readMap(main);
  const json = (name: string, value: unknown): BundleFile => ({
    name,
    text: [`${JSON.stringify(value, null, 2)}\n`],
  });
  yield { name: 'README.txt', text: [README] };
  yield { name: 'statement/statement.yaml', text: [texts.yaml] };
  yield { name: 'statement/nb.md', text: [texts.nb] };
  yield { name: 'statement/en.md', text: [texts.en] };
  const { rows } = await main.query<{ version: string; fingerprint: string; appliedAt: Date }>(
    'select version, fingerprint, applied_at as "appliedAt" from statement.version order by applied_at, version',
  );
  yield json('statement/fingerprints.json', {
    version: statement.version,
    fingerprint,
    personFingerprint,
    versions: rows,
  });
  yield json('map.json', map);
  yield json('access.json', await access(installation));
  const counts: Record<string, number> = {};
  for (const { name } of map.tables)
    counts[name] = await count(main, `select count(*) from ${tableIdent(name)}`);
  counts['keys.person_key'] = await count(installation.keys, 'select count(person) from keys.person_key');
  yield json('counts.json', counts);
  yield json('verdict.json', verdict);
  yield {
    name: 'journal.pub',
    text: [`${publicKey.export({ format: 'der', type: 'spki' }).toString('base64url')}\n`],
  };
  yield { name: 'journal.ndjson', text: heads(main, publicKey) };
}

interface Head extends BlockHeader {
  readonly signature: Buffer;
}

/** Every block's head with its signature, one a line, from the first block on. */
async function* heads(main: Context['main'], publicKey: KeyObject): AsyncGenerator<string> {
  const pages = paged<Head>(
    main,
    `select b.number, b.first_id as first, b.last_id as last, encode(b.root, 'hex') as root,
            encode(b.previous, 'hex') as previous,
            to_char(b.sealed_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "sealedAt", b.key_id as key,
            (select count(*) from journal.entry e where e.id between b.first_id and b.last_id) as size, b.signature
       from journal.block b order by b.number`,
    [],
    1000,
  );
  for await (const page of pages)
    for (const { signature, size: counted, ...block } of page) {
      // Entries that have left by their period are counted by what was signed of them.
      const size = counted === 0 ? (signedSize(block, signature, publicKey) ?? 0) : counted;
      yield `${JSON.stringify({ ...block, size, signature: signature.toString('base64url') })}\n`;
    }
}

/** Roles, grants and row policies as the catalogue has them. Who is not of this installation is not called by name. */
async function access(installation: Installation) {
  const { main, prefix } = installation;
  const context = {
    ...installation,
    map: { tables: [] },
    once: <T>(_: string, work: () => Promise<T>) => work(),
  };
  const own = ownRoles(context);
  const { rows: roles } = await main.query(
    `select rolname as role, rolcanlogin as login, rolinherit as inherits, rolsuper as superuser,
            rolcreaterole as "createsRoles", rolbypassrls as "bypassesPolicies", rolreplication as replicates
       from pg_roles where rolname = any($1) order by 1`,
    [own],
  );
  const name = `case when a.grantee = 0 then 'PUBLIC' when a.grantee = c.relowner then 'owner'
    when g.rolname = any($1) then g.rolname else 'another role' end`;
  const { rows: grants } = await main.query(
    `select distinct ${name} as role, n.nspname || '.' || c.relname as table, a.column, a.privilege
       from pg_class c join pg_namespace n on n.oid = c.relnamespace,
            lateral (select x.grantee, null as column, x.privilege_type as privilege from aclexplode(c.relacl) x
                     union all
                     select x.grantee, t.attname, x.privilege_type from pg_attribute t, aclexplode(t.attacl) x
                      where t.attrelid = c.oid and t.attnum > 0 and not t.attisdropped) a
       left join pg_roles g on g.oid = a.grantee
      where ${HOLDS_ROWS} and ${OURS} order by 1, 2, 3, 4`,
    [own],
  );
  const { rows: others } = await main.query<{ n: number }>(
    `select count(*) as n from pg_roles r
      where r.rolname <> all($1) and r.rolname not like 'pg\\_%' and r.rolcanlogin
        and has_database_privilege(r.oid, current_database(), 'CONNECT')`,
    [[...own, roleName(prefix, 'keys')]],
  );
  return { roles, othersWhoMayConnect: others[0]!.n, grants, policies: await policies(context) };
}
