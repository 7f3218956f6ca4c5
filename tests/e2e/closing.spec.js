// Relapse prevention and closing: readiness, the plan, the way back to active treatment, and an end that leaves nothing open.
import { answerByKeys, contactForm } from './support/contact.js';
import { unlock } from './support/registry.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';
import { makeTraining, openRow, worklist } from './support/training.js';

test.use({ actionTimeout: 10_000 });

const problem = (page) => page.getByRole('alert').filter({ hasText: 'There is a problem' });
const box = (page, name) => page.getByRole('region', { name, exact: true });
const tab = (page, name) => page.getByRole('navigation', { name: 'Record' }).getByRole('link', { name }).click();

/** A patient of our own in active treatment since 2 March; their record's page. */
async function registered(page, family) {
  await page.goto('./#/patient/new');
  await page.getByLabel('Given name').fill('Wren');
  await page.getByLabel('Family name').fill(family);
  await page.getByLabel('Date of birth').fill('1980-04-02');
  await page.getByLabel('Phone').first().fill('555 010 0123');
  await page.getByRole('button', { name: 'Register patient' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(family);
  await status(page, 'Active', '2026-03-02');
}

async function status(page, to, from) {
  await page.locator('.menu > summary').click();
  await page.getByRole('button', { name: 'Status', exact: true }).click();
  await page.getByLabel(to, { exact: true }).check();
  await page.locator('#status-from').fill(from);
  await page.getByRole('button', { name: 'Change status' }).click();
  await expect(page.locator('.quick-form')).toHaveCount(0);
}

/** A PHQ-9 by its total, with its safety item. */
async function phq9(page, total, day, item9 = 0) {
  await expect(page.locator('.identity')).toBeVisible();
  await page.keyboard.press('m');
  const form = page.getByRole('region', { name: 'Measure, form' });
  await form.getByLabel('Total only').check();
  await form.locator('#measure-day').fill(day);
  await form.locator('#measure-time').fill('');
  await form.locator('[name="phq9-safety-phq9_9"]').nth(item9).check();
  await form.locator('#phq9-total').fill(String(total));
  await page.getByRole('button', { name: 'Save measure' }).click();
  await expect(page.locator('.last-save')).toContainText('Measure recorded');
  if (!item9) await expect(page.locator('.quick-form')).toHaveCount(0);
}

test('ready for relapse prevention, its plan, a relapse, and active treatment again', async ({ page }) => {
  test.setTimeout(150_000);
  await makeTraining(page);
  await registered(page, 'Quillfeather');
  await phq9(page, 18, '2026-03-03');
  await phq9(page, 9, '2026-10-01');
  await phq9(page, 9, '2026-11-12');

  await test.step('what is met and what is missing stands with its numbers, by each definition', async () => {
    await tab(page, 'Relapse and closing');
    const ready = box(page, 'Ready for relapse prevention?');
    await expect(ready).toContainText('PHQ-9 at target: 9 on Thu 1 Oct, 9 on Thu 12 Nov');
    await expect(ready).toContainText('Ready: everything below is met');
    await expect(ready).toContainText('The definitions disagree');
    await ready.getByLabel('“At target” means').selectOption({ label: 'Remission' });
    await expect(ready).toContainText('PHQ-9 9 on Thu 12 Nov is not at target');
    await inEveryLook(page, 'closing-ready', () => expectAccessible(page));
  });

  await test.step('moving on is a person’s, with intervals of its own', async () => {
    await page.getByRole('button', { name: 'Move to relapse prevention' }).first().click();
    await expect(page.getByLabel('Contact every')).toHaveValue('60');
    await page.getByLabel('Contact every').fill('45');
    await page.getByRole('button', { name: 'Move to relapse prevention' }).last().click();
    await expect(box(page, 'Relapse prevention')).toContainText('Contact every 45 days, as agreed with this patient');
  });

  await test.step('a plan says what is missing, and keeps its versions', async () => {
    await page.getByRole('button', { name: 'Write the plan' }).click();
    await expect(page.getByLabel('Whom to call')).toHaveValue(/988/);
    await page.getByLabel('Own warning signs').fill('sleeping badly, not answering friends');
    await page.getByRole('button', { name: 'Write the plan' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Write the plan' }).click();
    await expect(page.getByLabel('Own warning signs')).toHaveValue('sleeping badly, not answering friends');
    await page.getByRole('button', { name: 'Save plan' }).click();
    const plan = box(page, 'Relapse-prevention plan');
    await expect(plan).toContainText('Not complete. Missing:');
    await page.getByRole('button', { name: 'Revise the plan' }).click();
    for (const part of ['Medications to continue', 'What helps', 'Keeping stress down', 'Next appointments']) {
      await page.getByLabel(part).fill('said by the patient');
    }
    await page.getByRole('button', { name: 'Save plan' }).click();
    await expect(plan).toContainText('Complete: every part is filled in');
    await expect(plan).toContainText('Earlier versions: 1');
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('heading', { name: 'My plan to stay well' })).toBeVisible();
    await expect(page.locator('.closing-page')).toBeHidden();
    await page.emulateMedia({ media: 'screen' });
    await inEveryLook(page, 'closing-plan', () => expectAccessible(page));
  });

  await test.step('a score of 12 asks on Today to reopen; one form does it, with its reason', async () => {
    await tab(page, 'Overview');
    await phq9(page, 12, '2026-11-20');
    await page.goto('./#/today');
    const row = worklist(page).filter({ hasText: 'Quillfeather' });
    await expect(row).toContainText('in relapse prevention (above 9): reopen active care?');
    await row.getByRole('link', { name: /Reopen active treatment/ }).click();
    await expect(page.getByLabel('Why', { exact: true })).toHaveValue(/PHQ-9 12 on Fri 20 Nov/);
    await expectAccessible(page);
    await box(page, 'Reopen active treatment, form').getByRole('button', { name: 'Reopen active treatment' }).click();
    await expect(box(page, 'Ready for relapse prevention?')).toBeVisible();
    await tab(page, 'Overview');
    await expect(page.locator('.standing')).toContainText('Active');
    await expect(page.locator('.events')).toContainText('PHQ-9 12 on Fri 20 Nov in relapse prevention');
  });
});

test('an end is refused while something is open, keeps its outcome, and can be taken back', async ({ page }) => {
  test.setTimeout(150_000);
  await makeTraining(page);
  await registered(page, 'Ashgrove');
  const record = page.url();
  await phq9(page, 20, '2026-03-03');
  await phq9(page, 10, '2026-11-12', 1);
  await page.goto(record);
  await tab(page, 'Relapse and closing');
  const closing = box(page, 'Closing the episode');
  await expect(closing).toContainText('20 (3 Mar 2026)');
  await expect(closing).toContainText('The safety concern about suicide or self-harm');

  await test.step('refused with what is open, what was typed still there', async () => {
    await page.getByRole('button', { name: 'Close the episode' }).first().click();
    await page.getByRole('button', { name: 'Close the episode' }).last().click();
    await expect(problem(page)).toContainText('Choose why it is closed');
    await page.getByLabel('Could not be reached').check();
    await expect(closing).toContainText('The PCP’s agreement is needed');
    await page.getByRole('button', { name: 'Close the episode' }).last().click();
    await expect(problem(page)).toContainText("This episode can't be closed yet: the safety concern about suicide");
    await expect(problem(page)).toContainText('recorded agreement');
    await expect(page.getByLabel('Could not be reached')).toBeChecked();
    await inEveryLook(page, 'closing-refused', () => expectAccessible(page));
  });

  await test.step('handed to a named person and agreed on, it ends with its outcome', async () => {
    await page.getByLabel('Handed to: name and place').fill('Rosa Diaz, mobile crisis team');
    await page.getByRole('button', { name: 'Close the episode' }).last().click();
    await expect(problem(page)).toContainText('Say how they confirmed');
    await page.getByLabel('How they confirmed it').fill('By phone: she visits tomorrow');
    await page.getByLabel('Who agreed').fill('Dr. Obi');
    await page.getByLabel('How, and what they said').fill('By phone: agrees, sends a letter');
    await page.getByRole('button', { name: 'Close the episode' }).last().click();
    const ended = box(page, 'How it ended');
    await expect(ended).toContainText('Could not be reached');
    await expect(ended).toContainText('Dr. Obi agreed');
    await expect(ended.getByRole('row', { name: /PHQ-9/ })).toContainText('remission');
    await expect(box(page, 'After closing')).toContainText('stays open, and on Today');
    await expect(box(page, 'After closing')).toContainText('Rosa Diaz');
    await inEveryLook(page, 'closing-ended', () => expectAccessible(page));
  });

  await test.step('letters are drafted, edited and recorded', async () => {
    await page.getByRole('button', { name: 'Letter to the patient' }).click();
    await expect(page.getByLabel('Text')).toHaveValue(/We tried to reach you/);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Letter to the PCP' }).click();
    const text = page.getByLabel('Text');
    await expect(text).toHaveValue(/PHQ-9: 20 on March 3, 2026 to 10 on November 12, 2026/);
    await expect(text).toHaveValue(/handed to Rosa Diaz, mobile crisis team/);
    await inEveryLook(page, 'closing-letter', () => expectAccessible(page));
    await page.getByRole('button', { name: 'Record as sent' }).click();
    await tab(page, 'Overview');
    await expect(page.locator('.events')).toContainText('Message to the treating clinician by letter');
    await expect(page.locator('.events')).toContainText('Safety concern handed to Rosa Diaz');
    await expect(page.locator('.standing')).toContainText('losed');
  });

  await test.step('closed in error: it is open again', async () => {
    await tab(page, 'Relapse and closing');
    await page.getByRole('button', { name: 'Closed in error' }).click();
    await page.getByLabel('Why the closing was wrong').fill('The patient called back');
    await page.getByRole('button', { name: 'Take the closing back' }).click();
    await expect(closing).toBeVisible();
  });
});

test('the alert of a positive answer survives a reload, and an undo says that the concern stays', async ({ page }) => {
  test.setTimeout(120_000);
  await makeTraining(page);
  await openRow(page, 9);
  const chart = page.url();
  await page.keyboard.press('c');
  await answerByKeys(page, 'PHQ-9', '000000001');
  await expect(contactForm(page)).toContainText('the concern is open, whatever becomes of this form');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Safety steps' })).toBeVisible();
  await page.goto(chart);
  const alert = page.getByRole('alert', { name: 'A positive safety answer waits' });
  await expect(alert).toBeVisible();
  await page.keyboard.press('u');
  await expect(page.locator('.last-save')).toContainText('Its safety concern stays open');
  await page.reload();
  await unlock(page);
  await expect(alert).toBeVisible();
  await alert.getByLabel('What you do now, and why the steps wait').fill('Calling the patient now');
  await alert.getByRole('button', { name: 'Record and close this' }).click();
  await expect(alert).toHaveCount(0);
});
