import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import PostalMime from 'postal-mime';
import { SYSTEM } from '#gates/actor.ts';
import { Courier } from '#gates/courier.ts';
import { end } from '#modules/customers/lifecycle.ts';
import { Mail } from '#platform/mail.ts';
import { known, own } from '#test/clients.ts';
import { type SmtpSink, smtpSink } from '#test/smtp-sink.ts';
import { World } from '#test/world.ts';
import { modules } from '../../modules.ts';
import { pay } from './invoices.ts';
import { drawDue } from './invoicing.ts';
import { remind, remindDue } from './reminders.ts';

let world: World;
let sink: SmtpSink;
let mail: Mail;
before(async () => {
  [world, sink] = await Promise.all([World.open(), smtpSink()]);
  const from = { name: 'Prøve AS', address: 'post@operator.example' };
  mail = new Mail({ outbox: '/nowhere', from, smtpUrl: sink.url, host: 'operator.example' });
});
after(async () => {
  await world.close();
  mail.close();
  await sink.close();
});
beforeEach(async () => {
  await send(at('2026-01-02'));
});

const gates = () => world.product.gates;
const at = (day: string) => new Date(`${day}T10:00:00Z`);
const BEGUN = at('2026-01-02');
/** The trial is over on 1 February, a Sunday, and the invoice of that day is due on the fifteenth. */
const DRAWN = at('2026-02-01');

/** Sends all that is queued by a courier of its own, over SMTP, until nothing is left. */
async function send(now: Date): Promise<{ to: string; subject: string; text: string }[]> {
  sink.taken.length = 0;
  const courier = new Courier({
    engine: world.product.engine,
    mail,
    baseUrl: 'https://operator.example',
    gates: gates(),
    modules,
    failed: (code) => assert.fail(code),
  });
  while ((await courier.send(now)) > 0);
  const sent = sink.taken.map(async ({ to, message }) => {
    const { subject = '', text = '' } = await PostalMime.parse(message);
    return { to, subject, text };
  });
  return (await Promise.all(sent)).sort((a, b) => a.to.localeCompare(b.to));
}

/** A client with an owner, and others of its users by their level. */
async function company(name: string, levels: Readonly<Record<string, string>> = {}): Promise<string> {
  const owner = await known(gates(), `eier@${name}.example`, BEGUN);
  const client = await own(gates(), owner, BEGUN);
  for (const [who, level] of Object.entries(levels)) {
    const { person } = await gates().collect({
      point: 'client.member',
      actor: SYSTEM,
      at: BEGUN,
      about: { email: `${who}@${name}.example` },
      gives: ({ person }) => ({
        values: {
          'contact.name': `${who} Bruker`,
          'preference.language': who.startsWith('english') ? 'en' : 'nb',
        },
        rows: [
          {
            table: 'customers.member',
            values: { person, id: crypto.randomUUID(), client, level, since: BEGUN },
          },
        ],
      }),
    });
    assert.ok(person);
  }
  return client;
}

const invoiceOf = async (client: string) => {
  const [invoice] = await gates().archive.sales({ client, sold: true }, SYSTEM, world.now);
  return invoice ?? assert.fail('no invoice was drawn');
};
const receivers = (letters: readonly { to: string }[], name: string) =>
  letters.map(({ to }) => to).filter((to) => to.endsWith(`@${name}.example`));

test('u.customer: whoever is to pay is told that an invoice is ready, in their own language and with a way to it', async () => {
  const client = await company('klar', {
    administrator: 'administrator',
    english: 'administrator',
    leser: 'reader',
    bruker: 'user',
  });
  await drawDue(gates(), DRAWN);
  const letters = await send(DRAWN);
  const { number } = await invoiceOf(client);
  assert.deepEqual(receivers(letters, 'klar'), [
    'administrator@klar.example',
    'eier@klar.example',
    'english@klar.example',
  ]);
  const [, norwegian, english] = letters;
  assert.equal(norwegian!.subject, `Faktura ${number} fra Catacloud AS`);
  assert.match(norwegian!.text, /Hei, Liv Kunde!/);
  assert.match(norwegian!.text, /Den er på 600,00 kr med MVA, og betales innen 15\. februar 2026\./);
  assert.ok(norwegian!.text.includes(`https://operator.example/klient/${client}/faktura\n`));
  assert.equal(english!.subject, `Invoice ${number} from Catacloud AS`);
  assert.match(english!.text, /for NOK 600\.00 with VAT, to be paid by 15 February 2026\./);
  assert.ok(english!.text.includes(`https://operator.example/en/client/${client}/invoices\n`));
  // Nobody is to learn from our letters that an account number comes in one, and no company's name stands in any.
  for (const { text, subject } of letters)
    assert.doesNotMatch(text + subject, /86011117947|Prøve og Sønn|999999999|@klar/);
});

test('u.customer: a level of the client’s own that may see invoices is told, and whoever may not any more is not', async () => {
  const client = await company('niva');
  const owner = await world.idOf('eier@niva.example');
  const [level, taken] = [crypto.randomUUID(), crypto.randomUUID()];
  await gates().collect({
    point: 'client',
    actor: SYSTEM,
    at: BEGUN,
    about: { person: owner! },
    gives: () => ({
      values: {},
      rows: [level, taken].map((id) => ({
        table: 'customers.level',
        values: { person: owner, id, client, name: 'Regnskap', rights: ['payment.see'], made_at: BEGUN },
      })),
    }),
  });
  for (const [email, one] of [
    ['regnskap@niva.example', level],
    ['fratatt@niva.example', taken],
  ] as const)
    await gates().collect({
      point: 'client.member',
      actor: SYSTEM,
      at: BEGUN,
      about: { email },
      gives: ({ person }) => ({
        values: { 'contact.name': 'Per Regnskap' },
        rows: [
          {
            table: 'customers.member',
            values: { person, id: crypto.randomUUID(), client, level: one, since: BEGUN },
          },
        ],
      }),
    });
  await drawDue(gates(), DRAWN);
  await world.sql(`update customers.level set rights = '{content.read}' where id = $1`, [taken]);
  assert.deepEqual(receivers(await send(DRAWN), 'niva'), ['eier@niva.example', 'regnskap@niva.example']);
});

test('u.customer: an invoice is told of once, by however many processes it is drawn', async () => {
  await company('engang');
  await Promise.all([1, 2, 3].map(() => drawDue(gates(), DRAWN)));
  assert.deepEqual(receivers(await send(DRAWN), 'engang'), ['eier@engang.example']);
  await drawDue(gates(), at('2026-02-03'));
  assert.deepEqual(await send(at('2026-02-03')), []);
});

test('u.customer: somebody with many clients is told of the invoice of each', async () => {
  const owner = await known(gates(), 'eier@mange.example', BEGUN);
  for (let n = 0; n < 12; n += 1) await own(gates(), owner, BEGUN);
  await drawDue(gates(), DRAWN);
  assert.equal(receivers(await send(DRAWN), 'mange').length, 12);
});

test('u.customer: an invoice that is overdue is reminded of once: after a week, on a weekday, and however often it is tried', async () => {
  const client = await company('purret', { english: 'administrator' });
  await drawDue(gates(), DRAWN);
  await send(DRAWN);
  const mine = async (day: string) => {
    await Promise.all([1, 2, 3].map(() => remindDue(gates(), at(day))));
    return (await send(at(day))).filter(({ to }) => to.endsWith('@purret.example'));
  };
  assert.deepEqual(await mine('2026-02-20'), [], 'five days after');
  assert.deepEqual(await mine('2026-02-22'), [], 'a week after, but a Sunday');
  const letters = await mine('2026-02-23');
  const { number } = await invoiceOf(client);
  assert.deepEqual(
    letters.map(({ to, subject }) => [to, subject]),
    [
      ['eier@purret.example', `Påminnelse om faktura ${number} fra Catacloud AS`],
      ['english@purret.example', `A reminder of invoice ${number} from Catacloud AS`],
    ],
  );
  assert.match(letters[0]!.text, /skulle vært betalt 15\. februar 2026.*Det gjenstår 600,00 kr\./s);
  assert.match(letters[0]!.text, /Påminnelsen koster ikke noe/);
  assert.deepEqual(await mine('2026-02-24'), []);
  assert.deepEqual(await mine('2026-03-10'), []);
  await assert.rejects(remind(gates(), await invoiceOf(client), SYSTEM, at('2026-03-11')), {
    code: 'billing.reminded',
  });
  assert.deepEqual(await send(at('2026-03-11')), []);
});

test('u.customer: what is paid in part is reminded of by what is left, and what is paid meanwhile not at all', async () => {
  const [part, whole] = [await company('delvis'), await company('betalt')];
  await drawDue(gates(), DRAWN);
  await send(DRAWN);
  const [one, other] = [await invoiceOf(part), await invoiceOf(whole)];
  const received = { date: '2026-02-20', reference: 'Bank 1' };
  await pay(gates(), one, { ...received, amount: 20_050 }, SYSTEM, at('2026-02-20'));
  await remindDue(gates(), at('2026-02-23'));
  await pay(gates(), other, { ...received, amount: 60_000 }, SYSTEM, at('2026-02-23'));
  const letters = await send(at('2026-02-23'));
  assert.deepEqual(receivers(letters, 'betalt'), []);
  assert.match(letters.find(({ to }) => to === 'eier@delvis.example')!.text, /Det gjenstår 399,50 kr\./);
});

test('k.contact-agreement: nobody is written to about invoices once the agreement is over, and what is old is left to people', async () => {
  const [ended, old] = [await company('sluttet'), await company('gammel')];
  await drawDue(gates(), DRAWN);
  await send(DRAWN);
  await end(gates(), ended, SYSTEM, at('2026-02-20'));
  await gates().keep(at('2026-02-20'));
  await send(at('2026-02-20'));
  await remindDue(gates(), at('2026-03-20'));
  const letters = await send(at('2026-03-20'));
  assert.deepEqual([...receivers(letters, 'sluttet'), ...receivers(letters, 'gammel')], []);
  await assert.rejects(remind(gates(), await invoiceOf(ended), SYSTEM, at('2026-03-20')), {
    code: 'billing.nobody-to-remind',
  });
  await remind(gates(), await invoiceOf(old), SYSTEM, at('2026-03-20'));
  assert.deepEqual(receivers(await send(at('2026-03-20')), 'gammel'), ['eier@gammel.example']);
});
