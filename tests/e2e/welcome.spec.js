// The first screen where nothing is yet, and the way from it into a registry.
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';

test.beforeEach(async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('heading', { level: 1, name: 'Caseload' })).toBeVisible();
});

test('three ways to begin have the same weight, and the crisis lines are there', async ({ page }) => {
  for (const name of ['Make a new registry', 'Open my file', 'Practise with invented patients']) {
    await expect(page.getByRole('button', { name })).toHaveAttribute('class', 'button');
  }
  await expect(page.getByText('Nobody else is alerted')).toBeVisible();
  await expect(page.locator('.crisis')).toContainText('988');
  await expect(page.locator('.crisis')).toContainText('911');
  await inEveryLook(page, 'welcome', () => expectAccessible(page));
});

test('an empty form says what is missing, takes the focus there, and leads to each field', async ({ page }) => {
  await page.getByRole('button', { name: 'Make a new registry' }).click();
  await page.getByRole('button', { name: 'Make the registry' }).click();
  const summary = page.locator('.error-summary');
  await expect(summary).toBeFocused();
  await summary.getByRole('link', { name: 'Enter your name' }).click();
  await expect(page.getByLabel('Your name')).toBeFocused();
  await expect(page.getByLabel('Your name')).toHaveAttribute('aria-describedby', 'name-hint name-error');
  await expectAccessible(page);
});

test('a passphrase that is easy to guess is refused, and five drawn words are strong', async ({ page }) => {
  await page.getByRole('button', { name: 'Make a new registry' }).click();
  await page.getByLabel('Passphrase', { exact: true }).fill('password');
  await expect(page.locator('.strength')).toContainText('Too short');
  await page.getByRole('button', { name: 'Suggest five words' }).click();
  await expect(page.locator('.strength')).toContainText('Strong');
  await expect(page.getByLabel('Passphrase, once more')).not.toHaveValue('');
});

test('the recovery sheet must be read back before the registry opens', async ({ page }) => {
  await page.getByRole('button', { name: 'Practise with invented patients' }).click();
  await page.getByRole('button', { name: 'Suggest five words' }).click();
  await page.getByRole('button', { name: 'Make the training registry' }).click();
  await expect(page.getByRole('heading', { name: 'Your recovery sheet' })).toBeVisible({ timeout: 40_000 });
  await page.getByLabel('Group 9 of the sheet').fill('XXXX');
  await page.getByRole('button', { name: 'Go to the registry' }).click();
  await expect(page.locator('.error-summary')).toBeFocused();
  await inEveryLook(page, 'sheet', () => expectAccessible(page));
  await page.getByLabel('Group 9 of the sheet').fill(await page.locator('.sheet-groups li').nth(8).textContent());
  await page.getByLabel('The sheet is printed').check();
  await page.getByRole('button', { name: 'Go to the registry' }).click();
  await expect(page.getByText('every patient here is invented')).toBeVisible();
  await expect(page).toHaveTitle(/\(training\)$/);
});
