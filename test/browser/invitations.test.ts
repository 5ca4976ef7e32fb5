import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { founder } from '#test/clients.ts';
import { path } from '../../web/app/paths.ts';
import { clientTexts } from '../../web/app/texts/client.ts';
import { invitationTexts } from '../../web/app/texts/invitation.ts';
import { openHouse, skip } from './browser.ts';
import { pictures } from './pictures.ts';

const house = openHouse();

for (const [language, width, answer] of [
  ['nb', 1280, 'yes'],
  ['en', 380, 'no'],
] as const)
  test(`u.customer: an invitation that waits is found on the page of one’s companies and answered there, in ${language}`, {
    skip,
  }, async () => {
    const { world } = house;
    const owner = await founder(world, `eier.${language}@firma.example`);
    const email = `invitert.${language}@firma.example`;
    const as = await world.person(email, { name: 'Ola Invitert', language });
    await world.call('POST', `clients/${owner.client}/invitations`, {
      as: owner.cookie,
      body: { email, level: 'user' },
    });
    const [words, asked] = [clientTexts[language], invitationTexts[language]];
    await house.visit({ as, width, javaScript: false }, async ({ page, open, arrived }) => {
      const picture = (name: string) =>
        page.screenshot({ path: join(pictures, `invited-${language}-${name}.png`), fullPage: true });
      await open(path('clients', language));
      await page.getByRole('heading', { name: words.askedTitle }).waitFor();
      await picture('list');
      await page.getByRole('link', { name: words.askedSee }).click();
      await arrived(/\/(invitasjon|invitation)\//);
      assert.equal(await page.locator('input[name="name"]').inputValue(), 'Ola Invitert');
      await picture('one');
      await page.getByRole('button', { name: asked[answer], exact: true }).click();
      if (answer === 'yes') {
        await arrived(path('client', language, { client: owner.client }));
        await page.getByText(words.done.joined!).waitFor();
      } else {
        await arrived(path('invitationDeclined', language));
        await open(path('clients', language));
        await page.getByRole('heading', { name: words.none }).waitFor();
      }
    });
  });
