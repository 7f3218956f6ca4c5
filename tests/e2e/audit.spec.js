// Who wrote what into a record and on a day; a record erased for good, which no older file brings back.
import { openPatient } from './support/contact.js';
import { savePlain } from './support/files.js';
import { decideAll, fileOf, goTo, importSheets, makeRegistry } from './support/registry.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';

test('an audit tells what was changed, and an erased record does not come back', async ({ page }) => {
  test.setTimeout(180_000);
  await makeRegistry(page);
  await importSheets(page);
  await decideAll(page);
  await openPatient(page, 'Okonkwo');
  await page.getByRole('navigation', { name: 'Record' }).getByRole('link', { name: 'Intake' }).click();
  await page.getByRole('button', { name: 'Change details' }).click();
  await page.getByLabel('Phone, the preferred one').fill('555-0111');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.last-save')).toContainText('Details changed');

  await test.step('the record says who wrote what, and what it replaced', async () => {
    await page.getByRole('link', { name: 'Who wrote what' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Who wrote what' })).toBeVisible();
    const changed = page.getByRole('row').filter({ hasText: 'Lena Brandt' }).filter({ hasText: 'Registration' }).last();
    await expect(changed).toContainText('Fri 20 Nov');
    await expect(page.getByRole('row').filter({ hasText: 'imported from a spreadsheet' }).first()).toBeVisible();
    await inEveryLook(page, 'audit', () => expectAccessible(page));
  });

  await test.step('so does the day', async () => {
    await page.goto('./#/audit/2026-11-20');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Who wrote what on');
    await page.getByLabel('Only patients\u2019 records').check();
    await expect(page.getByRole('row').filter({ hasText: 'Okonkwo' }).first()).toBeVisible();
    await page.getByRole('link', { name: 'Day after' }).click();
    await expect(page).toHaveURL(/#\/audit\/2026-11-21$/);
    await expect(page.getByText('Nothing that fits was written.')).toBeVisible();
  });

  await goTo(page, 'Send');
  const older = await savePlain(page);

  await test.step('erasing asks for the name, the word and a reason, by keyboard', async () => {
    await openPatient(page, 'Okonkwo');
    await page.getByRole('navigation', { name: 'Record' }).getByRole('link', { name: 'Intake' }).click();
    await page.getByRole('link', { name: 'Erase this patient for good' }).click();
    await expect(page.getByText('This can\u2019t be undone')).toBeVisible();
    await inEveryLook(page, 'erase', () => expectAccessible(page));
    await page.getByLabel('Type the word ERASE').fill('ERASE');
    await page.getByRole('radio', { name: 'The patient', exact: true }).focus();
    await page.keyboard.press('Space');
    await page.getByLabel('Why').fill('Asked for in writing by letter');
    await page.getByLabel('Type the record number or the family name').fill('Silva');
    await page.keyboard.press('Enter');
    await expect(page.getByText('neither the record number nor the family name').first()).toBeVisible();
    // What is wrong takes the focus, a frame after it is shown: typing goes on when it has it.
    await expect(page.getByRole('alert')).toBeFocused();
    await page.getByLabel('Type the record number or the family name').fill('Okonkwo');
    await page.getByLabel('Type the record number or the family name').press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'The record is erased' })).toBeVisible();
  });

  await test.step('an older file does not bring it back', async () => {
    await goTo(page, 'Send');
    await page.getByLabel('Choose a Caseload file').setInputFiles(fileOf(older.name, older.text));
    await expect(page.getByText('Everything in this file is here already.')).toBeVisible();
    await page.goto('./#/erased');
    await expect(page.getByText('Asked for in writing by letter')).toBeVisible();
    await expect(page.getByText('Okonkwo')).toHaveCount(0);
    await inEveryLook(page, 'erased', () => expectAccessible(page));
  });
});
