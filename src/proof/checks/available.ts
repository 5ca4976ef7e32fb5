import { passages } from '#statement/passages.ts';
import { type Check, type Context, type Finding, outcome } from '../check.ts';
import { many } from '../counted.ts';

/** That the statement in force is what visitors are shown, on every host (clause `v.available`). */
export const availableChecks: readonly Check[] = [
  {
    clause: 'v.available',
    title: 'Every host serves the statement in force, whole, in both languages',
    titleNb: 'Hvert domene viser erklæringen som gjelder, i sin helhet, på begge språk',
    // A page is looked at by a server that runs; until one has seen this version served, nothing is known.
    ready: async (context) => (await fetched(context)).length > 0,
    run: served,
  },
];

interface Page {
  host: string;
  language: 'nb' | 'en';
  status: number;
  fingerprint: string;
  passages: number;
}

/** Pages as a server last fetched them from itself, since the version in force was applied. */
async function fetched({ main, applied }: Context): Promise<Page[]> {
  const { rows } = await main.query<Page>(
    `select host, language, status, fingerprint, passages from proof.page
      where at >= (select applied_at from statement.version where fingerprint = $1)`,
    [applied.fingerprint],
  );
  return rows;
}

async function served(context: Context) {
  const { statement, prose, fingerprint } = context.applied;
  const pages = await fetched(context);
  const findings = statement.operator.hosts.flatMap((host) =>
    (['nb', 'en'] as const).flatMap((language): Finding[] => {
      const page = pages.find((one) => one.host === host && one.language === language);
      const wrong = (what: string) => [{ what: `${host} (${language}) ${what}`, count: 1 }];
      if (page === undefined) return wrong('was not looked at');
      if (page.status !== 200) return wrong(page.status === 0 ? 'did not answer' : `answered ${page.status}`);
      if (page.fingerprint !== fingerprint) return wrong('shows another version');
      const missing = passages(prose[language]).length - page.passages;
      return missing > 0 ? [{ what: `${host} (${language}) lacks passages`, count: missing }] : [];
    }),
  );
  const words = pages.reduce((sum, page) => sum + page.passages, 0);
  return outcome(findings, many(statement.operator.hosts.length, 'host'), many(words, 'passage'));
}
