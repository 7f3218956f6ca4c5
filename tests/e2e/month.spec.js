import { readFileSync } from 'node:fs';
import { decideAll, goTo, importSheets, makeRegistry } from './support/registry.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';

test('the month shows minutes, what they support, what is missing and why', async ({ page }) => {
  await makeRegistry(page);
  await importSheets(page);
  await decideAll(page);
  await goTo(page, 'Month');
  await expect(page.getByRole('heading', { level: 1, name: 'Month: November 2026' })).toBeVisible();

  const table = page.getByRole('table', { name: /Patients of the month/ });
  const row = (name) => table.locator('tbody').filter({ hasText: name });

  await test.step('the profile says what is not settled', async () => {
    await expect(page.getByText('Not settled yet')).toBeVisible();
  });

  await test.step('a row has its minutes, and its reasons open in words', async () => {
    // 60 minutes on 3 November and 18 on the 17th.
    await expect(row('Okonkwo').locator('td[data-label=Minutes]')).toHaveText('78');
    const why = row('Okonkwo').getByRole('button', { name: /^Why: Okonkwo/ });
    await expect(why).toHaveAttribute('aria-expanded', 'false');
    await why.click();
    await expect(why).toHaveAttribute('aria-expanded', 'true');
    await expect(row('Okonkwo').locator('.reasons')).toContainText(/consent/i);
  });

  await test.step('codes and the profile are in words, and what many lack is said once', async () => {
    await expect(page.getByText('CPT midpoint', { exact: false }).first()).toBeVisible();
    await expect(page.getByText('midpoint-g2214-16')).toHaveCount(0);
    await expect(page.getByRole('region', { name: 'What the codes stand for' })).toContainText('any later month');
    const many = page.getByRole('status').filter({ hasText: 'Missing for many' });
    const line = many.getByRole('listitem').filter({ hasText: 'No consent is on record' });
    await expect(line).toContainText(/\d+ patients/);
    const all = await table.locator('th[scope=row]').count();
    const lacking = Number(/(\d+) patients/.exec(await line.innerText())[1]);
    await line.getByRole('button', { name: 'Show these patients' }).click();
    await expect(table.locator('th[scope=row]')).toHaveCount(lacking);
    await line.getByRole('button', { name: 'Show all patients' }).click();
    await expect(table.locator('th[scope=row]')).toHaveCount(all);
  });

  await test.step('rows come by name, and those to look at first when asked', async () => {
    const names = async () => (await table.locator('th[scope=row]').allInnerTexts()).map((name) => name.trim());
    const byName = await names();
    expect(byName).toEqual([...byName].sort((a, b) => a.toLowerCase().localeCompare(b.toLowerCase(), 'en')));
    await page.getByRole('button', { name: /^Needs a look first/ }).click();
    expect((await names()).toSorted()).toEqual(byName.toSorted());
    await page.getByRole('button', { name: 'By name' }).click();
  });

  await inEveryLook(page, 'month', () => expectAccessible(page));

  await test.step('the month is in the address, and Back works', async () => {
    await page.getByRole('link', { name: 'Earlier month' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Month: October 2026' })).toBeVisible();
    expect(page.url()).toMatch(/#\/month\/2026-10$/);
    await page.getByLabel('Show month').selectOption('2026-06');
    await expect(page.getByRole('heading', { level: 1, name: 'Month: June 2026' })).toBeVisible();
    await page.goBack();
    await page.goBack();
    await expect(page.getByRole('heading', { level: 1, name: 'Month: November 2026' })).toBeVisible();
  });

  await test.step('the CSV has the rows and their reasons, and no formula', async () => {
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as CSV' }).click();
    const file = await saving;
    expect(file.suggestedFilename()).toBe('caseload-month-2026-11.csv');
    const text = readFileSync(await file.path(), 'utf8');
    expect(text).toMatch(/Okonkwo/);
    expect(text).toMatch(/78/);
    expect(text.split('\r\n')[0]).toContain('Supported by minutes,Codes,Missing');
    expect(text).not.toMatch(/(^|,|")[=+@]/m);
    await expect(page.getByText('Saved as caseload-month-2026-11.csv')).toBeVisible();
  });
});

test('a month without time says where minutes come from', async ({ page }) => {
  await makeRegistry(page);
  await page.goto('./#/month/2024-02');
  await expect(page.getByText('No patient has time in this month.')).toBeVisible();
  await expectAccessible(page);
});
