import { test } from '@playwright/test';
import { firstLoad, packed } from '../../scripts/parts.mjs';
import { alternate, quantile, record, strictTransactions } from './support/measure.js';

const ROUNDS = 9;

test('first load', async () => {
  const { main, core } = firstLoad();
  await record({ name: 'main module, script and styles, gzipped', unit: 'KB', ours: packed(main) / 1024, promise: '450' });
  await record({ name: 'all that comes before Today, gzipped', unit: 'KB', ours: packed([...main, ...core]) / 1024 });
});

test('address to first heading', async ({ browser, baseURL }) => {
  const open = async (prepare) => {
    const context = await browser.newContext({ baseURL, serviceWorkers: 'block' });
    const page = await context.newPage();
    await prepare(page);
    const began = performance.now();
    await page.goto('./');
    await page.getByRole('heading', { level: 1 }).waitFor();
    const taken = performance.now() - began;
    await context.close();
    return taken;
  };
  const plain = '<!doctype html><title>x</title><script type="module">document.body.append(Object.assign(document.createElement("h1"), { textContent: "x" }))</script>';
  const taken = await alternate(
    ROUNDS,
    () => open(async () => {}),
    () => open((page) => page.route('**/', (route) => route.fulfill({ contentType: 'text/html', body: plain }))),
  );
  await record({ name: 'address to first heading, against a plain page', unit: 'ms', ours: quantile(taken.ours, 0.5), baseline: quantile(taken.baseline, 0.5) });
});

test('starting the core worker', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('heading', { level: 1 }).waitFor();
  const taken = await page.evaluate(async (rounds) => {
    const times = [];
    for (let round = 0; round < rounds; round += 1) {
      const began = performance.now();
      const worker = await globalThis.__caseload.spawnWorker('core');
      times.push(performance.now() - began);
      worker.terminate();
    }
    return times;
  }, ROUNDS);
  await record({ name: 'starting the core worker', unit: 'ms', ours: quantile(taken, 0.5) });
});

test('the floor under a save', async ({ page }) => {
  await page.goto('./');
  const taken = await strictTransactions(page, { rounds: 50, bytes: 4096 });
  await record({ name: 'bare strict transaction of 4 KB, median', unit: 'ms', ours: quantile(taken, 0.5) });
  await record({ name: 'bare strict transaction of 4 KB, 95th percentile', unit: 'ms', ours: quantile(taken, 0.95) });
});
