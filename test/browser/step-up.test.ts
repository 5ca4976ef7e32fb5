import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { codeAt } from '#modules/identity/one-time-codes.ts';
import { founder } from '#test/clients.ts';
import { isOurs, path } from '../../web/app/paths.ts';
import { clientTexts } from '../../web/app/texts/client.ts';
import { correct } from '../../web/app/texts/correct.ts';
import { signIn } from '../../web/app/texts/sign-in.ts';
import { signingIn } from '../../web/app/texts/signing-in.ts';
import { clientTokenTexts } from '../../web/app/texts/tokens.ts';
import { openHouse, skip } from './browser.ts';
import { pictures } from './pictures.ts';

const house = openHouse();

/** Past the time for which a proof counts as fresh. */
function later(): void {
  house.world.now = new Date(house.world.now.getTime() + 11 * 60_000);
}

const codeNow = (secret: string) => codeAt(secret, Math.floor(house.world.now.getTime() / 30_000));
/** A letter is in the language that somebody is known by, whatever pages they read. */
const enter = (page: Page) => press(page, signIn.nb.enter);
const press = (page: Page, name: string) =>
  Promise.all([page.waitForEvent('load'), page.getByRole('button', { name, exact: true }).click()]);

test('0.security: whoever is asked who they are is led back to a page of ours and to nothing else', () => {
  for (const page of [
    '/min/slett',
    '/en/my/signing-in',
    '/klient/3f0c4c7e-7a0f-4b5e-9d26-6b1c1a2f0e11/nokler',
  ])
    assert.ok(isOurs(page), page);
  const elsewhere = [
    'https://ond.example',
    '//ond.example',
    '/\\ond.example',
    '\\\\ond.example',
    '/%2fond.example',
    '/min/slett?x=//ond.example',
    '/min/slett#x',
    '/min/../ond',
    '/min//slett',
    '/min/slett/',
    '/min/slett\n',
    'min/slett',
    'javascript:alert(1)',
    '/javascript:alert(1)',
    '/api/v1/me',
    '/finnes/ikke',
    '/min/bekreft',
    '/en/my/confirm',
    '',
    '/',
  ];
  for (const path of elsewhere) assert.ok(!isOurs(path), path);
});

for (const [language, javaScript, width] of [
  ['nb', false, 1280],
  ['en', true, 380],
] as const) {
  const words = signingIn[language];
  const switched = javaScript ? 'on' : 'off';
  const address = (who: string) => `${who}.${language}@firma.example`;

  test(`0.security: an owner who signs in by link alone is told why and how to get a second factor, and goes on from there, with JavaScript ${switched}`, {
    skip,
  }, async () => {
    const { world } = house;
    const { client } = await founder(world, address('eier'));
    await house.visit({ javaScript, width }, async ({ page, open, arrived }) => {
      const picture = (name: string) =>
        page.screenshot({ path: join(pictures, `step-up-${language}-${name}.png`), fullPage: true });
      await world.letters();
      await world.call('POST', 'sign-in/links', { body: { email: address('eier'), language } });
      await page.goto((await world.letterTo(address('eier'))).link);
      await enter(page);

      // On the way to a page of the company, long enough after for the link to count as fresh no more.
      later();
      const users = path('clientUsers', language, { client });
      await page.goto(users);
      await arrived(path('confirm', language));
      await press(page, words.sendLink);
      await page.goto((await world.letterTo(address('eier'))).link);
      await enter(page);
      await arrived(path('signingIn', language));
      await page.getByText(words.setUpOwner).waitFor();
      await picture('set-up');

      await page.getByRole('link', { name: words.addCodes }).click();
      await arrived(path('signingInCodes', language));
      const secret = await page.locator('[name=secret]').inputValue();
      await page.locator('[name=code]').fill(codeNow(secret));
      await press(page, words.codesSave);
      await arrived(path('signingIn', language));
      await picture('done');
      await page.getByRole('link', { name: words.goOn }).click();
      await arrived(users);

      // A page that asks for a fresh proof leads to it and back, and what was written too late is not lost.
      later();
      const keys = path('clientTokens', language, { client });
      const tokens = clientTokenTexts[language];
      await open(keys);
      await page.getByRole('link', { name: words.proveBeforeGo }).click();
      await arrived(path('confirm', language));
      await page.locator('[name=code]').fill(codeNow(secret));
      await press(page, words.confirm);
      await arrived(keys);
      await page.locator('[name=name]').fill('regnskap');
      await page.locator('[name=scopes]').first().check();
      later();
      await press(page, tokens.make);
      assert.equal(await page.locator('[name=name]').inputValue(), 'regnskap');
      await picture('prove-first');
      const href = await page.getByRole('link', { name: words.proveFirstGo }).getAttribute('href');
      const other = await page.context().newPage();
      await other.goto(href!);
      await other.locator('[name=code]').fill(codeNow(secret));
      await press(other, words.confirm);
      assert.equal(new URL(other.url()).pathname, keys);
      await other.close();
      await press(page, tokens.make);
      await page.getByText(tokens.madeTitle('regnskap')).waitFor();

      // So does a page with an act that cannot be undone: the button is there when it was shown who it is.
      later();
      const [ending, { end }] = [path('clientEnd', language, { client }), clientTexts[language]];
      await open(ending);
      assert.equal(await page.getByRole('button', { name: end.go }).count(), 0);
      await picture('end');
      await page.getByRole('link', { name: words.proveBeforeGo }).click();
      await arrived(path('confirm', language));
      await page.locator('[name=code]').fill(codeNow(secret));
      await press(page, words.confirm);
      await arrived(ending);
      await press(page, end.go);
      await arrived(path('client', language, { client }));
    });
  });

  test(`0.security: a new address that is written too long after signing in stays written while it is shown who it is, with JavaScript ${switched}`, {
    skip,
  }, async () => {
    const { world } = house;
    const as = await world.person(address('retter'), { language });
    later();
    await house.visit({ as, javaScript, width }, async ({ page, open }) => {
      await open(path('myCorrect', language));
      await page.locator('[name=email]').fill('ny.adresse@firma.example');
      await page.locator('[name=place]').fill('Voss');
      await press(page, correct[language].save);
      assert.equal(await page.locator('[name=email]').inputValue(), 'ny.adresse@firma.example');
      assert.equal(await page.locator('[name=place]').inputValue(), 'Voss');
      const href = await page.getByRole('link', { name: words.proveFirstGo }).getAttribute('href');
      assert.ok(href!.startsWith(path('confirm', language)));
    });
  });
}
