import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { inOtherLanguage } from '../../web/app/paths.ts';
import { openHouse, skip } from './browser.ts';
import { everyPage, type Group, groups, type Share, visitEach } from './every-page.ts';
import { sideways, textAt } from './looks.ts';

const wide = { width: 1280, height: 900 };
const middling = { width: 1100, height: 800 };
const narrow = { width: 320, height: 640 };
/** A window of 1280 px in which everything is shown at twice its size. */
const half = { width: 640, height: 450 };

/** Tests that look at each page of the groups that a file has its share of. */
export function lookAtPages(share: Share): void {
  let sights: Awaited<ReturnType<typeof everyPage>>;
  const house = openHouse(async (opened) => {
    sights = await everyPage(opened);
  });
  const own = (Object.keys(groups) as Group[]).filter((group) => groups[group] === share);
  for (const group of own)
    test(`v.available: everybody can use the pages in both languages, light or dark, narrow or wide, with text of any size (${group})`, {
      skip,
    }, async () => {
      const found: string[] = [];
      let turn = 0;
      await visitEach(house, sights[group], wide, async ({ name }, { page, arrived }) => {
        const fits = async (how: string) => {
          const wider = await page.evaluate(sideways);
          if (wider.length > 0) found.push(`${name} ${how} is too wide: ${wider.join(', ')}`);
        };
        // Colours and widths break different things: each page is looked at twice, and both pairs take turns.
        turn += 1;
        const [one, other] = turn % 2 === 1 ? (['light', 'dark'] as const) : (['dark', 'light'] as const);
        await page.emulateMedia({ colorScheme: one });
        await page.evaluate(axe);
        found.push(...(await breaches(page, `${name}, wide and ${one}`)));
        await fits('at 1280 px');
        await page.evaluate(textAt, '200%');
        await fits('with twice the text');
        await page.evaluate(textAt, '');
        await page.setViewportSize(middling);
        await fits('at 1100 px');
        await page.setViewportSize(half);
        await fits('at twice its size');
        await page.emulateMedia({ colorScheme: other });
        await page.setViewportSize(narrow);
        await fits('at 320 px');
        found.push(...(await breaches(page, `${name}, narrow and ${other}`)));
        await inEnglish(page, name, arrived);
        await fits('in English');
        await page.setViewportSize(wide);
      });
      assert.deepEqual(found, []);
    });
}

/** Goes to the page in English by its own link, which must lead back. */
async function inEnglish(page: Page, name: string, arrived: (path: string) => Promise<void>): Promise<void> {
  const { pathname } = new URL(page.url());
  // A path that is no page has no partner: from there one comes to the front page.
  const known = name !== 'no such page';
  const switcher = page.locator('header a[hreflang]');
  await switcher.click();
  await arrived(known ? inOtherLanguage(pathname) : '/en');
  assert.equal(await switcher.getAttribute('href'), known ? pathname : '/', `${name}: the way back`);
  assert.deepEqual(
    [await switcher.getAttribute('hreflang'), await switcher.getAttribute('lang')],
    ['nb', 'nb'],
  );
}

/** The small form of axe: letting it into a page takes as long as running it. */
const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** WCAG 2.2 A and AA, and what axe calls best practice. */
const rules = {
  runOnly: {
    type: 'tag' as const,
    values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'],
  },
  resultTypes: ['violations' as const],
};

interface Breach {
  readonly id: string;
  readonly nodes: { readonly target: unknown[] }[];
}

/** Breaches in the page as it is, as `page: rule (where)`; axe must have been let in. */
async function breaches(page: Page, name: string): Promise<string[]> {
  const broken = await page.evaluate<Breach[]>(
    `axe.run(document, ${JSON.stringify(rules)}).then(({ violations }) => violations)`,
  );
  return broken.map(
    ({ id, nodes }) => `${name}: ${id} (${nodes.map(({ target }) => target.join(' ')).join(', ')})`,
  );
}
