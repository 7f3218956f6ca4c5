import { openPatient } from './support/contact.js';
import { savePlain, unprotected } from './support/files.js';
import { decideAll, fileOf, goTo, importSheets, joinRegistry, makeRegistry } from './support/registry.js';
import { expect, expectAccessible, freezeClock, inEveryLook, test } from './support/test.js';

test('a caseload goes to a second browser and back, and nothing is lost', async ({ page, browser, baseURL }) => {
  test.setTimeout(120_000);
  await makeRegistry(page);
  await importSheets(page);
  await decideAll(page);
  await goTo(page, 'Send');
  await unprotected(page);
  await expect(page.getByText('Anyone who gets this file can read it')).toBeVisible();
  await inEveryLook(page, 'send', () => expectAccessible(page));
  await expect(page.getByText('No backup was ever saved.')).toBeVisible();
  const sent = await savePlain(page);
  await expect(page.getByText('No backup was ever saved.')).toHaveCount(0);
  expect(sent.name).toBe('caseload-handoff-2026-11-20.json');
  expect(JSON.parse(sent.text).format).toBe('caseload-handoff');

  const other = await browser.newContext({ baseURL });
  const second = await other.newPage();
  await freezeClock(second, '2026-11-20T10:00:00-05:00');

  await test.step('a second browser begins from the file', async () => {
    await joinRegistry(second, fileOf(sent.name, sent.text));
    await goTo(second, 'Caseload');
    await expect(second.getByText(/Okonkwo/).first()).toBeVisible();
  });

  await test.step('it sends back what it already has: there is nothing to merge', async () => {
    await goTo(second, 'Send');
    await second.getByLabel('Choose a Caseload file').setInputFiles(fileOf(sent.name, sent.text));
    await expect(second.getByText('Everything in this file is here already.')).toBeVisible();
    await expect(second.getByRole('button', { name: 'Merge' })).toHaveCount(0);
  });
  await other.close();
});

test('what two copies wrote apart is shown side by side until a person chooses', async ({ page, browser, baseURL }) => {
  test.setTimeout(180_000);
  await makeRegistry(page);
  await importSheets(page);
  await decideAll(page);
  await goTo(page, 'Send');
  const sent = await savePlain(page);
  const other = await browser.newContext({ baseURL });
  const second = await other.newPage();
  await freezeClock(second, '2026-11-20T10:00:00-05:00');
  await joinRegistry(second, fileOf(sent.name, sent.text));
  const changePhone = async (where, phone) => {
    await openPatient(where, 'Okonkwo');
    await where.getByRole('navigation', { name: 'Record' }).getByRole('link', { name: 'Intake' }).click();
    await where.getByRole('button', { name: 'Change details' }).click();
    await where.getByLabel('Phone, the preferred one').fill(phone);
    await where.keyboard.press('Control+Enter');
    await expect(where.locator('.last-save')).toContainText('Okonkwo, Ben: Details changed');
  };
  await changePhone(second, '555-0222');
  await goTo(second, 'Send');
  const back = await savePlain(second);
  await other.close();
  await changePhone(page, '555-0111');
  await goTo(page, 'Send');
  await page.getByLabel('Choose a Caseload file').setInputFiles(fileOf(back.name, back.text));
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(page.getByText(/^Merged/)).toBeVisible();

  await goTo(page, 'Today');
  await page.getByRole('link', { name: '1 patient with two versions to settle' }).click();
  await expect(page.getByText('1 patient with two versions to settle, of every status')).toBeVisible();
  await page.getByRole('link', { name: /^Okonkwo/ }).click();
  const versions = page.locator('.versions li');
  await expect(versions).toHaveCount(2);
  await expect(page.getByText('The newer shows until you choose.')).toBeVisible();
  await expect(versions.filter({ hasText: '555-0222' })).toContainText('Marta Quist, Fri 20 Nov 10:00');
  await inEveryLook(page, 'two-versions', () => expectAccessible(page));
  await versions.filter({ hasText: '555-0111' }).getByRole('button', { name: /^Keep this one/ }).click();
  await expect(versions).toHaveCount(0);
  await expect(page.locator('.reach')).toContainText('555-0111');
});

test('somebody of the file joins as themselves', async ({ page, browser, baseURL }) => {
  test.setTimeout(120_000);
  await makeRegistry(page);
  await importSheets(page);
  await goTo(page, 'Send');
  const { name, text } = await savePlain(page);
  const other = await browser.newContext({ baseURL });
  const second = await other.newPage();
  await freezeClock(second, '2026-11-20T10:00:00-05:00');
  await joinRegistry(second, fileOf(name, text), { as: 'M. Quist' });
  await goTo(second, 'Settings');
  const people = second.getByRole('table', { name: 'People' });
  await expect(people.getByRole('row').filter({ hasText: 'M. Quist' })).toHaveCount(1);
  await expect(people.getByRole('row').filter({ hasText: 'Marta Quist' })).toHaveCount(0);
  await other.close();
});

test('two people who are one become one, and the patients go along', async ({ page }) => {
  await makeRegistry(page, { name: 'Marta Q.', label: 'MQ' });
  await importSheets(page);
  await decideAll(page);
  await page.goto('./#/settings');
  await page.getByRole('button', { name: /^M\. Quist is the same person/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('This is the same person as').selectOption({ label: 'Marta Q.' });
  await expect(dialog).toContainText(/\d+ patients go from M\. Quist to Marta Q\.,/);
  await expectAccessible(page);
  await page.screenshot({ path: 'test-results/pictures/same-person-1280.png' });
  await dialog.getByRole('button', { name: 'Make them one' }).click();
  const people = page.getByRole('table', { name: 'People' });
  await expect(people).toContainText('M. Quist (another name of Marta Q.)');
});

test('only chosen patients are sent', async ({ page }) => {
  await makeRegistry(page);
  await importSheets(page);
  await goTo(page, 'Send');
  await page.getByLabel('Only patients that you choose').check();
  await expect(page.getByText('Choose at least one patient.')).toBeVisible();
  await page.getByLabel('Find a patient').fill('petr');
  await page.getByRole('button', { name: /^Add Petrov/ }).click();
  await expect(page.getByText('Chosen: 1 patient')).toBeVisible();
  await expectAccessible(page);
  const { text } = await savePlain(page);
  expect(JSON.parse(text).charts).toHaveLength(1);
  expect(text).toContain('Petrov');
  expect(text).not.toContain('Okonkwo');
});

test('a file from another registry is previewed, merged and undone', async ({ page, browser, baseURL }) => {
  test.setTimeout(120_000);
  await makeRegistry(page);
  await importSheets(page);
  await goTo(page, 'Send');
  const { name, text } = await savePlain(page);

  const other = await browser.newContext({ baseURL });
  const second = await other.newPage();
  await freezeClock(second, '2026-11-20T10:00:00-05:00');
  await makeRegistry(second, { name: 'Marta Quist', label: 'MQ', clinic: 'Hill Clinic' });
  await goTo(second, 'Send');
  await second.getByLabel('Choose a Caseload file').setInputFiles(fileOf(name, text));
  await expect(second.getByText(/From Lena Brandt/)).toBeVisible();
  await expect(second.getByText(/It comes from another registry/)).toBeVisible();
  await expect(second.getByText('New patients')).toBeVisible();
  const changes = second.getByRole('table', { name: 'What is new, patient by patient' });
  const line = changes.getByRole('row').filter({ hasText: 'Okonkwo' });
  await expect(line).toContainText('new patient');
  await expect(line).toContainText(/\d+ scores?, newest/);
  await inEveryLook(second, 'receive-preview', () => expectAccessible(second));
  await second.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(second.getByText('Merged: 14 new patients')).toBeVisible();
  await expect(changes.getByRole('link', { name: /Okonkwo/ })).toBeVisible();
  await second.getByRole('button', { name: 'Undo merge' }).click();
  await expect(second.getByText('The merge was undone')).toBeVisible();
  await goTo(second, 'Caseload');
  await expect(second.getByText(/Okonkwo/)).toHaveCount(0);
  await other.close();
});
