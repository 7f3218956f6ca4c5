// Opening a registry: by passphrase, by the recovery sheet, and changing both.
import { PASSPHRASE, goTo, keepSheet, makeRegistry, unlock } from './support/registry.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';

const NEW = 'velvet harbor quarrel minnow 77';

/** Makes a registry and keeps the text of its recovery sheet. */
async function makeWithSheet(page) {
  await page.goto('./');
  await page.getByRole('button', { name: 'Make a new registry' }).click();
  await page.getByLabel('Your name').fill('Lena Brandt');
  await page.getByLabel('Label of your key').fill('LB');
  await page.locator('#passphrase').fill(PASSPHRASE);
  await page.locator('#passphrase-again').fill(PASSPHRASE);
  await page.getByLabel('Name of the clinic').fill('River Street Clinic');
  await page.getByRole('button', { name: 'Make the registry' }).click();
  return sheetText(page);
}

async function sheetText(page) {
  await expect(page.getByRole('heading', { level: 1, name: 'Your recovery sheet' })).toBeVisible({ timeout: 60_000 });
  const prefix = await page.locator('.sheet-prefix').innerText();
  const groups = await page.locator('.sheet-groups li').allInnerTexts();
  const text = [prefix, ...groups].join(' ');
  await keepSheet(page);
  return text;
}

test('a wrong passphrase opens nothing, wipes nothing, and says so in a sentence', async ({ page }) => {
  await makeRegistry(page);
  await page.reload();
  await page.getByLabel('Passphrase', { exact: true }).fill('not the passphrase at all');
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(page.locator('.error-summary')).toContainText('Nothing is lost', { timeout: 60_000 });
  await inEveryLook(page, 'unlock-wrong', () => expectAccessible(page));
  await unlock(page);
});

test('with the recovery sheet a new passphrase is chosen, and from then on only that one opens', async ({ page }) => {
  test.setTimeout(120_000);
  const sheet = await makeWithSheet(page);
  await page.reload();
  await page.getByRole('button', { name: 'Use the recovery sheet' }).click();
  await page.getByRole('button', { name: 'Use the passphrase' }).click();
  await expect(page.getByLabel('Passphrase', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Use the recovery sheet' }).click();
  await inEveryLook(page, 'unlock-sheet', () => expectAccessible(page));
  await page.getByRole('textbox', { name: 'Recovery sheet' }).fill(sheet.slice(0, -4));
  await page.locator('#new-passphrase').fill(NEW);
  await page.locator('#new-passphrase-again').fill('something else');
  await page.getByRole('button', { name: 'Open it' }).click();
  await expect(page.locator('.error-summary')).toContainText('Type the same passphrase once more');
  await page.locator('#new-passphrase-again').fill(NEW);
  await page.getByRole('button', { name: 'Open it' }).click();
  await expect(page.locator('#sheet-error')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('textbox', { name: 'Recovery sheet' }).fill(sheet);
  await page.getByRole('button', { name: 'Open it' }).click();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible({ timeout: 60_000 });
  await page.reload();
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(page.locator('.error-summary')).toBeVisible({ timeout: 60_000 });
  await unlock(page, NEW);
});

test('settings change the passphrase and make a new recovery sheet', async ({ page }) => {
  test.setTimeout(120_000);
  await makeRegistry(page);
  await goTo(page, 'Settings');
  await inEveryLook(page, 'settings', () => expectAccessible(page));
  const change = page.getByRole('form', { name: 'Change the passphrase' });
  await change.locator('#old-passphrase').fill('not the passphrase at all');
  await change.locator('#new-passphrase').fill(NEW);
  await change.locator('#new-passphrase-again').fill(NEW);
  await change.getByRole('button', { name: 'Change the passphrase' }).click();
  await expect(change.locator('#old-passphrase-error')).toContainText('This is not your passphrase', { timeout: 60_000 });
  await change.locator('#old-passphrase').fill(PASSPHRASE);
  await change.getByRole('button', { name: 'Change the passphrase' }).click();
  await expect(change.getByText('From the next unlock on the new passphrase holds')).toBeVisible({ timeout: 60_000 });

  await page.locator('#sheet-passphrase').fill(NEW);
  await page.getByRole('button', { name: 'Make a new recovery sheet' }).click();
  const sheet = await sheetText(page);
  await page.reload();
  await page.getByRole('button', { name: 'Use the recovery sheet' }).click();
  await page.getByLabel('Only open it').check();
  await page.getByRole('textbox', { name: 'Recovery sheet' }).fill(sheet);
  await page.getByRole('button', { name: 'Open it' }).click();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible({ timeout: 60_000 });
  await page.reload();
  await unlock(page, NEW);
});
