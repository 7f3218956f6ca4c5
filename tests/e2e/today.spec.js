// Today: whom to call and why, and what can be done without leaving it.
import { makeRegistry } from './support/registry.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';
import { expectNothingTold, makeTraining, worklist } from './support/training.js';

test('says whom to call and why, safety first, each with its rule and what clears it', async ({ page }) => {
  await makeTraining(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Fri 20 Nov');
  await expect(page.getByText(/^\d+ active$/)).toBeVisible();
  const items = worklist(page);
  await expect(items.first()).toContainText('Safety');
  for (const words of ['clears when:', 'rule:']) await expect(items.filter({ hasNotText: words })).toHaveCount(0);
  await expect(items.first().getByRole('button', { name: /Snooze/ })).toHaveCount(0);
  await inEveryLook(page, 'today', () => expectAccessible(page));
});

test('is walked and worked by keyboard', async ({ page }) => {
  await makeTraining(page);
  const name = (place) => worklist(page).nth(place).getByRole('link').first();
  await expect(name(2)).toBeVisible();
  await page.keyboard.press('j');
  await expect(name(0)).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  await expect(name(2)).toBeFocused();
  await page.keyboard.press('k');
  await expect(name(1)).toBeFocused();
  const who = await name(1).innerText();
  await page.keyboard.press('c');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Record a contact');
  await expect(page.getByRole('link', { name: who })).toBeVisible();
  await expectNothingTold(page, who);
});

test('puts an item off for a while, with a reason, and counts it', async ({ page }) => {
  await makeTraining(page);
  // A patient with another reason stays on the list for that one.
  const alone = worklist(page).filter({ hasNotText: 'also:' });
  const button = alone.getByRole('button', { name: /^Snooze/ }).first();
  const who = (await button.getAttribute('aria-label')).replace('Snooze: ', '');
  await button.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Put off', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('Say why it is put off');
  await dialog.getByRole('textbox', { name: 'Why' }).fill('On holiday until then');
  await dialog.getByLabel('Put off until').fill('2027-06-01');
  await dialog.getByRole('button', { name: 'Put off', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('at most');
  await dialog.getByLabel('Put off until').fill('2026-11-23');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Put off', exact: true }).click();
  await page.getByRole('button', { name: '1 put off' }).click();
  await expect(page.getByRole('region', { name: 'Put off' })).toContainText(who);
});

test('an empty registry says what will be here and the first step', async ({ page }) => {
  await makeRegistry(page);
  await expect(page.getByText('Whom to call today, and why, will be here.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Import a spreadsheet' })).toBeVisible();
  await expectAccessible(page);
});
