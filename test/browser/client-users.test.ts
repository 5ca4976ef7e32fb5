import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { COMPANY, founder, invited, user } from '#test/clients.ts';
import { path } from '../../web/app/paths.ts';
import { clientTexts } from '../../web/app/texts/client.ts';
import { accessTexts } from '../../web/app/texts/client-access.ts';
import { moduleTexts } from '../../web/app/texts/client-modules.ts';
import { ownershipTexts } from '../../web/app/texts/client-ownership.ts';
import { userTexts } from '../../web/app/texts/client-users.ts';
import { invitationTexts } from '../../web/app/texts/invitation.ts';
import { refusals } from '../../web/app/texts/refusals.ts';
import { openHouse, skip } from './browser.ts';

const house = openHouse();

test('u.customer: a level of the company’s own is made, given and changed, and what it gives holds at the next page of a live session', {
  skip,
}, async () => {
  const { world } = house;
  const owner = await founder(world, 'eier@firma.example');
  const { client } = owner;
  const guest = await user(world, owner, 'bruker@firma.example', 'reader');
  const log = path('clientLog', 'nb', { client });
  const levels = path('clientLevels', 'nb', { client });
  await house.visit({ as: guest.cookie, javaScript: false }, async (other) => {
    assert.equal(await other.open(log), 403);
    assert.ok((await said(other.page)).includes(refusals.nb.codes['customers.right-missing']!));
    await house.visit({ as: owner.cookie, javaScript: false }, async ({ page, open, arrived }) => {
      await open(levels);
      await page.locator('#new-name').fill('Revisor');
      await page.locator('#new-rights [value="log.see"]').check();
      await page.getByRole('button', { name: accessTexts.nb.make }).click();
      await arrived(levels);
      assert.ok((await said(page)).includes('Revisor'));
      await open(path('clientUsers', 'nb', { client }));
      await page.getByLabel(userTexts.nb.changeLabel('Ola Bruker')).click();
      await page.locator(`#level-${guest.person}`).selectOption({ label: 'Revisor' });
      await page.getByRole('button', { name: userTexts.nb.save }).first().click();
      await page.waitForURL(/done=changed/);
      assert.equal(await other.open(log), 200);
      await open(levels);
      await page.getByLabel(accessTexts.nb.changeLabel('Revisor')).click();
      const form = page.locator('.item details[open] form');
      await form.locator('[value="log.see"]').uncheck();
      await form.locator('[value="content.read"]').check();
      await form.locator('button').click();
      await page.waitForURL(/done=changed/);
      assert.equal(await other.open(log), 403, 'taken away, live session or not');
      await page.getByLabel(accessTexts.nb.removeLabel('Revisor')).click();
      await page.getByRole('button', { name: accessTexts.nb.removeGo }).click();
      await arrived(levels);
      assert.ok((await said(page)).includes(refusals.nb.codes['customers.level-in-use']!));
      await open(path('clientUsers', 'nb', { client }));
      await page.getByLabel(userTexts.nb.removeLabel('Ola Bruker')).click();
      await page.getByRole('button', { name: userTexts.nb.removeGo }).click();
      await page.waitForURL(/done=removed/);
      assert.equal(await other.open(path('client', 'nb', { client })), 404, 'gone at once');
    });
    await other.open(path('clients', 'nb'));
    assert.ok((await said(other.page)).includes(clientTexts.nb.none));
  });
});

test('u.customer: an invitation is declined or taken back, and whoever was asked is forgotten', {
  skip,
}, async () => {
  const { world } = house;
  const owner = await founder(world, 'spor@firma.example');
  const token = await invited(world, owner, 'nei@firma.example', 'user');
  await house.visit({ javaScript: false }, async ({ page, open, arrived }) => {
    await open(path('invitation', 'nb', { token }));
    const [yes, no] = [invitationTexts.nb.yes, invitationTexts.nb.no].map((name) =>
      page.getByRole('button', { name }),
    );
    const [look, other] = await Promise.all([yes!, no!].map((one) => one.getAttribute('data-variant')));
    assert.equal(look, other, 'yes and no look alike');
    await no!.click();
    await arrived(path('invitationDeclined', 'nb'));
    assert.equal(await open(path('invitation', 'nb', { token })), 404);
  });
  assert.equal(await world.idOf('nei@firma.example'), undefined);
  await invited(world, owner, 'angret@firma.example', 'user');
  await house.visit({ as: owner.cookie, javaScript: false }, async ({ page, open }) => {
    await open(path('clientUsers', 'nb', { client: owner.client }));
    await page.getByLabel(userTexts.nb.withdrawLabel('angret@firma.example')).click();
    await page.getByRole('button', { name: userTexts.nb.withdrawGo }).click();
    await page.waitForURL(/done=uninvited/);
    assert.equal(await page.locator('#waiting').count(), 0);
  });
  assert.equal(await world.idOf('angret@firma.example'), undefined);
});

test('k.client: the ownership is handed over by two people, and the last module leads to the end of the subscription', {
  skip,
}, async () => {
  const { world } = house;
  const owner = await founder(world, 'selger@firma.example');
  const { client } = owner;
  const heir = await user(world, owner, 'arving@firma.example', 'administrator');
  const ownership = path('clientOwnership', 'nb', { client });
  await house.visit({ as: owner.cookie, javaScript: false }, async ({ page, open, arrived }) => {
    await open(ownership);
    await page.locator('#owner').selectOption(heir.person);
    await page.getByRole('button', { name: ownershipTexts.nb.offer }).click();
    await page.waitForURL(/done=offered/);
    await house.visit({ as: heir.cookie, javaScript: false }, async (other) => {
      await other.open(path('client', 'nb', { client }));
      await other.page.getByRole('link', { name: clientTexts.nb.offeredGo }).click();
      await other.arrived(ownership);
      for (const document of ['agreement', 'dpa']) await other.page.locator(`#${document}`).check();
      await other.page.getByRole('button', { name: ownershipTexts.nb.take }).click();
      await other.arrived(path('client', 'nb', { client }));
      assert.ok((await said(other.page)).includes(clientTexts.nb.done.taken!));
      await other.open(path('clientModules', 'nb', { client }));
      assert.ok((await said(other.page)).includes(moduleTexts.nb.last));
      await other.page.getByRole('link', { name: moduleTexts.nb.lastGo }).click();
      await other.arrived(path('clientEnd', 'nb', { client }));
    });
    await open(path('client', 'nb', { client }));
    assert.ok((await seen(page.locator('.glance'))).includes('Administrator'));
    await page.locator('#leave summary').click();
    await page.getByRole('button', { name: clientTexts.nb.leaveGo }).click();
    await arrived(path('clients', 'nb'));
    assert.ok((await said(page)).includes(clientTexts.nb.none));
  });
});

test('r.portability: a company takes everything with it in a file, and corrects what is said of it', {
  skip,
}, async () => {
  const owner = await founder(house.world, 'flytter@firma.example');
  const at = path('client', 'nb', { client: owner.client });
  await house.visit({ as: owner.cookie, javaScript: false }, async ({ page, open }) => {
    await open(at);
    await page.getByText(clientTexts.nb.companyChange).click();
    await page.locator('#name').fill('Prøve og Datter AS');
    await page.getByRole('button', { name: clientTexts.nb.save }).click();
    await page.waitForURL(/done=changed/);
    assert.equal(await seen(page.locator('h1')), 'Prøve og Datter AS');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: clientTexts.nb.exportGo }).click(),
    ]);
    const all = JSON.parse(await readFile(await download.path(), 'utf8'));
    assert.equal(all.client, owner.client);
    assert.ok(JSON.stringify(all).includes(COMPANY.number));
  });
});

/** The text of the page as it is seen. */
function said(page: Page): Promise<string> {
  return seen(page.locator('main'));
}

/** Text as it is seen. */
async function seen(where: Locator): Promise<string> {
  return (await where.allInnerTexts()).join('\n').trim();
}
