// Long work shows how far it is and can be cancelled; what it did can be undone, also after a reload.
import { decideAll, fileOf, goTo, importSheets, makeRegistry, planImport, unlock } from './support/registry.js';
import { largeSheet } from './support/sheets.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';

const PATIENTS = 9000;

test('a large import counts its patients, is cancelled with nothing changed, and then comes in', async ({ page }) => {
  test.setTimeout(300_000);
  await makeRegistry(page);
  await goTo(page, 'Import');
  const choose = page.getByLabel('Choose an Excel or CSV file');
  const cancel = page.getByRole('button', { name: 'Cancel' });
  const sheet = fileOf('large.csv', largeSheet(PATIENTS), 'text/csv');

  await test.step('reading is cancelled', async () => {
    await choose.setInputFiles(sheet);
    await cancel.click();
    await expect(page.getByText('Cancelled. Nothing was changed.')).toBeVisible();
    await expect(choose).toBeAttached();
  });

  await test.step('writing is cancelled', async () => {
    await choose.setInputFiles(sheet);
    await expect(page.getByRole('heading', { name: 'What will be made of them' })).toBeVisible({ timeout: 120_000 });
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(page.getByRole('progressbar')).toBeVisible();
    await cancel.click();
    await expect(page.getByText('Cancelled. Nothing was changed.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeVisible();
    await page.reload();
    await unlock(page);
    await page.goto('./#/caseload');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByText(/Aspen/)).toHaveCount(0);
  });

  await test.step('it comes in, and shows a count while it is written', async () => {
    await planImport(page, [sheet], { timeout: 120_000 });
    // Every text that is shown is noted as it comes: a quick machine shows each count for a moment only.
    await page.evaluate(() => {
      globalThis.__shown = new Set();
      const note = () => globalThis.__shown.add(document.querySelector('.long-work')?.textContent ?? '');
      new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(page.getByText('9,000 new patients imported')).toBeVisible({ timeout: 120_000 });
    const shown = await page.evaluate(() => [...globalThis.__shown].join('\n'));
    expect(shown).toMatch(/Writing: [\d,]+ of 9,000 patients/);
  });

  await test.step('every record is checked', async () => {
    await page.goto('./#/settings');
    await page.getByRole('button', { name: 'Check every record' }).click();
    await expect(page.getByText('Checked: 9,001 records can be read.')).toBeVisible({ timeout: 120_000 });
  });
});

test('an import is named and undone after a reload, until somebody has written to its patients', async ({ page }) => {
  await makeRegistry(page);
  await importSheets(page);
  const last = page.getByRole('region', { name: 'The last import or merge' });

  await test.step('it is undone after a reload', async () => {
    await page.reload();
    await unlock(page);
    await page.goto('./#/import');
    await expect(last).toContainText('Import of 2 sheets');
    await expect(last).toContainText('14 new patients');
    await inEveryLook(page, 'import-last', () => expectAccessible(page));
    await last.getByRole('button', { name: 'Undo: Import of 2 sheets' }).click();
    await expect(page.getByText(/^Undone: Import of 2 sheets/)).toBeVisible();
    await expect(last).toHaveCount(0);
    await page.goto('./#/caseload');
    await expect(page.getByText('Okonkwo')).toHaveCount(0);
  });

  await test.step('it comes in again, and is built upon', async () => {
    await importSheets(page);
    await decideAll(page);
    await page.goto('./#/import');
    await expect(last).toContainText(/can.t be undone as a whole any more: \d+ of its new patients/);
    await expect(last.getByRole('button')).toHaveCount(0);
  });
});
