// The letter to whoever referred: due on Today and in the record, made and kept as sent in place, or left out with a reason.
import { goTo, makeRegistry } from './support/registry.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';
import { worklist } from './support/training.js';

test.use({ actionTimeout: 20_000, permissions: ['clipboard-read', 'clipboard-write'] });

const saved = (page) => page.locator('.last-save');

/** A patient whom somebody outside referred on 2 November, enrolled on the 3rd. */
async function enrolled(page, family, from) {
  await page.goto('./#/patient/new');
  await page.getByLabel('Given name').fill('Wren');
  await page.getByLabel('Family name').fill(family);
  await page.getByLabel('Date of birth').fill('1980-04-02');
  await page.getByLabel('Phone').first().fill('555 010 0123');
  await page.getByLabel('Received on').fill('2026-11-02');
  await page.getByLabel('Referred by').selectOption({ label: 'Somebody else…' });
  await page.getByLabel('Who referred', { exact: true }).fill(from);
  await page.getByRole('button', { name: 'Register patient' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(family);
  await page.locator('.menu > summary').click();
  await page.getByRole('button', { name: 'Status', exact: true }).click();
  await page.getByLabel('Enrolled', { exact: true }).check();
  await page.locator('#status-from').fill('2026-11-03');
  await page.getByRole('button', { name: 'Change status' }).click();
  await expect(page.locator('.quick-form')).toHaveCount(0);
}

test('whoever referred waits for a letter until it is kept as sent or left out, and undo brings it back', async ({ page }) => {
  test.setTimeout(180_000);
  await makeRegistry(page);
  await enrolled(page, 'Able', 'Harbor House');
  const why = page.getByRole('region', { name: 'Why on the list' });
  await expect(why).toContainText('about the enrollment of Tue 3 Nov');
  await expect(why).toContainText('kept as sent, or left out with a reason');

  // Nothing may be told to somebody outside without a release.
  await why.getByRole('button', { name: /^Make the letter/ }).click();
  await expect(why.getByText('Nothing may be told to Harbor House')).toBeVisible();
  await inEveryLook(page, 'feedback-no-release', () => expectAccessible(page));

  await why.getByRole('button', { name: /^Leave out the letter/ }).click();
  await why.getByRole('group', { name: 'Why no letter is written' }).getByRole('button', { name: 'The patient doesn’t agree' }).click();
  await expect(saved(page)).toContainText('Letter left out. Saved');
  await expect(why.getByText('about the enrollment of')).toHaveCount(0);
  await expect(page.locator('.event', { hasText: 'no letter after enrollment: The patient doesn’t agree' })).toHaveCount(1);
  await saved(page).getByRole('button', { name: /Undo/ }).click();
  await expect(why).toContainText('about the enrollment of Tue 3 Nov');
});

test('the letter to a clinician who referred is copied and kept as sent with one press on Today', async ({ page }) => {
  test.setTimeout(180_000);
  await makeRegistry(page);
  await page.goto('./#/patient/new');
  await page.getByLabel('Given name').fill('Otis');
  await page.getByLabel('Family name').fill('Brisk');
  await page.getByLabel('Date of birth').fill('1962-09-17');
  await page.getByLabel('Phone').first().fill('555 010 0177');
  await page.getByLabel('Treating clinician (PCP)').selectOption({ label: 'Add somebody…' });
  await page.getByLabel('Name of the treating clinician').fill('Dr. Kim Lee');
  await page.getByLabel('Received on').fill('2026-11-02');
  await page.getByRole('button', { name: 'Register patient' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Brisk');
  await page.getByRole('navigation', { name: 'Record' }).getByRole('link', { name: 'Relapse and closing' }).click();
  await page.getByRole('button', { name: 'Close the episode' }).click();
  await page.getByLabel('Could not be reached').check();
  await page.locator('#close-last').fill('2026-11-09');
  await page.getByRole('button', { name: 'Close the episode' }).last().click();
  await expect(page.getByRole('region', { name: 'How it ended', exact: true })).toContainText('Could not be reached');

  await goTo(page, 'Today');
  const row = worklist(page).filter({ hasText: 'Brisk' });
  await expect(row).toContainText('about the closing of Mon 9 Nov');
  await row.getByRole('button', { name: /^Make the letter/ }).click();
  const letter = row.getByRole('textbox', { name: /^Letter to Dr. Kim Lee/ });
  await expect(letter).toHaveValue(/Thank you for referring Otis Brisk on 2 Nov 2026\./);
  await inEveryLook(page, 'feedback-today', () => expectAccessible(page));
  await letter.fill('Dear Dr. Lee, thank you. Otis moved away.');
  await row.getByRole('button', { name: 'Copy and keep as sent' }).click();
  await expect(saved(page)).toContainText('Letter kept as sent. Saved');
  await expect(worklist(page).filter({ hasText: 'Brisk' })).toHaveCount(0);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('Dear Dr. Lee, thank you. Otis moved away.');
});
