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
  await expect(alarm).toContainText('phq9_item9_positive');
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
    await page.getByLabel('What was done, and why it can be closed').fill('Fine now');
    await page.getByRole('button', { name: 'Close concern' }).last().click();
    await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toContainText("can't be closed yet");
    await expect(page.getByLabel('What was done, and why it can be closed')).toHaveValue('Fine now');
  });

  await test.step('second step, who was told, next contact', async () => {
    await page.getByRole('button', { name: 'Second step' }).first().click();
    await page.getByLabel('No instrument').check();
    await page.getByRole('textbox', { name: /^Why none/ }).fill('Interview by phone: passive thoughts, no plan');
    await page.getByRole('button', { name: 'Record second step' }).click();
    // The next step opens by itself.
    await page.getByLabel('How, when, and what they said').fill('By phone 09:20, sees the patient today');
    await page.getByRole('button', { name: 'Record who was told' }).click();
    await page.getByRole('button', { name: 'Record next contact' }).click();
    await expect(steps(page)).not.toContainText('not yet');
  });

  await test.step('a named person closes it, and the record says so', async () => {
    await page.getByRole('button', { name: 'Close concern' }).first().click();
    await expect(page.locator('.quick-form')).toContainText('Lena Brandt');
    await page.getByLabel('What was done, and why it can be closed').fill('No plan, PCP sees the patient today');
    await page.getByRole('button', { name: 'Close concern' }).last().click();
    await expect(page.locator('.concern-head')).toContainText('closed Fri 20 Nov by Lena Brandt');
    await page.getByRole('link', { name: 'Open the patient' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(name.split(',')[0]);
    await expect(page.getByRole('region', { name: 'Safety', exact: true })).toContainText('Closed concerns: 1');
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
    await page.getByLabel('How, when, and what they said').fill('By phone 09:20, sees the patient today');
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
