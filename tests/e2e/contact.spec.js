// Recording a contact: one form, one save, the keyboard from top to bottom.
import { answerByKeys, contactForm } from './support/contact.js';
import { unlock } from './support/registry.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';
import { makeTraining, openRow } from './support/training.js';

const running = (page, title) => contactForm(page).getByRole('region', { name: title }).locator('.running');

async function openForm(page, place = 9) {
  await makeTraining(page);
  await openRow(page, place);
  await page.keyboard.press('c');
  await expect(contactForm(page)).toBeVisible();
}

test('digits typed fast answer and move on, Backspace goes back, the total runs', async ({ page }) => {
  await openForm(page);
  await answerByKeys(page, 'PHQ-9', '232312210');
  // 2+3+2+3+1+2+2+1+0 = 16
  await expect(running(page, 'PHQ-9')).toContainText('2 3 2 3 1 2 2 1 0');
  await expect(running(page, 'PHQ-9')).toContainText('= 16, moderately severe');
  await page.keyboard.press('Backspace');
  await expect(running(page, 'PHQ-9')).toContainText('8 of 9 answered, 16 so far');
  await expect(contactForm(page)).toContainText('PHQ-9 item 9 is not answered');
  await page.keyboard.press('0');
  await expect(running(page, 'PHQ-9')).toContainText('= 16');
  await inEveryLook(page, 'contact', () => expectAccessible(page));
});

test('a positive item 9 is marked, and its alert is wholly in view while the focus stays with the keys', async ({ page }) => {
  await openForm(page);
  for (const size of [{ width: 1280, height: 800 }, { width: 390, height: 844 }, { width: 640, height: 400 }]) {
    await page.setViewportSize(size);
    await answerByKeys(page, 'PHQ-9', '232312211');
    const alert = contactForm(page).getByRole('alert');
    await expect(alert).toContainText('Item 9 is positive');
    await expect(alert).toBeInViewport({ ratio: 1 });
    const told = await alert.evaluate((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const middle = (left + right) / 2;
      const covered = [top + 2, bottom - 2].filter((y) => !element.contains(document.elementFromPoint(middle, y)));
      return { covered, focused: document.activeElement.name };
    });
    expect(told.covered, `covered at ${size.width}`).toEqual([]);
    expect(told.focused).not.toBe('');
    const question = contactForm(page).locator('.question.positive');
    await expect(question).toContainText('Positive: 1');
    if (size.width !== 640) await expectAccessible(page);
    for (let back = 0; back < 10; back += 1) await page.keyboard.press('Backspace');
    // The answer was committed when it was typed: taking it back doesn't take the alert away.
    await expect(alert).toContainText('was typed here, and then changed');
  }
});

test('Ctrl+Enter saves with the focus outside the form', async ({ page }) => {
  await openForm(page);
  await contactForm(page).getByLabel('Minutes').fill('12');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Call recorded' })).toBeVisible();
});

test('a form that is left unsaved says so, and leads back to what was typed', async ({ page }) => {
  await openForm(page);
  await contactForm(page).getByLabel('Note').fill('Begun, not saved');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Today' }).click();
  await expect(page.getByText('is not saved yet. It is kept as a draft')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Go on with it' }).click();
  await expect(contactForm(page).getByLabel('Note')).toHaveValue('Begun, not saved');
  await contactForm(page).getByLabel('Note').press('Control+Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Call recorded' })).toBeVisible();
  await page.getByRole('link', { name: 'Back to Today' }).click();
  await expect(page.getByText('is kept as a draft')).toHaveCount(0);
});

test('a call with a measure and minutes is one save', async ({ page }) => {
  await openForm(page);
  await contactForm(page).getByLabel('Minutes').fill('22');
  await answerByKeys(page, 'GAD-7', '1110000');
  await contactForm(page).getByLabel('Note').fill('Sleeps better');
  await contactForm(page).getByLabel('In 2 weeks').check();
  await expect(contactForm(page)).toContainText('that is Fri 4 Dec');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Call recorded' })).toBeFocused();
  await expect(page.locator('.after-save')).toContainText('Saved 09:00:00, in this browser');
  await page.getByRole('link', { name: 'Open the patient' }).click();
  await expect(page.getByText('Sleeps better')).toBeVisible();
  await expect(page.locator('.events')).toContainText('GAD-7 3, minimal');
});

test('a total alone asks for item 9 apart', async ({ page }) => {
  await openForm(page);
  const measure = contactForm(page).getByRole('region', { name: 'PHQ-9' });
  await measure.getByLabel('Total only').check();
  await measure.getByLabel('PHQ-9 total').fill('28');
  await page.keyboard.press('Control+Enter');
  const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' });
  await expect(summary).toContainText('Enter the PHQ-9 total, from 0 to 27');
  await expect(summary).toContainText('Say what PHQ-9 item 9 was, or that it is not known');
  await measure.getByLabel('PHQ-9 total').fill('12');
  await measure.getByLabel('Not known').check();
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.after-save')).toContainText('item 9 is not answered. Not answered is not “no”: ask it.');
});

test('an attempt asks what came of it, and nothing that needs the patient', async ({ page }) => {
  await openForm(page);
  const form = contactForm(page);
  await form.getByLabel('No, attempt').check();
  await expect(form.getByRole('region', { name: 'PHQ-9' })).toBeHidden();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toContainText('Choose what came of the attempt');
  await form.getByLabel('Voicemail left').check();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Attempt recorded' })).toBeVisible();
});

test('what is typed is kept sealed and comes back after a reload', async ({ page }) => {
  await openForm(page);
  const address = page.url();
  await contactForm(page).getByLabel('Note').fill('Half a note about her sister');
  await page.waitForTimeout(2_500);
  const stored = await page.evaluate(() => JSON.stringify(localStorage) + JSON.stringify(sessionStorage));
  expect(stored).not.toContain('sister');
  await page.reload();
  await unlock(page);
  await page.goto(address);
  await expect(page.getByText('kept in this browser. It is not saved yet.')).toBeVisible();
  await expect(contactForm(page).getByLabel('Note')).toHaveValue('Half a note about her sister');
});
