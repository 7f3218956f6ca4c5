// The promises on the bench registry: 10,000 charts, some 200,000 entries, seeded; scripts/bench.sh makes the file.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from '@playwright/test';
import { openProfile } from '../e2e/support/browser.js';
import { contactForm } from '../e2e/support/contact.js';
import { PASSPHRASE, keepSheet } from '../e2e/support/registry.js';
import { NOW, freezeClock } from '../e2e/support/test.js';
import { clear, privateMemory, probe, requestTimes } from './support/probe.js';
import { quantile, record, strictRecords, written } from './support/measure.js';
import { bulkPut, plainPage } from './support/plain.js';

const FILE = '.build/bench/registry.json';
const ROUNDS = 7;

test.describe.configure({ mode: 'serial' });

let folder;
let context;
let page;

test.beforeAll(async ({ baseURL }) => {
  folder = mkdtempSync(join(tmpdir(), 'caseload-bench-'));
  context = await openProfile(folder, { baseURL, serviceWorkers: 'block' });
  page = context.pages()[0] ?? (await context.newPage());
  await probe(page);
  await freezeClock(page);
});

test.afterAll(async () => {
  await context?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Milliseconds from an action in the page until a condition holds and the browser has laid it out. */
function paintTime(act, settled) {
  return page.evaluate(
    ({ act, settled }) =>
      new Promise((resolve) => {
        const holds = new Function(`return (${settled})`);
        const began = performance.now();
        const look = () => {
          if (!holds()) return false;
          document.body.getBoundingClientRect();
          watch.disconnect();
          resolve(performance.now() - began);
          return true;
        };
        const watch = new MutationObserver(look);
        watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
        new Function(act)();
        look();
      }),
    { act, settled },
  );
}

test('import against bulkPut', async ({}, info) => {
  info.setTimeout(900_000);
  const text = readFileSync(FILE, 'utf8');
  await page.goto('./');
  await page.getByRole('button', { name: 'Open my file' }).click();
  await page.locator('input[type=file]').setInputFiles(FILE);
  await page.getByText(/It holds [\d,]+ patients/).waitFor({ timeout: 120_000 });
  await page.getByLabel('Your name').fill('Marta Quist');
  await page.getByLabel('Label of your key').fill('MQ');
  await page.locator('#passphrase').fill(PASSPHRASE);
  await page.locator('#passphrase-again').fill(PASSPHRASE);
  await clear(page);
  await page.getByRole('button', { name: 'Open it here' }).click();
  await page.getByRole('heading', { level: 1, name: 'Your recovery sheet' }).waitFor({ timeout: 600_000 });
  const ours = Math.max(...(await requestTimes(page)));
  const entries = text.split('\n').flatMap((line) => (line.startsWith('{"chart"') ? JSON.parse(line.replace(/,$/, '')).entries : []));
  const baseline = await bulkPut(context, entries);
  await record({ name: `import of ${entries.length} entries, against Dexie's bulkPut`, unit: 'ms', ours, baseline, promise: '< 1 x' });
  await keepSheet(page);
});

test('unlock to Today against a plain page', async ({}, info) => {
  info.setTimeout(600_000);
  const taken = { ours: [], rows: [], baseline: [] };
  const plain = await plainPage(context, FILE);
  for (let round = 0; round < ROUNDS; round += 1) {
    await page.bringToFront();
    await page.goto('about:blank');
    await page.goto('./#/today');
    await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
    await clear(page);
    await page.getByRole('button', { name: 'Unlock', exact: true }).click();
    await page.getByRole('list', { name: 'Whom to call and why' }).getByRole('listitem').first().waitFor({ timeout: 120_000 });
    await page.waitForFunction(() => globalThis.__bench.forty);
    const [derived, listed, forty] = await page.evaluate(() => [globalThis.__bench.keys.at(-1), globalThis.__bench.listed, globalThis.__bench.forty]);
    taken.ours.push(listed - derived);
    taken.rows.push(forty - derived);
    await plain.front();
    taken.baseline.push(await plain.open());
  }
  await plain.close();
  await record({
    name: 'key derived to a usable Today, against a plain page',
    unit: 'ms',
    ours: quantile(taken.ours, 0.5),
    baseline: quantile(taken.baseline, 0.5),
    promise: '1000, 2 x',
  });
  await record({
    name: 'the same, until 40 rows are there',
    unit: 'ms',
    ours: quantile(taken.rows, 0.5),
    baseline: quantile(taken.baseline, 0.5),
  });
});

test('filter, scroll and size of the caseload', async ({}, info) => {
  info.setTimeout(300_000);
  await page.goto('./#/caseload');
  await page.locator('td.name a').first().waitFor();
  const words = ['a', 'an', 'ann', 'be', 'ber', 'o', 'ok', 'q', 'st', 'ste'];
  const keys = [];
  for (const word of words) {
    keys.push(
      await paintTime(
        `const box = document.getElementById('caseload-search'); globalThis.__rows = document.querySelector('tbody')?.innerHTML; box.value = ${JSON.stringify(word)}; box.dispatchEvent(new Event('input', { bubbles: true }));`,
        `document.querySelector('tbody')?.innerHTML !== globalThis.__rows`,
      ),
    );
    await page.waitForTimeout(150);
  }
  await record({ name: 'key press to filtered caseload, median', unit: 'ms', ours: quantile(keys, 0.5), promise: '< 16' });
  await record({ name: 'key press to filtered caseload, slowest of ten', unit: 'ms', ours: Math.max(...keys) });
  await page.locator('#caseload-search').fill('');
  await page.waitForTimeout(500);
  const frames = await page.evaluate(async () => {
    const scroller = [...document.querySelectorAll('*')].filter((one) => one.scrollHeight > one.clientHeight + 2000 && getComputedStyle(one).overflowY !== 'visible').at(-1) ?? document.scrollingElement;
    const gaps = [];
    let nodes = 0;
    let last = performance.now();
    for (let step = 0; step < 240; step += 1) {
      scroller.scrollTop += step % 40 === 0 ? 20_000 : 400;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = performance.now();
      gaps.push(now - last);
      last = now;
      nodes = Math.max(nodes, document.querySelectorAll('*').length);
    }
    return { longest: Math.max(...gaps.slice(1)), nodes };
  });
  await record({ name: 'scrolling 10,000 rows, longest frame', unit: 'ms', ours: frames.longest, promise: '50' });
  await record({ name: 'scrolling 10,000 rows, most nodes', unit: 'nodes', ours: frames.nodes, promise: '3000' });
});

test('save of one contact against the bare transaction', async ({}, info) => {
  info.setTimeout(600_000);
  await page.goto('./#/caseload');
  await page.locator('td.name a').first().click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  const address = page.url();
  const saves = [];
  let sizes;
  for (let round = 0; round <= 20; round += 1) {
    // Each call is at a time of its own: one that overlapped another would be asked about.
    await freezeClock(page, new Date(Date.parse(NOW) + round * 6 * 60_000).toISOString());
    // By way of the record: an address that is shown already opens no new form.
    await page.goto(address);
    await page.locator('#measures').waitFor();
    await page.goto(`${address.replace(/\/$/, '')}/contact`);
    const form = contactForm(page);
    await form.getByRole('group', { name: 'How' }).getByLabel('Phone').check();
    for (const measure of await form.getByLabel('Not now').all()) await measure.check();
    await form.getByLabel('Minutes').fill('5');
    await form.getByLabel(/^Note/).fill(`Called about sleep, round ${round}.`);
    await page.waitForTimeout(2500);
    const save = async () => {
      await clear(page);
      await form.getByRole('button', { name: /^Save/ }).first().click();
      await page.getByRole('heading', { name: /recorded$/ }).waitFor();
    };
    if (round === 0) {
      // The first only tells what a save writes.
      sizes = (await written(page, save)).filter(({ area }) => area !== 'drafts').map(({ size }) => size);
      continue;
    }
    await save();
    // From the press to the answer: the question whether its time overlaps other time, and the save.
    const [asked, saved] = await page.evaluate(() => globalThis.__bench.requests);
    saves.push(saved.answered - asked.asked);
  }
  const floor = await strictRecords(page, { rounds: 50, sizes });
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  await record({ name: `save of one contact, median (${sizes.length} records, ${Math.round(bytes / 1024)} KB)`, unit: 'ms', ours: quantile(saves, 0.5), baseline: quantile(floor, 0.5), promise: '1.5 x' });
  await record({ name: 'save of one contact, 95th percentile', unit: 'ms', ours: quantile(saves, 0.95), baseline: quantile(floor, 0.95), promise: '50' });
});

test('month close', async () => {
  await clear(page);
  await page.goto('./#/month');
  await page.getByRole('table').first().waitFor();
  await page.waitForTimeout(1000);
  await record({ name: 'month of all patients', unit: 'ms', ours: Math.max(...(await requestTimes(page))), promise: '200' });
});

test('month closed', async () => {
  await page.goto('./#/month/2026-10');
  await page.getByRole('button', { name: 'Close the month' }).click();
  const form = page.getByRole('form', { name: 'Close the month' });
  await clear(page);
  await form.getByRole('button', { name: 'Close it now' }).click();
  await page.getByText('This month is closed', { exact: true }).waitFor();
  await record({ name: 'month of all patients, closed and written', unit: 'ms', ours: Math.max(...(await requestTimes(page))), promise: '200' });
});

test('memory', async ({ baseURL }) => {
  // A browser started anew, as every morning: what the tests before left in the page's process is not the day's.
  const startAnew = async () => {
    await context.close();
    context = await openProfile(folder, { baseURL, serviceWorkers: 'block' });
    return context.pages()[0] ?? context.newPage();
  };
  page = await startAnew();
  await page.goto('data:text/html,<title>plain</title>');
  await page.waitForTimeout(1000);
  const baseline = await privateMemory(context);
  page = await startAnew();
  await freezeClock(page);
  await page.goto('./#/today');
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
  await page.getByRole('list', { name: 'Whom to call and why' }).getByRole('listitem').first().waitFor({ timeout: 120_000 });
  await page.goto('./#/caseload');
  await page.locator('td.name a').first().click();
  await page.locator('#measures').waitFor();
  await page.waitForTimeout(5000);
  const ours = await privateMemory(context);
  await record({ name: 'memory of the tab and its worker', unit: 'MB', ours: ours / 2 ** 20, baseline: baseline / 2 ** 20, promise: '200' });
});
