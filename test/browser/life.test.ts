import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import type { BrowserContext, Download, Locator, Page } from 'playwright-core';
import type { Item } from '#gates/answers.ts';
import { verifyReceipt } from '#gates/receipt-check.ts';
import { after as periodEnd } from '#statement/period.ts';
import { path } from '../../web/app/paths.ts';
import { erase } from '../../web/app/texts/erase.ts';
import { my } from '../../web/app/texts/my.ts';
import { newsletter } from '../../web/app/texts/newsletter.ts';
import { openHouse, skip, type Visitor } from './browser.ts';
import { leftBehind } from './looks.ts';

const house = openHouse();
const words = my.nb;

for (const javaScript of [false, true]) {
  const state = javaScript ? 'on' : 'off';
  test(
    `r.access, r.rectify-erase, r.object-restrict, r.withdraw, r.portability, u.cookies: a whole life with JavaScript ${state}`,
    {
      skip,
    },
    () =>
      house.visit({ javaScript }, async (visitor) => {
        const email = `kari.${state}@firma.example`;
        await signUp(visitor, email);
        await signIn(visitor, email);
        await seeEverything(visitor);
        await changeThings(visitor);
        await restrict(visitor);
        await readLetters(visitor, email);
        await takeACopy(visitor, email);
        await leave(visitor, email);
      }),
  );
}

async function signUp({ page, open, arrived }: Visitor, email: string): Promise<void> {
  await open(path('signUp', 'nb'));
  await page.locator('[name=email]').fill('kari@firma');
  await page.locator('main [type=submit]').click();
  await arrived(path('signUp', 'nb'));
  assert.equal(await page.locator('[role=alert] a[href="#name"]').count(), 1);
  assert.equal(await page.locator('[name=email]').inputValue(), 'kari@firma');
  const filled = {
    name: 'Kari Prøve',
    email,
    phone: '+47 100 00 001',
    place: 'Voss',
    company: 'Fjell og Fjord',
  };
  for (const [name, value] of Object.entries(filled)) await page.locator(`[name=${name}]`).fill(value);
  await page.locator('main [type=submit]').click();
  await arrived(path('signUpSent', 'nb'));
}

/** Follows the welcome letter; opening its link is not enough, however often. */
async function signIn({ page, context, open, arrived }: Visitor, email: string): Promise<void> {
  const { link } = await house.world.letterTo(email);
  const before = await house.world.state();
  for (const _ of ['a mail filter', 'the reader']) assert.equal(await open(link), 200);
  assert.deepEqual(await house.world.state(), before);
  assert.deepEqual(await context.cookies(), []);
  await page.locator('main [type=submit]').click();
  await arrived(path('my', 'nb'));
  await onlyDeclaredCookies(context, page);
  assert.equal(await open(link), 404);
  await open(path('my', 'nb'));
}

/** Every item that the API holds on the person is on the page, with where from, what for, on what ground and until when. */
async function seeEverything({ page, context }: Visitor): Promise<void> {
  const items = await itemsOf(context);
  const cards = page.locator('.item');
  const rows = page.locator('.item-group tbody tr');
  assert.equal((await cards.count()) + (await rows.count()), items.length);
  const { source, purpose, basis, given, leaves, recipients } = words.fields;
  const names = await cards.locator('.item-facts dt').allInnerTexts();
  for (const name of [source, purpose, basis, given, leaves, recipients])
    assert.equal(names.filter((one) => one === name).length, await cards.count(), `each card says ${name}`);
  for (const fact of await cards.locator('.item-facts dd').allInnerTexts()) assert.notEqual(fact.trim(), '');
  for (const summary of await page.locator('.item-group summary').all()) await summary.click();
  for (const text of await rows.allInnerTexts())
    for (const name of [source, recipients]) assert.ok(text.includes(`${name}: `), `${text} says ${name}`);
  for (const cell of await rows.locator('th, td').allInnerTexts()) assert.notEqual(cell.trim(), '');
  for (const value of ['Kari Prøve', 'Voss', 'Fjell og Fjord', '+4710000001'])
    assert.ok((await cards.locator('.item-value').allInnerTexts()).includes(value), value);
}

async function changeThings({ page, arrived }: Visitor): Promise<void> {
  const done = page.locator('main [role=status]').first();
  await page.getByRole('link', { name: words.correctLabel('sted') }).click();
  await arrived(path('myCorrect', 'nb'));
  await page.locator('[name=place]').fill('Florø');
  await page.locator('main form [type=submit]').click();
  await arrived(path('my', 'nb'));
  assert.equal(await said(done), words.done.corrected);
  const values = page.locator('.item-value');
  assert.ok((await values.allInnerTexts()).includes('Florø'));

  await page.getByRole('button', { name: words.eraseLabel('telefonnummer') }).click();
  await page.waitForURL(/done=erased/);
  assert.ok(!(await values.allInnerTexts()).includes('+4710000001'));

  const object = page.locator('#uses button[value=object]').first();
  if (!(await object.isVisible())) await page.locator('#uses summary').click();
  const what = (await object.getAttribute('aria-label'))?.split(': ')[1] ?? '';
  await object.click();
  await page.waitForURL(/done=objected/);
  assert.equal(await said(done), words.done.objected);
  await page.getByRole('button', { name: `${words.liftObjection}: ${what}` }).click();
  await page.waitForURL(/done=lifted/);
}

async function restrict({ page }: Visitor): Promise<void> {
  await page.getByRole('radio', { name: words.restrictReasons.accuracy }).check();
  await page.getByRole('button', { name: words.restrict, exact: true }).click();
  await page.waitForURL(/done=restricted/);
  assert.ok((await said(page.locator('.glance'))).includes(words.summary.restricted));
  await page.getByRole('button', { name: words.lift }).click();
  await page.waitForURL(/done=lifted/);
  assert.ok((await said(page.locator('.glance'))).includes(words.summary.free));
}

/** The newsletter from sign-up to leaving. Nothing is ticked beforehand, and only the button confirms. */
async function readLetters({ page, open, arrived }: Visitor, email: string): Promise<void> {
  const letters = newsletter.nb;
  await open(path('newsletter', 'nb'));
  assert.equal(await page.locator('[name=topics]:checked').count(), 0);
  await page.locator('[name=topics]').first().check();
  await page.locator('[name=email]').fill(email);
  await page.locator('main [type=submit]').click();
  await arrived(path('newsletterSent', 'nb'));

  const { link, token } = await house.world.letterTo(email);
  const before = await house.world.state();
  for (const _ of ['a mail filter', 'the reader']) assert.equal(await open(link), 200);
  assert.deepEqual(await house.world.state(), before);
  assert.ok(await said(page.locator('.consent-words')));
  const [yes, no] = [
    page.getByRole('button', { name: letters.yes }),
    page.getByRole('button', { name: letters.no }),
  ];
  const [look, other] = await Promise.all([yes, no].map((button) => button.getAttribute('data-variant')));
  assert.equal(look, other, 'yes and no look alike');
  await yes.click();
  await arrived(/^\/nyhetsbrev\/valg\//);
  assert.notEqual(page.url().split('/').at(-1)?.split('?', 1)[0], token);

  await page.locator('[name=topics]').last().check();
  await page.locator('button[value=save]').click();
  await page.waitForURL(/done=saved/);
  assert.equal(await page.locator('[name=topics]:checked').count(), 2);
  await page.locator('button[value=leave]').click();
  await arrived(/^\/kvittering\//);
  assert.equal(await said(page.locator('h1')), erase.nb.receipt.leftTitle);
  await open(path('my', 'nb'));
  assert.ok((await said(page.locator('#proofs'))).includes(words.states.withdrawn));
}

async function takeACopy({ page, context }: Visitor, email: string): Promise<void> {
  const held = await itemsOf(context);
  const files = unzipSync(
    new Uint8Array(await saved(page, () => page.getByRole('link', { name: words.export }).click())),
  );
  const data = JSON.parse(strFromU8(files['data.json']!));
  assert.deepEqual(
    data.items.map(({ id }: Item) => id),
    held.map(({ id }) => id),
  );
  assert.ok(strFromU8(files['index.html']!).includes(email));
}

async function leave({ page, context, open, arrived }: Visitor, email: string): Promise<void> {
  await page.getByRole('link', { name: words.eraseGo }).click();
  await arrived(path('myErase', 'nb'));
  await page.getByRole('button', { name: erase.nb.erase }).click();
  await arrived(/^\/kvittering\//);
  const file = await saved(page, () => page.getByRole('link', { name: erase.nb.receipt.download }).click());
  const receipt = JSON.parse(file.toString('utf8'));
  assert.deepEqual(verifyReceipt(receipt).problems, []);
  assert.equal(receipt.body.kind, 'erasure');
  assert.ok(!file.includes(email));

  assert.deepEqual(await context.cookies(), []);
  await page.goto(path('my', 'nb'));
  await arrived(path('signIn', 'nb'));
  assert.equal(await house.world.idOf(email), undefined);
  await open(path('home', 'nb'));
  await onlyDeclaredCookies(context, page);
}

/** Cookies are those that the statement declares, for no longer, out of reach of scripts; nothing else is left behind. */
async function onlyDeclaredCookies(context: BrowserContext, page: Page): Promise<void> {
  const { cookies: declared } = house.world.product.engine.statement;
  for (const cookie of await context.cookies()) {
    const { life } = declared[cookie.name] ?? {};
    assert.ok(life, `the statement declares no cookie named ${cookie.name}`);
    assert.deepEqual([cookie.httpOnly, cookie.sameSite, cookie.domain], [true, 'Lax', '127.0.0.1']);
    // Browsers keep whole seconds.
    const latest = periodEnd(house.world.now, life).getTime() / 1000 + 1;
    assert.ok(cookie.expires > 0 && cookie.expires <= latest, `${cookie.name} lives longer than ${life}`);
  }
  const nothing = { readableCookies: '', local: 0, session: 0, databases: 0, caches: 0 };
  assert.deepEqual(await page.evaluate(leftBehind), nothing);
}

async function itemsOf(context: BrowserContext): Promise<Item[]> {
  return (await (await context.request.get('/api/v1/me')).json()).items;
}

/** Text as it is seen. */
async function said(where: Locator): Promise<string> {
  return (await where.allInnerTexts()).join('\n').trim();
}

/** What the browser saves when something is pressed. */
async function saved(page: Page, press: () => Promise<void>): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()] as [
    Promise<Download>,
    Promise<void>,
  ]);
  return readFile(await download.path());
}
