import { randomUUID } from 'node:crypto';
import { type Actor, isPersonNumber, SYSTEM } from '#gates/actor.ts';
import type { Gates } from '#gates/gates.ts';
import { Refusal } from '#gates/refusal.ts';
import type { Renewal } from '#gates/third-party/follow.ts';
import type { Accounts } from './accounts.ts';
import { BRREG, type LookedUp } from './lookup.ts';
import { organisationNumber } from './number.ts';
import { heed } from './removed.ts';
import { FACTS, FIGURES_OF, SHELF } from './shelf.ts';
import type { Company } from './unit.ts';
import { figuresText, readFigures, readTexts, type Texts, textsOf } from './words.ts';

/** A company that a person has asked us to know, as the register last described it. */
export interface MyCompany
  extends Pick<Company, 'number' | 'name' | 'form' | 'state' | 'since' | 'place' | 'industry' | 'employees'> {
  readonly id: string;
  /** Key figures of each year that was told while the company was kept, oldest first. */
  readonly years: readonly Accounts[];
  readonly askedAt: string;
  /** The third party that said so, by its name in the statement, and when it last did. */
  readonly source: string;
  readonly fetchedAt: string;
}

/** Wish for a company: its number, and whether it is the person's own where it is one. */
export interface Wish {
  readonly number: string;
  readonly own?: boolean;
}

/**
 * Fetches what the register says of a company and keeps it for the person who asks (clause `1.3.third-party`). Asked for
 * again it is renewed, and years already known stay. Refuses what {@link lookUp} refuses, and a company that is a person,
 * unless it is the one who asks: we could not tell anybody else that we hold it (art. 14).
 */
export async function keepCompany(
  gates: Gates,
  person: string,
  wish: Wish,
  actor: Actor,
  at: Date,
): Promise<MyCompany> {
  const number = organisationNumber(wish.number);
  const found = await heed(gates, number, at);
  if (found.company.personal && wish.own !== true) throw new Refusal('companies.sole-proprietor', ['own']);
  const hash = gates.hash('company', number);
  const handle = gates.use('group-facts', SYSTEM);
  const [here] = await handle.rows<{ usable: boolean; id: string | null }>(
    `select gate.usable($1, 'group-facts', false, true) as usable,
            (select id from companies.fact where person = $1 and number_hash = $2) as id`,
    [person, hash],
  );
  if (!here!.usable) throw new Refusal('companies.not-usable');
  const id = here!.id ?? randomUUID();
  let renewal: Renewal | undefined;
  await gates.collect({
    point: 'company.register',
    actor,
    at,
    about: { person },
    gives: ({ collection }) => {
      const asked = { source: BRREG, request: collection, asked_at: at };
      const values = { ...factOf(found), ...asked };
      const rows = figuresOf(found, { ...asked, person, fact: id });
      renewal = { row: { person, id }, values, rows };
      const fact = { table: FACTS, values: { ...values, person, id, number, number_hash: hash }, once: true };
      return { values: {}, rows: [fact, ...rows.map((row) => ({ ...row, once: true }))] };
    },
  });
  // A row that was there is left as it was by the act of collection, and takes what is new from here.
  if (here!.id !== null) await gates.following(BRREG, SHELF).renew(renewal!);
  return companyOf(gates, person, id, at);
}

/** What is kept of a company, by column; what is not known is null. */
export function factOf({ company, source }: Pick<LookedUp, 'company' | 'source'>) {
  return { name: company.name, ...textsOf(company), fetched_at: source.fetchedAt };
}

/** The year's figures as a row, where there are any. */
export function figuresOf(
  { accounts, source }: Pick<LookedUp, 'accounts' | 'source'>,
  rest: Readonly<Record<string, unknown>>,
): { table: string; values: Record<string, unknown> }[] {
  if (accounts === null) return [];
  const figures = { id: randomUUID(), year: accounts.year, figures: figuresText(accounts) };
  return [{ table: FIGURES_OF, values: { ...rest, ...figures, fetched_at: source.fetchedAt } }];
}

interface FactRow extends Record<keyof Texts | 'number' | 'name', Buffer | null> {
  readonly person: string;
  readonly id: string;
  readonly asked_at: Date;
  readonly fetched_at: Date;
}

interface FiguresRow {
  readonly person: string;
  readonly id: string;
  readonly fact: string;
  readonly figures: Buffer;
}

const SEALED = ['number', 'name', 'form', 'state', 'place', 'industry', 'employees'] as const;

/** Every company that a person has asked us to know, first asked for first. */
export async function companiesOf(gates: Gates, person: string, at: Date): Promise<MyCompany[]> {
  const handle = gates.use('group-facts', SYSTEM);
  const [facts, years] = await Promise.all([
    handle.rows<FactRow>(
      `select person, id, number, name, form, state, place, industry, employees, asked_at, fetched_at
         from companies.fact where person = $1 order by asked_at, id`,
      [person],
    ),
    handle.rows<FiguresRow>(
      'select person, id, fact, figures from companies.key_figures where person = $1 order by year',
      [person],
    ),
  ]);
  if (facts.length === 0) return [];
  const opened = await handle.opened(FACTS, facts, SEALED, 'companies', at);
  const told = await handle.opened(FIGURES_OF, years, ['figures'], 'companies', at);
  return opened.map((row) => ({
    id: row.id,
    number: row.number!,
    name: row.name!,
    ...readTexts(row as Texts),
    years: told.filter(({ fact }) => fact === row.id).flatMap(({ figures }) => readFigures(figures!) ?? []),
    askedAt: row.asked_at.toISOString(),
    source: BRREG,
    fetchedAt: row.fetched_at.toISOString(),
  }));
}

async function companyOf(gates: Gates, person: string, id: string, at: Date): Promise<MyCompany> {
  const company = (await companiesOf(gates, person, at)).find((one) => one.id === id);
  if (company === undefined) throw new Refusal('companies.not-kept');
  return company;
}

/** Lets go of a company at its person's wish. What belongs to it goes first: a crash leaves a company without figures. */
export async function dropCompany(
  gates: Gates,
  person: string,
  id: string,
  actor: Actor,
  at: Date,
): Promise<void> {
  const rows = !isPersonNumber(id)
    ? []
    : await gates
        .use('rights', SYSTEM)
        .rows('select from companies.fact where person = $1 and id = $2', [person, id]);
  if (rows.length === 0) throw new Refusal('companies.not-kept');
  await gates.answer.endRows(person, FIGURES_OF, { fact: [id] }, actor, at);
  await gates.answer.endRows(person, FACTS, { id: [id] }, actor, at);
}
