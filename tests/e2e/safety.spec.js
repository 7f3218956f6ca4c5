// Safety: a form with a positive answer is saved first, its concern open; the steps follow and never gate the save.
import { answerByKeys, contactForm } from './support/contact.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';
import { makeTraining, openRow, worklist } from './support/training.js';

const steps = (page) => page.locator('.concern .steps');

test('a positive item 9 is saved first; its steps are recorded, and a named person closes it', async ({ page }) => {
  test.setTimeout(120_000);
  await makeTraining(page);
  const name = await openRow(page, 9);
  await page.keyboard.press('c');
  await answerByKeys(page, 'PHQ-9', '000000001');
  const alarm = contactForm(page).getByRole('alert').filter({ hasText: 'Item 9 is positive' });
  await expect(alarm).toContainText('Rule: item 9 is 1 or more');
  await expect(alarm).toContainText('Nobody else is alerted');

  await test.step('the save comes first, whatever the total', async () => {
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Safety steps' })).toBeVisible();
    await expect(page.locator('.last-save')).toContainText('Call recorded. Saved');
    for (const words of ['Nobody else is alerted', '988', '911', 'PHQ-9 item 9 answered 1']) {
      await expect(page.locator('main')).toContainText(words);
    }
    await inEveryLook(page, 'safety', () => expectAccessible(page));
  });

  await test.step('closing is refused, with what is missing', async () => {
    await page.getByRole('button', { name: 'Close concern' }).first().click();
    await page.getByLabel('What was done').fill('Spoken with the patient');
    await page.getByLabel('Why it can be closed').fill('Fine now, seen on Monday');
    await page.getByRole('button', { name: 'Close concern' }).last().click();
    await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toContainText("can't be closed yet");
    await expect(page.getByLabel('What was done')).toHaveValue('Spoken with the patient');
  });

  await test.step('second step, who was told, next contact', async () => {
    await page.getByRole('button', { name: 'Second step' }).first().click();
    await page.getByLabel('No instrument').check();
    await page.getByRole('textbox', { name: /^Why none/ }).fill('Interview by phone: passive thoughts, no plan');
    await page.getByRole('button', { name: 'Record second step' }).click();
    // The next step opens by itself.
    await page.getByLabel('How, and what they said').fill('By phone, sees the patient today');
    await page.getByRole('button', { name: 'Somebody else was told too' }).click();
    const second = page.getByRole('group', { name: 'Told, 2' });
    await second.getByLabel('Told', { exact: true }).selectOption({ label: 'Family or guardian' });
    await second.getByLabel('Name').fill('Ada, the sister');
    await second.getByLabel('How, and what they said').fill('Stays tonight');
    await page.getByRole('button', { name: 'Record who was told' }).click();
    await expect(page.locator('.quick-form')).toContainText('by your protocol');
    await page.getByLabel('Next contact on').fill('2026-11-27');
    await page.getByRole('button', { name: 'Record next contact' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toContainText('later than the protocol');
    await page.getByLabel('Next contact on').fill('2026-11-23');
    await page.getByRole('button', { name: 'Record next contact' }).click();
    await expect(steps(page)).not.toContainText('not yet');
  });

  await test.step('a named person closes it, and the record says so', async () => {
    await page.getByRole('button', { name: 'Close concern' }).first().click();
    await expect(page.locator('.quick-form')).toContainText('Lena Brandt');
    await page.getByLabel('What was done').fill('PCP sees the patient today');
    await page.getByLabel('Why it can be closed').fill('fine');
    await page.getByRole('button', { name: 'Close concern' }).last().click();
    await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toContainText('at least 10');
    await page.getByLabel('Why it can be closed').fill('No plan, no means, the sister stays');
    await page.getByRole('button', { name: 'Close concern' }).last().click();
    await expect(page.locator('.concern-head')).toContainText('closed Fri 20 Nov by Lena Brandt');
    await page.getByRole('link', { name: 'Open the patient' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(name.split(',')[0]);
    const safety = page.getByRole('region', { name: 'Safety', exact: true });
    await expect(safety).toContainText('Closed concerns: 1');
    await expect(safety).toContainText('Watched until Fri 27 Nov');
    await safety.getByText(/^History:/).click();
    await expect(safety.locator('.history-steps')).toContainText('Stays tonight');
    await expect(safety.locator('.history-steps')).toContainText('Why: No plan, no means, the sister stays');
  });

  await test.step('while it is watched, Today says so', async () => {
    await page.goto('./#/today');
    await expect(worklist(page).filter({ hasText: name.split(',')[0] }).first()).toContainText(/atched until Fri 27 Nov/);
  });
});

test('an acute second step stands first in the box and on Today, and asks before a later contact', async ({ page }) => {
  test.setTimeout(120_000);
  await makeTraining(page);
  const name = await openRow(page, 9);
  await page.keyboard.press('c');
  await answerByKeys(page, 'PHQ-9', '000000001');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Safety steps' })).toBeVisible();
  const form = page.locator('.quick-form');
  for (const place of [0, 1, 2, 3, 4]) {
    await form.getByRole('radio', { name: 'Yes' }).nth(place).check();
  }
  await form.getByRole('button', { name: 'Record second step' }).click();
  const found = page.locator('.concern .found');
  await expect(found).toContainText('ASQ acute positive today 09:00');
  await expect(page.locator('.concern-head')).toContainText('Acute');

  await test.step('a contact later than today asks who keeps the patient safe until then', async () => {
    await page.getByLabel('How, and what they said').fill('By phone, sees the patient today');
    await page.getByRole('button', { name: 'Record who was told' }).click();
    const on = page.getByLabel('Next contact on');
    await expect(on).toHaveValue('2026-11-20');
    await on.fill('2026-11-23');
    await page.getByRole('button', { name: 'Record next contact' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toContainText('who stays with the patient');
    await expectAccessible(page);
    await page.getByLabel('Who stays with the patient until then').fill('In the emergency department with the sister');
    await page.getByRole('button', { name: 'Record next contact' }).click();
    await expect(steps(page)).not.toContainText('not yet');
    await inEveryLook(page, 'safety-acute');
  });

  await test.step('it is the first of Today, though every step is recorded', async () => {
    await page.goto('./#/today');
    await expect(worklist(page).first()).toContainText(name);
    await expect(worklist(page).first()).toContainText('ASQ acute positive today 09:00');
    await worklist(page).first().getByRole('link').first().click();
    await expect(page.locator('.events')).toContainText('ASQ: acute positive');
    await expect(page.locator('.events')).toContainText('Later than today after an acute second step');
    await inEveryLook(page, 'patient-acute', () => expectAccessible(page));
  });
});

test('the steps can be left for a reason; the concern stays on top', async ({ page }) => {
  await makeTraining(page);
  await worklist(page).first().getByRole('link', { name: /^Safety steps/ }).click();
  await page.getByRole('button', { name: 'Leave for now' }).click();
  await page.getByRole('button', { name: 'Record and leave' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toContainText('why the steps wait');
  await page.getByLabel('What you do now, and why the steps wait').fill('Calling the patient now');
  await page.getByRole('button', { name: 'Record and leave' }).click();
  await expect(page.locator('.events')).toContainText('Safety steps left open: Calling the patient now');
  await page.goto('./#/today');
  await expect(worklist(page).first()).toContainText('Safety');
});

test('one key opens a concern by hand, with the steps of its kind', async ({ page }) => {
  test.setTimeout(120_000);
  await makeTraining(page);
  const name = await openRow(page, 9);
  await page.keyboard.press('s');
  const form = page.getByRole('region', { name: 'Open a safety concern, form' });
  await form.getByLabel('Abuse or neglect').check();
  await expect(form).toContainText('reported by law in every state');
  await form.getByLabel('Why', { exact: true }).fill('Bruises, says the father hits');
  await form.getByRole('button', { name: 'Open concern' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Safety steps' })).toBeVisible();
  await expect(steps(page)).toContainText('Report: not yet');

  await test.step('a report asks to whom, when and who took it; or why none is due', async () => {
    await page.getByRole('button', { name: 'Record it' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toContainText('to whom it was reported');
    await page.getByLabel('Child protective services').check();
    await page.getByLabel('Who took it, and how').fill('Intake worker by phone');
    await page.getByLabel('Its number there').fill('77-1');
    await inEveryLook(page, 'safety-report', () => expectAccessible(page));
    await page.getByRole('button', { name: 'Record it' }).click();
    await expect(steps(page)).toContainText('Report: ');
    await page.getByText(/^History:/).click();
    await expect(page.locator('.history-steps')).toContainText('Reported to child protective services');
    await expect(page.locator('.history-steps')).toContainText('number 77-1');
  });

  await test.step('from a row of Today and of the caseload the same key leads to the same form', async () => {
    await page.goto('./#/today');
    await worklist(page).first().getByRole('link').first().focus();
    await page.keyboard.press('s');
    await expect(page.getByRole('region', { name: 'Open a safety concern, form' })).toBeVisible();
    await page.goto('./#/caseload');
    await page.locator('#row-3').focus();
    const row = await page.locator('#row-3 td.name a').innerText();
    await page.keyboard.press('s');
    await expect(page.getByRole('region', { name: 'Open a safety concern, form' })).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(row.split(',')[0]);
  });

  await test.step('all alerts are listed with how long they stood open', async () => {
    await page.goto('./#/alerts');
    const row = page.getByRole('row').filter({ hasText: name.split(',')[0] }).first();
    await expect(row).toContainText('Abuse or neglect');
    await expect(row).toContainText('Open');
    await inEveryLook(page, 'alerts', () => expectAccessible(page));
    await page.getByLabel('Missed a deadline').check();
    await expect(page.getByRole('status').filter({ hasText: 'with a missed deadline' })).toBeVisible();
    await page.emulateMedia({ media: 'print' });
    await page.screenshot({ path: 'test-results/pictures/alerts-print.png', fullPage: true });
    await page.emulateMedia({ media: 'screen' });
  });
});

test('a safety plan is revised without retyping, its versions stay, and its sheet is one page without the app', async ({ page }) => {
  test.setTimeout(120_000);
  await makeTraining(page);
  await openRow(page, 9);
  await page.getByRole('link', { name: 'Safety plan' }).first().click();
  await page.getByRole('button', { name: 'Write a safety plan' }).click();
  await page.getByLabel('Signs that a crisis may be coming').fill('Not sleeping, not answering');
  await page.getByLabel('People I can ask for help').fill('Ada, 555 010 0144');
  await expect(page.getByLabel('Look at it again on')).toHaveValue('2026-12-18');
  await page.getByRole('button', { name: 'Save plan' }).click();
  await expect(page.locator('.plan-sheet')).toContainText('Not sleeping, not answering');

  await page.getByRole('button', { name: 'Revise' }).click();
  await expect(page.getByLabel('People I can ask for help')).toHaveValue('Ada, 555 010 0144');
  await page.getByLabel('What I live for').fill('My dog');
  await page.getByRole('button', { name: 'Save plan' }).click();
  await expect(page.locator('.plan-sheet')).toContainText('My dog');
  await expect(page.getByRole('heading', { name: 'Earlier versions: 1' })).toBeVisible();
  await inEveryLook(page, 'safety-plan', () => expectAccessible(page));

  await page.emulateMedia({ media: 'print' });
  const sheet = page.locator('.plan-sheet');
  for (const words of ['988', '911', 'My safety plan', 'Not sleeping, not answering']) await expect(sheet).toContainText(words);
  for (const gone of [page.locator('.top'), page.locator('.rail'), page.locator('.plan-versions'), page.getByRole('button', { name: 'Revise' })]) {
    await expect(gone).toBeHidden();
  }
  const pdf = await page.pdf({ format: 'Letter' });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
  await page.screenshot({ path: 'test-results/pictures/safety-plan-print.png', fullPage: true });
});
