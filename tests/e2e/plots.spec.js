// Seeing it: graphs, their data as a table, the switch, files of them, items that do not move, the measure plan.
import { readFileSync } from 'node:fs';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';
import { makeTraining, openRow } from './support/training.js';

const saved = (page) => page.locator('.last-save');
const box = (page) => page.getByRole('region', { name: 'PHQ-9 scores' });
const drawing = (page) => box(page).locator('.graph-wide svg');

test('a graph has its lines, marks and key, a sentence, its data as a table, and no colour of its own', async ({ page }) => {
  await makeTraining(page);
  await openRow(page, 0);
  const svg = drawing(page);
  await expect(svg.locator('title')).toHaveText('PHQ-9');
  await expect(svg.locator('desc')).toContainText(/^PHQ-9: \d+ scores from/);
  for (const name of ['g-line', 'g-target', 'g-response', 'g-phase', 'g-contact']) await expect(svg.locator(`.${name}`).first()).toBeAttached();
  await expect(svg.getByText(/^target: under 5$/)).toBeAttached();
  await expect(svg.getByText(/^response: \d+ or less, half of the baseline \d+$/)).toBeAttached();
  expect(await svg.evaluate((element) => element.outerHTML)).not.toMatch(/style=|#[0-9A-F]{6}/i);
  const dots = await svg.locator('circle.g-dot').count();
  expect(dots).toBeGreaterThan(1);
  await expect(box(page).locator('.graph-summary')).toContainText('PHQ-9:');

  await box(page).getByText('Data of this graph as a table').click();
  const table = box(page).getByRole('region', { name: 'PHQ-9: scores and what was done' });
  await expect(table.getByRole('columnheader', { name: 'What was done' })).toBeVisible();
  const scores = await table.locator('tbody td.num').allInnerTexts();
  expect(scores.filter((text) => /^\d+/.test(text))).toHaveLength(dots);

  await page.getByRole('group', { name: 'Time shown in graphs' }).getByRole('button', { name: '6 months' }).click();
  await expect(drawing(page).locator('desc')).toContainText('PHQ-9:');
  await inEveryLook(page, 'plots', async () => {
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
});

test('early-warning points are off until asked for, and all measures share one axis of time', async ({ page }) => {
  await makeTraining(page);
  await openRow(page, 0);
  await expect(drawing(page).locator('.g-early')).toHaveCount(0);
  await box(page).getByLabel('Early-warning points').check();
  await expect(box(page).locator('.early li, .graph-tools').first()).toBeVisible();
  await expect(box(page)).toContainText('Schueller 2015');
  await page.getByRole('button', { name: 'Together' }).click();
  const together = page.getByRole('region', { name: 'All measures' });
  const svg = together.locator('.graph-wide svg');
  await expect(svg.locator('title')).toHaveText(/^PHQ-9, GAD-7/);
  await expect(svg.getByText('contact', { exact: true })).toHaveCount(1);
  expect(await svg.locator('polyline.g-line').count()).toBeGreaterThan(1);
  await expect(drawing(page)).toHaveCount(0);
  await inEveryLook(page, 'plots-together', () => expectAccessible(page));
});

test('saves a drawing and a picture that carry their colours and no name', async ({ page }) => {
  await makeTraining(page);
  const name = await openRow(page, 0);
  const [family] = name.split(',');
  const taken = async (button) => {
    const waiting = page.waitForEvent('download');
    await box(page).getByRole('button', { name: button }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toMatch(/^phq9-2026-11-20\.(png|svg)$/);
    return readFileSync(await download.path());
  };
  const svg = (await taken('Save drawing (SVG)')).toString();
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  expect(svg).toContain('fill="#FFFFFF"');
  expect(svg).not.toContain('class=');
  expect(svg).not.toContain(family);
  const png = await taken('Save picture (PNG)');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  // Three pixels for each of the drawing.
  expect(png.readUInt32BE(16)).toBe(1500);
  expect(png.length).toBeGreaterThan(5000);
  await expect(box(page).getByRole('status')).toContainText('Saved as phq9-2026-11-20.png');
});

test('items that do not move are said in words, and every score says what changed', async ({ page }) => {
  await makeTraining(page);
  await openRow(page, 0);
  await box(page).getByRole('button', { name: 'Items' }).click();
  await expect(box(page).getByRole('columnheader', { name: 'Not moving' })).toBeVisible();
  await expect(box(page).locator('.unmoved')).toContainText(/Not moving over the last 3 forms|Every item moved|from 3 forms on/);
  await expectAccessible(page);
  await box(page).getByRole('button', { name: 'Table' }).click();
  const table = box(page).getByRole('region', { name: 'Scores of PHQ-9' });
  await expect(table.getByRole('columnheader', { name: 'Since baseline' })).toBeVisible();
  await expect(table.getByText('baseline', { exact: true })).toHaveCount(1);
  await expect(table.getByText(/^[+−]\d+ \([+−]\d+ %\)$/).first()).toBeVisible();
});

test('the plan says how often, against what and when next; it is changed by a short form', async ({ page }) => {
  await makeTraining(page);
  await openRow(page, 5);
  const plan = page.getByRole('region', { name: 'Measure plan' });
  await expect(plan).toContainText('every 14 days until response, then every 28 days');
  await expect(plan).toContainText('first in episode');
  await plan.getByRole('button', { name: 'Change the plan for PHQ-9' }).click();
  const form = page.getByRole('region', { name: 'Measure plan, form' });
  await form.getByLabel('Every', { exact: true }).fill('0');
  await form.getByLabel('After response every').fill('30');
  await form.getByLabel('Baseline').selectOption({ index: 1 });
  await form.getByRole('button', { name: 'Save plan' }).click();
  const problem = page.getByRole('alert').filter({ hasText: 'There is a problem' });
  await expect(problem).toContainText('Days must be a whole number from 1 to 182');
  await expect(problem).toContainText('Say why this one is the baseline');
  await expectAccessible(page);
  await form.getByLabel('Every', { exact: true }).fill('10');
  await form.getByLabel('Why this one').fill('Taken after the bereavement');
  await form.getByRole('button', { name: 'Save plan' }).click();
  await expect(saved(page)).toContainText('Measure plan saved');
  await expect(plan).toContainText('every 10 days until response, then every 30 days (this plan)');
  await expect(plan).toContainText('chosen by a person');
  await expect(plan).toContainText('the rule alone gives');
  await expect(plan).toContainText('why: Taken after the bereavement');
  await expectAccessible(page);
});

test('on paper the graphs stand without their controls', async ({ page }) => {
  await makeTraining(page);
  await openRow(page, 0);
  await page.emulateMedia({ media: 'print' });
  await expect(drawing(page)).toBeVisible();
  for (const gone of ['.graph-controls', '.graph-tools', '.graph-data']) await expect(page.locator(gone).first()).toBeHidden();
  await page.screenshot({ path: 'test-results/pictures/plots-print.png', fullPage: true });
});
