import type { Pools } from '#platform/database.ts';
import type { Keys } from '#platform/keys.ts';
import type { DataMap } from '#platform/map.ts';
import type { PaymentPort } from '#platform/payment.ts';
import type { Secrets } from '#platform/secrets.ts';
import type { Statement } from '#statement/grammar.ts';
import type { Documents } from './documents.ts';
import type { Coming } from './plan/applications.ts';
import type { PriceList } from './prices/list.ts';
import type { Sources } from './third-party/source.ts';

/** What every gate stands on: the statement in force, the live database's own map, its pools and its keys. */
export interface Engine {
  /** The statement in force: the applied one, never the file. */
  readonly statement: Statement;
  readonly map: DataMap;
  readonly pools: Pools;
  readonly keys: Keys;
  readonly secrets: Secrets;
  /** Versions applied by plan, oldest first, those that wait among them; absent where there is none to tell of. */
  readonly comings?: readonly Coming[];
  /** Versions of the agreements that clients accept, newest first. */
  readonly documents?: Documents;
  /** Third parties that can be asked; absent where none can. */
  readonly sources?: Sources;
  /** What is sold, and who sells it. */
  readonly prices: PriceList;
  /** Takes payments on a page of its own; absent where invoices are paid by bank alone. */
  readonly payments?: PaymentPort;
}
