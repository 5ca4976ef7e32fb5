import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccessAnswer, ErasureAnswer } from '#gates/answers.ts';
import { Refusal } from '#gates/refusal.ts';
import { WrongUse, wordAt } from './arguments.ts';
import type { Command, Run } from './command.ts';
import { OPERATOR, withProduct } from './open.ts';
import { HOLD_FLAGS, holdText, holdVerb } from './person-hold.ts';
import { SIGN_OUT_FLAGS, signOutVerb } from './person-sign-out.ts';
import type { Opened } from './wiring.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `hjemmel person …`: a person's rights, for an operator who is asked by letter or phone. */
export const person: Command = {
  usage: 'person find|show|export|erase|restrict|hold|sign-out <email|phone|name|id>',
  words: 2,
  about: `Answers for a person: who is recorded, everything held, a copy to hand over, erasure, restriction, hold.
find                  tells whether somebody is recorded
show                  lists every item with source, purpose, ground and the date it leaves
export --out FILE     writes a zip with data.json, a readable page and the receipts
erase                 erases, and writes a signed receipt
restrict              stores without using; --reason accuracy|unlawful|claims|objection, --lift ends it
hold --why TEXT       keeps everything from deletion; --until DATE ends it, --review DATE says when it is looked at
                      again (within half a year; needed without --until), --untold LAW keeps it from the person
hold --review DATE    notes that a hold was looked at and stays; hold --release ends it; --hold ID says which
sign-out              ends every session; --factors also takes away all ways of signing in but the mailed link`,
  flags: ['out', 'reason', 'lift', 'language', ...HOLD_FLAGS, ...SIGN_OUT_FLAGS],
  run: async (run) => {
    const verb = VERBS[wordAt(run.given, 0, 'of find, show, export, erase, restrict, hold, sign-out')];
    if (verb === undefined) throw new WrongUse('There is no such thing to do with a person.');
    const who = wordAt(
      run.given,
      1,
      'person: an e-mail address, a phone number, a whole name or a number here',
    );
    return withProduct(run, async (product) => {
      const found = await find(product, who);
      const id = found[0];
      // A phone or a name may be shared: nothing is done to one of several by chance.
      if (verb === findVerb || id === undefined || found.length > 1) return tellFound(run, found, verb);
      try {
        return await verb(run, product, id);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        run.print(
          run.given.flags.has('json')
            ? JSON.stringify({ refused: error.code, fields: error.fields })
            : withFields(error),
        );
        return 1;
      }
    });
  },
};

/** Which flag it is about, where the refusal is of one. */
const withFields = ({ message, fields }: Refusal) =>
  fields.length === 0 ? message : `${message.replace(/\.$/, '')}: ${fields.join(', ')}.`;

type Verb = (run: Run, product: Opened, person: string) => Promise<number>;

const findVerb: Verb = async () => 0;

const VERBS: Readonly<Record<string, Verb>> = {
  find: findVerb,
  show: async ({ given, print }, product, id) => {
    const answer = await product.gates.answer.access(id, OPERATOR, new Date());
    print(given.flags.has('json') ? JSON.stringify(answer, null, 2) : table(answer));
    return 0;
  },
  export: async ({ given, print }, product, id) => {
    const out = given.values.get('out');
    if (out === undefined) throw new WrongUse('Say where to with --out FILE.');
    const language = given.values.get('language') === 'en' ? 'en' : 'nb';
    const zip = await product.gates.answer.export(id, OPERATOR, new Date(), language);
    await writeFile(out, zip, { mode: 0o600 });
    print(
      given.flags.has('json')
        ? JSON.stringify({ out, bytes: zip.length })
        : `Wrote ${out} (${zip.length} bytes).`,
    );
    return 0;
  },
  erase: async ({ given, print, config }, product, id) => {
    const answer = await product.gates.answer.erase(id, OPERATOR, new Date());
    const folder = join(config.dataDir, 'receipts');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, `${answer.receipt}.json`);
    const receipt = await product.gates.answer.receipt(answer.receipt, new Date());
    await writeFile(file, `${JSON.stringify(receipt, null, 2)}\n`, { mode: 0o600 });
    print(
      given.flags.has('json')
        ? JSON.stringify({ ...answer, id: answer.receipt, receipt: file })
        : account(answer, file),
    );
    return 0;
  },
  restrict: async ({ given, print }, product, id) => {
    if (given.flags.has('lift')) await product.gates.answer.liftRestriction(id, OPERATOR, new Date());
    else await product.gates.answer.restrict(id, reasonOf(given.values.get('reason')), OPERATOR, new Date());
    const restricted = !given.flags.has('lift');
    print(
      given.flags.has('json')
        ? JSON.stringify({ person: id, restricted })
        : restricted
          ? 'Restricted.'
          : 'Lifted.',
    );
    return 0;
  },
  hold: holdVerb,
  'sign-out': signOutVerb,
};

const REASONS = ['accuracy', 'unlawful', 'claims', 'objection'] as const;

function reasonOf(text = 'accuracy'): (typeof REASONS)[number] {
  const reason = REASONS.find((one) => one === text);
  if (reason === undefined) throw new WrongUse(`--reason is one of ${REASONS.join(', ')} (art. 18(1)).`);
  return reason;
}

async function find(product: Opened, who: string): Promise<string[]> {
  const handle = product.gates.use('rights', OPERATOR);
  if (!UUID.test(who))
    return handle.find(who.includes('@') ? 'email' : /\d/.test(who) ? 'phone' : 'name', who);
  const rows = await handle.rows<{ person: string }>('select person from vault.person where person = $1', [
    who.toLowerCase(),
  ]);
  return rows.map((row) => row.person);
}

function tellFound({ given, print }: Run, found: readonly string[], verb: Verb): number {
  const several = verb !== findVerb && found.length > 1;
  if (given.flags.has('json')) print(JSON.stringify({ found }));
  else if (found.length === 0) print('Nobody is recorded.');
  else print([...(several ? ['Several people have it; say which by number:'] : []), ...found].join('\n'));
  return found.length === 0 || several ? 1 : 0;
}

function table(answer: AccessAnswer): string {
  const lines = answer.items.map(
    (item) =>
      `  ${item.label.en}: ${item.value}\n      ${item.source}, for ${item.purpose} (${item.basis}, ${item.clause}), since ${item.collectedAt.slice(0, 10)}, ${item.expires === null ? item.until.en : `leaves ${item.expires}`}`,
  );
  const holds = answer.holds.map((hold) => `${holdText(hold)}\n    ${hold.why.replaceAll('\n', '\n    ')}`);
  return [`${answer.person}${answer.restricted === null ? '' : ' (restricted)'}`, ...holds, ...lines].join(
    '\n',
  );
}

function account(answer: ErasureAnswer, file: string): string {
  const goes = answer.goes.map(({ label, count }) => `  gone:  ${label.en} (${count})`);
  const stays = answer.stays.map(
    ({ what, why, until }) => `  stays: ${what.en}${until === null ? '' : ` until ${until}`}: ${why.en}`,
  );
  return [...goes, ...stays, `Receipt: ${file}`].join('\n');
}
