// The outcome that everything stands on, as one story: from an empty browser to a second one that holds it all.
import { answerByKeys, contactForm, keepBoth, openPatient } from './support/contact.js';
import { savePlain } from './support/files.js';
import { fileOf, goTo, importSheets, joinRegistry, makeRegistry } from './support/registry.js';
import { expect, freezeClock, test, watchPage } from './support/test.js';

async function saveHandoff(page) {
  await goTo(page, 'Send');
  const { name, text } = await savePlain(page);
  return fileOf(name, text);
}

async function recordCall(page, { minutes, note, phq9, gad7, beside }) {
  const form = contactForm(page);
  await form.getByRole('group', { name: 'How' }).getByLabel('Phone').check();
  await form.getByLabel('Minutes').fill(minutes);
  if (phq9) await answerByKeys(page, 'PHQ-9', phq9);
  if (gad7) await answerByKeys(page, 'GAD-7', gad7);
  await form.getByLabel('Note').fill(note);
  await page.keyboard.press('Control+Enter');
  // The clock stands still here, so a second call of the same person overlaps the first one.
  if (beside) await keepBoth(page, beside);
  await expect(page.locator('.last-save')).toContainText('Saved');
  await expect(page.getByRole('heading', { name: /recorded$/ })).toBeFocused();
}

test('from an empty browser to a second one that holds the merged caseload', async ({ page, browser, baseURL }) => {
  test.setTimeout(180_000);

  await test.step('a care manager makes an encrypted registry', () => makeRegistry(page));

  await test.step('brings in the messy spreadsheet, and decides on the concerns that it held', async () => {
    await importSheets(page);
    await page.getByRole('link', { name: 'Decide now' }).click();
    const forms = page.getByRole('form', { name: /^Decision on/ });
    await expect(forms).toHaveCount(3);
    for (let left = 3; left > 0; left -= 1) {
      await forms.first().getByLabel('Act today').check();
      await forms.first().getByLabel('What will be done today').fill('Call this morning');
      await page.keyboard.press('Enter');
      await expect(forms).toHaveCount(left - 1);
    }
    await page.getByRole('link', { name: 'Go to Today' }).click();
  });

  await test.step('sees whom to call today and why: safety first', async () => {
    const items = page.getByRole('list', { name: 'Whom to call and why' }).getByRole('listitem');
    await expect(items.first()).toContainText('Safety');
    await expect(items.first()).toContainText(/item 9|flag/i);
    await expect(items.filter({ hasText: 'Marlowe' }).first()).toContainText('555-0101');
    await expect(items.filter({ hasText: 'clears when' })).not.toHaveCount(0);
  });

  await test.step('opens a patient and records a call with a PHQ-9, a GAD-7 and minutes, by keyboard', async () => {
    await openPatient(page, 'Sandoval');
    await page.keyboard.press('c');
    await recordCall(page, { minutes: '22', note: 'Sleeps better, walks daily', phq9: '111111110', gad7: '1110000' });
    await openPatient(page, 'Sandoval');
    await expect(page.getByText('Sleeps better, walks daily')).toBeVisible();
  });

  await test.step('sees what the month supports', async () => {
    await goTo(page, 'Month');
    const row = page.locator('table.month tbody').filter({ hasText: 'Sandoval' });
    await expect(row.locator('td[data-label=Minutes]')).toHaveText('22');
    await expect(row).toContainText(/9949\d|G2214/);
  });

  const second = await (await browser.newContext({ baseURL })).newPage();
  const problems = watchPage(second);
  await freezeClock(second, '2026-11-20T11:00:00-05:00');

  await test.step('hands the caseload to a second browser, which begins from it', async () => {
    await joinRegistry(second, await saveHandoff(page));
    await openPatient(second, 'Sandoval');
    await expect(second.getByText('Sleeps better, walks daily')).toBeVisible();
  });

  await test.step('both go on apart', async () => {
    await second.keyboard.press('c');
    await recordCall(second, { minutes: '8', note: 'Pharmacy called back' });
    await openPatient(page, 'Okonkwo');
    await page.keyboard.press('c');
    await recordCall(page, { minutes: '11', note: 'Prefers mornings', beside: 'Two lines at once' });
  });

  await test.step('and merge without loss', async () => {
    await goTo(second, 'Send');
    await second.getByLabel('Choose a Caseload file').setInputFiles(await saveHandoff(page));
    await expect(second.getByText('It comes from a copy of this registry.')).toBeVisible();
    await second.getByRole('button', { name: 'Merge', exact: true }).click();
    await expect(second.getByText('Merged: 0 new patients, 1 known patient changed')).toBeVisible();
    await openPatient(second, 'Okonkwo');
    await expect(second.getByText('Prefers mornings')).toBeVisible();
    await openPatient(second, 'Sandoval');
    await expect(second.getByText('Pharmacy called back')).toBeVisible();
    await expect(second.getByText('Sleeps better, walks daily')).toBeVisible();
    await goTo(second, 'Month');
    const row = second.locator('table.month tbody').filter({ hasText: 'Sandoval' });
    await expect(row.locator('td[data-label=Minutes]')).toHaveText('30');
  });
  expect(problems, problems.join('\n')).toEqual([]);
});
