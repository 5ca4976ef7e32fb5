import type { ClientBase } from 'pg';
import { Fault } from './fault.ts';

/** The oldest PostgreSQL that the schema and the grants work on. */
const oldest = 15;

/** Throws a Fault when the server behind `client` is older than PostgreSQL 15; `variable` is what named it. */
export async function requireVersion(client: ClientBase, variable: string): Promise<void> {
  const { rows } = await client.query<{ number: string }>(
    "select current_setting('server_version_num') as number",
  );
  const major = Math.floor(Number(rows[0]?.number) / 10_000);
  if (major >= oldest) return;
  throw new Fault(
    `${variable} is PostgreSQL ${major}, and ${oldest} or newer is needed: upgrade that server.`,
  );
}
