import { type Actor, ROLES, type Role } from '#gates/actor.ts';
import { soughtFor } from '#gates/fields.ts';
import { Refusal } from '#gates/refusal.ts';
import { WrongUse, wordAt } from './arguments.ts';
import type { Command, Run } from './command.ts';
import { withProduct } from './open.ts';
import type { Opened } from './wiring.ts';

/** Whoever can run the command line can make an administrator, so may do what one may; the journal says staff, with no number. */
const ADMINISTRATOR: Actor = { kind: 'staff', roles: ['administrator'] };

/** `hjemmel staff …`: who of the operator's own people may do what. */
export const staff: Command = {
  usage: 'staff add|list|remove [email] [role]',
  words: 3,
  about: `Says who of the operator’s own people may do what; it holds from their next request, and they are told by letter.
add EMAIL ROLE --name NAME     gives a role; they sign in by a link to the address, and set up a second factor first
list                           lists them by number, name and role; each look is in their log
remove EMAIL [ROLE] [--force]  takes a role away, or all of them; whoever has none left is a person like others. The last
                               administrator goes with --force alone: until another is added here, nobody gives roles
roles: ${ROLES.join(', ')}`,
  flags: ['name', 'language', 'force'],
  run: async (run) => {
    const verb = VERBS[wordAt(run.given, 0, 'of add, list, remove')];
    if (verb === undefined) throw new WrongUse('There is no such thing to do with staff.');
    return withProduct(run, (product) => verb(run, product));
  },
};

type Verb = (run: Run, product: Opened) => Promise<number>;

const VERBS: Readonly<Record<string, Verb>> = {
  add: async ({ given, print, wiring }, product) => {
    const wish = {
      email: addressAt(wordAt(given, 1, 'address')),
      role: roleOf(wordAt(given, 2, `role: ${ROLES.join(', ')}`)),
      name: given.values.get('name'),
      language: given.values.get('language') === 'en' ? ('en' as const) : ('nb' as const),
    };
    try {
      const added = await wiring.staff.give(product, wish, ADMINISTRATOR, new Date());
      print(given.flags.has('json') ? JSON.stringify(added) : `Added as ${added.role}.`);
      return 0;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code === 'collect.missing-field')
        throw new WrongUse('Say what they are called with --name NAME.');
      throw new WrongUse(error.message);
    }
  },
  list: async ({ given, print, wiring }, product) => {
    const listed = await wiring.staff.list(product, ADMINISTRATOR, new Date());
    const found = listed.map(({ person, name, roles }) => ({
      person,
      name,
      roles: roles.map(({ role }) => role),
      since: roles[0]!.since,
    }));
    if (given.flags.has('json')) print(JSON.stringify({ staff: found }));
    else if (found.length === 0) print('Nobody has a role.');
    else for (const one of found) print(`${one.person}  ${one.name ?? '–'}  ${one.roles.join(', ')}`);
    return 0;
  },
  remove: async ({ given, print, wiring }, product) => {
    const email = addressAt(wordAt(given, 1, 'address'));
    const roles = given.words[2] === undefined ? ROLES : [roleOf(given.words[2])];
    const told = (json: object, text: string) => print(given.flags.has('json') ? JSON.stringify(json) : text);
    const [person] = await product.gates.use('sign-in', ADMINISTRATOR).find('email', email);
    try {
      if (person === undefined) throw new Refusal('answer.unknown-person');
      const wish = { person, roles, evenLast: given.flags.has('force') };
      await wiring.staff.take(product, wish, ADMINISTRATOR, new Date());
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      told({ removed: false, refused: error.code }, SAID[error.code] ?? error.message);
      return 1;
    }
    told({ removed: true }, 'Removed; it holds from their next request.');
    return 0;
  },
};

/** Where the refusal's own words are meant for somebody else. */
const SAID: Readonly<Record<string, string>> = {
  'answer.unknown-person': 'Nobody has that role under this address.',
  'identity.last-administrator':
    'Nobody else can give roles. Add another administrator first, or say --force: one can always be added here.',
};

function addressAt(text: string): string {
  const email = soughtFor('email', text);
  if (email === undefined) throw new WrongUse('That is no e-mail address.');
  return email;
}

function roleOf(text: string): Role {
  const role = ROLES.find((one) => one === text);
  if (role === undefined) throw new WrongUse(`A role is one of ${ROLES.join(', ')}.`);
  return role;
}
