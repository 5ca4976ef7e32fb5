import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { codeAt } from '#modules/identity/one-time-codes.ts';
import { founder, user } from '#test/clients.ts';
import { path } from '../../web/app/paths.ts';
import { clientTexts } from '../../web/app/texts/client.ts';
import { clientLogTexts } from '../../web/app/texts/client-log.ts';
import { refusals } from '../../web/app/texts/refusals.ts';
import { signingIn } from '../../web/app/texts/signing-in.ts';
import { clientTokenTexts } from '../../web/app/texts/tokens.ts';
import { openHouse, skip } from './browser.ts';

const house = openHouse();
const words = clientTokenTexts.nb;
const said = async (page: Page) => (await page.locator('main').allInnerTexts()).join();

test('u.customer: an owner makes a key for a system, sees it once, and ends it, without a script', {
  skip,
}, async () => {
  const { world } = house;
  const owner = await founder(world, 'eier@firma.example');
  const { client } = owner;
  const keys = path('clientTokens', 'nb', { client });
  const api = (token: string) =>
    world.call('GET', `clients/${client}/log`, { headers: { authorization: `Bearer ${token}` } });
  await house.visit({ as: owner.cookie, javaScript: false }, async ({ page, open, arrived }) => {
    await open(path('client', 'nb', { client }));
    await page.getByRole('link', { name: clientTexts.nb.rooms.clientTokens }).click();
    await arrived(keys);
    assert.ok((await said(page)).includes(words.none));
    await page.locator('[name=name]').fill('Kari sin');
    await page.getByRole('button', { name: words.make }).click();
    await arrived(keys);
    assert.ok((await said(page)).includes(refusals.nb.summary));
    await page.locator('[name=name]').fill('regnskap-eksport');
    await page.locator('[value="log.see"]').check();
    await page.getByRole('button', { name: words.make }).click();
    await arrived(keys);
    const token = (await page.locator('.ds-alert code').allInnerTexts()).join();
    assert.equal((await api(token)).status, 200);
    await open(keys);
    assert.ok(!(await page.content()).includes(token), 'shown once');
    assert.ok((await said(page)).includes('regnskap-eksport'));
    await page.getByRole('button', { name: words.endOf('regnskap-eksport') }).click();
    await page.waitForURL(/\?done$/);
    assert.ok((await said(page)).includes(words.done));
    assert.equal((await api(token)).status, 401);
    await open(path('clientLog', 'nb', { client }));
    const log = await said(page);
    for (const act of ['key.made', 'key.ended'] as const)
      assert.ok(log.includes(clientLogTexts.nb.acts[act]));
  });
  const reader = await user(world, owner, 'leser@firma.example', 'administrator');
  await house.visit({ as: reader.cookie }, async ({ page, open }) => {
    assert.equal(await open(keys), 403);
    await open(path('client', 'nb', { client }));
    assert.equal(await page.getByRole('link', { name: clientTexts.nb.rooms.clientTokens }).count(), 0);
  });
});

test('0.security: whoever makes a key shows their second factor first, and comes back to where they were', {
  skip,
}, async () => {
  const { world } = house;
  const owner = await founder(world, 'sikker@firma.example');
  const keys = path('clientTokens', 'en', { client: owner.client });
  const { secret } = (await world.call('POST', 'me/code-secrets', { as: owner.cookie })).body;
  const code = () => codeAt(secret, Math.floor(world.now.getTime() / 30_000));
  const added = await world.call('PUT', 'me/code-generator', {
    as: owner.cookie,
    body: { secret, code: code() },
  });
  const as = String(added.headers['set-cookie']).split(';', 1)[0]!;
  world.now = new Date(world.now.getTime() + 20 * 60_000);
  await house.visit({ as, javaScript: false }, async ({ page, open, arrived }) => {
    await open(keys);
    assert.equal(await page.locator('[name=name]').count(), 0);
    await page.getByRole('link', { name: signingIn.en.proveBeforeGo }).click();
    await arrived(path('confirm', 'en'));
    await page.locator('[name=code]').fill(code());
    await page.getByRole('button', { name: signingIn.en.confirm }).click();
    await arrived(keys);
    assert.equal(await page.locator('[name=name]').count(), 1);
  });
});
