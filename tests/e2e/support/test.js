// What every spec imports instead of @playwright/test: a page with a frozen clock that fails on errors and on
// requests to other hosts, and helpers for accessibility and pictures.
import { test as base, expect } from '@playwright/test';
import { violationsOf } from './axe.js';

/** Friday 20 November 2026, 09:00 in New York. */
export const NOW = '2026-11-20T09:00:00-05:00';

const SIZES = { 1280: { width: 1280, height: 800 }, 390: { width: 390, height: 844 } };

/**
 * Stops the page's clock at an instant; timers go on. Workers take their time from the page's requests. Only `Date` is
 * changed: Playwright's own clock gives timers numbers above 2^31, which wasm can't keep, so they could not be cleared.
 */
export async function freezeClock(page, instant = NOW) {
  const freeze = (fixed) => {
    const Real = globalThis.RealDate ?? Date;
    globalThis.RealDate = Real;
    globalThis.Date = class Date extends Real {
      constructor(...parts) {
        super(...(parts.length === 0 ? [fixed] : parts));
      }
      static now() {
        return fixed;
      }
    };
  };
  await page.addInitScript(freeze, Date.parse(instant));
  await page.evaluate(freeze, Date.parse(instant));
}

/** Makes the page's own thread so many times slower: what races shows itself. Workers go on as fast as they are. */
async function slowDown(page, rate) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
}

/** Collects what must never happen on a page: uncaught errors, console errors, requests to another host. */
export function watchPage(page) {
  const problems = [];
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1') problems.push(`request: ${request.url()}`);
  });
  return problems;
}

export async function expectAccessible(page) {
  // As tall as the page: what the bars that stay on the screen happen to cover at one scroll position is no fault.
  const size = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: size.width, height: Math.max(size.height, height) });
  const told = await base.step('the rules of axe', () => violationsOf(page));
  await page.setViewportSize(size);
  expect(told, told.join('\n')).toEqual([]);
}

/**
 * Runs a check in light and dark, wide and narrow. With E2E_PICTURES=1 it leaves a picture of each in test-results/pictures:
 * drawing whole pages costs more than checking them.
 */
export async function inEveryLook(page, name, check = async () => {}) {
  for (const colorScheme of ['light', 'dark']) {
    for (const [width, size] of Object.entries(SIZES)) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      const path = `test-results/pictures/${name}-${width}-${colorScheme}.png`;
      if (process.env.E2E_PICTURES) await page.screenshot({ path, fullPage: true });
      await check({ colorScheme, width: Number(width) });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(SIZES[1280]);
}

export const test = base.extend({
  /** What a spec that provokes errors expects to see: `test.use({ provoked: /Content Security Policy/ })`. */
  provoked: [null, { option: true }],

  page: async ({ page, provoked }, use) => {
    const problems = watchPage(page);
    if (process.env.E2E_SLOW) await slowDown(page, Number(process.env.E2E_SLOW));
    await freezeClock(page);
    await use(page);
    const unexpected = problems.filter((problem) => !provoked?.test(problem));
    expect(unexpected, unexpected.join('\n')).toEqual([]);
  },
});

export { expect };
