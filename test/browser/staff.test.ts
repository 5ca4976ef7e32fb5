import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeLink } from '#modules/identity/links.ts';
import { COMPANY, founder, user } from '#test/clients.ts';
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

test('u.customer: staff find a client by its number or its name in the same box, and read its life by day', {
  skip,
}, async () => {
  const { world } = house;
  const own = await founder(world, 'eier@firma.example', ['arkiv', 'kurs']);
  const colleague = await user(world, own, 'bruker@firma.example', 'reader');
  world.now = new Date(world.now.getTime() + 60_000);
  await world.call('DELETE', `clients/${own.client}/modules/kurs`, { as: own.cookie });
  const there = path('consoleClient', 'nb', { account: own.client });
  await house.visit({ as: await world.staff('support') }, async ({ page, open, arrived }) => {
    const find = async (from: 'console' | 'consolePeople' | 'consoleClients', what: string) => {
      await open(path(from, 'nb'));
      await page.locator('[name=address]').fill(what);
      await Promise.all([
        page.waitForEvent('load'),
        page.locator('form:has([name=address]) [type=submit]').click(),
      ]);
    };
    await find('console', COMPANY.number.replace(/(...)(...)(...)/, '$1 $2 $3'));
    await arrived(there);
    await find('consoleClients', COMPANY.name.toUpperCase());
    await arrived(there);
    assert.equal(await page.locator('h1').textContent(), COMPANY.name);
    const life = (await page.locator('.life ul > li').allInnerTexts()).map((text) =>
      text.replace(/\s+/g, ' '),
    );
    assert.match(life[0]!, /^\d\d:\d\d Kari Eier sluttet med en modul: Kurs$/);
    assert.match(life.at(-1)!, /Kari Eier gjorde bedriften til kunde$/);
    assert.equal(
      await page.locator('.console-link[aria-current=page]').textContent(),
      words.rooms.consoleClients,
    );
    await page.locator('main table a', { hasText: 'Ola Bruker' }).click();
    await arrived(path('consolePerson', 'nb', { id: colleague.person }));
    assert.equal(
      await page.locator('.console-link[aria-current=page]').textContent(),
      words.rooms.consolePeople,
    );
    await page.locator('#title-clients + ul a').click();
    await arrived(there);
    // A telephone number of nine digits is no organisation's.
    await find('consolePeople', '310 000 001');
    await arrived(path('console', 'nb'));
    assert.ok((await page.locator('main').textContent())?.includes(words.nobody));
    // Two of one name are told apart.
    const another = await founder(world, 'en.til@firma.example');
    await find('console', COMPANY.name);
    await arrived(path('console', 'nb'));
    const links = page.locator('#title-find ~ .stack a');
    const hrefs = await links.evaluateAll((all: { getAttribute(name: string): string | null }[]) =>
      all.map((one) => one.getAttribute('href')),
    );
    assert.deepEqual(
      hrefs.sort(),
      [own.client, another.client].map((account) => path('consoleClient', 'nb', { account })).sort(),
    );
    assert.ok(!page.url().includes('310'), 'no address of a page holds what was searched for');
  });
  await house.visit({ as: colleague.cookie }, async ({ page, open }) => {
    await open(path('myLog', 'nb'));
    assert.ok((await page.locator('tbody').allInnerTexts()).join().includes(log.nb.acts.account!));
  });
});

test('0.purpose: staff of any role are let in to the console, find it from their own page, and are let out from it', {
  skip,
}, async () => {
  const { world } = house;
  const email = 'hjelper@operator.example';
  await world.staff('support', email);
  const person = (await world.idOf(email))!;
  const link = await makeLink(world.product.gates, person, world.now, { local: true });
  await house.visit({ javaScript: false }, async ({ page, open, arrived }) => {
    await open(path('enter', 'nb', { token: link }));
    await page.locator('main [type=submit]').click();
    await arrived(path('console', 'nb'));
    await open(path('my', 'nb'));
    await page.locator('.my-head a').click();
    await arrived(path('console', 'nb'));
    await page.locator('header [value=sign-out]').click();
    await arrived(path('home', 'nb'));
    await page.goto(path('console', 'nb'));
    await arrived(path('signIn', 'nb'));
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
