import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { path } from '../../web/app/paths.ts';
import { forecastTexts } from '../../web/app/texts/forecast.ts';
import { holdTexts } from '../../web/app/texts/holds.ts';
import { refusals } from '../../web/app/texts/refusals.ts';
import { openHouse, skip } from './browser.ts';

const house = openHouse();
const words = holdTexts.nb;
const day = (n: number) => new Date(house.world.now.getTime() + n * 86_400_000).toISOString().slice(0, 10);

const said = async (page: Page, where: string) => (await page.locator(where).allInnerTexts()).join();

test('k.as-needed: a hold is placed, seen by its person, looked at again and released, with no script at all', {
  skip,
}, async () => {
  const email = 'hanne@firma.example';
  const own = await house.world.person(email);
  const id = (await house.world.idOf(email))!;
  const staff = await house.world.staff('privacy');
  const press = (page: Page, value: string) =>
    Promise.all([
      page.waitForEvent('load'),
      page.locator(`button[name=intent][value=${value}]`).first().click(),
    ]);
  await house.visit({ as: staff, javaScript: false }, async ({ page, open, arrived }) => {
    await open(path('consoleHolds', 'nb'));
    assert.ok((await said(page, 'main')).includes(words.none));
    await open(`${path('consolePerson', 'nb', { id })}?reason=request`);
    await page.locator('#holds summary').click();
    await page.locator('#why').fill('Et krav er varslet.');
    await press(page, 'hold');
    await arrived(path('consolePerson', 'nb', { id }));
    assert.equal(await said(page, '#review-error'), refusals.nb.missing.review);
    assert.equal(await page.locator('#why').inputValue(), 'Et krav er varslet.');
    await page.locator('#review').fill(day(60));
    await press(page, 'hold');
    const told = await said(page, '#holds');
    assert.ok(told.includes(words.done.placed!) && told.includes('Et krav er varslet.'));
    assert.equal(await page.locator('button[value=erase]').count(), 0);
  });
  await house.visit({ as: own, javaScript: false }, async ({ page, open }) => {
    await open(path('my', 'nb'));
    const told = await said(page, '#hold');
    assert.ok(told.includes('Et krav er varslet.') && told.includes(words.own.basisText));
    await open(path('myErase', 'nb'));
    assert.ok((await said(page, 'main')).includes(refusals.nb.codes['answer.held']!));
    assert.equal(await page.locator('main [type=submit]').count(), 0);
  });
  await house.visit({ as: staff, javaScript: false }, async ({ page, open }) => {
    await open(path('consoleHolds', 'nb'));
    const list = await said(page, 'main');
    assert.ok(list.includes(words.person(id)) && !list.includes('krav'), 'no reason in the list');
    await page.locator('[name=review]').fill(day(120));
    await press(page, 'review');
    assert.ok((await said(page, 'main')).includes(words.done.reviewed!));
    await press(page, 'release');
    const after = await said(page, 'main');
    assert.ok(after.includes(words.done.released!) && after.includes(words.none));
  });
});

test('k.as-needed: the forecast leads from the console to each clause and to the persons behind it', {
  skip,
}, async () => {
  await house.world.call('POST', 'newsletter/subscriptions', {
    body: { email: 'snart@post.example', topics: ['fag'] },
  });
  const id = (await house.world.idOf('snart@post.example'))!;
  await house.world.product.gates.keep(house.world.now);
  await house.visit({ as: await house.world.staff('privacy') }, async ({ page, open, arrived }) => {
    await open(path('console', 'nb'));
    await page.locator(`.console-nav a[href="${path('consoleForecast', 'nb')}"]`).click();
    await arrived(path('consoleForecast', 'nb'));
    assert.ok((await page.locator('.weeks-bar').count()) > 0);
    assert.ok((await page.locator('#rounds tbody tr').count()) > 0);
    const clause = path('consoleForecastClause', 'nb', { clause: '1.1.newsletter' });
    await page.locator(`a[href="${clause}"]`).click();
    await arrived(clause);
    const person = page.locator(`a[href="${path('consolePerson', 'nb', { id })}"]`).first();
    assert.equal((await person.allInnerTexts()).join(), forecastTexts.nb.person(id));
    assert.ok(!(await page.content()).includes('snart@'), 'no address of anybody');
  });
});
