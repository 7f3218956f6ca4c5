// Closing a month: what is missing is mended for many at once, the month is closed, an entry comes late, the file is read back.
import { readFileSync } from 'node:fs';
import { decideAll, goTo, importSheets, makeRegistry } from './support/registry.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';

/** Rows of a CSV file as lists of cells; quoted cells may hold commas, quotes and line ends. */
function cells(text) {
  const rows = [[]];
  const one = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/g;
  for (const [, cell, end] of text.replace(/^\uFEFF/, '').matchAll(one)) {
    rows.at(-1).push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  return rows.filter((row) => row.length > 1);
}

async function savedCsv(page) {
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  const file = await saving;
  return cells(readFileSync(await file.path(), 'utf8'));
}

test('a month is mended for many, closed, shows a late entry and is reopened with a reason', async ({ page }) => {
  test.setTimeout(120_000);
  await makeRegistry(page);
  await importSheets(page);
  await decideAll(page);
  await goTo(page, 'Month');
  await page.getByLabel('Show month').selectOption('2026-10');
  await expect(page.getByRole('heading', { level: 1, name: 'Month: October 2026' })).toBeVisible();
  const table = page.getByRole('table', { name: /Patients of the month/ });
  const row = (name) => table.locator('tbody').filter({ hasText: name });

  await test.step('consent is recorded for the patients chosen, by keyboard', async () => {
    await expect(page.getByText('0 patients chosen')).toBeVisible();
    await page.getByRole('button', { name: 'Choose all shown, or none' }).press('Enter');
    await expect(page.getByText(/^[1-9]\d* patients chosen$/)).toBeVisible();
    await page.getByRole('button', { name: 'Record consent' }).press('Enter');
    const form = page.getByRole('form', { name: 'For the patients chosen' });
    await form.getByRole('button', { name: 'Save for all of them' }).press('Enter');
    await expect(form.getByText(/the day of the consent/).first()).toBeVisible();
    await form.getByLabel('Day of the consent').fill('2026-08-01');
    await form.getByRole('button', { name: 'Save for all of them' }).press('Enter');
    await expect(page.getByText('0 patients chosen')).toBeVisible();
    await expect(table).not.toContainText('No consent is on record');
  });

  await test.step('a line opens with its entries, its people and what mends what is missing', async () => {
    await row('Marlowe').getByRole('button', { name: /^Why: Marlowe/ }).click();
    const reasons = row('Marlowe').locator('.reasons');
    await expect(reasons.getByRole('heading', { name: 'Minutes by activity' })).toBeVisible();
    await expect(reasons.locator('.month-entries li').first()).toContainText('25 min');
    await expect(reasons).toContainText('the month is over');
    await expect(reasons.getByRole('link', { name: 'Record the visit' })).toBeVisible();
  });
  await inEveryLook(page, 'month-close', () => expectAccessible(page));

  await test.step('the month is closed after its problems were shown', async () => {
    await page.getByRole('button', { name: 'Close the month' }).click();
    const form = page.getByRole('form', { name: 'Close the month' });
    await expect(form.getByRole('listitem').first()).toContainText('something missing');
    await form.getByRole('button', { name: 'Close it now' }).click();
    await expect(page.getByText('This month is closed', { exact: true })).toBeVisible();
    await expect(page.getByText(/^Closed on 2026-11-20 with \d+ time entries/)).toBeVisible();
  });

  await test.step('what is written later shows as late', async () => {
    await row('Marlowe').getByRole('link', { name: /Marlowe/ }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Marlowe');
    await page.keyboard.press('t');
    const form = page.getByRole('region', { name: 'Time, form' });
    await form.getByLabel('Minutes').fill('20');
    await form.getByLabel('Day').fill('2026-10-22');
    await form.getByRole('button', { name: 'Save time' }).click();
    await expect(form).toHaveCount(0);
    await page.goto('./#/month/2026-10');
    await expect(row('Marlowe')).toContainText('Late entries');
    await row('Marlowe').getByRole('button', { name: /^Why: Marlowe/ }).click();
    await expect(row('Marlowe').locator('.reasons')).toContainText('45 minutes count now, 25 did then');
    await expect(row('Marlowe').locator('.reasons')).toContainText('written after the month was closed');
  });

  await test.step('the file says so, and reads back cell by cell', async () => {
    const [head, ...lines] = await savedCsv(page);
    expect(head[0]).toBe('Month');
    expect(head.at(-1)).toBe('After closing');
    for (const line of lines) expect(line).toHaveLength(head.length);
    const marlowe = lines.find((line) => line[head.indexOf('MRN')] === '200101');
    expect(marlowe[head.indexOf('After closing')]).toContain('45 minutes count now');
    expect(lines.flat().filter((cell) => /^[=+@]/.test(cell))).toEqual([]);
  });

  await test.step('it is reopened with a reason only', async () => {
    await page.getByRole('button', { name: 'Reopen the month' }).click();
    const form = page.getByRole('form', { name: 'Reopen the month' });
    await form.getByRole('button', { name: 'Reopen it' }).click();
    await expect(form.getByText('Enter why the month is opened again').first()).toBeVisible();
    await form.getByLabel('Why is it opened again?').fill('Minutes of 22 October were written down late');
    await form.getByRole('button', { name: 'Reopen it' }).click();
    await expect(page.getByRole('button', { name: 'Close the month' })).toBeVisible();
    await expect(row('Marlowe')).not.toContainText('Late entries');
  });
});

test('a payer profile is copied and changed, and a contradiction is refused with a sentence', async ({ page }) => {
  await makeRegistry(page);
  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Copy and edit a payer profile' }).click();
  const form = page.getByRole('form', { name: 'Payer profile of your own' });
  await form.getByLabel('Its name').fill('Lakeside plan');
  await form.getByLabel('99492 from minutes').fill('100');
  await form.getByRole('button', { name: 'Save payer profile' }).click();
  await expect(form.getByText(/add-on starts before its code/).first()).toBeVisible();
  await form.getByLabel('99492 from minutes').fill('40');
  await expectAccessible(page);
  await form.getByRole('button', { name: 'Save payer profile' }).click();
  await expect(page.getByText('Lakeside plan, from midpoint-g2214-16')).toBeVisible();
  await expect(page.getByRole('radio', { name: /^Lakeside plan/ })).toBeVisible();

  await page.getByRole('button', { name: 'Add a person' }).click();
  const person = page.getByRole('form', { name: 'Person' });
  await person.getByLabel('Name').fill('M. Castellanos');
  await person.getByLabel(/^NPI/).fill('1234567890');
  await person.getByRole('button', { name: 'Save person' }).click();
  await expect(person.getByText(/last digit/).first()).toBeVisible();
  await person.getByLabel(/^NPI/).fill('1234567893');
  await person.getByRole('button', { name: 'Save person' }).click();
  await expect(person).toHaveCount(0);
});
