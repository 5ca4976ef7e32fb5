import { drawDue } from '#modules/billing/invoicing.ts';
import { founder, invited, user, versions } from '#test/clients.ts';
import { path, type paths } from '../../web/app/paths.ts';
import type { House } from './browser.ts';
import type { Sight } from './every-page.ts';

type Page = keyof typeof paths;

/**
 * The way to become a client, a client's pages as its owner, a reader, whoever is offered the ownership and whoever owned
 * one that has ended see them, and as staff do. `stranger` is somebody with a profile and no company.
 */
export async function clientPages(
  { world }: House,
  stranger: string,
): Promise<{ becoming: Sight[]; client: Sight[]; looked: Sight[] }> {
  const number = '310000000';
  world.register.units.set(number, { name: 'NORDRE PRØVE AS', municipality: 'MO I RANA' });
  world.register.units.set('310000019', { name: 'NORDRE SLUTT AS', struckOff: '2025-02-01' });
  const lone = await founder(world, 'alene@firma.example');
  const owned = await founder(world, 'eier@firma.example', ['arkiv', 'kurs']);
  const other = await user(world, owned, 'bruker@firma.example', 'administrator');
  const reader = await user(world, owned, 'leser@firma.example', 'reader');
  const waiting = await invited(world, owned, 'spurt@firma.example', 'user');
  await world.call('POST', `clients/${owned.client}/levels`, {
    as: owned.cookie,
    body: { name: 'Regnskapsfører', rights: ['payment.see', 'content.read'] },
  });
  await world.call('POST', `clients/${owned.client}/tokens`, {
    as: owned.cookie,
    body: { name: 'regnskap-eksport', scopes: ['payment.see', 'log.see'], days: 90 },
  });
  await world.call('POST', `clients/${owned.client}/ownership`, {
    as: owned.cookie,
    body: { person: other.person },
  });
  const ended = await founder(world, 'slutt@firma.example');
  await world.call('DELETE', `clients/${ended.client}`, { as: ended.cookie });
  const both = await founder(world, 'to@firma.example');
  await world.call('POST', 'clients', {
    as: both.cookie,
    body: {
      company: { name: 'Nordre Prøve AS', number: '310000000' },
      modules: ['kurs'],
      accept: versions(world.product.gates),
    },
  });

  // The first invoice is drawn when the trial is over.
  const { gates } = world.product;
  await drawDue(gates, new Date(world.now.getTime() + 40 * 86_400_000));
  await world.letters();
  const finance = { as: await world.staff('finance') };
  const [{ invoice }] = (await world.call('GET', 'invoices', finance)).body.invoices;
  const begin = async (act: string) =>
    (
      await world.call('POST', 'bulk-runs', {
        ...finance,
        body: { act, choice: { which: 'all' }, date: '2026-11-20' },
      })
    ).body.run;
  const run = await begin('invoices.paid');
  while (await gates.bulk.work(() => world.now));
  const waits = await begin('invoices.take-back');

  const seen = (name: string, where: string, rest: Partial<Sight> = {}): Sight => ({
    name,
    path: where,
    status: 200,
    ...rest,
  });
  const at = (page: Page, parameters: Record<string, string> = {}) => path(page, 'nb', parameters);
  const of = (page: Page, { client } = owned) => at(page, { client });
  const owner = { as: owned.cookie };
  const staff = { as: await world.staff('finance') };
  const asStaff = ({ client }: { client: string }) => at('consoleClient', { account: client });
  return {
    becoming: [
      seen('become', at('become')),
      seen('become, nobody found', `${at('become')}?q=fjell`),
      seen('become, badly asked', `${at('become')}?q=f`),
      seen('become, found', `${at('become')}?q=nordre`),
      seen('become, chosen', `${at('become')}?number=${number}`, { as: stranger }),
      seen('become, struck off', `${at('become')}?number=310000019`),
      seen('become, by hand refused', `${at('become')}?hand=1`, { status: 422, send: 'main form' }),
      seen('become, signed in', at('become'), { as: stranger }),
      seen('become, nothing accepted', `${at('become')}?hand=1`, {
        as: stranger,
        status: 422,
        send: 'main form',
      }),
      seen('becomeEnter spent', at('becomeEnter', { token: 'brukt' }), { status: 404 }),
      seen('agreement', at('agreement')),
      seen('dpa', at('dpa')),
      seen('agreement not there', `${at('agreement')}?version=9.9`, { status: 404 }),
      seen('invitation', at('invitation', { token: waiting })),
      seen('invitation refused', at('invitation', { token: waiting }), { status: 422, send: 'main form' }),
      seen('invitation spent', at('invitation', { token: 'brukt' }), { status: 404 }),
      seen('clients, none', at('clients'), { as: stranger }),
      seen('clients, two', at('clients'), { as: both.cookie }),
      seen('client, not mine', of('client'), { as: stranger, status: 404 }),
      seen('client, begun', `${of('client', lone)}?done=began`, { as: lone.cookie }),
      seen('client, ended', `${of('client', ended)}?done=ended`, { as: ended.cookie }),
      seen('client, not resumed', of('client', ended), { as: ended.cookie, status: 422, send: 'main form' }),
      seen('clientModules, the last', of('clientModules', lone), { as: lone.cookie }),
      seen('clientOwnership, alone', of('clientOwnership', lone), { as: lone.cookie }),
    ],
    client: [
      seen('clientInvoices', of('clientInvoices'), owner),
      seen('clientInvoices, another plan', `${of('clientInvoices')}?plan=pluss&span=year`, owner),
      seen('consoleInvoices', at('consoleInvoices'), finance),
      seen('consoleInvoice', at('consoleInvoice', { invoice }), {
        ...finance,
        unfold: 'details.traces summary',
      }),
      seen('consoleBulk', at('consoleBulk'), finance),
      seen('consoleBulkRun', `${at('consoleBulkRun')}?run=${run}`, finance),
      seen('consoleBulkRun, waiting', `${at('consoleBulkRun')}?run=${waits}`, finance),
      seen('client', of('client'), owner),
      seen('clientUsers', `${of('clientUsers')}?done=invited`, owner),
      seen('clientUsers refused', of('clientUsers'), { ...owner, status: 422, send: '#invite form' }),
      seen('clientLevels', of('clientLevels'), owner),
      seen('clientLevels refused', of('clientLevels'), { ...owner, status: 422, send: '.sheet form' }),
      seen('clientModules', of('clientModules'), owner),
      seen('clientAgreements', of('clientAgreements'), owner),
      seen('clientOwnership, offered', of('clientOwnership'), owner),
      seen('clientTokens', of('clientTokens'), owner),
      seen('clientTokens refused', of('clientTokens'), { ...owner, status: 422, send: '.sheet form' }),
      seen('clientLog', of('clientLog'), owner),
      seen('clientEnd', of('clientEnd'), owner),
      seen('client, of a reader', of('client'), { as: reader.cookie }),
      seen('clientUsers, of a reader', of('clientUsers'), { as: reader.cookie }),
      seen('clientLevels, of a reader', of('clientLevels'), { as: reader.cookie }),
      seen('clientModules, of a reader', of('clientModules'), { as: reader.cookie }),
      seen('clientAgreements, of a reader', of('clientAgreements'), { as: reader.cookie }),
      seen('clientLog, of a reader', of('clientLog'), { as: reader.cookie, status: 403 }),
      seen('clientEnd, of a reader', of('clientEnd'), { as: reader.cookie }),
      seen('client, of whom it is offered to', of('client'), { as: other.cookie }),
      seen('clientOwnership, of whom it is offered to', of('clientOwnership'), { as: other.cookie }),
      seen('clientOwnership not taken', of('clientOwnership'), {
        as: other.cookie,
        status: 422,
        send: 'main form',
      }),
    ],
    looked: [
      seen('consoleClients', at('consoleClients'), staff),
      seen('consoleClients, ended', `${at('consoleClients')}?which=ended`, staff),
      seen('consoleClients, none', `${at('consoleClients')}?module=rapport`, staff),
      seen('consoleClient', asStaff(owned), staff),
      seen('consoleClient, ended', asStaff(ended), staff),
      seen('consoleClient not there', at('consoleClient', { account: 'x' }), { ...staff, status: 404 }),
      seen('consoleClients, not staff', at('consoleClients'), { as: stranger, status: 403 }),
      seen('consoleInvoices, of one', `${at('consoleInvoices')}?client=${owned.client}`, staff),
    ],
  };
}
