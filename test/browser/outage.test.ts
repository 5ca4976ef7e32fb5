import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asOwner, ident } from '#platform/database.ts';
import { cluster } from '#test/cluster.ts';
import { type Page, path } from '../../web/app/paths.ts';
import { problems } from '../../web/app/texts/problems.ts';
import { openHouse, skip, type Visitor } from './browser.ts';

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
    await databases(false);
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
      await databases(true);
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

/** Shuts both databases of this house, ending what is connected to them, or opens them again. */
async function databases(open: boolean): Promise<void> {
  const { databaseUrl, keysUrl } = house.world.config;
  const { superuserUrl } = await cluster();
  await asOwner(superuserUrl, async (client) => {
    for (const url of [databaseUrl, keysUrl]) {
      const name = new URL(url!).pathname.slice(1);
      await client.query(`alter database ${ident(name)} allow_connections ${open}`);
      if (!open)
        await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
          name,
        ]);
    }
  });
}
