import assert from 'node:assert/strict';
import { accessSync, constants } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { asOwner, ident } from '#platform/database.ts';
import { cluster } from '#test/cluster.ts';
import { World } from '#test/world.ts';
import { inOtherLanguage, languageOf, paths, scriptedPages } from '../../web/app/paths.ts';
import { documentLook } from './looks.ts';

/**
 * Where a Chromium may be: CHROMIUM first, then where systems put it. The headless shell is the same engine without the
 * rest of a browser, and shows the same pages with half the work.
 */
const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const found = places.find((place) => place !== undefined && isProgram(place));
const missing = 'no Chromium: install it or set CHROMIUM';

/** Why browser tests are left out here; false where they run. In CI they always run, and fail without a browser. */
export const skip: string | false = found === undefined && process.env.CI !== 'true' ? missing : false;

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

/** How a visitor's browser is set up; anything left out is a desktop in light colours with JavaScript on. */
export interface Setup {
  readonly javaScript?: boolean;
  readonly width?: number;
  readonly height?: number;
  /** A session's Cookie header, as {@link World.person} answers with. */
  readonly as?: string;
}

/** One visitor: a browser profile of its own with one page open. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Opens a path of the site and looks at the page with {@link arrived}. Answers with the HTTP status. */
  open(path: string): Promise<number>;
  /** Says that the page is at this path, and demands of it what holds for every page. */
  arrived(path: string | RegExp): Promise<void>;
}

/** A whole product that listens on loopback, and one browser to visit it with. */
export class House {
  world!: World;
  /** `http://127.0.0.1:…`, without a slash at the end. */
  origin!: string;
  site!: FastifyInstance;
  #browser: Browser | undefined;

  /** Opens world, site and browser. The clock is the real one, since a browser drops cookies by its own. */
  async open(name = '127.0.0.1'): Promise<void> {
    assert.ok(found, missing);
    this.world = await World.open();
    this.world.now = new Date();
    for (let tries = 0; this.origin === undefined; tries += 1) {
      // Below 32768: higher ports are lent out by the system to whoever connects somewhere.
      const port = 20_000 + Math.floor(Math.random() * 12_000);
      const origin = `http://${name}:${port}`;
      this.site = await this.world.siteAt(origin, true);
      try {
        await this.site.listen({ port, host: '127.0.0.1' });
        this.origin = origin;
      } catch (error) {
        await this.site.close();
        if (tries === 5) throw error;
      }
    }
    this.#browser = await chromium.launch({ executablePath: found, headless: true, args: quiet });
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await this.site?.close();
    await this.world?.close();
  }

  /**
   * Lets a visitor in and out again. Whatever they do, no request may leave for another host, and the console may
   * say nothing: a breach of the content security policy is said there. A failure leaves a picture in the
   * temporary folder.
   */
  async visit(setup: Setup, life: (visitor: Visitor) => Promise<void>): Promise<void> {
    const { javaScript = true, width = 1280, height = 900, as } = setup;
    const context = await this.#browser!.newContext({
      javaScriptEnabled: javaScript,
      viewport: { width, height },
      baseURL: this.origin,
      locale: 'nb-NO',
      timezoneId: 'Europe/Oslo',
    });
    context.setDefaultTimeout(30_000);
    if (as !== undefined) {
      const [name = '', value = ''] = as.split('=', 2);
      await context.addCookies([{ name, value, url: this.origin, httpOnly: true, sameSite: 'Lax' }]);
    }
    const wrong: string[] = [];
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (url.origin !== this.origin && url.protocol !== 'data:')
        wrong.push(`a request left for ${url.host}`);
      if (request.resourceType() === 'script' && !/^\/(passkey|progress)\.js$/.test(url.pathname))
        wrong.push(`a script was fetched: ${url.pathname}`);
    });
    context.on('console', (message) => {
      // What a browser says of every answer from 400 up, and tests ask for such answers.
      if (!/^Failed to load resource: the server responded/.test(message.text())) wrong.push(message.text());
    });
    context.on('weberror', (error) => wrong.push(error.error().message));
    const page = await context.newPage();
    try {
      await life({
        page,
        context,
        open: async (path) => {
          const response = await page.goto(path);
          await this.#arrived(page, path.split(/[?#]/, 1)[0]!);
          return response?.status() ?? 0;
        },
        arrived: (path) => this.#arrived(page, path),
      });
      assert.deepEqual(wrong, []);
    } catch (error) {
      const picture = join(tmpdir(), `hjemmel-browser-${Date.now()}.png`);
      await page.screenshot({ path: picture, fullPage: true }).catch(() => undefined);
      process.stderr.write(`at ${page.url()}, picture in ${picture}\n`);
      throw error;
    } finally {
      await context.close();
    }
  }

  async #arrived(page: Page, path: string | RegExp): Promise<void> {
    await page.waitForURL((url) =>
      typeof path === 'string' ? url.pathname === path : path.test(url.pathname),
    );
    const { pathname } = new URL(page.url());
    const seen = await page.evaluate(documentLook);
    const runs = scriptedPages.some((one) => Object.values(paths[one]).some((own) => own === pathname));
    assert.ok(seen.scripts <= (runs ? 1 : 0) && seen.handlers === 0, `${pathname} runs a script`);
    assert.equal(seen.language, languageOf(pathname), `${pathname} says its language`);
    const [here, other] = languageOf(pathname) === 'nb' ? ['nb', 'en'] : ['en', 'nb'];
    const alternates = { [here!]: pathname, [other!]: inOtherLanguage(pathname) };
    assert.deepEqual(seen.alternates, alternates, `${pathname} names itself and its partner`);
    assert.notEqual(seen.title, '', `${pathname} has a title`);
    assert.equal(seen.headings.filter((level) => level === 1).length, 1, `${pathname} has one h1`);
    const [first, ...rest] = seen.headings;
    assert.equal(first, 1, `${pathname} begins with its h1`);
    rest.forEach((level, place) => {
      assert.ok(level <= seen.headings[place]! + 1, `${pathname} skips a heading level: ${seen.headings}`);
    });
  }
}

/** A house that is open while the tests of a file run, furnished first, and never opened where they are skipped. */
export function openHouse(furnish?: (house: House) => Promise<void>, name?: string): House {
  const house = new House();
  before(async () => {
    if (skip !== false) return;
    await house.open(name);
    await furnish?.(house);
  });
  after(() => house.close());
  return house;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not to be run: the next place is tried.
    return false;
  }
}

/** Shuts both databases of a world, ending what is connected to them, or opens them again. */
export async function databases({ config }: World, open: boolean): Promise<void> {
  const { databaseUrl, keysUrl } = config;
  const { superuserUrl } = await cluster();
  await asOwner(superuserUrl, async (client) => {
    for (const url of [databaseUrl, keysUrl]) {
      const name = new URL(url!).pathname.slice(1);
      await client.query(`alter database ${ident(name)} allow_connections ${open}`);
      if (!open)
        await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
          name,
        ]);
    }
  });
}
