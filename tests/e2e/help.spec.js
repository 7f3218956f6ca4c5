// The help beside every page, and the page for the privacy officer.
import { goTo, makeRegistry } from './support/registry.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';

test('the help stands beside the page, follows it, is searched, and gives the focus back', async ({ page }) => {
  await makeRegistry(page);
  const help = page.getByRole('complementary', { name: /^Help: / });
  await page.getByRole('button', { name: 'Help' }).click();
  await expect(help.getByRole('heading', { level: 2, name: 'Help: Today' })).toBeFocused();
  await expect(help).toContainText('Safety can\u2019t be put off.');
  await expect(help.getByRole('row', { name: /Go to Caseload/ })).toBeVisible();

  await test.step('it goes along to another page, which can be used meanwhile', async () => {
    await goTo(page, 'Month');
    await expect(help.getByRole('heading', { level: 2, name: 'Help: Month' })).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Month');
  });

  await test.step('a search finds the pages that say all of its words', async () => {
    await help.getByLabel('Search the help').fill('ladder recipient');
    await expect(help.getByRole('status')).toHaveText('1 page');
    await help.getByText('Intake', { exact: true }).click();
    await expect(help.getByText('A release names a recipient')).toBeVisible();
    await help.getByLabel('Search the help').fill('zebra crossing');
    await expect(help.getByRole('status')).toHaveText('Nothing in the help has all of these words.');
    await help.getByLabel('Search the help').fill('');
  });

  await inEveryLook(page, 'help', () => expectAccessible(page));
  await help.getByLabel('Search the help').press('Escape');
  await expect(help).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Help' })).toBeFocused();
  await page.keyboard.press('?');
  await expect(help.getByRole('heading', { level: 2 })).toBeFocused();
});

test('the page for the privacy officer answers by safeguard, and prints without the frame', async ({ page }) => {
  await makeRegistry(page);
  await goTo(page, 'Settings');
  await page.getByRole('link', { name: 'For your privacy officer' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'For your privacy officer' })).toBeVisible();
  for (const safeguard of ['Unique user identification', 'Emergency access', 'Automatic logoff', 'Audit controls', 'Transmission security']) {
    await expect(page.getByRole('term').filter({ hasText: safeguard })).toBeVisible();
  }
  await inEveryLook(page, 'privacy', () => expectAccessible(page));
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeHidden();
  await expect(page.getByText('A laptop is lost or stolen')).toBeVisible();
});
