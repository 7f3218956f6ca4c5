import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BROWSER_ARGS, killProfile, openProfile } from './support/browser.js';
import { NOW, expect, expectAccessible, inEveryLook, test, watchPage } from './support/test.js';

const single = pathToFileURL(resolve('dist-single/caseload.html')).href;

const askWorker = (kind) =>
  globalThis.__caseload.spawnWorker(kind).then(
    (worker) =>
      worker &&
      new Promise((settle) => {
        worker.onmessage = ({ data }) => settle(data);
        worker.postMessage('hello');
      }),
  );

test('the site starts, with a frozen clock and no violation in any look', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('#boot')).toHaveCount(0);
  expect(await page.evaluate(() => Date.now())).toBe(Date.parse(NOW));
  await inEveryLook(page, 'start', () => expectAccessible(page));
});

test('the page says what it is to browsers that read along', async ({ page }) => {
  await page.goto('./');
  const root = page.locator('html');
  await expect(root).toHaveAttribute('lang', 'en');
  await expect(root).toHaveAttribute('translate', 'no');
  await expect(page.locator('meta[name=referrer]')).toHaveAttribute('content', 'no-referrer');
  await expect(page.locator('[style], style')).toHaveCount(0);
});
