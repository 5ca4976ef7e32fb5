import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Page, path } from '../../web/app/paths.ts';
import { problems } from '../../web/app/texts/problems.ts';
import { databases, openHouse, skip, type Visitor } from './browser.ts';

const house = openHouse();

test('v.available: with the databases gone the statement is there as before, and the rest says so calmly', {
  skip,
}, async () => {
  const as = await house.world.person('vibeke@firma.example');
  await house.visit({ as }, async (visitor) => {
    const { page, open, arrived, context } = visitor;
    const ready = async () => (await context.request.get('/ready')).status();
    assert.deepEqual([await ready(), await open(path('my', 'nb'))], [200, 200]);
    const before = await textOf(visitor, ['statement', 'cookies', 'home']);
    await databases(house.world, false);
    try {
      assert.equal(await ready(), 503);
      assert.equal((await context.request.get('/health')).status(), 200);
      assert.deepEqual(await textOf(visitor, ['statement', 'cookies', 'home']), before);
      for (const language of ['nb', 'en'] as const) {
        assert.equal(await open(path('my', language)), 503);
        assert.equal((await page.locator('h1').allInnerTexts())[0], problems[language].unavailableTitle);
        assert.ok(await page.locator(`main a[href="${path('statement', language)}"]`).isVisible());
      }
      await open(path('signUp', 'nb'));
      await page.locator('[name=name]').fill('Vibeke Prøve');
      await page.locator('[name=email]').fill('vibeke.to@firma.example');
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.request().method() === 'POST'),
        page.waitForEvent('load'),
        page.locator('main [type=submit]').click(),
      ]);
      assert.equal(answer.status(), 503);
      assert.equal(await page.locator('[name=email]').inputValue(), 'vibeke.to@firma.example');
    } finally {
      await databases(house.world, true);
    }
    assert.equal(await ready(), 200);
    await page.locator('main [type=submit]').click();
    await arrived(path('signUpSent', 'nb'));
    assert.equal(await open(path('my', 'nb')), 200);
    assert.ok(!house.world.logged.join('\n').includes('vibeke'));
  });
});

async function textOf({ page, open }: Visitor, pages: readonly Page[]): Promise<string[]> {
  const texts: string[] = [];
  for (const each of pages)
    for (const language of ['nb', 'en'] as const) {
      assert.equal(await open(path(each, language)), 200);
      texts.push((await page.locator('main').allInnerTexts()).join());
    }
  return texts;
}
