import { codeOf } from '#platform/database.ts';
import type { Mail } from '#platform/mail.ts';
import type { Language } from '#statement/grammar.ts';
import { SYSTEM } from './actor.ts';
import { newAddress } from './answer/address.ts';
import type { Engine } from './engine.ts';
import { greetingName } from './fields.ts';
import type { Gates } from './gates.ts';
import type { Facts, Letter, Module } from './module.ts';
import { Together } from './together.ts';
import type { PurposeHandle } from './use.ts';

/** Letters in one round; with a round a quarter second, what a small mail server takes without complaint. */
const ROUND = 50;
/**
 * Most letters of one kind to one person in an hour. Whoever types somebody else's address again and again fills no
 * mailbox with it. What a module has facts to tell of comes of its own rows and not of anybody's asking: it is not counted.
 */
const HOURLY = 10;
/** Milliseconds between rounds at the least. */
const PAUSE = 250;
/** How many times as long as a round took to leave the process to people: letters wait for people, not people for letters. */
const REST = 4;
/** Minutes to wait before each further try; after the last the letter is given up. */
const WAITS = [1, 5, 30, 240];

interface Queued {
  person: string;
  id: string;
  kind: string;
  purpose: string;
  reference: string | null;
  client: string | null;
  attempts: number;
}

interface Sent {
  readonly person: string;
  readonly id: string;
  readonly at: Date;
}

/**
 * Sends queued letters. Address and name are opened at the moment of sending, under the letter's own purpose, so that
 * a withdrawal, an objection or an erasure in between stops it (clause `r.withdraw`).
 */
export class Courier {
  readonly #engine: Engine;
  readonly #mail: Mail;
  readonly #baseUrl: string;
  readonly #gates: Gates;
  readonly #letters: Map<string, NonNullable<Module['letters']>[string]>;
  readonly #facts: Map<string, NonNullable<Module['facts']>[string]>;
  readonly #failed: (code: string, letter: string) => void;
  /** One note at a time, so that letters sent meanwhile share the next. */
  readonly #sent = new Together<Sent, undefined>((sent) => this.#noteSent(sent), { abreast: 1 });
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;

  constructor(options: {
    engine: Engine;
    mail: Mail;
    baseUrl: string;
    gates: Gates;
    modules: readonly Module[];
    /** Told of a letter that could not be sent: a code and the letter's number. */
    failed: (code: string, letter: string) => void;
  }) {
    this.#engine = options.engine;
    this.#mail = options.mail;
    this.#baseUrl = options.baseUrl.replace(/\/$/, '');
    this.#gates = options.gates;
    this.#failed = options.failed;
    this.#letters = new Map(options.modules.flatMap(({ letters }) => Object.entries(letters ?? {})));
    this.#facts = new Map(options.modules.flatMap(({ facts }) => Object.entries(facts ?? {})));
  }

  /** Looks for letters every quarter second, and less often while rounds take long. */
  start(now: () => Date): void {
    const turn = async () => {
      const begun = performance.now();
      await this.send(now()).catch((error) => this.#failed(codeOf(error), ''));
      const rest = Math.max(PAUSE, REST * (performance.now() - begun));
      this.#timer = setTimeout(() => {
        this.#round = turn();
      }, rest).unref();
    };
    this.#round = turn();
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#round;
    // A round under way when we were told to stop has set the next.
    clearTimeout(this.#timer);
  }

  /** Sends one round; answers with how many letters it took up. */
  async send(now: Date): Promise<number> {
    const queued = await this.#claim(now);
    for (const [purpose, all] of Map.groupBy(queued, (letter) => letter.purpose))
      for (const [client, letters] of Map.groupBy(all, (letter) => letter.client)) {
        const handle = this.#gates.use(purpose, SYSTEM);
        await this.#sendFor(client === null ? handle : handle.of(client), letters, now);
      }
    return queued.length;
  }

  /** Takes letters for this process: another sees them again only when their next time has come. */
  async #claim(now: Date): Promise<Queued[]> {
    const { rows } = await this.#engine.pools.of('courier').query<Queued>({
      name: 'courier.claim',
      text: `update mail.letter l set attempts = attempts + 1, next_at = $1::timestamptz + interval '2 minutes'
              where (person, id) in (
                select person, id from mail.letter where sent_at is null and next_at <= $1
                 order by next_at limit ${ROUND} for update skip locked)
          returning person, id, kind, purpose, reference, client, attempts`,
      values: [now],
    });
    return rows;
  }

  async #sendFor(handle: PurposeHandle, letters: readonly Queued[], now: Date): Promise<void> {
    const people = await handle.people(
      [...new Set(letters.map(({ person }) => person))],
      ['email', 'name', 'language'],
      'letter',
      now,
    );
    const lately = await this.#sentLately(letters, now);
    const notes: Promise<unknown>[] = [];
    for (const letter of letters) {
      const person = people.get(letter.person);
      const sent = lately.get(`${letter.person} ${letter.kind}`) ?? 0;
      if (sent >= HOURLY && !this.#facts.has(letter.kind)) {
        await this.#giveUp(letter, 'too-many');
        continue;
      }
      lately.set(`${letter.person} ${letter.kind}`, sent + 1);
      const compose = this.#letters.get(letter.kind);
      if (person?.email === undefined || compose === undefined) {
        await this.#giveUp(letter, person === undefined ? 'not-usable' : 'no-letter');
        continue;
      }
      try {
        const facts = await this.#factsOf(letter, now);
        if (facts === undefined) {
          await this.#giveUp(letter, 'nothing-to-tell');
          continue;
        }
        const language: Language = person.language === 'en' ? 'en' : 'nb';
        const made = compose({
          language,
          name: greetingName(person.name),
          person: letter.person,
          reference: letter.reference ?? undefined,
          coming: this.#engine.comings?.find(({ application }) => application.id === letter.reference),
          statement: this.#engine.statement,
          facts,
          token: (kind, id) => this.#engine.secrets.token(kind, id),
        });
        const { text, html } = this.#write(made, language);
        const to = await this.#addressOf(letter, person.email);
        if (to === undefined) {
          await this.#giveUp(letter, 'no-address');
          continue;
        }
        await this.#mail.deliver({
          id: letter.id,
          to,
          subject: made.subject,
          text,
          html,
          at: now,
        });
        // Written down while the next letter is on its way; letters that are ready together share the commit.
        const noted = this.#sent.ask({ person: letter.person, id: letter.id, at: now });
        notes.push(noted.catch((error) => this.#failed(codeOf(error), letter.id)));
      } catch (error) {
        const wait = WAITS[letter.attempts - 1];
        this.#failed(codeOf(error), letter.id);
        if (wait === undefined) await this.#giveUp(letter, codeOf(error));
        else
          await this.#mark(letter, 'next_at = $3, failure = $4', [
            new Date(now.getTime() + wait * 60_000),
            codeOf(error),
          ]);
      }
    }
    await Promise.all(notes);
  }

  /** How many letters of each kind these people got in the last hour. */
  async #sentLately(letters: readonly Queued[], now: Date): Promise<Map<string, number>> {
    const { rows } = await this.#engine.pools
      .of('courier')
      .query<{ person: string; kind: string; sent: number }>({
        name: 'courier.lately',
        text: `select person, kind, count(*)::int as sent from mail.letter
              where person = any($1) and sent_at > $2::timestamptz - interval '1 hour' group by 1, 2`,
        values: [letters.map(({ person }) => person), now],
      });
    return new Map(rows.map(({ person, kind, sent }) => [`${person} ${kind}`, sent]));
  }

  /** What a letter tells of its row; nothing where its kind has no more to tell than its row's number. */
  async #factsOf({ kind, person, reference, client }: Queued, now: Date): Promise<Facts | undefined> {
    const find = this.#facts.get(kind);
    if (find === undefined) return {};
    const due = { person, reference: reference ?? undefined, client: client ?? undefined };
    return find(this.#gates, due, now);
  }

  /** Where a letter goes: to the person, or to the new address that it asks about. */
  async #addressOf({ kind, reference }: Queued, email: string): Promise<string | undefined> {
    return kind === 'identity.new-address' && reference !== null
      ? newAddress(this.#engine, reference)
      : email;
  }

  /** A letter that will never go: its person said no meanwhile, or the server will not have it. */
  async #giveUp(letter: Queued, failure: string): Promise<void> {
    await this.#mark(letter, `next_at = 'infinity', failure = $3`, [failure]);
  }

  async #noteSent(sent: readonly Sent[]): Promise<undefined[]> {
    await this.#engine.pools.of('courier').query({
      name: 'courier.sent',
      text: `update mail.letter l set sent_at = s.at, failure = null
               from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as s(person, id, at)
              where l.person = s.person and l.id = s.id`,
      values: [sent.map(({ person }) => person), sent.map(({ id }) => id), sent.map(({ at }) => at)],
    });
    return sent.map(() => undefined);
  }

  async #mark({ person, id }: Queued, sets: string, values: readonly unknown[]): Promise<void> {
    await this.#engine.pools
      .of('courier')
      .query(`update mail.letter set ${sets} where person = $1 and id = $2`, [person, id, ...values]);
  }

  #write(letter: Letter, language: Language): { text: string; html: string } {
    const { operator } = this.#engine.statement;
    const link = letter.action === undefined ? undefined : `${this.#baseUrl}${letter.action.path}`;
    const statementLink = `${this.#baseUrl}${language === 'nb' ? '/personvern' : '/en/privacy'}`;
    const foot = language === 'nb' ? `Hilsen ${operator.name}` : `Regards, ${operator.name}`;
    const about = language === 'nb' ? 'Slik behandler vi opplysninger om deg' : 'How we treat data on you';
    const text = [
      ...letter.paragraphs,
      ...(link === undefined ? [] : [`${letter.action!.label}:\n${link}`]),
      ...(letter.further ?? []).map(({ label, path }) => `${label}:\n${this.#baseUrl}${path}`),
      ...(letter.closing ?? []),
      foot,
      `${about}:\n${statementLink}\n${operator.mailbox}`,
    ].join('\n\n');
    const paragraph = (words: string, style = '') => `<p style="margin:0 0 16px;${style}">${safe(words)}</p>`;
    const html = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${safe(letter.subject)}</title></head>
<body style="margin:0;background:#f4f5f6;color:#1e2b3c;font:16px/1.55 Inter,system-ui,-apple-system,'Segoe UI',sans-serif"><div style="max-width:560px;margin:0 auto;padding:32px 24px">
<div style="background:#fff;border-radius:8px;padding:32px 28px">${letter.paragraphs.map((words) => paragraph(words)).join('')}
${link === undefined ? '' : `<p style="margin:24px 0"><a href="${safe(link)}" style="display:inline-block;background:#0d4a45;color:#fff;text-decoration:none;padding:12px 20px;border-radius:6px;font-weight:600">${safe(letter.action!.label)}</a></p>`}
${(letter.further ?? []).map(({ label, path }) => `<p style="margin:0 0 16px"><a href="${safe(this.#baseUrl + path)}" style="color:#0d4a45">${safe(label)}</a></p>`).join('')}
${(letter.closing ?? []).map((words) => paragraph(words, 'color:#5b6776;font-size:14px')).join('')}${paragraph(foot)}</div>
<p style="color:#5b6776;font-size:13px;margin:16px 4px"><a href="${safe(statementLink)}" style="color:#5b6776">${about}</a> · ${safe(operator.mailbox)}</p></div></body></html>`;
    return { text: `${text}\n`, html };
  }
}

function safe(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
