// The tour of the README: a day in the training registry, step by step. With TOUR=1 it writes the pictures anew
// (docs/tour/*.png); without, it checks that each step still shows what its picture tells.
import { mkdirSync } from 'node:fs';
import { answerByKeys, contactForm } from './support/contact.js';
import { goTo } from './support/registry.js';
import { expect, test } from './support/test.js';
import { makeTraining, openRow, worklist } from './support/training.js';

const FOLDER = 'docs/tour';
const PICTURE = { width: 1280, height: 800 };

test.use({ actionTimeout: 10_000 });

const heading = (page) => page.getByRole('heading', { level: 1 });

/** One picture: nothing moves, nothing blinks, the pointer is away, the last save's time doesn't tell when it was taken. */
async function picture(page, name) {
  if (!process.env.TOUR) return;
  mkdirSync(FOLDER, { recursive: true });
  await page.setViewportSize(PICTURE);
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${FOLDER}/${name}.png`, animations: 'disabled', caret: 'hide', scale: 'css' });
}

test('a day in the training registry', async ({ page }) => {
  test.setTimeout(240_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });

  await test.step('1 Today: whom to call and why', async () => {
    await makeTraining(page);
    await expect(heading(page)).toContainText('Fri 20 Nov');
    await expect(worklist(page).first()).toContainText('Safety');
    await picture(page, '1-today');
  });

  await test.step('2 a try by one key', async () => {
    const second = worklist(page).nth(1).getByRole('link').first();
    await second.focus();
    const name = await second.innerText();
    await page.keyboard.press('v');
    await expect(page.locator('.last-save')).toContainText(`${name}: Voicemail recorded. Saved`);
    await picture(page, '2-voicemail');
    await page.keyboard.press('u');
    await expect(page.locator('.last-save')).toContainText('Undone: Voicemail recorded');
  });

  await test.step('3 the record: scores with their treatment changes, and what is due', async () => {
    await openRow(page, 3);
    await expect(page.locator('.identity')).toBeVisible();
    await expect(page.getByRole('img', { name: /PHQ-9/ }).first()).toBeVisible();
    // The graphs are the middle of it.
    await page.getByRole('heading', { level: 2, name: 'Measures' }).evaluate((measures) => {
      const bar = document.querySelector('header').getBoundingClientRect().height;
      window.scrollBy({ top: measures.getBoundingClientRect().top - bar - 16, behavior: 'instant' });
    });
    await picture(page, '3-record');
    await page.evaluate(() => window.scrollTo({ top: 0, behavior: 'instant' }));
  });

  await test.step('4 a contact: the questions answered by digits, minutes, what comes next', async () => {
    await page.keyboard.press('c');
    await expect(contactForm(page)).toBeVisible();
    await contactForm(page).getByLabel('Minutes').fill('22');
    await answerByKeys(page, 'PHQ-9', '21112110');
    await expect(contactForm(page)).toContainText('8 of 9 answered');
    await picture(page, '4-contact');
    await page.keyboard.press('0');
    await page.keyboard.press('1');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('heading', { level: 2, name: 'Call recorded' })).toBeVisible();
  });

  await test.step('5 the caseload: everybody, with course and change', async () => {
    await goTo(page, 'Caseload');
    await expect(page.locator('td.name a').first()).toBeVisible();
    await expect(page.locator('td.phq9').first()).toBeVisible();
    await picture(page, '5-caseload');
  });

  await test.step('6 the case review: who is discussed and why, fitted to the hour', async () => {
    await goTo(page, 'Case review');
    await expect(page.locator('.agenda-row').first()).toBeVisible();
    await expect(page.getByText(/patients? to discuss/)).toBeVisible();
    await picture(page, '6-review');
  });

  await test.step('7 the month: minutes, what they support, and what is missing', async () => {
    await goTo(page, 'Month');
    await expect(page.locator('table.month tbody').first()).toBeVisible();
    await picture(page, '7-month');
  });

  await test.step('8 the evening: nothing urgent is left unseen', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('v');
    await expect(heading(page)).toHaveText(/^Evening/);
    await expect(page.getByRole('region', { name: /^Next: / })).toBeVisible();
    await picture(page, '8-evening');
  });
});
