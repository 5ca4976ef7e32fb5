import { isPersonNumber, REASONS } from '#gates/actor.ts';
import { soughtFor } from '#gates/fields.ts';
import { Refusal } from '#gates/refusal.ts';
import { WrongUse, wordAt } from './arguments.ts';
import type { Command } from './command.ts';
import { OPERATOR, withProduct } from './open.ts';

/** `hjemmel client name-owner`: the one thing about a client that nobody of its own can do any more. */
export const clientCommand: Command = {
  usage: 'client name-owner CLIENT EMAIL --reason REASON',
  words: 3,
  about: `Makes somebody the owner of a client that has none, as a restored backup can leave it. They are recorded here already,
and have said yes to it in another way. It is in their log, and in that of whose the client's rows were
reasons: ${REASONS.join(', ')}`,
  flags: ['reason'],
  run: async (run) => {
    const { given, print, wiring } = run;
    const verb = wordAt(given, 0, 'of name-owner');
    if (verb !== 'name-owner') throw new WrongUse('There is no such thing to do with clients.');
    const client = wordAt(given, 1, 'client, by its number');
    if (!isPersonNumber(client)) throw new WrongUse('That is no number of a client.');
    const email = soughtFor('email', wordAt(given, 2, 'address'));
    if (email === undefined) throw new WrongUse('That is no e-mail address.');
    const reason = REASONS.find((one) => one === given.values.get('reason'));
    if (reason === undefined) throw new WrongUse(`Say why with --reason: one of ${REASONS.join(', ')}.`);
    const told = (json: object, text: string) => print(given.flags.has('json') ? JSON.stringify(json) : text);
    return withProduct(run, async (product) => {
      const actor = { ...OPERATOR, reason, client };
      const [person] = await product.gates.use('rights', actor).find('email', email);
      if (person === undefined) {
        told({ refused: 'answer.unknown-person' }, 'Nobody is recorded under this address.');
        return 1;
      }
      try {
        await wiring.nameOwner(product, { client, person }, actor, new Date());
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        told({ refused: error.code }, SAID[error.code] ?? error.message);
        return 1;
      }
      told({ client, person }, 'The client has an owner now.');
      return 0;
    });
  },
};

/** Where the refusal's own words are meant for somebody else. */
const SAID: Readonly<Record<string, string>> = {
  'customers.unknown-client': 'No client of that number runs.',
  'customers.last-owner': 'The client has an owner, who hands it over to whom they choose.',
};
