import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { swap } from '#test/statement.ts';
import { path } from '../../web/app/paths.ts';
import { versionTexts } from '../../web/app/texts/versions.ts';
import { type House, openHouse, skip } from './browser.ts';

const home = await mkdtemp(join(tmpdir(), 'hjemmel-versions-'));
after(() => rm(home, { recursive: true, force: true }));
const statementDir = join(home, 'statement');
const words = versionTexts.nb;
const changes: [file: string, written: string, instead: string][] = [
  [
    'statement.yaml',
    '      - contact.opt-out\n      - preference.language\n      - preference.topics\n      - record.consent\n      - record.mail\n  confirmation:',
    '      - contact.opt-out\n      - contact.phone\n      - preference.language\n      - preference.topics\n      - record.consent\n      - record.mail\n  confirmation:',
  ],
  ['statement.yaml', '    period: P18M', '    period: P12M'],
  ['nb.md', 'til å sende de brevene du har bedt om', 'til å sende deg brevene du vil ha'],
  ['en.md', 'send the letters you have asked for', 'send you the letters you want'],
];
let preferences = '';
let me = '';

/** A version is applied and waits; the house serves on as if it had been opened after that. */
async function furnish(house: House): Promise<void> {
  const { world } = house;
  preferences = await world.subscriber('siv@post.example');
  me = await world.person('siv@post.example');
  await cp(fileURLToPath(new URL('../../statement/', import.meta.url)), statementDir, { recursive: true });
  for (const [name, written, instead] of changes) {
    const file = join(statementDir, name);
    await writeFile(file, swap(await readFile(file, 'utf8'), written, instead));
  }
  Object.assign(world, { config: { ...world.config, statementDir } });
  await again(house);
}

async function again(house: House): Promise<void> {
  const { port } = new URL(house.origin);
  await house.site.close();
  await house.world.stop();
  await house.world.start();
  house.site = await house.world.siteAt(house.origin, true);
  await house.site.listen({ port: Number(port), host: '127.0.0.1' });
}

const house = openHouse(furnish);

test('v.changes: staff read what the files would do, and apply it elsewhere', { skip }, async () => {
  const as = await house.world.staff('privacy');
  const { hash } = await house.world.product.plan(house.world.now);
  await house.visit({ as, javaScript: false }, async ({ page, open }) => {
    assert.equal(await open(path('console', 'nb')), 200);
    assert.equal(await open(path('consolePlan', 'nb')), 200);
    const text = (await page.locator('main').allInnerTexts()).join();
    assert.match(text, /Versjon 3\.0 blir til 3\.1\./);
    assert.match(text, /purposes\.newsletter\.reads/);
    assert.match(text, /får lese vault\.person\.phone/);
    assert.ok(text.includes(`hjemmel apply ${hash}`));
    assert.equal(await open(path('consolePlan', 'en')), 200);
  });
});

test('v.notice: everybody sees what is coming, word by word, and whoever is asked answers in one press', {
  skip,
}, async () => {
  const { world } = house;
  const { hash } = await world.product.plan(world.now);
  await world.product.apply(hash!, { actor: { kind: 'system' }, at: world.now });
  await again(house);
  await world.product.gates.keep(world.now);
  await house.visit({ javaScript: false, width: 390 }, async ({ page, open, arrived }) => {
    await open(path('statement', 'nb'));
    await page.getByRole('link', { name: words.comingLook }).first().click();
    await arrived(path('versions', 'nb'));
    const gone = await page.locator('.sides del').allInnerTexts();
    const came = await page.locator('.sides ins').allInnerTexts();
    assert.ok(gone.some((text) => text.includes('18')) && came.some((text) => text.includes('12')));
    assert.ok(came.some((text) => text.startsWith(words.came)));
    await page.selectOption('[name=fra]', '3.1');
    await page.selectOption('[name=til]', '3.0');
    await page.getByRole('button', { name: words.compare }).click();
    await arrived(path('versions', 'nb'));
    assert.ok((await page.locator('.sides ins').allInnerTexts()).some((text) => text.includes('18')));
    await open(path('newsletterChoices', 'nb', { token: preferences }));
    await page.getByRole('button', { name: words.renew }).click();
    await arrived(path('newsletterChoices', 'nb', { token: preferences }));
    assert.match((await page.locator('main').allInnerTexts()).join(), /Du har sagt ja til den nye versjonen/);
  });
  await house.visit({ as: me, javaScript: false }, async ({ page, open }) => {
    await open(path('my', 'en'));
    const text = (await page.locator('main').allInnerTexts()).join();
    assert.match(text, /a new version applies, 3\.1/);
    assert.match(text, /You have said yes to the new version/);
    assert.match(text, /New versions we have told you of/);
  });
});
