import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { path } from '../../web/app/paths.ts';
import { openHouse, skip } from './browser.ts';
import { focusLook } from './looks.ts';

const house = openHouse();

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
