// What comes out on paper: few pages, nothing that is pressed, the recovery sheet alone.
import { expect, test } from './support/test.js';
import { makeTraining, openRow } from './support/training.js';

/** Pages of what the browser would print, on letter paper. */
async function pages(page) {
  const pdf = await page.pdf({ format: 'Letter' });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
}

test('a day, a patient and a month take two pages at most', async ({ page }) => {
  await makeTraining(page);
  await expect(page.locator('.worklist .item').first()).toBeVisible();
  expect(await pages(page)).toBeLessThanOrEqual(2);
  await openRow(page, 9);
  expect(await pages(page)).toBeLessThanOrEqual(2);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.print-foot')).toContainText('MRN');
  await page.emulateMedia({ media: null });
  await page.goto('./#/month');
  await expect(page.locator('table.month tbody').first()).toBeVisible();
  expect(await pages(page)).toBeLessThanOrEqual(2);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('columnheader', { name: 'Reasons' })).toBeHidden();
});

test('the recovery sheet is printed without the form that asks for it', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Practise with invented patients' }).click();
  await page.getByLabel('Your name').fill('Lena Brandt');
  await page.getByLabel('Label of your key').fill('LB');
  await page.locator('#passphrase').fill('copper lantern ridge sparrow 41');
  await page.locator('#passphrase-again').fill('copper lantern ridge sparrow 41');
  await page.locator('button[type=submit]').last().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Your recovery sheet' })).toBeVisible({ timeout: 60_000 });
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.sheet-groups')).toBeVisible();
  for (const form of [page.locator('#group'), page.locator('#kept'), page.getByText('This is shown once')]) await expect(form).toBeHidden();
  expect(await pages(page)).toBe(1);
});
