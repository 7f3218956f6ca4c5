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
