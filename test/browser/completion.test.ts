import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { nameAndPlace } from '#modules/companies/lookup.ts';
import { completeWritten } from '#modules/customers/completion.ts';
import { path } from '../../web/app/paths.ts';
import { become } from '../../web/app/texts/become.ts';
import { clientTexts } from '../../web/app/texts/client.ts';
import { openHouse, skip } from './browser.ts';
import { pictures } from './pictures.ts';

const house = openHouse();

for (const [language, width] of [
  ['nb', 1280],
  ['en', 380],
] as const)
  test(`1.3.brreg: with the register down a company is written by hand, and its page tells what comes of it, in ${language}`, {
    skip,
  }, async () => {
    const { world } = house;
    const words = { become: become[language], client: clientTexts[language] };
    world.register.instead = (_route, response) => {
      response.writeHead(503).end();
      return true;
    };
    const as = await world.person(`eier.${language}@firma.example`, { language });
    await house.visit({ as, width, javaScript: false }, async ({ page, open, arrived }) => {
      const picture = (name: string) =>
        page.screenshot({ path: join(pictures, `completion-${language}-${name}.png`), fullPage: true });
      await open(`${path('become', language)}?q=Nordlys`);
      await page.getByText(words.become.away).waitFor();
      await page.getByRole('link', { name: words.become.hand }).click();
      await page.locator('input[name="name"]').fill('Nordlys');
      await page.locator('input[name="number"]').fill('310 000 000');
      const box = page.getByRole('checkbox', { name: words.become.complete });
      assert.equal(await box.isChecked(), false);
      await box.check();
      // What is ticked stands when something else is wrong.
      await page.getByRole('button', { name: words.become.go }).click();
      assert.ok(await box.isChecked());
      await picture('by-hand');
      await page.locator('input[name="modules"]').first().check();
      for (const name of ['agreement', 'dpa']) await page.locator(`input[name="${name}"]`).check();
      await page.getByRole('button', { name: words.become.go }).click();
      await arrived(/\/(klient|client)\//);
      await page.getByText(words.client.completion.waiting).waitFor();
      await picture('waiting');

      const here = new URL(page.url()).pathname;
      const settle = (answer: Awaited<ReturnType<typeof nameAndPlace>>) =>
        completeWritten(world.product.gates, async () => answer, world.now);
      if (language === 'nb') {
        await settle({ state: 'known', name: 'NORDLYS AS', place: 'MO I RANA' });
        await open(here);
        await page.getByRole('heading', { level: 1, name: 'NORDLYS AS' }).waitFor();
        await page.getByText('Mo i Rana').waitFor();
        await page.getByRole('link', { name: 'NLOD 2.0' }).waitFor();
      } else {
        await settle({ state: 'unknown' });
        await open(here);
        await page.getByText('do not know the organisation number').waitFor();
      }
      await picture('answered');
    });
  });
