// Two weeks of coverage by two browser profiles: out, worked on there and here, back, what both changed settled; and
// patients who change hands together.
import { contactForm, openPatient } from './support/contact.js';
import { savePlain, unprotected } from './support/files.js';
import { decideAll, fileOf, goTo, importSheets, joinRegistry, makeRegistry, unlock } from './support/registry.js';
import { expect, expectAccessible, freezeClock, inEveryLook, test } from './support/test.js';

/** Changes the first telephone number of a patient. */
async function changePhone(page, phone) {
  await openPatient(page, 'Okonkwo');
  await page.getByRole('navigation', { name: 'Record' }).getByRole('link', { name: 'Intake' }).click();
  await page.getByRole('button', { name: 'Change details' }).click();
  await page.getByLabel('Phone, the preferred one').fill(phone);
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.last-save')).toContainText('Okonkwo, Ben: Details changed');
}

test('two weeks of coverage: out, worked on twice, back, settled', async ({ page, browser, baseURL }) => {
  test.setTimeout(240_000);
  await makeRegistry(page);
  await importSheets(page);
  await decideAll(page);
  await goTo(page, 'Send');
  const coverage = page.getByRole('region', { name: 'Coverage' });
  const plan = coverage.getByRole('form', { name: 'Plan a coverage' });

  const out = await test.step('one patient goes to M. Quist until 4 December', async () => {
    await unprotected(page);
    await coverage.getByRole('button', { name: 'Plan a coverage' }).click();
    await plan.getByRole('button', { name: 'Hand over and save the file' }).click();
    await expect(plan.getByRole('link', { name: 'Choose who covers' })).toBeVisible();
    await plan.getByLabel('Who covers').selectOption({ label: 'M. Quist' });
    await plan.getByLabel('Until, that day included').fill('2026-12-04');
    await plan.getByLabel('Those that I choose').check();
    await plan.getByRole('checkbox', { name: /^Okonkwo/ }).check();
    const sheet = coverage.getByRole('table', { name: 'Safety items, and what is late or falls due' });
    await expect(sheet.getByRole('row').filter({ hasText: 'Okonkwo' })).toHaveCount(1);
    await inEveryLook(page, 'coverage-plan', () => expectAccessible(page));
    await savePlain(page, 'Hand over and save the file');
    await expect(coverage.getByText(/^1 patient with M\. Quist since Fri 20 Nov/)).toBeVisible();
    // Taken back, nothing is out, and what was saved is not to be given away; then it goes out after all.
    await page.locator('.last-save').getByRole('button', { name: 'Undo' }).click();
    await expect(page.locator('.last-save')).toContainText('delete the file and don\u2019t give it to anybody');
    await expect(coverage.getByText(/M\. Quist since/)).toHaveCount(0);
    await expect(coverage.getByText(/^Saved as /)).toHaveCount(0);
    await coverage.getByRole('button', { name: 'Plan a coverage' }).click();
    await plan.getByLabel('Who covers').selectOption({ label: 'M. Quist' });
    await plan.getByLabel('Until, that day included').fill('2026-12-04');
    await plan.getByLabel('Those that I choose').check();
    await plan.getByRole('checkbox', { name: /^Okonkwo/ }).check();
    const file = await savePlain(page, 'Hand over and save the file');
    await expect(coverage.getByText(/^1 patient with M\. Quist since Fri 20 Nov/)).toBeVisible();
    return file;
  });
  expect(JSON.parse(out.text).scope.coverage).toHaveLength(1);
  expect(JSON.parse(out.text).cover.patients).toHaveLength(1);

  await openPatient(page, 'Okonkwo');
  await expect(page.getByText(/with M\. Quist since Fri 20 Nov, not merged back/).first()).toBeVisible();

  await test.step('the caseload marks it', async () => {
    await goTo(page, 'Caseload');
    const row = page.getByRole('row').filter({ hasText: 'Okonkwo' });
    await expect(row.locator('.away-whole')).toHaveText('Coverage: with M. Quist since Fri 20 Nov, not merged back');
    await expect(page.locator('.away')).toHaveCount(1);
    await inEveryLook(page, 'caseload-away', () => expectAccessible(page));
  });

  const other = await browser.newContext({ baseURL });
  const second = await other.newPage();
  await freezeClock(second, '2026-11-24T10:00:00-05:00');
  await test.step('the covering copy begins from the file and works', async () => {
    await joinRegistry(second, fileOf(out.name, out.text), { as: 'M. Quist' });
    await openPatient(second, 'Okonkwo');
    await expect(second.getByText(/covering for .+ until Fri 4 Dec/).first()).toBeVisible();
    await second.keyboard.press('c');
    await contactForm(second).getByLabel('Minutes').fill('20');
    await second.keyboard.press('Control+Enter');
    await expect(second.locator('.last-save')).toContainText('Okonkwo');
    await changePhone(second, '555-0222');
  });

  await changePhone(page, '555-0111');

  const back = await test.step('it is handed back in one step', async () => {
    await goTo(second, 'Send');
    const file = await savePlain(second, /^Hand back to/);
    await expect(second.getByText(/^Handed back to .+: 1 patient/)).toBeVisible();
    await expectAccessible(second);
    return file;
  });
  await other.close();

  await test.step('after the last day it is late at home', async () => {
    // Two weeks later the page has locked itself.
    await freezeClock(page, '2026-12-05T09:00:00-05:00');
    await page.reload();
    await unlock(page);
    // Nobody saved a backup in these two weeks either.
    await page.getByRole('dialog').getByRole('button', { name: /^I am with a patient/ }).click();
    await openPatient(page, 'Okonkwo');
    await expect(page.getByText(/[Cc]overage ended Fri 4 Dec, not merged back/).first()).toBeVisible();
    await goTo(page, 'Caseload');
    await expect(page.getByRole('row').filter({ hasText: 'Okonkwo' }).locator('.away.late')).toContainText('Coverage, late: with M. Quist');
  });

  await test.step('merging brings it back, and what both changed is settled', async () => {
    await goTo(page, 'Send');
    await page.getByLabel('Choose a Caseload file').setInputFiles(fileOf(back.name, back.text));
    const changes = page.getByRole('table', { name: 'What is new, patient by patient' });
    await expect(changes.getByRole('row').filter({ hasText: 'Okonkwo' })).toContainText('Two versions to settle');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Merge', exact: true }).click();
    await expect(page.getByText(/^Merged/)).toBeVisible();
    await openPatient(page, 'Okonkwo');
    await expect(page.getByText(/not merged back/)).toHaveCount(0);
    const versions = page.locator('.versions li');
    await expect(versions).toHaveCount(2);
    await versions.filter({ hasText: '555-0222' }).getByRole('button', { name: /^Keep this one/ }).click();
    await expect(versions).toHaveCount(0);
  });
});

test('patients change hands together, by keys', async ({ page }) => {
  await makeRegistry(page);
  await importSheets(page);
  await decideAll(page);
  await page.goto('./#/assign');
  await expect(page.getByRole('heading', { level: 1, name: 'Patients by care manager' })).toBeVisible();
  const table = page.getByRole('table', { name: 'Patients by care manager' });
  await expect(table.getByRole('row').nth(1)).toContainText('Nobody');
  await inEveryLook(page, 'assign', () => expectAccessible(page));
  const form = page.getByRole('form', { name: 'Assign' });
  const all = table.getByRole('row').filter({ hasText: 'Lena Brandt' }).getByRole('cell').last();
  const before = Number(await all.innerText());
  await page.getByRole('checkbox', { name: /^Sandoval/ }).focus();
  await page.keyboard.press('Space');
  await form.getByLabel('Assign to').selectOption({ label: 'Lena Brandt' });
  await form.getByLabel('Why').fill('Speaks the same language');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.last-save')).toContainText('1 patient assigned');
  await expect(all).toHaveText(String(before + 1));
  // One key takes it back, in every record that it touched; then it is done again.
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('u');
  await expect(page.locator('.last-save')).toContainText('Undone: 1 patient assigned');
  await expect(all).toHaveText(String(before));
  await page.getByRole('checkbox', { name: /^Sandoval/ }).check();
  await form.getByLabel('Assign to').selectOption({ label: 'Lena Brandt' });
  await form.getByLabel('Why').fill('Speaks the same language');
  await page.keyboard.press('Control+Enter');
  await expect(all).toHaveText(String(before + 1));
  await openPatient(page, 'Sandoval');
  await expect(page.getByText(/[Cc]are manager Lena Brandt/).first()).toBeVisible();
});
