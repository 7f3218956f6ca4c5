// Patient mode: the tablet is handed over locked; only the questions run; what was answered is in the record at unlock.
import { PASSPHRASE, goTo, unlock } from './support/registry.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';
import { makeTraining, openRow, worklist } from './support/training.js';

const heading = (page) => page.getByRole('heading', { level: 1 });
const answer = (page, words) => page.getByRole('button', { name: words, exact: true }).click();

/** Answers some questions one after the other, and waits for each to be kept. */
async function answerAll(page, from, to, of, words) {
  for (let number = from; number <= to; number += 1) {
    await expect(page.getByText(`Question ${number} of ${of}`, { exact: true })).toBeVisible();
    await answer(page, words);
  }
}

/** Confirms in Settings that positive answers are looked at the same day. */
async function confirmReview(page) {
  await goTo(page, 'Settings');
  const form = page.getByRole('form', { name: 'Same-day review' });
  await form.getByRole('button', { name: 'Confirm' }).click();
  await expect(form.getByText('Enter who looks at the answers').first()).toBeVisible();
  await form.getByLabel('Who looks at the answers the same day').fill('The care manager on duty');
  await form.getByLabel(/^I confirm that on every day/).check();
  await form.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByText(/Confirmed by Lena Brandt on .*: The care manager on duty looks at them/)).toBeVisible();
}

/** The patient's row among those that come first on Today. */
const safetyRow = (page, name) => page.locator('.worklist .item.safety').filter({ hasText: name.split(',')[0] });

async function openHandOver(page) {
  await page.getByText('More', { exact: true }).click();
  await page.getByRole('link', { name: 'Hand over the tablet' }).click();
  await expect(heading(page)).toHaveText('Hand over the tablet');
}

async function handOver(page, first = 'Some questions about how you are') {
  await page.getByRole('button', { name: 'Lock and hand over' }).click();
  await expect(heading(page)).toHaveText(first, { timeout: 30_000 });
}

/** Nothing of the registry is on the page, in its title or in its address. */
async function expectOnlyTheForm(page, name) {
  const [family] = name.split(',');
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await expect(page.getByRole('combobox')).toHaveCount(0);
  expect(await page.locator('body').innerText()).not.toContain(family);
  expect(await page.title()).toBe('Questions');
  expect(new URL(page.url()).hash).toBe('#/');
}

test('a form is filled in on the locked tablet, over a reload, and its positive answer comes before Today', async ({ page, context }) => {
  test.setTimeout(240_000);
  await makeTraining(page);
  const name = await openRow(page, 9);
  const record = page.url();

  await test.step('a question about suicide is offered only after somebody confirmed the review', async () => {
    await openHandOver(page);
    await expect(page.getByLabel(/^PHQ-9 \(/)).toHaveCount(0);
    await expect(page.getByText('PHQ-8 in place of PHQ-9')).toBeVisible();
    await inEveryLook(page, 'hand-over', () => expectAccessible(page));
    await confirmReview(page);
    await inEveryLook(page, 'settings-patient-mode', () => expectAccessible(page));
    await page.goto(record);
    await openHandOver(page);
    await expect(page.getByLabel(/^PHQ-9 \(/)).toBeChecked();
    await expect(page.getByLabel(/^GAD-7 \(/)).toBeChecked();
    await handOver(page);
    await inEveryLook(page, 'patient-begin', () => expectAccessible(page));
  });

  await test.step('half of it is answered, and a reload goes on without unlocking', async () => {
    await page.getByRole('button', { name: 'Start' }).click();
    await expect(heading(page)).toContainText('Little interest or pleasure in doing things');
    await expect(heading(page)).toBeFocused();
    await inEveryLook(page, 'patient-question', () => expectAccessible(page));
    const at = (number) => expect(page.getByText(`Question ${number} of 18`, { exact: true })).toBeVisible();
    await answerAll(page, 1, 3, 18, 'Several days');
    await at(4);
    await page.getByRole('button', { name: 'Back' }).click();
    await at(3);
    await expect(page.getByRole('button', { name: 'Several days' })).toHaveAttribute('aria-pressed', 'true');
    await answer(page, 'Not at all');
    await at(4);
    await page.getByRole('button', { name: 'I’d rather not answer' }).click();
    await expect(page.getByText('Question 5 of 18', { exact: true })).toBeVisible();
    await page.reload();
    await expect(page.getByText('Question 5 of 18', { exact: true })).toBeVisible();
  });

  await test.step('nothing else can be reached by keys, by address, by Back or in a second tab', async () => {
    for (const key of ['g', 't', '/', '?', 'c', 'Escape', 'Control+k']) await page.keyboard.press(key);
    await page.evaluate(() => {
      location.hash = '#/caseload';
    });
    await expectOnlyTheForm(page, name);
    await page.goBack();
    await page.goto('./#/today');
    await expect(page.getByText('Question 5 of 18', { exact: true })).toBeVisible();
    await page.goto(record);
    await page.reload();
    await expect(page.getByText('Question 5 of 18', { exact: true })).toBeVisible();
    await expectOnlyTheForm(page, name);
    const second = await context.newPage();
    await second.goto('./#/caseload');
    await expect(second.getByText('Question 5 of 18', { exact: true })).toBeVisible();
    await second.close();
    // The tab key stays among the answers, what leads on and back, and the way to the unlock form.
    const reached = new Set();
    for (let at = 0; at < 20; at += 1) {
      await page.keyboard.press('Tab');
      reached.add(await page.evaluate(() => document.activeElement?.textContent));
    }
    const allowed = ['Not at all', 'Several days', 'More than half the days', 'Nearly every day', 'Back', 'I’d rather not answer', 'Staff: unlock'];
    for (const words of reached) {
      if (words !== null && words.length < 60) expect(allowed).toContain(words);
    }
  });

  await test.step('a positive safety answer shows the patient where to find help', async () => {
    await answerAll(page, 5, 8, 18, 'Not at all');
    await expect(heading(page)).toContainText('Thoughts that you would be better off dead');
    await answer(page, 'Several days');
    await expect(heading(page)).toHaveText('Thank you for telling us');
    await expect(page.getByRole('link', { name: '988' })).toBeVisible();
    await inEveryLook(page, 'patient-help', () => expectAccessible(page));
    await page.getByRole('button', { name: 'Next' }).click();
    await answer(page, 'Somewhat difficult');
    await answerAll(page, 11, 17, 18, 'Not at all');
    await answer(page, 'Not difficult at all');
    await expect(heading(page)).toHaveText('Thank you');
    await expect(page.getByText('give this back to a member of staff').first()).toBeVisible();
    await expect(page.getByRole('link', { name: '911' })).toBeVisible();
    await inEveryLook(page, 'patient-thanks', () => expectAccessible(page));
    await page.reload();
    await expect(page.getByText('That was the last question.')).toBeVisible();
  });

  await test.step('leaving needs the passphrase', async () => {
    await page.getByRole('button', { name: 'Staff: unlock' }).click();
    await page.getByLabel('Passphrase', { exact: true }).fill('not the passphrase');
    await page.getByRole('button', { name: 'Unlock', exact: true }).click();
    await expect(page.locator('.error-summary')).toContainText('Nothing is lost', { timeout: 60_000 });
    await inEveryLook(page, 'patient-unlock', () => expectAccessible(page));
    await page.getByRole('button', { name: 'Back to the questions' }).click();
    await expect(page.getByText('That was the last question.')).toBeVisible();
    await page.reload();
    await page.getByRole('button', { name: 'Staff: unlock' }).click();
    await unlock(page, PASSPHRASE);
  });

  await test.step('the alert names the patient before Today, whatever the address', async () => {
    await expect(heading(page)).toHaveText('Look at this first');
    await expect(page.getByRole('main')).toContainText(name);
    await expect(page.getByRole('main')).toContainText('Item 9 of PHQ-9: 1, several days');
    await expect(worklist(page)).toHaveCount(0);
    await inEveryLook(page, 'entered', () => expectAccessible(page));
    await page.goto('./#/caseload');
    await expect(heading(page)).toHaveText('Look at this first');
    await page.getByRole('link', { name: /^Begin the safety steps/ }).click();
    await expect(heading(page)).toHaveText('Safety steps');
    await goTo(page, 'Today');
    await expect(safetyRow(page, name)).toBeVisible();
    await page.goto(record);
    await expect(page.getByText(/PHQ-9: 1 not answered, no score.*Entered while locked/).first()).toBeVisible();
    await expect(page.getByText(/GAD-7 0, .*Entered while locked/).first()).toBeVisible();
  });
});

test('an abandoned form in Spanish joins the record, and a positive answer in it opens its concern', async ({ page }) => {
  test.setTimeout(180_000);
  await makeTraining(page);
  await confirmReview(page);
  const name = await openRow(page, 11);
  await openHandOver(page);
  await page.getByLabel(/^GAD-7 \(/).uncheck();
  await page.getByLabel('Each measure on one page').check();
  await page.getByLabel('Español').check();
  await handOver(page, 'Algunas preguntas sobre cómo está usted');
  await page.getByRole('button', { name: 'Empezar' }).click();
  // One after the other, without waiting: each is kept all the same.
  await page.getByRole('group', { name: /Pensamientos de que estaría mejor muerto/ }).getByLabel('Casi todos los días').check();
  await page.getByRole('group', { name: /Poco interés/ }).getByLabel('Prefiero no contestar').check();
  await page.getByRole('group', { name: /Sin apetito/ }).getByLabel('Varios días').check();
  await expect(page.getByRole('heading', { name: 'Gracias por decírnoslo' })).toBeVisible();
  await page.getByRole('button', { name: 'He terminado esta página' }).click();
  await expect(page.getByText('Preguntas sin respuesta: 7')).toBeVisible();
  await expect(page.getByText('Un momento')).toHaveCount(0);
  await inEveryLook(page, 'patient-whole', () => expectAccessible(page));
  await page.getByRole('button', { name: 'Personal: desbloquear' }).click();
  await unlock(page, PASSPHRASE);
  await expect(heading(page)).toHaveText('Look at this first');
  await expect(page.getByRole('main')).toContainText(name);
  await expect(page.getByRole('main')).toContainText('Item 9 of PHQ-9: 3, nearly every day');
  await expect(page.getByRole('main')).toContainText('PHQ-9: 7 not answered, no score');
  await page.reload();
  await unlock(page, PASSPHRASE);
  await expect(safetyRow(page, name)).toBeVisible();
});

test('the substance screen says for whom a question is, and what it came to stands in the record in words', async ({ page }) => {
  await makeTraining(page);
  await openRow(page, 9);
  await openHandOver(page);
  await page.getByLabel(/^PHQ-8 \(/).uncheck();
  await page.getByLabel(/^GAD-7 \(/).uncheck();
  await page.getByLabel(/^TAPS-1 \(5 questions\)/).check();
  const record = page.url().replace('/hand-over', '');
  await handOver(page);
  await page.getByRole('button', { name: 'Start' }).click();
  await answerAll(page, 1, 1, 5, 'Never');
  await expect(page.getByText('This question is for men only.')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'This question is not for me' }).click();
  await expect(page.getByText('This question is for women only.')).toBeVisible();
  await answerAll(page, 3, 3, 5, 'Monthly');
  await answerAll(page, 4, 5, 5, 'Never');
  await expect(heading(page)).toHaveText('Thank you');
  await page.getByRole('button', { name: 'Staff: unlock' }).click();
  await unlock(page, PASSPHRASE);
  await page.goto(record);
  await expect(page.getByText(/TAPS-1: tobacco no, alcohol yes, drugs no, prescription medication no/).first()).toBeVisible();
});
