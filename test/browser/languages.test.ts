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
  test(`v.available: each page leads to itself in English and back, and fits a narrow window in both (${group})`, {
    skip,
  }, async () => {
    const found: string[] = [];
    await visitEach(house, sights[group], { width: 320, height: 640 }, async (sight, { page, arrived }) => {
      const { pathname } = new URL(page.url());
      const switcher = page.locator('header a[hreflang]');
      for (const [where, language] of [
        [sight.status === 404 && group === 'public' ? '/en' : inOtherLanguage(pathname), 'English'],
        [group === 'public' && sight.status === 404 ? '/' : pathname, 'Norwegian'],
      ] as const) {
        await switcher.click();
        await arrived(where);
        const { over, who } = await page.evaluate(sideways);
        if (over > 0) found.push(`${sight.name} in ${language}: ${over} px too wide (${who.join(', ')})`);
      }
    });
    assert.deepEqual(found, []);
  });
