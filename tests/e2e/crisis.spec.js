// A crisis contact: by one key from anywhere, nothing required, nothing lost.
import { unlock } from './support/registry.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';
import { makeTraining, openRow, worklist } from './support/training.js';

const heading = (page) => page.getByRole('heading', { level: 1 });
const who = (page) => page.getByRole('complementary', { name: 'Patient' });
const focused = (page) => page.evaluate(() => document.activeElement?.id);

test('by keys alone, from a patient: what was said becomes a contact, a concern with its steps, and stays open', async ({ page }) => {
  test.setTimeout(120_000);
  await makeTraining(page);
  const name = await openRow(page, 9);
  await page.keyboard.press('e');
  await expect(heading(page)).toHaveText('Crisis contact');
  await expect(who(page).getByRole('heading', { level: 2 })).toContainText(name.split(',')[0]);
  await expect(who(page)).toContainText('Emergency contact');
  await expect.poll(() => focused(page)).toBe('crisis-place');

  await page.keyboard.type('Car park behind the library');
  await page.keyboard.press('Tab');
  await page.keyboard.type('555 010 0199');
  await page.keyboard.press('Tab');
  await page.keyboard.type('A friend, Sam');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Tablets; Sam has taken them');
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('crisis-kind');
  await inEveryLook(page, 'crisis', () => expectAccessible(page));

  await page.locator('#crisis-showed').fill('Thoughts since this morning, no plan');
  await page.getByLabel('Handed over to 988').check();
  await page.getByLabel('How, and what they said').fill('By phone, sees the patient at 2');
  await page.getByRole('button', { name: 'Tomorrow' }).click();
  await page.locator('#crisis-minutes').fill('21');
  await page.keyboard.press('Control+Enter');

  await expect(heading(page)).toHaveText('Safety steps');
  await expect(page.locator('.concern .steps')).not.toContainText('not yet');
  await page.getByText(/^History:/).click();
  for (const words of ['Led to: handed over to 988', 'Means: Tablets', 'Next contact agreed for Sat 21 Nov', 'Lena Brandt']) {
    await expect(page.locator('.history-steps')).toContainText(words);
  }
  await page.getByRole('link', { name: 'Open the patient' }).click();
  await expect(page.locator('.events')).toContainText('Crisis contact, phone');
  await expect(page.locator('.events')).toContainText('Where: Car park behind the library');
  await expect(page.locator('.events')).toContainText('21 min, crisis response');
  await page.goto('./#/today');
  // A concern that missed a deadline comes before it; it stands among the safety items all the same.
  await expect(worklist(page).filter({ hasText: name.split(',')[0] })).toContainText('Safety');
});

test('without a patient: kept over a lock, said on every page, then attached by search', async ({ page }) => {
  test.setTimeout(120_000);
  await makeTraining(page);
  await page.goto('./#/settings');
  await page.getByLabel('Crisis line (optional)').fill('555 010 0100');
  await page.getByRole('button', { name: 'Save clinic' }).click();
  await expect(page.locator('.last-save')).toContainText('Saved');
  // Also while something is typed.
  await page.getByRole('combobox', { name: 'Search patients and actions' }).fill('x');
  await page.keyboard.press('F8');
  await expect(heading(page)).toHaveText('Crisis contact');
  await expect(who(page)).toContainText('not known yet');
  await page.locator('#crisis-place').fill('Bus station, bay 4');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('status').filter({ hasText: 'in no record yet. Find the patient' })).toBeVisible();
  await expect.poll(() => focused(page)).toBe('crisis-find');
  await expectAccessible(page);

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  for (const number of ['988', '911', 'Clinic: 555 010 0100']) await expect(page.locator('main')).toContainText(number);
  await unlock(page);
  await expect(page.locator('#crisis-place')).toHaveValue('Bus station, bay 4');
  await page.goto('./#/today');
  const banner = page.getByRole('status').filter({ hasText: '1 crisis contact is not in any record yet' });
  await banner.getByRole('link', { name: 'Go on with it' }).click();

  await page.locator('#crisis-find').fill('a');
  await who(page).getByRole('button', { name: /^Choose / }).first().click();
  await expect(who(page)).toContainText('Emergency contact');
  await page.keyboard.press('Control+Enter');
  await expect(heading(page)).toHaveText('Safety steps');
  await expect(page.locator('.concern-head')).toContainText('Suicide or self-harm');
  await page.goto('./#/today');
  await expect(page.getByText('not in any record yet')).toHaveCount(0);
});

test('a new caller is registered from it; a positive answer opens the concern before the form is saved', async ({ page }) => {
  test.setTimeout(120_000);
  await makeTraining(page);
  await page.getByRole('button', { name: 'Crisis contact' }).click();
  await page.locator('#crisis-call-back').fill('555 010 0123');
  await page.getByRole('button', { name: 'Register a new patient' }).click();
  await page.getByLabel('Given name').fill('Wren');
  await page.getByLabel('Family name').fill('Quill');
  await page.getByRole('button', { name: 'Register', exact: true }).click();
  await expect(who(page).getByRole('heading', { level: 2 })).toContainText('Quill, Wren');
  await expect(who(page).getByRole('link', { name: '555 010 0123' })).toHaveAttribute('href', /^tel:/);

  await page.locator('#asq-asq_1').focus();
  await page.locator('.crisis-form').getByRole('radio', { name: 'Yes' }).first().check();
  await expect(page.locator('.last-save')).toContainText('ASQ safety answer committed, concern open');
  await expect(who(page)).toContainText('Open concern: Suicide or self-harm');
  // The form is abandoned: the concern is on Today, and the form is kept.
  await page.goto('./#/today');
  await expect(worklist(page).filter({ hasText: 'Quill, Wren' })).toContainText('Safety');
  await expect(page.getByText('not in any record yet')).toBeVisible();
});
