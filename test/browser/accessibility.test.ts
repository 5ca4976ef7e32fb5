import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { path } from '../../web/app/paths.ts';
import { openHouse, skip } from './browser.ts';
import { everyPage, groups, visitEach } from './every-page.ts';
import { doubleText, focusLook, sideways } from './looks.ts';

let sights: Awaited<ReturnType<typeof everyPage>>;
const house = openHouse(async (opened) => {
  sights = await everyPage(opened);
});

const wide = { width: 1280, height: 900 };
const middling = { width: 1100, height: 800 };
const narrow = { width: 320, height: 640 };
/** A window of 1280 px in which everything is shown at twice its size. */
const half = { width: 640, height: 450 };

for (const group of groups)
  test(`v.available: everybody can use the pages, light or dark, narrow or wide, with text of any size (${group})`, {
    skip,
  }, async () => {
    const found: string[] = [];
    let turn = 0;
    await visitEach(house, sights[group], wide, async ({ name }, { page }) => {
      const fits = async (how: string) => {
        const wider = await page.evaluate(sideways);
        if (wider.length > 0) found.push(`${name} ${how} is too wide: ${wider.join(', ')}`);
      };
      // Colours and widths break different things: each page is looked at twice, and both pairs take turns.
      turn += 1;
      const [one, other] = turn % 2 === 1 ? (['light', 'dark'] as const) : (['dark', 'light'] as const);
      await page.emulateMedia({ colorScheme: one });
      found.push(...(await breaches(page, `${name}, wide and ${one}`)));
      await page.emulateMedia({ colorScheme: other });
      await page.setViewportSize(narrow);
      await fits('at 320 px');
      found.push(...(await breachesAgain(page, `${name}, narrow and ${other}`)));
      await page.setViewportSize(middling);
      await fits('at 1100 px');
      await page.setViewportSize(half);
      await fits('at twice its size');
      await page.setViewportSize(wide);
      await fits('at 1280 px');
      await page.evaluate(doubleText);
      await fits('with twice the text');
    });
    assert.deepEqual(found, []);
  });

test(
  '1.1.profile: a profile is made with the keyboard alone, and one sees where one is all the way',
  {
    skip,
  },
  () =>
    house.visit({}, async ({ page, open, arrived }) => {
      await open(path('signUp', 'nb'));
      const first = await tab(page);
      assert.deepEqual([first?.href, first?.inside], ['#main', 'body']);
      await page.keyboard.press('Enter');
      const stops: string[] = [];
      const filled = { name: 'Jon Prøve', email: 'jon@firma.example', place: 'Bodø' };
      for (let at = await tab(page); at !== undefined; at = await tab(page)) {
        assert.equal(at.inside, 'main', 'the skip link leads past the menu');
        stops.push(at.name ?? at.tag);
        if (at.tag === 'button') break;
        const value = filled[at.name as keyof typeof filled];
        if (value !== undefined) await page.keyboard.type(value);
      }
      const fields = ['name', 'email', 'phone', 'place', 'company', 'language'];
      assert.deepEqual(
        stops.filter((stop) => fields.includes(stop)),
        fields,
      );
      await page.keyboard.press('Enter');
      await arrived(path('signUpSent', 'nb'));
      assert.notEqual(await house.world.idOf('jon@firma.example'), undefined);
    }),
);

test('1.1.profile: what is missing is said first, and each line of it leads to its field', { skip }, () =>
  house.visit({}, async ({ page, open, arrived }) => {
    await open(path('signUp', 'nb'));
    await page.locator('[name=phone]').focus();
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    await arrived(path('signUp', 'nb'));
    const summary = await page.evaluate(focusLook);
    assert.equal(summary?.inside, 'main');
    assert.match(summary?.text ?? '', /\S/);
    await page.locator('[role=alert] a').first().focus();
    await page.keyboard.press('Enter');
    const at = await page.evaluate(focusLook);
    assert.equal(at?.name, 'name');
    const field = page.locator('[name=name]');
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    const about = (await field.getAttribute('aria-describedby'))!.split(' ').at(-1);
    assert.notEqual((await page.locator(`#${about}`).allInnerTexts()).join(''), '');
  }),
);

test(
  'r.access: with the keyboard alone one gets through the whole of one’s own page and always sees where',
  {
    skip,
  },
  async () =>
    house.visit(
      { as: await house.world.person('tast@firma.example', { place: 'Voss' }) },
      async (visitor) => {
        await visitor.open(path('my', 'nb'));
        const stops: string[] = [];
        for (
          let at = await tab(visitor.page);
          at !== undefined && stops.length < 150;
          at = await tab(visitor.page)
        )
          stops.push(`${at.tag} ${at.text}`);
        for (const kind of ['a', 'button', 'summary', 'input'])
          assert.ok(
            stops.some((stop) => stop.startsWith(`${kind} `)),
            `the keyboard reaches a ${kind}`,
          );
        assert.ok(stops.length < 150, 'the keyboard is let out at the end');
      },
    ),
);

/** Moves on with Tab; what was reached must be marked and in the window. Undefined at the end of the page. */
async function tab(page: Page) {
  await page.keyboard.press('Tab');
  const at = await page.evaluate(focusLook);
  if (at !== undefined) {
    assert.ok(at.isMarked, `one sees that ${at.tag} ${at.name ?? at.text} is reached`);
    assert.ok(at.isInWindow, `${at.tag} ${at.name ?? at.text} is in the window`);
  }
  return at;
}

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

/** Breaches in the page as it is, as `page: rule (where)`. */
async function breaches(page: Page, name: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().options(rules).analyze();
  return told(name, violations);
}

/** The same where axe has been let in already, which is most of the work. */
async function breachesAgain(page: Page, name: string): Promise<string[]> {
  const { violations } = await page.evaluate<{ violations: Breach[] }>(
    `axe.run(document, ${JSON.stringify(rules)})`,
  );
  return told(name, violations);
}

function told(name: string, broken: readonly Breach[]): string[] {
  return broken.map(
    ({ id, nodes }) => `${name}: ${id} (${nodes.map(({ target }) => target.join(' ')).join(', ')})`,
  );
}
