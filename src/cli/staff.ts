import { ROLES, SYSTEM } from '#gates/actor.ts';
import { soughtFor } from '#gates/fields.ts';
import { WrongUse, wordAt } from './arguments.ts';
import type { Command, Run } from './command.ts';
import { withProduct } from './open.ts';
import type { Opened } from './wiring.ts';

/** `hjemmel staff …`: who of the operator's own people may do what. */
export const staff: Command = {
  usage: 'staff add|list|remove [email] [role]',
  about: `Says who of the operator’s own people may do what; it holds from their next request.
add EMAIL ROLE --name NAME  gives a role; they sign in by a link to the address, and set up a second factor first
list                        lists them by number, name and role
remove EMAIL [ROLE]         takes a role away, or all of them; whoever has none left is a person like others
roles: ${ROLES.join(', ')}`,
  flags: ['name', 'language'],
  run: async (run) => {
    const verb = VERBS[wordAt(run.given, 0, 'of add, list, remove')];
    if (verb === undefined) throw new WrongUse('There is no such thing to do with staff.');
    return withProduct(run, (product) => verb(run, product));
  },
};

type Verb = (run: Run, product: Opened) => Promise<number>;

const VERBS: Readonly<Record<string, Verb>> = {
  add: async ({ given, print }, { gates }) => {
    const email = addressAt(wordAt(given, 1, 'address'));
    const role = roleOf(wordAt(given, 2, `role: ${ROLES.join(', ')}`));
    const name = given.values.get('name');
    const known = (await gates.use('sign-in', SYSTEM).find('email', email)).length > 0;
    if (!known && name === undefined) throw new WrongUse('Say what they are called with --name NAME.');
    const at = new Date();
    const language = given.values.get('language') === 'en' ? 'en' : 'nb';
    const { person } = await gates.collect({
      point: 'staff.account',
      actor: SYSTEM,
      at,
      about: { email },
      gives: (who) => ({
        values: { 'contact.name': name, 'preference.language': language },
        keeps: ['contact.name'],
        rows: [{ table: 'identity.staff', values: { person: who.person, role, granted_at: at }, once: true }],
      }),
    });
    print(given.flags.has('json') ? JSON.stringify({ person, role }) : `Added as ${role}.`);
    return 0;
  },
  list: async ({ given, print }, { gates }) => {
    const handle = gates.use('sign-in', SYSTEM);
    const rows = await handle.rows<{ person: string; roles: string[]; since: Date }>(
      `select person, array_agg(role order by role) as roles, min(granted_at) as since
         from identity.staff group by person order by min(granted_at), person`,
    );
    const people = rows.map(({ person }) => person);
    const seen = await handle.people(people, ['name'], 'staff', new Date());
    const found = rows.map(({ person, roles, since }) => ({
      person,
      name: seen.get(person)?.name ?? null,
      roles,
      since: since.toISOString(),
    }));
    if (given.flags.has('json')) print(JSON.stringify({ staff: found }));
    else if (found.length === 0) print('Nobody has a role.');
    else for (const one of found) print(`${one.person}  ${one.name ?? '–'}  ${one.roles.join(', ')}`);
    return 0;
  },
  remove: async ({ given, print }, { gates }) => {
    const email = addressAt(wordAt(given, 1, 'address'));
    const roles = given.words[2] === undefined ? [...ROLES] : [roleOf(given.words[2])];
    const handle = gates.use('sign-in', SYSTEM);
    const [person] = await handle.find('email', email);
    const held =
      person === undefined
        ? []
        : await handle.rows('select from identity.staff where person = $1 and role = any($2)', [
            person,
            roles,
          ]);
    const gone = held.length > 0;
    if (person !== undefined && gone)
      await gates.answer.endRows(person, 'identity.staff', { role: roles }, SYSTEM, new Date());
    if (given.flags.has('json')) print(JSON.stringify({ removed: gone }));
    else
      print(gone ? 'Removed; it holds from their next request.' : 'Nobody has that role under this address.');
    return gone ? 0 : 1;
  },
};

function addressAt(text: string): string {
  const email = soughtFor('email', text);
  if (email === undefined) throw new WrongUse('That is no e-mail address.');
  return email;
}

function roleOf(text: string): (typeof ROLES)[number] {
  const role = ROLES.find((one) => one === text);
  if (role === undefined) throw new WrongUse(`A role is one of ${ROLES.join(', ')}.`);
  return role;
}
