import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator } from 'playwright-core';
import { path } from '../../web/app/paths.ts';
import { promiseTexts } from '../../web/app/texts/promises.ts';
import { databases, openHouse, skip, type Visitor } from './browser.ts';

const house = openHouse();

/** One proof as the running server carries it out, after a look at its own pages. */
async function prove(): Promise<void> {
  const { product, now } = house.world;
  await product.sealer.seal(now);
  const port = Number(new URL(house.origin).port);
  await product.watch.tick(now, 0, { address: '127.0.0.1', port });
}

const textOf = async (place: Locator) => ((await place.allTextContents())[0] ?? '').trim();
const stateOf = async ({ page }: Visitor, clause: string) =>
  (await textOf(page.locator('details.promise summary', { hasText: `${clause}: ` }))).replace(
    `${clause}: `,
    '',
  );
const line = ({ page }: Visitor) => textOf(page.locator('.promises-line'));

test('0.version: the statement says of each promise whether it holds, when that was checked and what was counted', {
  skip,
}, async () => {
  await house.visit({ javaScript: false }, async (visitor) => {
    const { page, open } = visitor;
    await open(path('statement', 'nb'));
    assert.match(await line(visitor), /ikke kjent akkurat nå/);
    assert.match(await stateOf(visitor, 'r.access'), /Ikke kjent nå/);
    await prove();
    await open(path('statement', 'nb'));
    assert.match(await line(visitor), /^\d+ av \d+ løfter vises å holde, sist sjekket .* kl\. \d\d:\d\d\./);
    for (const [clause, state] of [
      ['r.access', 'Holder'],
      ['v.available', 'Holder'],
      ['s.consent', 'Ikke ennå'],
    ] as const)
      assert.match(await stateOf(visitor, clause), new RegExp(state), clause);
    const details = page.locator('details.promise', { hasText: 'r.access: ' }).first();
    await details.locator('summary').click();
    const told = await textOf(details.locator('.promise-told'));
    assert.match(told, /Det en person får se, er lest fra alle tabeller med personer/);
    assert.match(told, /Sett på: \d+ tabeller\./);
    assert.match(told, /Sist sjekket/);
    await open(path('statement', 'en'));
    assert.match(await line(visitor), /^\d+ of \d+ promises are shown to hold, last checked/);
  });
});

test('0.purpose: a promise that is broken is shown as broken to everybody, and as kept once it is mended', {
  skip,
}, async () => {
  const role = `"${house.world.config.rolePrefix}_newsletter"`;
  await house.visit({ width: 380 }, async (visitor) => {
    const { page, open } = visitor;
    await house.world.sql(`grant select (phone) on vault.person to ${role}`);
    try {
      await prove();
      await open(path('statement', 'nb'));
      assert.match(await line(visitor), /2 løfter er brutt\./);
      assert.match(await stateOf(visitor, '0.purpose'), /^Brutt/);
      const details = page.locator('details.promise', { hasText: '0.purpose: ' }).first();
      await details.locator('summary').focus();
      await page.keyboard.press('Enter');
      const told = await textOf(details.locator('.promise-told'));
      assert.match(told, /Brutt på én måte\./);
      assert.doesNotMatch(await page.content(), /vault\.person\.phone/);
      await open(path('statement', 'en'));
      assert.match(await stateOf(visitor, '0.purpose'), /^Broken/);
    } finally {
      await house.world.sql(`revoke select (phone) on vault.person from ${role}`);
    }
    await prove();
    await open(path('statement', 'nb'));
    assert.match(await stateOf(visitor, '0.purpose'), new RegExp(promiseTexts.nb.state.holds));
    assert.doesNotMatch(await line(visitor), /brutt/);
  });
});

test('v.available: with the databases gone the page says what was last found, and when', {
  skip,
}, async () => {
  await prove();
  await house.visit({}, async (visitor) => {
    const { open } = visitor;
    await open(path('statement', 'nb'));
    const before = await line(visitor);
    const page = await textOf(visitor.page.locator('main'));
    await databases(house.world, false);
    try {
      assert.equal(await open(path('statement', 'nb')), 200);
      assert.equal(await line(visitor), before);
      assert.equal(await textOf(visitor.page.locator('main')), page);
      const answer = await visitor.context.request.get('/api/v1/promises');
      assert.equal(answer.status(), 200);
      assert.equal((await answer.json()).checkedAt, house.world.now.toISOString());
      const { watch } = house.world.product;
      const mark = watch.promises.mark;
      await assert.rejects(watch.tick(house.world.now, 0));
      assert.equal(watch.promises.mark, mark, 'what could not be proved is not made up');
    } finally {
      await databases(house.world, true);
    }
  });
});

test('staff see how many promises held over time', { skip }, async () => {
  await house.visit({ as: await house.world.staff('privacy') }, async ({ page, open }) => {
    for (const language of ['nb', 'en'] as const) {
      assert.equal(await open(path('consoleProof', language)), 200);
      assert.ok(await page.locator('figure.plot svg').first().isVisible());
      assert.ok((await page.locator('figure.plot rect.broken').count()) > 1, 'the break is drawn');
    }
  });
});
