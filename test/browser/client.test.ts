import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { after as periodEnd } from '#statement/period.ts';
import { COMPANY } from '#test/clients.ts';
import { longDate } from '../../web/app/dates.ts';
import { path } from '../../web/app/paths.ts';
import { become } from '../../web/app/texts/become.ts';
import { clientTexts } from '../../web/app/texts/client.ts';
import { userTexts } from '../../web/app/texts/client-users.ts';
import { companyTexts } from '../../web/app/texts/company.ts';
import { documents } from '../../web/app/texts/documents.ts';
import { home } from '../../web/app/texts/home.ts';
import { invitationTexts } from '../../web/app/texts/invitation.ts';
import { refusals } from '../../web/app/texts/refusals.ts';
import { openHouse, skip, type Visitor } from './browser.ts';
import { pictures } from './pictures.ts';

const house = openHouse();
const words = clientTexts.nb;

for (const javaScript of [false, true]) {
  const state = javaScript ? 'on' : 'off';
  const owner = `eier.${state}@firma.example`;
  const invited = { user: `bruker.${state}@firma.example`, administrator: `admin.${state}@firma.example` };
  const known = javaScript;
  const company = known ? 'NORDRE PRØVE AS' : COMPANY.name;
  const number = known ? '310 000 000' : COMPANY.number;
  let step = 0;
  const picture = (page: Page, name: string) => {
    step += 1;
    const file = `${state}-${String(step).padStart(2, '0')}-${name}.png`;
    return page.screenshot({ path: join(pictures, file), fullPage: true });
  };

  test(
    `1.1.profile, u.customer, 0.roles, k.client, k.active-12-months: a new owner gets from the front page to a running client with two invited users, ends it and takes it up again, with JavaScript ${state}`,
    {
      skip,
    },
    () =>
      house.visit({ javaScript }, async (visitor) => {
        const { page, open } = visitor;
        await findCompany(visitor);
        await sayWho(visitor);
        const client = await found(visitor);
        for (const [level, email] of Object.entries(invited)) await invite(visitor, client, email, level);
        await picture(page, 'invited');
        const letters = await house.world.letters();
        for (const email of Object.values(invited)) {
          const { link } = letters.get(email)!;
          await house.visit({ javaScript }, (guest) => accept(guest, link, client, email));
        }
        await open(path('clientUsers', 'nb', { client }));
        assert.equal(await page.locator('.items .item').count(), 3);
        assert.equal(await page.locator('#waiting').count(), 0);
        await picture(page, 'users');
        await end(visitor, client);
        await resume(visitor, client);
      }),
  );

  /** The register knows the company in one walk, and in the other nobody: a company can become a client all the same. */
  async function findCompany({ page, open, arrived }: Visitor): Promise<void> {
    if (known) house.world.register.units.set(number.replaceAll(' ', ''), { name: company });
    await open(path('home', 'nb'));
    await picture(page, 'home');
    await page.getByRole('link', { name: home.nb.becomeTitle }).first().click();
    await arrived(path('become', 'nb'));
    await page.locator('#q').fill(company);
    await page.getByRole('button', { name: companyTexts.nb.search }).click();
    await page.waitForURL(/q=/);
    await picture(page, 'found');
    if (known) await page.getByRole('link', { name: company }).click();
    else {
      assert.ok((await said(page)).includes(companyTexts.nb.none(company)));
      await page.getByRole('link', { name: become.nb.hand }).click();
    }
    await page.waitForURL(known ? /number=/ : /hand=1/);
  }

  async function sayWho({ page, arrived }: Visitor): Promise<void> {
    assert.equal(await page.locator('#name').inputValue(), known ? company : '');
    await page.getByRole('button', { name: become.nb.sendLink }).click();
    await arrived(path('become', 'nb'));
    for (const field of known ? ['person', 'email'] : ['name', 'person', 'email'])
      assert.equal(await page.locator(`[role=alert] a[href="#${field}"]`).count(), 1, field);
    const filled = { name: company, person: 'Kari Prøve', email: owner };
    for (const [name, value] of Object.entries(filled)) await page.locator(`#${name}`).fill(value);
    await picture(page, 'who');
    await page.getByRole('button', { name: become.nb.sendLink }).click();
    await arrived(path('becomeSent', 'nb'));
    await picture(page, 'sent');
    const { link } = await house.world.letterTo(owner);
    await page.goto(link);
    await page.locator('main [type=submit]').click();
    await arrived(path('become', 'nb'));
  }

  /** Nothing is ticked beforehand, and nothing is founded before both documents are accepted. */
  async function found({ page, arrived }: Visitor): Promise<string> {
    assert.equal(await page.locator('#name').inputValue(), company, 'what was chosen is kept');
    assert.equal(await page.locator('#number').inputValue(), known ? number : '');
    assert.equal(await page.locator('main :checked').count(), 0);
    const go = page.getByRole('button', { name: become.nb.go });
    await go.click();
    await arrived(path('become', 'nb'));
    for (const field of [...(known ? [] : ['number']), 'modules', 'agreement', 'dpa'])
      assert.equal(await page.locator(`[role=alert] a[href="#${field}"]`).count(), 1, field);
    await page.locator('[name=modules]').first().check();
    await page.locator('[name=modules]').last().check();
    for (const document of ['agreement', 'dpa']) await page.locator(`#${document}`).check();
    await page.locator('#number').fill('999 999 998');
    await go.click();
    await arrived(path('become', 'nb'));
    const wrong = await seen(page.locator('#number-error'));
    assert.equal(wrong, refusals.nb.wrong.number);
    await picture(page, 'wrong-number');
    await page.locator('#number').fill(number);
    await page.locator('#place').fill(COMPANY.place);
    await picture(page, 'agree');
    await go.click();
    await arrived(/^\/klient\/[0-9a-f-]{36}$/);
    const shown = await said(page);
    for (const text of [words.done.began!, company, words.nextTitle, 'Kari Prøve'])
      assert.ok(shown.includes(text), text);
    await picture(page, 'client');
    return new URL(page.url()).pathname.split('/').at(-1)!;
  }

  async function invite({ page, open, arrived }: Visitor, client: string, email: string, level: string) {
    await open(path('clientUsers', 'nb', { client }));
    await page.locator('#email').fill(email);
    await page.locator('#level').selectOption(level);
    await page.getByRole('button', { name: userTexts.nb.invite }).click();
    await arrived(path('clientUsers', 'nb', { client }));
    assert.ok((await said(page)).includes(userTexts.nb.done.invited!));
    assert.ok((await seen(page.locator('#waiting'))).includes(email));
  }

  /** Opening the link changes nothing; saying yes signs in, and shows no more than the level reaches. */
  async function accept({ page, open, arrived }: Visitor, link: string, client: string, email: string) {
    const before = await kept();
    for (const _ of ['a mail filter', 'the reader']) await open(link);
    assert.deepEqual(await kept(), before);
    const shown = await said(page);
    for (const text of [invitationTexts.nb.title(company), 'Kari Prøve', email])
      assert.ok(shown.includes(text), text);
    await page.locator('#name').fill('Jon Prøve');
    await picture(page, 'invitation');
    await page.getByRole('button', { name: invitationTexts.nb.yes }).click();
    await arrived(path('client', 'nb', { client }));
    assert.ok((await said(page)).includes(words.done.joined!));
    assert.equal(await page.getByRole('link', { name: words.endGo }).count(), 0, 'the owner alone ends it');
    await picture(page, 'joined');
  }

  /** What will happen is told in dates before the button, and the same date stands large after it. */
  async function end({ page, open, arrived }: Visitor, client: string): Promise<void> {
    await open(path('client', 'nb', { client }));
    await page.getByRole('link', { name: words.endGo }).click();
    await arrived(path('clientEnd', 'nb', { client }));
    const { resume: rule } = house.world.product.engine.statement.storage;
    const until = longDate(periodEnd(house.world.now, rule!.period).toISOString(), 'nb');
    assert.ok((await said(page)).includes(until));
    await picture(page, 'before-the-end');
    await page.getByRole('button', { name: words.end.go }).click();
    await arrived(path('client', 'nb', { client }));
    assert.equal(await seen(page.locator('.clock-date')), until);
    await picture(page, 'ended');
    // What is closed leads back to where the clock is.
    await page.goto(path('clientUsers', 'nb', { client }));
    await arrived(path('client', 'nb', { client }));
  }

  async function resume({ page, open, arrived }: Visitor, client: string): Promise<void> {
    const go = page.getByRole('button', { name: words.resume, exact: true });
    await go.click();
    await arrived(path('client', 'nb', { client }));
    assert.ok((await said(page)).includes(documents.nb.mustAccept.dpa));
    for (const document of ['agreement', 'dpa']) await page.locator(`#${document}`).check();
    await go.click();
    await arrived(path('client', 'nb', { client }));
    assert.ok((await said(page)).includes(words.done.resumed!));
    assert.equal(await page.locator('.clock-date').count(), 0);
    await picture(page, 'resumed');
    await open(path('clientUsers', 'nb', { client }));
    assert.equal(await page.locator('.items .item').count(), 3);
  }
}

test('1.1.profile, k.client: whoever only reads the newsletter makes a profile on the way, and is asked for a name', {
  skip,
}, async () => {
  const { world } = house;
  const email = 'leser@firma.example';
  await world.subscriber(email);
  await world.call('POST', 'sign-in/links', { body: { email } });
  const as = await world.open((await world.letterTo(email)).token);
  await house.visit({ as, javaScript: false }, async (visitor) => {
    const { page, open, arrived } = visitor;
    const go = page.getByRole('button', { name: become.nb.go });
    const fill = async (fields: Record<string, string>) => {
      await open(`${path('become', 'nb')}?hand=1`);
      for (const [field, value] of Object.entries(fields)) await page.locator(`#${field}`).fill(value);
      for (const box of await page.locator('main [type=checkbox]').all()) await box.check();
      await go.click();
    };
    const company = { name: COMPANY.name, number: COMPANY.number };
    await fill({ ...company, person: 'Siv Prøve' });
    await arrived(path('become', 'nb'));
    assert.ok((await said(page)).includes(refusals.nb.codes['customers.no-profile']!));
    assert.equal(await page.locator('#email').inputValue(), email);
    await page.getByRole('button', { name: become.nb.sendLink }).click();
    await arrived(path('becomeSent', 'nb'));
    await page.goto((await world.letterTo(email)).link);
    await page.locator('main [type=submit]').click();
    await arrived(path('become', 'nb'));
    await fill(company);
    await arrived(/^\/klient\/[0-9a-f-]{36}$/);
    assert.ok((await said(page)).includes('Siv Prøve'));
  });
});

test('k.client: with the register away one is told so calmly and writes the company by hand', {
  skip,
}, async () => {
  house.world.register.instead = (_, response) => {
    response.writeHead(503).end();
    return true;
  };
  await house.visit({ javaScript: false }, async ({ page, open }) => {
    assert.equal(await open(`${path('become', 'nb')}?q=borte`), 200);
    assert.ok((await said(page)).includes(become.nb.away));
    await page.getByRole('link', { name: become.nb.hand }).click();
    await page.waitForURL(/hand=1/);
    assert.equal(await page.locator('#person').count(), 1);
    await open(`${path('become', 'nb')}?number=${COMPANY.number}`);
    assert.equal(await page.locator('#person').count(), 1, 'a number that cannot be looked up stops nobody');
  });
});

/** What is kept, but for the journal: it tells of every look. */
async function kept(): Promise<Record<string, string>> {
  const all = Object.entries(await house.world.state());
  return Object.fromEntries(all.filter(([table]) => !table.startsWith('journal.')));
}

/** The text of the page as it is seen. */
function said(page: Page): Promise<string> {
  return seen(page.locator('main'));
}

/** Text as it is seen. */
async function seen(where: Locator): Promise<string> {
  return (await where.allInnerTexts()).join('\n').trim();
}
