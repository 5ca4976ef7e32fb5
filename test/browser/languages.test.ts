import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inOtherLanguage } from '../../web/app/paths.ts';
import { openHouse, skip } from './browser.ts';
import { everyPage, groups, visitEach } from './every-page.ts';
import { sideways } from './looks.ts';

let sights: Awaited<ReturnType<typeof everyPage>>;
const house = openHouse(async (opened) => {
  sights = await everyPage(opened);
});

for (const group of groups)
  test(`v.available: each page leads to itself in English and back, and fits a narrow window there too (${group})`, {
    skip,
  }, async () => {
    const found: string[] = [];
    await visitEach(house, sights[group], { width: 320, height: 640 }, async (sight, { page, arrived }) => {
      const { pathname } = new URL(page.url());
      // A path that is no page has no partner: from there one comes to the front page.
      const known = sight.name !== 'no such page';
      const switcher = page.locator('header a[hreflang]');
      await switcher.click();
      await arrived(known ? inOtherLanguage(pathname) : '/en');
      assert.equal(
        await switcher.getAttribute('href'),
        known ? pathname : '/',
        `${sight.name}: the way back`,
      );
      assert.deepEqual(
        [await switcher.getAttribute('hreflang'), await switcher.getAttribute('lang')],
        ['nb', 'nb'],
      );
      const wider = await page.evaluate(sideways);
      if (wider.length > 0) found.push(`${sight.name} in English is too wide: ${wider.join(', ')}`);
    });
    assert.deepEqual(found, []);
  });
