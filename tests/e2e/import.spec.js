import { readFileSync } from 'node:fs';
import { CASELOAD, CONTACTS, fileOf, importSheets, makeRegistry, planImport } from './support/registry.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';

const TABLE = { name: 'Problems by row and column' };

/** The rows of the problems table, each as the texts of its cells; folded ones are unfolded first. */
async function problems(page) {
  const table = page.getByRole('table', TABLE);
  const more = table.getByRole('button', { name: /^Show \d+ more/ });
  while ((await more.count()) > 0) await more.first().click();
  const rows = table.locator('tbody tr:not(.problem-kind):not(.problem-more)');
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

  await test.step('problems come by kind, the weightiest first, and can be filtered', async () => {
    const groups = await page.getByRole('table', TABLE).locator('tr.problem-kind').allInnerTexts();
    const weights = groups.map((group) => group.split(':')[0]);
    const order = ['Rows left out', 'Safety', 'Values dropped', 'Notes'];
    expect(weights).toEqual(weights.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
    const all = await problems(page);
    const dropped = all.find((line) => line[3] === '31');
    expect(dropped.at(-1)).toBe('This value is dropped; the rest of the row comes in');
    await page.getByRole('button', { name: /^Rows left out \(/ }).click();
    const left = await problems(page);
    expect(left.length).toBeGreaterThan(0);
    expect(left.length).toBeLessThan(all.length);
    for (const line of left) expect(line.at(-1)).toBe('Row left out');
    await page.getByRole('button', { name: /^All \(/ }).click();
  });

  await test.step('rejected rows are saved as a file a sheet, each under its own headings', async () => {
    for (const [sheet, holds, lacks] of [
      ['caseload', 'moved from old sheet', '999999'],
      ['contacts', '999999', 'moved from old sheet'],
    ]) {
      const saving = page.waitForEvent('download');
      await page.getByRole('button', { name: `Save rejected ${sheet} rows` }).click();
      const file = await saving;
      expect(file.suggestedFilename()).toBe(`${sheet}-rejected-rows.csv`);
      const text = readFileSync(await file.path(), 'utf8');
      expect(text).toContain(holds);
      expect(text).not.toContain(lacks);
      expect(text.split('\r\n')[0]).toMatch(/,Row,Why$/);
    }
  });

  await test.step('the care managers of the sheets are guessed, and can be chosen', async () => {
    const whose = page.getByRole('region', { name: 'Who is this?' });
    await expect(whose.getByLabel('L. Brandt').locator('option:checked')).toHaveText('Lena Brandt (you)');
    await expect(whose.getByLabel('M. Quist').locator('option:checked')).toHaveText('A new person');
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
    await page.getByLabel('Choose an Excel or CSV file').setInputFiles([CASELOAD, CONTACTS]);
    await expect(page.getByText('there is nothing to import')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
  });
});

test('a corrected file of rejected rows comes in, and one file at a time has something to say', async ({ page }) => {
  await makeRegistry(page);
  await page.goto('./#/import');
  const choose = page.getByLabel('Choose an Excel or CSV file');
  await choose.setInputFiles([fileOf('list.csv', Buffer.from([0x50, 0x4b, 3, 4, 0]))]);
  await expect(page.getByRole('alert').filter({ hasText: 'list.csv' })).toBeVisible();
  await choose.setInputFiles([fileOf('a.csv', 'x'), fileOf('b.csv', 'x'), fileOf('c.csv', 'x')]);
  await expect(page.getByText('Choose 2 files at most. Nothing was read.')).toBeVisible();
  await expect(page.getByText('list.csv')).toHaveCount(0);

  const head = 'MRN,Last Name,First Name,DOB,Date of last PHQ-9,Notes\n';
  await choose.setInputFiles([fileOf('list.csv', `${head},Gomez,Ana,4/2/1980,-,call first\n`)]);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save rejected caseload rows' }).click();
  const text = readFileSync(await (await saving).path(), 'utf8');
  await page.getByRole('button', { name: 'Choose other files' }).click();
  await choose.setInputFiles([fileOf('corrected.csv', text.replace('\r\n,Gomez', '\r\n700501,Gomez'))]);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText('1 new patient imported')).toBeVisible();

  await page.getByRole('button', { name: 'Choose other files' }).click();
  await choose.setInputFiles([fileOf('empty.csv', head)]);
  await expect(page.getByText('This file has headings and no rows.')).toBeVisible();
  await expect(page.getByText('No problems were found.')).toHaveCount(0);
});

test('a field that moves to another column says which column is passed over, and a missing name blocks', async ({ page }) => {
  await makeRegistry(page);
  await planImport(page);
  await page.locator('summary', { hasText: 'Columns:' }).first().click();
  await page.getByLabel('First Name').selectOption({ label: 'Family name' });
  await expect(page.getByText('Last Name is now passed over: Family name comes from First Name.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
  await expect(page.locator('.hint', { hasText: 'known as \u201cGiven name\u201d' })).toBeVisible();
  await page.getByLabel('Last Name').selectOption({ label: 'Given name' });
  await expect(page.getByText('is now passed over')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeEnabled();
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
  await page.getByLabel('Choose an Excel or CSV file').setInputFiles(files);
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

test('an Excel workbook comes in by its sheets, and cells can be pasted', async ({ page }) => {
  await makeRegistry(page);
  await page.goto('./#/import');
  const choose = page.getByLabel('Choose an Excel or CSV file');

  await test.step('a workbook that is damaged says so, and nothing is changed', async () => {
    const workbook = readFileSync('tests/data/import/caseload.xlsx');
    await choose.setInputFiles(fileOf('caseload.xlsx', workbook.subarray(0, workbook.length / 2)));
    await expect(page.getByRole('alert').filter({ hasText: 'This workbook is damaged' })).toContainText('Nothing was changed.');
  });

  await test.step('its sheets are taken for what they look like, and can be changed', async () => {
    await choose.setInputFiles('tests/data/import/caseload.xlsx');
    const files = page.getByRole('region', { name: /^File \d/ });
    await expect(files).toHaveCount(2);
    await expect(files.nth(0)).toContainText('caseload.xlsx, sheet Caseload');
    await expect(files.nth(1)).toContainText('caseload.xlsx, sheet Contacts');
    const left = page.getByRole('region', { name: 'Sheets that are not used' });
    await expect(left).toContainText('caseload.xlsx, sheet Key');
    await files.nth(1).getByRole('button', { name: 'Leave this sheet out' }).click();
    await expect(files).toHaveCount(1);
    await left.getByRole('button', { name: 'Use caseload.xlsx, sheet Contacts as the contacts' }).click();
    await expect(files).toHaveCount(2);
    await expectAccessible(page);
  });

  await test.step('its problems are named by the rows that the spreadsheet program shows', async () => {
    const found = await problems(page);
    const named = found.map(([sheet, row, column, cell]) => [sheet, row, column, cell].join(' | '));
    expect(named).toContain('Caseload | 7 | PHQ-9 last | 31');
    expect(named).toContain('Caseload | 8 | DOB | 13/45/1980');
  });

  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText(/new patients? imported/)).toBeVisible();

  await test.step('the same row, pasted, is here already; a new one comes in', async () => {
    await page.goto('./#/triage');
    await page.goto('./#/import');
    await page.getByText('Paste cells instead').click();
    await page.getByRole('button', { name: 'Read these cells' }).click();
    await expect(page.getByText('Nothing was pasted yet.')).toBeVisible();
    await page
      .getByLabel('Cells from a spreadsheet, with their headings')
      .fill('MRN\tLast Name\tFirst Name\tDOB\tTx Status\n810001\tQuill\tPerla\t2/3/1980\tActive\n');
    await page.getByRole('button', { name: 'Read these cells' }).click();
    const file = page.getByRole('region', { name: 'File 1' });
    await expect(file).toContainText('Pasted cells');
    await expect(file).toContainText('UTF-8, tabs, 1 row');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(page.getByText('1 new patient imported')).toBeVisible();
  });
});
