/** Staff look for somebody: one box that understands what is written in it. */
import { data, type LoaderFunctionArgs, redirect } from 'react-router';
import type { AccountsFound, PersonAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import type { Errors } from './parts/fields.tsx';
import { path } from './paths.ts';
import { errorsOf } from './refusals.ts';
import { type ApiAnswer, call, refused } from './visit.ts';

type Context = LoaderFunctionArgs['context'];
type Clients = AccountsFound['found'];

/** People of one name who are listed; whoever seeks among more seeks by address. */
const LISTED = 25;

/** What was looked for, and what was found. */
export interface Finding {
  address: string;
  reason: string | undefined;
  people: PersonAnswer[];
  /** How many people there are, listed or not. */
  count: number;
  clients: Clients;
  nobody: boolean;
  errors: Errors;
}

/** Looks for people and clients, and leads straight to the only one there is. */
export async function finding(
  context: Context,
  { address = '', reason }: { address?: string; reason?: string },
  language: Language,
) {
  const asked = { address, reason, people: [], count: 0, clients: [], nobody: false, errors: {} };
  const answers = await ask(context, address.trim());
  const no = Object.values(answers).find(({ status }) => status >= 300);
  if (no !== undefined && [401, 403].includes(no.status)) throw refused(no, language);
  if (no !== undefined)
    return data<Finding>({ ...asked, errors: errorsOf(no, language) }, { status: no.status });
  const ids = (answers.people?.body as { found: string[] } | undefined)?.found ?? [];
  const clients = (answers.clients?.body as AccountsFound | undefined)?.found ?? [];
  const because = reason === undefined ? '' : `?reason=${encodeURIComponent(reason)}`;
  if (ids.length === 1 && clients.length === 0)
    throw redirect(path('consolePerson', language, { id: ids[0]! }) + because, 303);
  if (ids.length === 0 && clients.length === 1)
    throw redirect(path('consoleClient', language, { account: clients[0]!.account }), 303);
  const listed = await Promise.all(
    ids.slice(0, LISTED).map((id) => call<PersonAnswer>(context, 'GET', `/persons/${id}`)),
  );
  const people = listed.flatMap(({ status, body }) => (status === 200 ? [body as PersonAnswer] : []));
  const nobody = ids.length === 0 && clients.length === 0;
  return data<Finding>(
    { ...asked, people, count: ids.length, clients, nobody },
    { status: nobody ? 404 : 200 },
  );
}

type Answers = { people?: ApiAnswer<unknown>; clients?: ApiAnswer<unknown> };

/** What somebody typed is an address, a number or a name; it says so itself. A name may be a person's or a company's. */
async function ask(context: Context, text: string): Promise<Answers> {
  const people = (body: object) => call<unknown>(context, 'POST', '/person-searches', body);
  const clients = (body: object) => call<unknown>(context, 'POST', '/account-searches', body);
  if (text.includes('@')) return { people: await people({ email: text }) };
  if (/^(no)?[\d\s.]{9,}(mva)?$/i.test(text)) {
    const found = await clients({ number: text });
    // Nine digits without the right check digit are no organisation's, and may be a telephone's.
    if (found.status !== 422) return { clients: found };
  }
  if (/\d/.test(text) && !/\p{L}/u.test(text)) return { people: await people({ phone: text }) };
  const [named, called] = await Promise.all([people({ name: text }), clients({ name: text })]);
  return { people: named, clients: called };
}
