import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Verb } from '#test/operations.ts';
import { describedApi } from '#test/operations.ts';
import { type Answered, World } from '#test/world.ts';

const page = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');

let world: World;
before(async () => {
  world = await World.open();
  world.register.units.set('310000000', { name: 'NORDLYS AS' });
});
after(() => world.close());

interface Example {
  readonly text: string;
  readonly status: number;
}

/** The calls of the page in order, each with the status that it says. */
const examples: Example[] = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) =>
  [...block!.matchAll(/^curl ([\s\S]*?)\s+# → (\d{3})$/gm)].map(([, text, status]) => ({
    text: text!,
    status: Number(status),
  })),
);

/** Words of a command as a shell reads them: quotes of both kinds, joined pieces, a backslash at the end of a line. */
function words(text: string, variables: Readonly<Record<string, string>>): string[] {
  const put = (part: string) =>
    part.replace(/\$([a-z]+)/g, (_, name: string) => {
      assert.ok(name in variables, `$${name} has no value yet`);
      return variables[name]!;
    });
  const found = text.replaceAll('\\\n', ' ').matchAll(/((?:'[^']*'|"[^"]*"|[^\s'"])+)/g);
  return [...found].map(([word]) =>
    word!.replace(/'([^']*)'|"([^"]*)"|([^'"]+)/g, (_, plain, open, bare) => plain ?? put(open ?? bare)),
  );
}

test('every example of the API page answers as the page says', async () => {
  await world.profile('ola@firma.example');
  const jars: Record<string, string> = {
    staff: await world.staff('privacy'),
    owner: await world.person('eier@firma.example'),
    administrator: await world.staff('administrator'),
  };
  await world.profile('per@firma.example');
  await world.letters();
  const variables: Record<string, string> = {
    base: '',
    version: world.product.inForce.applied.statement.version,
    other: (await world.idOf('per@firma.example'))!,
  };
  const learn = async ({ body }: Answered) => {
    if (body?.preferences) variables.preferences = body.preferences;
    if (typeof body?.found?.[0] === 'string') variables.person = body.found[0];
    if (body?.years) variables.company = body.id;
    if (body?.why) variables.hold = body.id;
    if (body?.token) [variables.key, variables.token] = [body.token, body.id];
    if (body?.receipt) variables.receipt = body.receipt;
    if (body?.client) variables.client = body.client;
    for (const { link, token } of (await world.letters()).values())
      variables[
        link.includes('/nyhetsbrev/') ? 'confirmation' : link.includes('/invitasjon/') ? 'invitation' : 'link'
      ] = token;
  };
  assert.ok(examples.length >= 30);
  for (const { text, status } of examples) {
    const [method, along, jar, url] = read(words(text, variables), jars);
    const answered = await world.call(method, url, along);
    assert.equal(answered.status, status, `${method} ${url}: ${answered.raw.toString().slice(0, 200)}`);
    if (jar !== undefined) jars[jar] = String(answered.headers['set-cookie']).split(';', 1)[0]!;
    if (status < 400) await learn(answered);
  }
});

/** A curl command as a call: method, what goes along, the jar that its cookie goes into, path. */
function read(parts: readonly string[], jars: Readonly<Record<string, string>>) {
  let method: Verb = 'GET';
  let jar: string | undefined;
  let url = '';
  const along: { headers: Record<string, string>; payload?: string; as?: string } = { headers: {} };
  for (let at = 0; at < parts.length; at += 1) {
    const option = parts[at]!;
    if (!option.startsWith('-')) {
      url = option;
      continue;
    }
    at += 1;
    const value = parts[at]!;
    if (option === '-X') method = value as Verb;
    else if (option === '-d') along.payload = value;
    else if (option === '-b') along.as = jars[value];
    else if (option === '-c') jar = value;
    else if (option === '-H') along.headers[value.split(': ')[0]!] = value.split(': ')[1]!;
    else assert.equal(option, '-o', `an option that this test does not know: ${option}`);
  }
  return [method, along, jar, url] as const;
}

test('the page tells of every operation there is', async () => {
  const { operations } = await describedApi(world);
  const told = examples.map(({ text }) =>
    text.replace(/\$[a-z]+(?=[\s/?"]|$)/g, (name) => (name === '$base' ? '' : 'x')),
  );
  const untold = operations.filter(({ method, path }) => {
    const form = new RegExp(`^[^\\n]*?${path.replace(/\{[a-z]+\}/g, '[\\w.-]+')}["?\\s]`);
    return !told.some((text) => (/-X (\w+)/.exec(text)?.[1] ?? 'GET') === method && form.test(`${text} `));
  });
  const others = [
    'DELETE /api/v1/staff/{person}/roles/{role}',
    'GET /api/v1/staff',
    'POST /api/v1/staff',
    'POST /api/v1/me/address',
    'DELETE /api/v1/newsletter/confirmations/{token}',
    'DELETE /api/v1/invitations/{token}',
    'DELETE /api/v1/me/invitations/{invitation}',
    'POST /api/v1/me/invitations/{invitation}',
    'DELETE /api/v1/clients/{client}/invitations/{invitation}',
    'DELETE /api/v1/clients/{client}/levels/{level}',
    'DELETE /api/v1/clients/{client}/ownership',
    'DELETE /api/v1/clients/{client}/users/{person}',
    'GET /api/v1/clients/{client}/invitations',
    'GET /api/v1/clients/{client}/modules',
    'PATCH /api/v1/clients/{client}/levels/{level}',
    'PATCH /api/v1/clients/{client}/users/{person}',
    'POST /api/v1/clients/{client}/acceptances',
    'POST /api/v1/clients/{client}/ownership',
    'POST /api/v1/clients/{client}/ownership/acceptance',
    'DELETE /api/v1/sessions/current',
    'DELETE /api/v1/clients/{client}/payment-method',
    'GET /api/v1/clients/{client}/invoices/{invoice}',
    'GET /api/v1/clients/{client}/invoices/{invoice}/ehf',
    'GET /api/v1/clients/{client}/invoices/{invoice}/paper',
    'GET /api/v1/clients/{client}/payment-method',
    'GET /api/v1/clients/{client}/subscription',
    'GET /api/v1/clients/{client}/subscription/preview',
    'GET /api/v1/invoices',
    'GET /api/v1/invoices/file',
    'GET /api/v1/invoices/months',
    'GET /api/v1/bulk-runs',
    'GET /api/v1/bulk-runs/{run}',
    'POST /api/v1/bulk-counts',
    'POST /api/v1/bulk-runs',
    'GET /api/v1/invoices/{invoice}',
    'GET /api/v1/invoices/{invoice}/ehf',
    'GET /api/v1/invoices/{invoice}/paper',
    'GET /api/v1/prices',
    'POST /api/v1/clients/{client}/invoices/{invoice}/payment',
    'POST /api/v1/invoices/{invoice}/credit',
    'POST /api/v1/invoices/{invoice}/payments',
    'PUT /api/v1/clients/{client}/subscription/plan',
  ];
  assert.deepEqual(untold.map(({ method, path }) => `${method} ${path}`).sort(), others.sort());
});
