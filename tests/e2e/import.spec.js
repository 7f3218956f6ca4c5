import { readFileSync } from 'node:fs';
import { CASELOAD, CONTACTS, fileOf, importSheets, makeRegistry, planImport } from './support/registry.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';

/** The rows of the problems table, each as the texts of its cells. */
async function problems(page) {
  const rows = page.getByRole('table', { name: 'Problems by row and column' }).locator('tbody tr');
  return rows.evaluateAll((lines) => lines.map((line) => [...line.cells].map((cell) => cell.textContent.trim())));
}

test('a messy caseload and its contacts come in, and every problem is named by row and column', async ({ page }) => {
  await makeRegistry(page);
  await planImport(page);

  await test.step('it says how each file was read', async () => {
    const files = page.getByRole('region', { name: /^File \d/ });
    await expect(files).toHaveCount(2);
    await expect(files.nth(0)).toContainText('caseload.csv');
    await expect(files.nth(0)).toContainText(/UTF-8/);
    await expect(files.nth(0)).toContainText(/comma/i);
    await expect(files.nth(0)).toContainText(/title/i);
    await expect(files.nth(1)).toContainText('contacts.csv');
    await expect(files.nth(1)).toContainText(/Windows-1252/);
    await expect(files.nth(1)).toContainText(/semicolon/i);
  });

  await test.step('it names every problem of the files', async () => {
    const found = await problems(page);
    const expected = [
      ['Caseload', '8', 'PHQ-9 last', '31', /Out of range/],
      ['Caseload', '9', 'DOB', '13/45/1980', /Not a date/],
      ['Caseload', '11', 'MRN', /200108/, /blanks/],
      ['Caseload', '15', 'Last Name', /Eng/, /markup/i],
      ['Caseload', '16', 'Date of last PHQ-9', '2/30/2026', /Not a date/],
      ['Caseload', '18', 'MRN', '200107', /already in row/],
      ['Caseload', '3', 'Notes', /HYPERLINK/, /formula/i],
      ['Contacts', '16', 'PHQ9', '31', /Out of range/],
      ['Contacts', '33', 'Date', '2/30/2026', /Not a date/],
      ['Contacts', '36', 'MRN', '999999', /No patient of the caseload/],
      ['Contacts', '37', 'Date', '12/25/2027', /future/],
      ['Contacts', '38', 'Minutes', '1h', /minutes/],
    ];
    const fits = (cell, wanted) => (wanted instanceof RegExp ? wanted.test(cell) : cell === wanted);
    for (const wanted of expected) {
      const hit = found.some((line) => wanted.every((part, at) => fits(line[at], part)));
      expect(hit, `${wanted.join(' | ')} in\n${found.map((line) => line.join(' | ')).join('\n')}`).toBe(true);
    }
  });

  await test.step('problems can be filtered', async () => {
    const all = (await problems(page)).length;
    await page.getByRole('button', { name: /^Row left out \(/ }).click();
    const left = await problems(page);
    expect(left.length).toBeGreaterThan(0);
    expect(left.length).toBeLessThan(all);
    for (const line of left) expect(line.at(-1)).toBe('Row left out');
    await page.getByRole('button', { name: /^All \(/ }).click();
  });

  await test.step('rejected rows are saved as a file', async () => {
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save rejected rows' }).click();
    const file = await saving;
    expect(file.suggestedFilename()).not.toContain('Zeller');
    const text = readFileSync(await file.path(), 'utf8');
    expect(text).toContain('999999');
    expect(text).toContain('moved from old sheet');
  });

  await inEveryLook(page, 'import-plan', () => expectAccessible(page));

  await test.step('one transaction brings it in', async () => {
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(page.getByText('14 new patients imported')).toBeVisible();
    await expect(page.getByText('Importing the same files again changes nothing.')).toBeVisible();
    await expect(page.getByText(/concerns? waits? for your decision/)).toBeVisible();
    await inEveryLook(page, 'import-done', () => expectAccessible(page));
  });

  await test.step('importing again changes nothing', async () => {
    await page.getByRole('button', { name: 'Choose other files' }).click();
    await page.getByLabel('Choose one or two CSV files').setInputFiles([CASELOAD, CONTACTS]);
    await expect(page.getByText('there is nothing to import')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
  });
});

test('an import can be undone and done again', async ({ page }) => {
  await makeRegistry(page);
  await importSheets(page);
  await page.getByRole('button', { name: 'Undo import' }).click();
  await expect(page.getByText('The import was undone')).toBeVisible();
  await page.goto('./#/caseload');
  await expect(page.getByText('Okonkwo')).toHaveCount(0);
  await importSheets(page);
  await expect(page.getByText('14 new patients imported')).toBeVisible();
  await page.goto('./#/caseload');
  await expect(page.getByText(/Okonkwo/).first()).toBeVisible();
});

test('a column that was guessed wrong is corrected, and the correction is remembered', async ({ page }) => {
  await makeRegistry(page);
  const odd = readFileSync(CASELOAD, 'utf8').replace('Last Name', 'Nachname');
  const files = [fileOf('odd.csv', odd, 'text/csv')];
  await planImportWithout(page, files);
  await expect(page.getByText('A column is missing')).toBeVisible();
  const column = page.getByLabel('Nachname');
  await column.focus();
  await column.selectOption({ label: 'Family name' });
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeEnabled();
  await expect(column).toBeFocused();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText(/new patients imported/)).toBeVisible();

  await page.getByRole('button', { name: 'Choose other files' }).click();
  await planImportWithout(page, files);
  await page.locator('summary', { hasText: 'Columns:' }).click();
  await expect(page.getByLabel('Nachname').locator('option:checked')).toHaveText('Family name');
});

async function planImportWithout(page, files) {
  await page.goto('./#/import');
  await page.getByLabel('Choose one or two CSV files').setInputFiles(files);
  await expect(page.getByRole('region', { name: 'File 1' })).toBeVisible();
}

test('the whole import is done with the keyboard', async ({ page }) => {
  await makeRegistry(page);
  await planImport(page);
  await page.getByRole('button', { name: 'Import', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/new patients imported/)).toBeVisible();
  await page.getByRole('link', { name: 'Decide now' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Imported concerns' })).toBeVisible();
});
