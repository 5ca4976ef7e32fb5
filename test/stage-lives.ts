import { SYSTEM } from '#gates/actor.ts';
import type { Gates } from '#gates/gates.ts';
import type { Sealer } from '#gates/journal.ts';
import { makeProfile } from '#modules/customers/profiles.ts';
import { confirm, signUp } from '#modules/newsletter/subscriptions.ts';
import { invoice } from '#test/invoice.ts';
import { clientLives } from '#test/stage-clients.ts';
import { stageCompany } from '#test/stage-companies.ts';
import { heldLives } from '#test/stage-holds.ts';
import { stageVisits } from '#test/visits.ts';

/** A stage on which nobody is yet. */
interface Empty {
  readonly gates: Gates;
  readonly sealer: Sealer;
  sql(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
}

/**
 * A few lives, some of them long: Kari and Ola have profiles, Ola is restricted, Siv gets the newsletter, Per asked for
 * it a while ago and was forgotten, Liv left it, Jon left it and keeps his profile, Eva was erased, Ida has not answered
 * yet, Nils owns a client that Vera uses, Odd ended his, Una was held before her profile’s year was over, Tor was held
 * for a while. Kari and Eva have been sent an invoice, and Kari has asked us to know her company.
 */
export async function populate(
  { gates, sealer, sql }: Empty,
  day: (n: number) => Date,
): Promise<Record<string, string>> {
  const statement = gates.statement.version;
  const person = async (who: string) => {
    const [row] = await sql(`select person from vault.person order by recorded_at desc, person limit 1`);
    if (row === undefined) throw new Error(`${who} is not there`);
    return String(row.person);
  };
  const profile = async (
    who: string,
    at: Date,
    more: { phone?: string; place?: string; company?: string } = {},
  ) => {
    await makeProfile(
      gates,
      { name: who, email: `${who.toLowerCase()}@firma.example`, accept: { statement }, ...more },
      at,
    );
    return person(who);
  };
  const subscriber = async (who: string, at: Date, yes: Date | undefined) => {
    await signUp(gates, { email: `${who.toLowerCase()}@post.example`, topics: ['nyhetsbrev', 'fag'] }, at);
    const id = await person(who);
    if (yes === undefined) return id;
    const [request] = await sql('select id from newsletter.request where person = $1', [id]);
    await confirm(gates, gates.token('newsletter.confirm', String(request?.id)), undefined, yes);
    await sql('update mail.letter set sent_at = $2 where person = $1', [id, yes]);
    return id;
  };
  const people: Record<string, string> = {};
  const kari = { phone: '+4710000001', place: 'Bergen', company: 'Fjell og Fjord' };
  people.kari = await profile('Kari', day(-20), kari);
  people.ola = await profile('Ola', day(-19), { place: 'Tromsø' });
  people.siv = await subscriber('Siv', day(-6), day(-5));
  people.liv = await subscriber('Liv', day(-4), day(-4));
  people.jon = await profile('Jon', day(-3));
  people.eva = await profile('Eva', day(-2));
  await stageVisits(gates, sql, people.kari);
  await stageCompany(gates, people.kari, day(-2));
  people.ida = await subscriber('Ida', day(-1.9), undefined);
  await signUp(gates, { email: 'jon@firma.example', topics: ['produkt'] }, day(-2));
  const [asked] = await sql('select id from newsletter.request where person = $1', [people.jon]);
  await confirm(gates, gates.token('newsletter.confirm', String(asked?.id)), 'en', day(-2));
  await gates
    .use('newsletter', SYSTEM)
    .people([people.siv, people.jon], ['email', 'name'], 'letter', day(-1.5));
  await gates
    .use('customer', SYSTEM)
    .people([people.kari, people.ola], ['email', 'phone'], 'look', day(-1.5));
  await sealer.seal(day(-1.4));
  const self = (id: string) => ({ kind: 'person', id }) as const;
  await gates.answer.correct(people.kari, { 'contact.place': 'Voss' }, self(people.kari), day(-1));
  await gates.answer.restrict(people.ola, 'accuracy', self(people.ola), day(-1));
  await gates.answer.object(people.siv, 'confirmation', self(people.siv), day(-1));
  const manner = { surface: 'newsletter-preferences', method: 'button' };
  for (const id of [people.liv, people.jon])
    await gates.answer.withdraw(id, 'newsletter', self(id), manner, day(-1));
  for (const who of [people.kari, people.eva]) await invoice(gates, who, '1001', day(-1.1));
  await gates.answer.erase(people.eva, self(people.eva), day(-1));
  Object.assign(people, await heldLives(gates, day));
  Object.assign(people, await clientLives(gates, day));
  await gates.use('customer', SYSTEM).people([people.kari, people.ola], ['email'], 'look', day(-0.5));
  await gates.answer.access(people.kari, self(people.kari), day(-0.5));
  await gates.keep(day(-0.2));
  await sealer.seal(day(-0.1));
  return people;
}
