import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { path } from '../../web/app/paths.ts';
import { companyTexts } from '../../web/app/texts/company.ts';
import { refusals } from '../../web/app/texts/refusals.ts';
import { openHouse, skip } from './browser.ts';

const house = openHouse(async ({ world: { register } }) => {
  register.units.set('310000000', { name: 'NORDLYS AS', industry: ['62.100', 'Programmering'] });
  register.years.set('310000000', [{ year: 2025, revenue: 38_793_700, result: -1_716_200 }]);
  register.units.set('310000019', { name: 'NORDLYS SNEKKERVERKSTED', form: 'ENK' });
});
const words = companyTexts.nb;
const one = (number: string) => path('companyOne', 'nb', { number });
const said = async (page: Page, where = 'main') => (await page.locator(where).allInnerTexts()).join();
const press = (page: Page, name: string) =>
  Promise.all([page.waitForEvent('load'), page.getByRole('button', { name, exact: true }).click()]);

test('1.3.third-party: a company is found, seen with its source, remembered and forgotten, with no script at all', {
  skip,
}, async () => {
  const as = await house.world.person('kari@firma.example');
  await house.visit({ as, javaScript: false }, async ({ page, open, arrived }) => {
    await open(path('company', 'nb'));
    await page.locator('#q').fill('NORDLYS');
    await press(page, words.search);
    assert.ok((await said(page)).includes(words.found(2, 'NORDLYS')));
    assert.match(await said(page), /NLOD 2\.0/);
    await Promise.all([page.waitForEvent('load'), page.getByRole('link', { name: /^NORDLYS AS/ }).click()]);
    await arrived(one('310000000'));
    const facts = await said(page);
    assert.match(facts, /Programmering \(62\.100\)/);
    assert.match(facts, /Enhetsregisteret, hentet \d+\. \p{L}+ 20\d\d/u);
    assert.match(facts, /−1\s716\s200 NOK/u);
    assert.ok(facts.includes(words.unknown));
    assert.equal(await page.locator('.figures svg').count(), 2);
    await press(page, words.keep);
    await arrived(one('310000000'));
    assert.ok((await said(page)).includes(words.kept));
    await open(path('my', 'nb'));
    assert.match(await page.content(), /NORDLYS AS/);
    await open(one('310000000'));
    await press(page, words.forget);
    assert.ok((await said(page)).includes(words.keepTitle));
  });
});

test('1.3.third-party: somebody else’s company that is a person is not remembered, and one’s own is', {
  skip,
}, async () => {
  const as = await house.world.person('ola@firma.example');
  await house.visit({ as, javaScript: false }, async ({ page, open }) => {
    await open(one('310000019'));
    assert.ok((await said(page)).includes(words.personal));
    await press(page, words.keep);
    assert.equal(await said(page, '[role=alert]'), refusals.nb.codes['companies.sole-proprietor']);
    await page.locator('#own').check();
    await press(page, words.keep);
    assert.ok((await said(page)).includes(words.kept));
  });
});

test('1.3.brreg: with the register down the page says so, and leads to a profile made by hand', {
  skip,
}, async () => {
  const { register } = house.world;
  register.instead = (_path, response) => {
    response.writeHead(503).end();
    return true;
  };
  try {
    await house.visit({ javaScript: false }, async ({ page, open }) => {
      assert.equal(await open(`${path('company', 'nb')}?q=noe+annet`), 503);
      assert.ok((await said(page)).includes(words.away));
      await Promise.all([
        page.waitForEvent('load'),
        page.getByRole('link', { name: words.byHandGo }).click(),
      ]);
      assert.equal(new URL(page.url()).pathname, path('signUp', 'nb'));
      assert.equal(await open(one('923609016')), 503);
      assert.ok((await said(page)).includes(refusals.nb.codes['collect.source-away']!));
    });
  } finally {
    register.instead = () => false;
  }
});
