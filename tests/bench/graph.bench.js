// Ten years of assessments draw in under 50 ms: the patient with the most PHQ-9s of twelve invented ones over thirty years,
// which scripts/bench.sh makes; some 360 scores, so more than the 300 that are promised.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from '@playwright/test';
import { openProfile } from '../e2e/support/browser.js';
import { PASSPHRASE, keepSheet } from '../e2e/support/registry.js';
import { freezeClock } from '../e2e/support/test.js';
import { quantile, record } from './support/measure.js';

const FILE = '.build/bench/long.json';
const ROUNDS = 15;

/** The chart with the most PHQ-9s, and how many it has. */
function longest() {
  const taken = (chart) => chart.entries.filter(({ kind, fact }) => kind === 'assessment' && fact.instrument === 'phq9').length;
  const charts = JSON.parse(readFileSync(FILE, 'utf8')).charts.map((chart) => ({ chart: chart.chart, scores: taken(chart) }));
  return charts.sort((a, b) => b.scores - a.scores)[0];
}

test('a graph of more than 300 scores', async ({ baseURL }, info) => {
  info.setTimeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), 'caseload-graph-'));
  const context = await openProfile(folder, { baseURL, serviceWorkers: 'block' });
  const page = context.pages()[0] ?? (await context.newPage());
  await freezeClock(page);
  const { chart, scores } = longest();
  await page.goto('./');
  await page.getByRole('button', { name: 'Open my file' }).click();
  await page.locator('input[type=file]').setInputFiles(FILE);
  await page.getByText(/It holds [\d,]+ patients/).waitFor({ timeout: 120_000 });
  await page.getByLabel('Your name').fill('Marta Quist');
  await page.getByLabel('Label of your key').fill('MQ');
  await page.locator('#passphrase').fill(PASSPHRASE);
  await page.locator('#passphrase-again').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Open it here' }).click();
  await page.getByRole('heading', { level: 1, name: 'Your recovery sheet' }).waitFor({ timeout: 300_000 });
  await keepSheet(page);
  await page.goto(`./#/patient/${chart}`);
  await page.locator('.graph-wide svg').first().waitFor();

  // Only the PHQ-9: each measure draws its own. From the press to the drawing in the page and laid out.
  const taken = await page.evaluate(async (rounds) => {
    const button = (words) => [...document.querySelectorAll('.graph-controls button')].find((one) => one.textContent === words);
    const boxes = [...document.querySelectorAll('.measure-box')];
    const box = boxes.find((one) => one.getAttribute('aria-label').startsWith('PHQ-9'));
    const press = (words) =>
      new Promise((resolve) => {
        const before = box.querySelector('.graph-wide svg desc').textContent;
        const began = performance.now();
        const look = () => {
          if (box.querySelector('.graph-wide svg desc')?.textContent === before) return;
          box.getBoundingClientRect();
          watch.disconnect();
          resolve(performance.now() - began);
        };
        const watch = new MutationObserver(look);
        watch.observe(box, { subtree: true, childList: true });
        button(words).click();
      });
    const times = [];
    // Whatever range is shown at first, it is not the one that is pressed first.
    button('1 year').click();
    await new Promise((resolve) => setTimeout(resolve, 500));
    for (let round = 0; round < rounds; round += 1) {
      await press('6 months');
      await new Promise((resolve) => setTimeout(resolve, 100));
      times.push(await press('All'));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return times;
  }, ROUNDS);
  await context.close();
  rmSync(folder, { recursive: true, force: true });
  await record({ name: `graph of ${scores} scores, all measures of the page, press to layout`, unit: 'ms', ours: quantile(taken, 0.5), promise: '50' });
});
