import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { codeAt } from '#modules/identity/one-time-codes.ts';
import { path } from '../../web/app/paths.ts';
import { signIn } from '../../web/app/texts/sign-in.ts';
import { signingIn } from '../../web/app/texts/signing-in.ts';
import { openHouse, skip } from './browser.ts';

// Passkeys are made for a name, and the address of a machine is none.
const house = openHouse(undefined, 'localhost');
const words = signingIn.nb;

/** A machine with a finger reader, and somebody whose finger fits. */
async function withFinger(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

const press = (page: Page, name: string) =>
  Promise.all([page.waitForEvent('load'), page.getByRole('button', { name, exact: true }).click()]);
const text = async (page: Page) => (await page.locator('main').allInnerTexts()).join();

test('0.security: a passkey is made, signs in with no name typed, confirms who it is, and is removed', {
  skip,
}, async () => {
  const email = 'nokkel@firma.example';
  const as = await house.world.person(email);
  await house.visit({ as }, async ({ page, context, open, arrived }) => {
    await withFinger(context, page);
    await open(path('signingInPasskey', 'nb'));
    await page.locator('[name=name]').fill('Den blå telefonen');
    await press(page, words.passkeyMake);
    await arrived(path('signingIn', 'nb'));
    assert.ok((await text(page)).includes('Den blå telefonen'));
    assert.match((await house.world.letterTo(email)).subject, /passnøkkel/);

    await context.clearCookies();
    await open(path('signIn', 'nb'));
    await page.getByRole('link', { name: signIn.nb.byPasskey }).click();
    await arrived(path('signInPasskey', 'nb'));
    await press(page, words.passkeyUse);
    await arrived(path('my', 'nb'));

    // By a link alone they are not in yet, and the page asks for the passkey.
    await context.clearCookies();
    await house.world.letters();
    await house.world.call('POST', 'sign-in/links', { body: { email } });
    await open((await house.world.letterTo(email)).link);
    await press(page, signIn.nb.enter);
    await arrived(path('confirm', 'nb'));
    assert.ok((await text(page)).includes(words.secondTitle));
    await press(page, words.passkeyUse);
    await arrived(path('my', 'nb'));

    await open(path('signingIn', 'nb'));
    await press(page, words.removeLabel('Den blå telefonen'));
    await arrived(path('signingIn', 'nb'));
    assert.ok(!(await text(page)).includes('Den blå telefonen'));
    await context.clearCookies();
    await open(path('signInPasskey', 'nb'));
    await page.getByRole('button', { name: words.passkeyUse }).click();
    await page.locator('.ds-error-summary, [role=alert]:not([hidden])').first().waitFor();
  });
});

for (const javaScript of [true, false])
  test(`0.security: everything else goes by forms, ${javaScript ? 'with' : 'without'} JavaScript`, {
    skip,
  }, async () => {
    const email = `skjema.${javaScript}@firma.example`;
    const as = await house.world.person(email);
    await house.visit({ as, javaScript }, async ({ page, context, open, arrived }) => {
      await open(path('my', 'nb'));
      await page.getByRole('link', { name: 'Slik logger du inn' }).click();
      await arrived(path('signingIn', 'nb'));
      await page.getByRole('link', { name: words.addPassword }).click();
      await arrived(path('signingInPassword', 'nb'));
      await page.locator('[name=password]').fill('kort');
      await press(page, words.save);
      await arrived(path('signingInPassword', 'nb'));
      await page.locator('[name=password]').fill('fire rare ord om natten');
      await press(page, words.save);
      await arrived(path('signingIn', 'nb'));

      await page.getByRole('link', { name: words.addCodes }).click();
      await arrived(path('signingInCodes', 'nb'));
      assert.ok(await page.locator('.qr').isVisible());
      const secret = await page.locator('[name=secret]').inputValue();
      const code = () => codeAt(secret, Math.floor(house.world.now.getTime() / 30_000));
      await page.locator('[name=code]').fill(code());
      await press(page, words.codesSave);
      await arrived(path('signingIn', 'nb'));
      await page.getByRole('link', { name: words.addRecovery }).click();
      await arrived(path('signingInRecovery', 'nb'));
      await press(page, words.addRecovery);
      const codes = await page.locator('.recovery-codes code').allInnerTexts();
      assert.equal(codes.length, 10);

      await context.clearCookies();
      await open(path('signInPassword', 'nb'));
      await page.locator('[name=email]').fill(email);
      await page.locator('[name=password]').fill('fire rare ord om natten');
      await press(page, signIn.nb.enter);
      await arrived(path('confirm', 'nb'));
      await page.locator('[name=code]').fill('123');
      await press(page, words.confirm);
      await arrived(path('confirm', 'nb'));
      await page.locator('[name=code]').fill(codes[0]!);
      await press(page, words.confirm);
      await arrived(path('my', 'nb'));
      if (!javaScript) {
        await open(path('signInPasskey', 'nb'));
        assert.ok((await text(page)).includes(words.passkeyUnscripted));
      }
    });
  });
