import assert from 'node:assert/strict';
import { test } from 'node:test';
import { path } from '../../web/app/paths.ts';
import { consoleTexts } from '../../web/app/texts/console.ts';
import { log } from '../../web/app/texts/log.ts';
import { openHouse, skip } from './browser.ts';

const house = openHouse();
const words = consoleTexts.nb;

test('r.access: staff find a person by the whole address alone, and the person sees that they looked', {
  skip,
}, async () => {
  const email = 'nina@firma.example';
  const own = await house.world.person(email, { place: 'Narvik' });
  const id = await house.world.idOf(email);
  await house.visit({ as: await house.world.staff('privacy') }, async ({ page, open, arrived }) => {
    await open(path('console', 'nb'));
    const search = async (address: string) => {
      await page.locator('[name=address]').fill(address);
      await Promise.all([page.waitForEvent('load'), page.locator('main [type=submit]').click()]);
    };
    await search('nina');
    await arrived(path('console', 'nb'));
    await search('ingen@firma.example');
    await arrived(path('console', 'nb'));
    assert.ok((await page.locator('main').allInnerTexts()).join().includes(words.nobody));
    await search(email);
    await arrived(path('consolePerson', 'nb', { id: id! }));
    assert.ok((await page.locator('.item-value').allInnerTexts()).includes('Narvik'));
    assert.equal(await page.locator('.item-acts').count(), 0);
    assert.ok(!page.url().includes('nina'), 'no address of a page holds what was searched for');
  });
  await house.visit({ as: own }, async ({ page, open }) => {
    await open(path('my', 'nb'));
    const looked = (await page.locator('#looked tbody').allInnerTexts()).join();
    assert.ok(looked.includes(log.nb.actors.staff));
    assert.ok(looked.includes(log.nb.reasons.asked!), 'and why');
    await open(path('myLog', 'nb'));
    assert.ok((await page.locator('tbody').allInnerTexts()).join().includes(log.nb.actors.staff));
  });
});

test('0.purpose: the proof page lists each clause with its answer, and leads to the clause', {
  skip,
}, async () => {
  await house.visit({ as: await house.world.staff('privacy') }, async ({ page, open, arrived }) => {
    await open(path('consoleProof', 'nb'));
    const { checks, notYet } = await house.world.product.prove(house.world.now);
    const rows = await page.locator('tbody th').allInnerTexts();
    assert.deepEqual(new Set(rows), new Set([...checks, ...notYet].map(({ clause }) => clause)));
    await page.locator('tbody th a').first().click();
    await arrived(path('statement', 'nb'));
    const { hash } = new URL(page.url());
    assert.ok(await page.locator(`[id="${decodeURIComponent(hash.slice(1))}"]`).isVisible());
  });
});
