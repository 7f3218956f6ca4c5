// Recording a contact in the form, as a person with a mouse or only a keyboard does it.
import { expect } from './test.js';

/** Opens a patient's record by the caseload's search. */
export async function openPatient(page, name) {
  await page.getByRole('combobox', { name: 'Search patients and actions' }).fill(name);
  await page.getByRole('option', { name: new RegExp(name) }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
}

/** The form of the contact that is being recorded. */
export const contactForm = (page) => page.getByRole('form', { name: /^Contact with/ });

/** Says that time which overlaps other time stays beside it, and why. */
export async function keepBoth(page, why) {
  const asked = page.getByRole('dialog', { name: 'This time overlaps other time' });
  await asked.getByLabel('Keep both, with a reason').check();
  await asked.getByLabel('Why both stay').fill(why);
  await asked.getByRole('button', { name: 'Save so' }).click();
  await expect(asked).toBeHidden();
}

/** Answers an instrument with the keys: one digit a question. */
export async function answerByKeys(page, title, digits) {
  const measure = contactForm(page).getByRole('region', { name: title });
  await measure.getByLabel('Ask the questions').check();
  const first = measure.getByRole('radiogroup').filter({ has: page.getByRole('radio') }).first().getByRole('radio').first();
  // The form leads the focus there itself, two frames later: typing begins when it is done.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))));
  await first.focus();
  for (const digit of digits) await page.keyboard.press(digit);
}

/** Keys that are counted, and Alt+Down until the focus is where it is wanted. */
export function countedKeys(page) {
  const counted = {
    keys: 0,
    async press(...all) {
      for (const key of all) await page.keyboard.press(key);
      counted.keys += all.length;
    },
    async until(wanted) {
      for (let step = 0; step < 12; step += 1) {
        if (wanted.test(await page.evaluate(() => document.activeElement.id))) return;
        await counted.press('Alt+ArrowDown');
      }
      throw new Error(`the keys never came to ${wanted}`);
    },
  };
  return counted;
}
