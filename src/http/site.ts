import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Gates } from '#gates/gates.ts';
import type { Member, Route } from '#gates/module.ts';
import type { Plan } from '#gates/plan/plan.ts';
import type { InForce } from '#gates/versions.ts';
import type { Watch } from '#gates/watch/watch.ts';
import type { Log } from '#platform/log.ts';
import type { ProofAnswer } from './contract/proof.ts';
import type { StatementAnswer } from './contract/statement.ts';
import type { Visitor } from './demand.ts';
import { downloads, FILES } from './downloads.ts';
import type { Misfit } from './misfit.ts';
import { outbox } from './outbox.ts';
import { pages } from './pages.ts';
import { type PaymentEventOptions, paymentEvents } from './payment-events.ts';
import { bulkRoutes } from './routes/bulk.ts';
import { documentRoutes } from './routes/documents.ts';
import { forecastRoutes } from './routes/forecast.ts';
import { holdRoutes } from './routes/holds.ts';
import { meRoutes } from './routes/me.ts';
import { proofRoutes } from './routes/proof.ts';
import { sessionRoute } from './routes/session.ts';
import { staffRoutes } from './routes/staff.ts';
import { statementRoutes } from './routes/statement.ts';
import { comingOf, planRoute, versionRoutes, versionsOf } from './routes/versions.ts';
import { buildServer } from './server.ts';
import { wellKnown } from './well-known.ts';

/** Pages that show the last verdict, and are rendered anew for each. */
const SHOWS_PROMISES: ReadonlySet<string> = new Set(['/personvern', '/en/privacy']);

export interface SiteOptions {
  readonly gates: Gates;
  readonly inForce: InForce;
  /** Routes of the modules, handed in. */
  readonly routes: readonly Route[];
  readonly log: Log;
  readonly now: () => Date;
  readonly baseUrl: string;
  /** Shows `/utboks` and its API: the letters that would have gone out. */
  readonly demo: boolean;
  readonly outbox: string;
  /** Folder of the built pages; without it only the API is served. */
  readonly pages: string;
  readonly publicKey: { readonly algorithm: 'Ed25519'; readonly key: string; readonly id: string };
  readonly whose: (token: string, at: Date) => Promise<Visitor | undefined>;
  readonly memberOf: (client: string, person: string) => Promise<Member | undefined>;
  /** Reads the key of another system. */
  readonly bears: (token: string, at: Date) => Promise<Visitor | undefined>;
  readonly ready: () => Promise<void>;
  readonly plan: (at: Date) => Promise<Plan>;
  readonly prove: (at: Date, clause?: string) => Promise<ProofAnswer>;
  /** Takes what a payment provider sends; absent where there is none. */
  readonly paid?: PaymentEventOptions['taken'];
  /** The last verdict, and those before it. */
  readonly watch: Pick<Watch, 'promises' | 'runs'>;
  /** Hears of answers that are not of their route's shape; for tests. */
  readonly misfit?: Misfit;
}

/** Everything the product serves: API, downloads, well-known files and pages, as one Fastify that is not listening yet. */
export async function buildSite(options: SiteOptions): Promise<FastifyInstance> {
  const { gates, inForce, baseUrl, now, watch } = options;
  const { applied } = inForce;
  const answer: StatementAnswer = {
    version: applied.statement.version,
    updated: applied.statement.updated,
    fingerprint: applied.fingerprint,
    appliedAt: inForce.appliedAt.toISOString(),
    statement: applied.statement,
    prose: applied.prose,
    versions: versionsOf(inForce),
    coming: comingOf(inForce),
  };
  const app = await buildServer({
    gates,
    routes: [
      ...statementRoutes(answer),
      ...versionRoutes(inForce),
      planRoute(options.plan),
      sessionRoute,
      ...documentRoutes,
      ...options.routes,
      ...meRoutes,
      ...staffRoutes(options.prove),
      ...proofRoutes(watch),
      ...holdRoutes,
      ...forecastRoutes,
      ...bulkRoutes,
    ],
    files: FILES,
    log: options.log,
    misfit: options.misfit,
    baseUrl,
    version: answer.version,
    now,
    whose: options.whose,
    memberOf: options.memberOf,
    bears: options.bears,
    ready: options.ready,
    local: /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|$)/.test(baseUrl),
  });
  await app.register(downloads, {
    prefix: '/api/v1',
    gates,
    baseUrl,
    now,
    whose: options.whose,
    publicKey: options.publicKey,
  });
  if (options.paid !== undefined)
    await app.register(paymentEvents, { prefix: '/api/v1', now, taken: options.paid });
  await app.register(wellKnown, { statement: applied.statement, baseUrl, now });
  if (options.demo) await app.register(outbox, { prefix: '/api/v1', folder: options.outbox });
  if (existsSync(join(options.pages, 'server', 'index.js')))
    await app.register(pages, {
      build: options.pages,
      baseUrl,
      demo: options.demo,
      version: (path) =>
        SHOWS_PROMISES.has(path) ? `${applied.fingerprint} ${watch.promises.mark}` : applied.fingerprint,
      api: (request) => app.inject(request),
      log: options.log,
    });
  return app;
}
