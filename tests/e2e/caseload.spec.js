// The caseload: one row a patient, what is shown in the address, what is typed never.
import { readFileSync } from 'node:fs';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';
import { makeTraining } from './support/training.js';

const rows = (page) => page.locator('tbody tr.row');

test('shows a row a patient, urgent ones first, in every look', async ({ page }) => {
  await makeTraining(page);
  await page.goto('./#/caseload');
  await expect(rows(page).first()).toContainText('S');
  await expect(page.getByRole('columnheader', { name: 'Name, age' })).toBeVisible();
  await inEveryLook(page, 'caseload', async () => {
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
});

test('a card on a narrow screen shows both scores whole, with status and the next contact', async ({ page }) => {
  await makeTraining(page);
  await page.goto('./#/caseload');
  await expect(rows(page).first()).toBeVisible();
  for (const [width, height] of [[390, 844], [320, 640], [640, 400]]) {
    await page.setViewportSize({ width, height });
    await expect(rows(page).nth(1).locator('td.phq9 .beside')).toBeVisible();
    for (const cell of ['td.name', 'td.standing', 'td.phq9', 'td.gad7', 'td.next']) {
      const box = await rows(page).nth(1).locator(cell).boundingBox();
      expect(box.width, `${cell} at ${width}`).toBeGreaterThan(36);
      expect(box.x + box.width, `${cell} at ${width}`).toBeLessThanOrEqual(width);
    }
    // Nothing of a score is cut: what stands in the cell ends before the cell beside it begins.
    const cut = await rows(page).evaluateAll((all) =>
      all.filter((row) => {
        const end = (cell) => Math.max(...[...row.querySelectorAll(`${cell} > span`)].map((part) => part.getBoundingClientRect().right));
        const start = (cell) => row.querySelector(cell).getBoundingClientRect().left;
        return end('td.phq9') > start('td.next') || end('td.gad7') > start('td.contact');
      }).length,
    );
    expect(cut, `rows with a cut score at ${width}`).toBe(0);
  }
});

test('rows on a narrow screen scroll with the page, to the last', async ({ page }) => {
  await makeTraining(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('./#/caseload');
  const count = Number((await page.getByText(/^\d+ patients$/).innerText()).match(/\d+/)[0]);
  await expect(rows(page).first()).toBeVisible();
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const last = page.locator(`#row-${count - 1}`);
  await expect(last.locator('td.phq9')).toBeInViewport({ ratio: 1 });
  const box = await last.boundingBox();
  const bar = await page.getByRole('navigation', { name: 'Pages' }).boundingBox();
  expect(box.y + box.height).toBeLessThanOrEqual(bar.y);
});

test('keeps tab, filter and order in the address, and what is typed out of it', async ({ page }) => {
  await makeTraining(page);
  await page.goto('./#/caseload');
  await page.getByLabel('Filter').selectOption('Late: contact or measure');
  await page.getByRole('button', { name: 'change' }).click();
  await expect(page).toHaveURL(/#\/caseload\?filter=late&sort=-phq9_change$/);
  const changes = await page.locator('td.delta').allInnerTexts();
  const numbers = changes.filter((text) => /\d/.test(text)).map((text) => Number(text.replace('−', '-').match(/[-+]?\d+/)[0]));
  expect(numbers).toEqual([...numbers].sort((a, b) => b - a));

  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  const name = await page.locator('td.name a').nth(3).innerText();
  const [family] = name.split(',');
  await page.getByLabel('Search', { exact: true }).fill(family.toLowerCase());
  await expect(rows(page).filter({ hasNotText: family })).toHaveCount(0);
  expect(decodeURIComponent(page.url()).toLowerCase()).not.toContain(family.toLowerCase());

  await page.getByLabel('Search', { exact: true }).fill('nobody of this name');
  await expect(page.getByText('Nobody fits this filter and search.')).toBeVisible();
});

test('is walked by arrow keys and opened with Enter', async ({ page }) => {
  await makeTraining(page);
  await page.goto('./#/caseload');
  await rows(page).first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(rows(page).nth(2)).toBeFocused();
  const name = await rows(page).nth(2).locator('td.name a').innerText();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name.split(',')[0]);
});

test('gives the view as a CSV file whose name tells nothing', async ({ page }) => {
  await makeTraining(page);
  await page.goto('./#/caseload');
  const count = Number((await page.getByText(/^\d+ patients$/).innerText()).match(/\d+/)[0]);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save this view as a CSV file' }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe('caseload-2026-11-20.csv');
  const lines = readFileSync(await file.path(), 'utf8').trim().split(/\r?\n/);
  expect(lines.length).toBe(count + 1);
});
