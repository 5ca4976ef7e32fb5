import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { SYSTEM } from '#gates/actor.ts';
import { drawDue } from '#modules/billing/invoicing.ts';
import { known, own } from '#test/clients.ts';
import { path } from '../../web/app/paths.ts';
import { bulkTexts } from '../../web/app/texts/bulk.ts';
import { openHouse, skip } from './browser.ts';

const house = openHouse();
const words = bulkTexts.nb;

/** Clients with an invoice each, long overdue. */
async function overdue(names: readonly string[]): Promise<string[]> {
  const { gates } = house.world.product;
  const day = (ago: number) => new Date(house.world.now.getTime() - ago * 86_400_000);
  const clients: string[] = [];
  for (const name of names) {
    const owner = await known(gates, `eier@${name}.example`, day(70));
    clients.push(await own(gates, owner, day(70)));
  }
  await drawDue(gates, day(39));
  const sold = await gates.archive.sales({ sold: true }, SYSTEM, house.world.now);
  return sold.filter(({ client }) => clients.includes(client)).map(({ id }) => id);
}

for (const javaScript of [false, true])
  test(`u.customer: finance notes many invoices as paid and takes it back, ${javaScript ? 'with' : 'without'} scripts`, {
    skip,
  }, async () => {
    const { world } = house;
    const [mark, folder] = [javaScript ? 'med' : 'uten', await mkdtemp(join(tmpdir(), 'hjemmel-faktura-'))];
    const invoices = await overdue([`${mark}-en`, `${mark}-to`, `${mark}-tre`]);
    const as = await world.staff('finance');
    await house.visit({ as, javaScript, width: javaScript ? 1280 : 380 }, async ({ page, open, arrived }) => {
      const shot = (name: string) => page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
      const press = (selector: string) =>
        Promise.all([page.waitForEvent('load'), page.locator(selector).click()]);
      const work = async () => {
        while (await world.product.gates.bulk.work(() => world.now));
      };
      await open(path('consoleInvoices', 'nb'));
      await shot('list');
      for (const id of invoices.slice(0, 2)) await page.locator(`input.chosen[value="${id}"]`).check();
      await page.locator('#act').selectOption('invoices.paid');
      await press('#bulk [type=submit]');
      await arrived(path('consoleBulk', 'nb'));
      assert.equal(await page.locator('h1').textContent(), words.acts['invoices.paid']!.ask(2));
      await shot('asked');
      await press('#confirm [type=submit]');
      assert.equal(await page.locator('#date-error').count(), 1, 'it asks for the day');
      await page.locator('#date').fill('2026-11-20');
      await press('#confirm [type=submit]');
      await arrived(path('consoleBulkRun', 'nb'));
      assert.ok((await page.locator('[data-progress]').textContent())?.includes(words.moved(0, 2)));
      await shot('begun');
      await work();
      if (!javaScript) await press('[data-progress] a');
      await page.locator('[data-progress=done]').waitFor();
      assert.ok((await page.locator('[data-progress]').textContent())?.includes(words.sums(2, 0)));
      await page.getByRole('button', { name: words.undo }).waitFor();
      await shot('done');
      await press('[data-results] form [type=submit]');
      assert.equal(await page.locator('h1').textContent(), words.acts['invoices.take-back']!.ask(2));
      await press('#confirm [type=submit]');
      await work();
      if (!javaScript) await press('[data-progress] a');
      await page.locator('[data-progress=done]').waitFor();
    });
    const open = await world.product.gates.archive.sales({ open: true }, SYSTEM, world.now);
    assert.ok(invoices.every((id) => open.some((one) => one.id === id && one.left > 0)));
  });
