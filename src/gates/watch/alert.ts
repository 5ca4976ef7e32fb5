import type { Pool } from 'pg';
import type { Mail, Message } from '#platform/mail.ts';
import { inTransaction } from '#platform/migrate.ts';
import type { ClauseId, Language, Statement } from '#statement/grammar.ts';
import type { Turn } from './record.ts';

/** What a mail about broken promises is made of. It names clauses, tables and roles, and nothing of anyone. */
interface Alert {
  readonly letter: string;
  readonly run: number;
  readonly at: Date;
  readonly turns: readonly Turn[];
  /** The checks that found something, of the clauses that broke. */
  readonly found: readonly { clause: ClauseId; title: string; title_nb: string; detail: string }[];
}

export interface AlertOptions {
  /** The pool of the role `record`. */
  readonly pool: Pool;
  readonly mail: Pick<Mail, 'deliver'>;
  readonly statement: Statement;
  /** Where the console is. */
  readonly baseUrl: string;
}

/**
 * Mails the operator's duty mailbox about every promise that was broken or mended and not told of yet: one mail a run.
 * Rejects with what kept a mail from going; it is tried again at the next call. A crash between the sending and the note
 * of it sends the mail twice, under one number: better than not at all.
 */
export async function sendAlerts(
  { pool, mail, statement, baseUrl }: AlertOptions,
  now: Date,
): Promise<number> {
  const client = await pool.connect();
  let sent = 0;
  try {
    for (;;) {
      const more = await inTransaction(client, async () => {
        // Whoever else sends now has locked the rows of its mail, and takes care of it.
        const { rows } = await client.query<{ run: number; letter: string } & Turn>(
          `select run, clause, turn, letter from proof.alert
            where sent_at is null and run = (select run from proof.alert where sent_at is null order by run limit 1)
              for update skip locked`,
        );
        const [first] = rows;
        if (first === undefined) return false;
        const { rows: found } = await client.query<Alert['found'][number] & { at: Date }>(
          `select r.at, f.clause, f.title, f.title_nb, f.detail from proof.run r
             left join proof.result f on f.run = r.id and f.state = 'broken' and f.clause = any($2)
            where r.id = $1 order by f.place`,
          [first.run, rows.filter(({ turn }) => turn === 'broken').map(({ clause }) => clause)],
        );
        const alert: Alert = {
          letter: first.letter,
          run: first.run,
          at: found[0]?.at ?? now,
          turns: rows,
          found: found.filter(({ clause }) => clause !== null),
        };
        await mail.deliver(compose(alert, statement, baseUrl, now));
        await client.query('update proof.alert set sent_at = $2 where run = $1', [first.run, now]);
        return true;
      });
      if (!more) return sent;
      sent += 1;
    }
  } finally {
    client.release();
  }
}

const WORDS = {
  nb: {
    broken: 'Brutt løfte',
    mended: 'I orden igjen',
    found: (at: string) => `Beviset som ble kjørt ${at}, fant brutte løfter:`,
    holds: (at: string) => `Beviset som ble kjørt ${at}, fant at disse løftene holder igjen:`,
    look: 'Se etter selv',
    console: 'Alle løftene',
    public: 'Bruddet vises på personvernsiden til det er rettet og prøvd på nytt.',
  },
  en: {
    broken: 'Broken promise',
    mended: 'Mended',
    found: (at: string) => `The proof of ${at} found broken promises:`,
    holds: (at: string) => `The proof of ${at} found that these promises hold again:`,
    look: 'Look for yourself',
    console: 'Every promise',
    public: 'The break is shown on the privacy page until it is mended and proved anew.',
  },
} as const;

const MOMENTS = {
  nb: new Intl.DateTimeFormat('nb-NO', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Oslo' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Oslo' }),
} as const;

function compose(alert: Alert, statement: Statement, baseUrl: string, now: Date): Message {
  const broken = alert.turns.filter(({ turn }) => turn === 'broken').map(({ clause }) => clause);
  const mended = alert.turns.filter(({ turn }) => turn === 'mended').map(({ clause }) => clause);
  const say = (clauses: readonly string[], what: string) =>
    clauses.length === 0 ? [] : [`${what}: ${clauses.join(', ')}`];
  const { nb } = WORDS;
  const text = (['nb', 'en'] as const)
    .map((language) => told(alert, { broken, mended }, statement, baseUrl, language))
    .join('\n\n— — —\n\n');
  return {
    id: alert.letter,
    to: statement.operator.mailbox,
    subject: [...say(broken, nb.broken), ...say(mended, nb.mended)].join('. '),
    text: `${text}\n`,
    html: `<!doctype html><html lang="nb"><head><meta charset="utf-8"></head><body><pre style="white-space:pre-wrap;font:16px/1.55 Inter,system-ui,sans-serif">${escaped(text)}</pre></body></html>`,
    at: now,
  };
}

function told(
  { found, at }: Alert,
  { broken, mended }: { broken: readonly ClauseId[]; mended: readonly ClauseId[] },
  statement: Statement,
  baseUrl: string,
  language: Language,
): string {
  const words = WORDS[language];
  const moment = MOMENTS[language].format(at);
  const named = (clause: ClauseId) => `${clause} · ${statement.clauses[clause]?.title[language] ?? ''}`;
  const breaks = broken.map((clause) =>
    [
      named(clause),
      ...found
        .filter((one) => one.clause === clause)
        .map(({ title, title_nb, detail }) => `  ✖ ${language === 'nb' ? title_nb : title}\n    ${detail}`),
      `  ${words.look}: hjemmel prove --clause ${clause}`,
    ].join('\n'),
  );
  return [
    ...(broken.length === 0 ? [] : [words.found(moment), ...breaks, words.public]),
    ...(mended.length === 0 ? [] : [words.holds(moment), mended.map(named).join('\n')]),
    `${words.console}: ${baseUrl}${language === 'nb' ? '/konsoll/bevis' : '/en/console/proof'}`,
  ].join('\n\n');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
