import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { killProfile, openProfile } from './support/browser.js';
import { fromText, toText } from '../../src/web/packed-text.js';
import { makeRegistry } from './support/registry.js';
import { NOW, expect, expectAccessible, inEveryLook, test } from './support/test.js';

const SINGLE_FILE = pathToFileURL(resolve('dist-single/caseload.html')).href;

/** Starts a worker of each kind and says what became of it. */
async function workersStarted(page) {
  return page.evaluate(async () => {
    const started = {};
    for (const kind of ['core', 'kdf']) {
      const worker = await globalThis.__caseload.spawnWorker(kind);
      started[kind] = worker instanceof Worker;
      worker?.terminate();
    }
    return started;
  });
}

/** Puts an inline script in the page, as an attacker would, and says whether it ran. */
async function injectedScriptRuns(page) {
  return page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.injected = true';
    document.head.append(script);
    return globalThis.injected === true;
  });
}

async function expectStarted(page) {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('#boot')).toHaveCount(0);
}

test('the site starts with a frozen clock and no violation in any look', async ({ page }) => {
  await page.goto('./');
  await expectStarted(page);
  expect(await page.evaluate(() => Date.now())).toBe(Date.parse(NOW));
  await inEveryLook(page, 'start', () => expectAccessible(page));
});

test('the page tells browsers not to translate, refer or style from elsewhere', async ({ page }) => {
  await page.goto('./');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('html')).toHaveAttribute('translate', 'no');
  await expect(page.locator('meta[name=referrer]')).toHaveAttribute('content', 'no-referrer');
  await expect(page.locator('[style], style')).toHaveCount(0);
});

test.describe('the policy', () => {
  test.use({ provoked: /Content Security Policy/ });

  test('of the site is the one in the design, and it holds', async ({ page, baseURL }) => {
    const html = await (await fetch(baseURL)).text();
    expect(html).toContain(
      "content=\"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; " +
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'\"",
    );
    await page.goto('./');
    expect(await injectedScriptRuns(page)).toBe(false);
  });

  test('of the single file allows its own script and no connection', async ({ page }) => {
    await page.goto(SINGLE_FILE);
    await expectStarted(page);
    expect(await injectedScriptRuns(page)).toBe(false);
    expect(await page.evaluate(() => fetch('data:text/plain,x').then(() => true, () => false))).toBe(false);
  });
});

test('bytes of any length come back from the text that the single file holds them in, which a quoted string in a page can hold', () => {
  const single = Array.from({ length: 256 }, (_, byte) => Buffer.from([byte]));
  const edges = [Buffer.alloc(40, 0), Buffer.alloc(40, 255), Buffer.alloc(0), ...single];
  const some = Array.from({ length: 60 }, (_, length) => randomBytes(length));
  for (const bytes of [...edges, ...some]) {
    const text = toText(bytes);
    // One byte each, without the six that a quoted string in a page can't hold, and for these six times 128 of two bytes.
    expect(text).toMatch(/^\d+ [\x01-\x09\x0b\x0c\x0e-\x21\x23-\x3b\x3d-\x5b\x5d-\u037f]*$/);
    expect(Buffer.from(fromText(text)).equals(bytes)).toBe(true);
  }
});

test('the same module starts as the core worker and as a key derivation worker', async ({ page }) => {
  await page.goto('./');
  await expectStarted(page);
  expect(await workersStarted(page)).toEqual({ core: true, kdf: true });
  const refused = await page.evaluate(() => globalThis.__caseload.spawnWorker('other').catch((error) => error.name));
  expect(refused).toBe('TypeError');
});

test('where the browser refuses workers the page is told so', async ({ page }) => {
  await page.addInitScript(() => {
    globalThis.Worker = class {
      constructor() {
        throw new DOMException('no', 'SecurityError');
      }
    };
  });
  await page.goto('./');
  await expectStarted(page);
  expect(await page.evaluate(() => globalThis.__caseload.spawnWorker('core'))).toBe(null);
});

test('the site works offline once it has been opened', async ({ page, context }) => {
  await page.goto('./');
  await expect.poll(() => page.evaluate(() => globalThis.__caseload.offline)).toBe('ready');
  await context.setOffline(true);
  await page.reload();
  await expectStarted(page);
  expect(await workersStarted(page)).toEqual({ core: true, kdf: true });
  const offline = await context.newPage();
  await offline.goto('./index.html#/');
  await expectStarted(offline);
});

test.describe('offline on the first visit', () => {
  test.use({ provoked: /Failed to load resource/ });

  test('pages that were never opened come from what is kept', async ({ page, context }) => {
    await makeRegistry(page);
    await expect.poll(() => page.evaluate(() => globalThis.__caseload.offline)).toBe('ready');
    await context.setOffline(true);
    for (const place of ['Settings', 'Caseload']) {
      await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: place }).click();
      await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible();
    }
  });
});

test.describe('a part of the module', () => {
  test.use({ serviceWorkers: 'block', provoked: /Failed to load resource|could not be fetched/ });

  test('is fetched when its page is opened; one that fails says so and comes on the second try', async ({ page }) => {
    const fetched = [];
    page.on('request', (request) => fetched.push(request.url()));
    const office = /\/split_office-[\w-]+\.wasm$/;
    await page.route(office, (route) => route.abort());
    await makeRegistry(page);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(fetched.filter((url) => office.test(url))).toEqual([]);
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Settings' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'This page could not be loaded' })).toBeVisible();
    await expect(page.getByRole('alert')).toContainText('Your data is safe');
    await expect(page.getByRole('alert')).toContainText('988');
    await page.unroute(office);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  });
});

test('the service worker keeps every file that was built and never takes over', async () => {
  const worker = readFileSync('dist/offline.js', 'utf8');
  const page = readFileSync('dist/index.html', 'utf8');
  const assets = [...page.matchAll(/\.\/(assets\/[^"]+)/g)].map(([, asset]) => asset);
  expect(assets.length).toBeGreaterThan(1);
  for (const asset of [...assets, 'index.html', 'icon.svg', 'manifest.webmanifest']) expect(worker).toContain(asset);
  const modules = readdirSync('dist/assets').filter((name) => name.endsWith('.wasm'));
  expect(modules.length).toBeGreaterThan(1);
  for (const name of modules) expect(worker).toContain(`assets/${name}`);
  expect(worker).not.toMatch(/skipWaiting|SKIP_WAITING|clients\.claim/);
});

test('the page refuses to run inside another page', async ({ page, baseURL }) => {
  const host = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<iframe src="${baseURL}" title="inner"></iframe>`);
  });
  await new Promise((listening) => host.listen(0, '127.0.0.1', listening));
  await page.goto(`http://127.0.0.1:${host.address().port}/`);
  const inner = page.frameLocator('iframe');
  await expect(inner.getByRole('alert')).toContainText('does not run inside another page');
  await expect(inner.getByRole('heading', { level: 1 })).toHaveCount(0);
  host.close();
});

test('the single file starts from disk with its workers and asks no host for anything', async ({ page }) => {
  const requests = [];
  page.on('request', (request) => requests.push(request.url().split(':')[0]));
  await page.goto(SINGLE_FILE);
  await expectStarted(page);
  expect(await workersStarted(page)).toEqual({ core: true, kdf: true });
  // What seals files is inside it too.
  const opened = await page.evaluate(async () => {
    const passphrase = 'walnut ferry crossing at seven';
    const made = await globalThis.__caseload.sealed({ deed: 'seal', bytes: new TextEncoder().encode('kept'), passphrase });
    const read = await globalThis.__caseload.sealed({ deed: 'open', bytes: made.bytes, passphrase });
    return new TextDecoder().decode(read.bytes);
  });
  expect(opened).toBe('kept');
  expect(requests.filter((scheme) => !['file', 'blob', 'data'].includes(scheme))).toEqual([]);
});

test('a single file that was changed on its way does nothing, and says that it is damaged', async ({ browser }) => {
  // A page of its own: what the policy refuses is an error on its console.
  test.setTimeout(60_000);
  const page = await (await browser.newContext()).newPage();
  const text = readFileSync('dist-single/caseload.html', 'utf8');
  const folder = await mkdtemp(join(tmpdir(), 'caseload-damaged-'));
  const script = text.lastIndexOf('</script>') - 100;
  writeFileSync(join(folder, 'damaged.html'), `${text.slice(0, script)} ${text.slice(script)}`);
  await page.goto(pathToFileURL(join(folder, 'damaged.html')).href);
  const slow = page.getByText(/this copy of Caseload is cut short or was changed on its way/);
  await expect(slow).toBeHidden();
  await expect(slow).toBeVisible({ timeout: 40_000 });
  await page.context().close();
  await rm(folder, { recursive: true, force: true });
});

test('a profile outlives a browser that is killed', async ({ baseURL }) => {
  const folder = await mkdtemp(join(tmpdir(), 'caseload-profile-'));
  const first = await openProfile(folder);
  await first.pages()[0].goto(baseURL);
  await first.pages()[0].evaluate(() => localStorage.setItem('kept', 'yes'));
  await first.close();
  const second = await openProfile(folder);
  await second.pages()[0].goto(baseURL);
  await killProfile(folder);
  const third = await openProfile(folder);
  await third.pages()[0].goto(baseURL);
  expect(await third.pages()[0].evaluate(() => localStorage.getItem('kept'))).toBe('yes');
  await third.close();
  await rm(folder, { recursive: true });
});
