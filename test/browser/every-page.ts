import assert from 'node:assert/strict';
import { codeAt } from '#modules/identity/one-time-codes.ts';
import { type Page, path, publicPages } from '../../web/app/paths.ts';
import type { House, Setup, Visitor } from './browser.ts';
import { clientPages } from './client-pages.ts';

/** One page as somebody sees it: signed out unless `as` holds a session's Cookie header. */
export interface Sight {
  /** What to call it when something is wrong with it. */
  readonly name: string;
  /** Its Norwegian path. */
  readonly path: string;
  readonly status: number;
  readonly as?: string;
  /** A form to send as it stands once the page is open: the answer is what is looked at. */
  readonly send?: string;
  /** What to press first, so that the form can be seen. */
  readonly unfold?: string;
}

const DAY = 86_400_000;

/**
 * Pages that are looked at together, in a test of their own, and whose file that test is in: all at once would take too
 * long for one test, and all tests for one file.
 */
export const groups = {
  public: 'visitors',
  forms: 'visitors',
  links: 'visitors',
  own: 'visitors',
  signingIn: 'users',
  becoming: 'users',
  looked: 'users',
  staff: 'staff',
  client: 'staff',
} as const;
export type Group = keyof typeof groups;
export type Share = (typeof groups)[Group];

/**
 * Every page in every state it has, filled with an invented person's life and a member of staff. Opening them
 * changes nothing, except that sign-ups with nothing in them are refused.
 */
export async function everyPage(house: House): Promise<Record<Group, Sight[]>> {
  const { world } = house;
  const email = 'siv@firma.example';
  const more = { phone: '+47 100 00 003', place: 'Kristiansund', company: 'Fjell og Fjord Regnskap' };
  const me = await world.person(email, more);
  await world.profile('lenke@firma.example');
  const enter = (await world.letterTo('lenke@firma.example')).token;
  const choices = await world.subscriber(email, ['nyhetsbrev', 'fag']);
  await world.call('POST', 'newsletter/subscriptions', {
    body: { email: 'venter@firma.example', topics: ['fag'] },
  });
  const confirm = (await world.letterTo('venter@firma.example')).token;
  await world.call('PATCH', 'me', { as: me, body: { place: 'Ålesund', email: 'ny@firma.example' } });
  const address = (await world.letterTo('ny@firma.example')).token;
  await world.call('PUT', 'me/objections/customer-analysis', { as: me });
  world.register.units.set('310000000', { name: 'NORDLYS AS', employees: 12 });
  world.register.years.set('310000000', [{ year: 2025, revenue: 38_793_700, result: -1_716_200 }]);
  world.register.units.set('310000019', { name: 'NORDLYS SNEKKERVERKSTED PRØVE', form: 'ENK' });
  await world.call('POST', 'me/companies', { as: me, body: { number: '310000000' } });
  const gone = await world.person('borte@firma.example', more);
  const erasure = (await world.call('DELETE', 'me', { as: gone })).body.receipt;
  const held = (await world.call('GET', 'me', { as: me })).body;
  const limited = await world.person('begrenset@firma.example');
  await world.call('PUT', 'me/restriction', { as: limited, body: { reason: 'accuracy' } });
  const staff = await world.staff('privacy');
  const administrator = await world.staff('administrator');
  const system = { name: 'regnskap-eksport', scopes: ['customer', 'bookkeeping'], days: 90 };
  await world.call('POST', 'tokens', { as: administrator, body: system });
  const guarded = await world.person('sikret@firma.example');
  await world.call('PUT', 'me/password', { as: guarded, body: { password: 'en ost i solen om kvelden' } });
  const { secret } = (await world.call('POST', 'me/code-secrets', { as: guarded })).body;
  const code = codeAt(secret, Math.floor(world.now.getTime() / 30_000));
  const added = await world.call('PUT', 'me/code-generator', { as: guarded, body: { secret, code } });
  const safe = String(added.headers['set-cookie']).split(';', 1)[0]!;
  await world.call('POST', 'me/recovery-codes', { as: safe });
  await world.letters();
  const half = await signInAgain('sikret@firma.example');
  const beginner = await signInAgain('privacy@operator.example');
  const kept = await world.person('holdt@firma.example', more);
  const keptId = (await world.idOf('holdt@firma.example'))!;
  const why = 'Faktura 1017 er omtvistet.\nSaken ligger i forliksrådet i Kristiansund.';
  const inDays = (days: number) => new Date(world.now.getTime() + days * DAY).toISOString().slice(0, 10);
  await world.call('POST', `persons/${keptId}/holds`, { as: staff, body: { why, review: inDays(90) } });
  const mail = (await world.call('GET', 'outbox', { site: house.site })).body.mails[0].id;

  const { becoming, client, looked } = await clientPages(house, me);

  /** Signs somebody in by a mailed link, which is one factor. */
  async function signInAgain(address: string): Promise<string> {
    await world.call('POST', 'sign-in/links', { body: { email: address } });
    return world.open((await world.letterTo(address)).token);
  }
  const at = (page: Page, parameters: Record<string, string> = {}) => path(page, 'nb', parameters);
  const seen = (name: string, where: string, rest: Partial<Sight> = {}): Sight => ({
    name,
    path: where,
    status: 200,
    ...rest,
  });
  const empty = 'main form';
  return {
    public: [
      ...publicPages.map((page) => seen(page, at(page))),
      seen('no such page', '/finnes-ikke', { status: 404 }),
    ],
    forms: [
      seen('signUp refused', at('signUp'), { status: 422, send: empty }),
      seen('newsletter refused', at('newsletter'), { status: 422, send: empty }),
      seen('signIn refused', at('signIn'), { status: 422, send: empty }),
      seen('company', at('company')),
      seen('company, found', `${at('company')}?q=NORDLYS`),
      seen('company, refused', `${at('company')}?q=310000001`, { status: 422 }),
      seen('companyOne, a person', at('companyOne', { number: '310000019' })),
      seen('companyOne not there', at('companyOne', { number: '310000027' }), { status: 404 }),
      seen('outbox', at('outbox')),
      seen('outboxMail', at('outboxMail', { id: mail })),
    ],
    links: [
      seen('versions', at('versions')),
      seen('versions compared', `${at('versions')}?fra=3.0&til=3.0`),
      seen('versions not there', `${at('versions')}?fra=3.0&til=9.9`, { status: 404 }),
      seen('newsletterConfirm', at('newsletterConfirm', { token: confirm })),
      seen('newsletterConfirm spent', at('newsletterConfirm', { token: 'brukt' }), { status: 404 }),
      seen('newsletterChoices', `${at('newsletterChoices', { token: choices })}?done=confirmed`),
      seen('newsletterChoices spent', at('newsletterChoices', { token: 'brukt' }), { status: 404 }),
      seen('enter', at('enter', { token: enter })),
      seen('enter spent', at('enter', { token: 'brukt' }), { status: 404 }),
      seen('receipt of an erasure', at('receipt', { id: erasure })),
      seen('receipt of a consent', at('receipt', { id: held.receipts[0].id })),
      seen('receipt not there', at('receipt', { id: nowhere }), { status: 404 }),
    ],
    own: [
      seen('my, done', `${at('my')}?done=corrected`, { as: me }),
      seen('my, refused and restricted', `${at('my')}?no=answer.needed-item`, { as: limited }),
      seen('companyOne, kept', at('companyOne', { number: '310000000' }), { as: me }),
      seen('myCorrect', at('myCorrect'), { as: me }),
      seen('myLog', at('myLog'), { as: me }),
      seen('myErase', at('myErase'), { as: me }),
      seen('my, held', at('my'), { as: kept }),
      seen('myErase, held', at('myErase'), { as: kept }),
      seen('newAddress', at('newAddress', { token: address }), { as: me }),
      seen('console, not staff', at('console'), { as: me, status: 403 }),
    ],
    signingIn: [
      seen('signInPassword refused', at('signInPassword'), { status: 422, send: empty }),
      seen('signInPasskey', at('signInPasskey')),
      seen('signInBack', `${at('signInBack', { provider: 'x' })}?code=x&state=x`),
      seen('signInBack, cancelled', `${at('signInBack', { provider: 'x' })}?error=access_denied`),
      seen('signInBack refused', `${at('signInBack', { provider: 'x' })}?code=x&state=x`, {
        status: 422,
        send: empty,
      }),
      seen('signingIn, done', `${at('signingIn')}?done=codes`, { as: safe }),
      seen('signingIn, refused', `${at('signingIn')}?no=identity.needed-factor`, { as: me }),
      seen('signingIn, set up first', at('signingIn'), { as: beginner }),
      seen('signingInPassword refused', at('signingInPassword'), { as: me, status: 422, send: empty }),
      seen('signingInPasskey', at('signingInPasskey'), { as: me }),
      seen('signingInCodes', at('signingInCodes'), { as: me }),
      seen('signingInCodes refused', at('signingInCodes'), { as: me, status: 422, send: empty }),
      seen('signingInRecovery', at('signingInRecovery'), { as: safe }),
      seen('signingInRecovery, made', at('signingInRecovery'), { as: safe, send: empty }),
      seen('confirm, link', `${at('confirm')}?til=erase&sendt`, { as: me }),
      seen('confirm, second factor', at('confirm'), { as: half }),
      seen('confirm refused', at('confirm'), { as: half, status: 422, send: empty }),
    ],
    staff: [
      seen('console', at('console'), { as: staff }),
      seen('console, nobody found', at('console'), { as: staff, status: 404, send: empty }),
      seen('consolePeople', at('consolePeople'), { as: staff }),
      seen('consolePeople, none', `${at('consolePeople')}?which=leaving`, { as: staff }),
      seen('consolePerson, unasked', at('consolePerson', { id: held.person }), { as: staff }),
      seen('consolePerson', `${at('consolePerson', { id: held.person })}?reason=asked`, { as: staff }),
      seen('consolePlan', at('consolePlan'), { as: staff }),
      seen('consolePerson, held', `${at('consolePerson', { id: keptId })}?done=placed&reason=request`, {
        as: staff,
      }),
      seen('consolePerson, hold refused', `${at('consolePerson', { id: held.person })}?reason=request`, {
        as: staff,
        status: 422,
        send: '#holds form',
        unfold: '#holds summary',
      }),
      seen('consoleHolds', `${at('consoleHolds')}?done=reviewed`, { as: staff }),
      seen('consoleHolds refused', at('consoleHolds'), { as: staff, status: 422, send: empty }),
      seen('consoleForecast', at('consoleForecast'), { as: staff }),
      seen('consoleForecastClause', at('consoleForecastClause', { clause: '1.1.newsletter' }), { as: staff }),
      seen('consoleForecastClause, nothing', at('consoleForecastClause', { clause: 'k.bookkeeping' }), {
        as: staff,
      }),
      seen('consoleProof', at('consoleProof'), { as: staff }),
      seen('consoleStaff', at('consoleStaff'), { as: administrator }),
      seen('consoleStaff refused', at('consoleStaff'), { as: administrator, status: 422, send: '#give' }),
      seen('consoleTokens', at('consoleTokens'), { as: administrator }),
      seen('consoleTokens refused', at('consoleTokens'), { as: administrator, status: 422, send: empty }),
      seen('consoleTokens, other staff', at('consoleTokens'), { as: staff, status: 403 }),
    ],
    becoming,
    client,
    looked,
  };
}

/**
 * Opens pages one after another, one visitor for each session among them, sends the form of those that have one to
 * send, demands the status that belongs to each, and lets `look` look.
 */
export async function visitEach(
  house: House,
  sights: readonly Sight[],
  setup: Setup,
  look: (sight: Sight, visitor: Visitor) => Promise<void>,
): Promise<void> {
  for (const [as, own] of Map.groupBy(sights, (sight) => sight.as))
    await house.visit({ ...setup, as }, async (visitor) => {
      const { page } = visitor;
      for (const sight of own) {
        const status = await visitor.open(sight.path);
        if (sight.send === undefined) assert.equal(status, sight.status, sight.name);
        else {
          if (sight.unfold !== undefined) await page.locator(sight.unfold).click();
          const [answer] = await Promise.all([
            page.waitForResponse((response) => response.request().method() === 'POST'),
            page.waitForEvent('load'),
            page.locator(`${sight.send} [type=submit]`).first().click(),
          ]);
          assert.equal(answer.status(), sight.status, sight.name);
          await visitor.arrived(sight.path.split('?', 1)[0]!);
        }
        await look(sight, visitor);
      }
    });
}

/** A number that no receipt has. */
const nowhere = '00000000-0000-7000-8000-000000000000';
