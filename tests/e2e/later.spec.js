// What was done on one day and written on another, put otherwise, or settled since: each is said where it is looked for.
import { answerByKeys, contactForm } from './support/contact.js';
import { makeRegistry } from './support/registry.js';
import { ABLE, inTreatment } from './support/review.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';

test.use({ actionTimeout: 20_000 });

const heading = (page) => page.getByRole('heading', { level: 1 });
const saved = (page) => page.locator('.last-save');
const box = (page, name) => page.getByRole('region', { name, exact: true });
const fits = (page) => async ({ width }) => {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  await expectAccessible(page);
};

/** Opens a section of the record that is open. */
async function openSection(page, title) {
  await page.getByRole('navigation', { name: 'Record' }).getByRole('link', { name: title }).click();
  await expect(heading(page)).toHaveText(title);
}

test('a safety step of an earlier day says when it was written, and put otherwise it stays one step', async ({ page }) => {
  test.setTimeout(180_000);
  await makeRegistry(page);
  await inTreatment(page, ABLE);
  const record = page.url();

  await test.step('a call of Monday, typed on Friday, opens a concern of Monday', async () => {
    await page.keyboard.press('c');
    const form = contactForm(page);
    await expect(form).toBeVisible();
    await form.locator('#day').fill('2026-11-16');
    await form.getByRole('group', { name: 'How' }).getByLabel('Phone').check();
    await answerByKeys(page, 'PHQ-9', '111111111');
    await form.getByLabel('Minutes').fill('20');
    await page.keyboard.press('Control+Enter');
    await expect(heading(page)).toHaveText('Safety steps');
  });

  await test.step('the second step of Monday too', async () => {
    const form = page.getByRole('region', { name: 'Second step, form' });
    await form.getByLabel('No instrument').check();
    await form.locator('#second-step-day').fill('2026-11-16');
    await form.locator('#second-step-showed').fill('By phone: passive thoughts, no plan');
    await form.getByRole('button', { name: 'Record second step' }).click();
    await expect(page.locator('#told-day')).toBeVisible();
    await page.getByText(/^History:/).click();
    await expect(page.locator('.history-steps li').filter({ hasText: 'passive thoughts' })).toContainText('Written Fri 20 Nov');
  });

  await test.step('the alerts page has it in time, with the day on which it was written', async () => {
    await page.goto('./#/alerts');
    await expect(heading(page)).toHaveText('Safety alerts');
    const row = page.getByRole('row').filter({ hasText: 'Able' });
    await expect(row).toContainText('Second step Mon 16 Nov, written Fri 20 Nov');
    await expect(row).toContainText('Clinician told due Mon 16 Nov, not done');
    await expect(row).not.toContainText('Second step due');
    await inEveryLook(page, 'later-alerts', fits(page));
  });

  await test.step('put otherwise, it is one step that keeps its first words', async () => {
    await page.goto(record);
    const steps = page.locator('.event').filter({ hasText: 'Second step: By phone: passive thoughts' });
    await expect(steps).toHaveCount(1);
    await steps.locator('summary').click();
    await steps.getByRole('button', { name: /^Correct/ }).click();
    await expect(page.locator('#correct-left')).toHaveValue('By phone: passive thoughts, no plan');
    await page.locator('#correct-left').fill('By phone: thoughts that came and went, no plan');
    await page.locator('#correct-reason').fill('Said more exactly');
    await inEveryLook(page, 'later-correct', fits(page));
    await page.getByRole('button', { name: 'Save correction' }).click();
    await expect(saved(page)).toContainText('Corrected');
    await expect(page.locator('.event').filter({ hasText: 'Second step: ' })).toHaveCount(1);
    const safety = box(page, 'Safety');
    await safety.getByText(/^History:/).click();
    const step = safety.locator('.history-steps li').filter({ hasText: 'thoughts that came and went' });
    await step.getByText('Before it was corrected').click();
    await expect(step).toContainText('passive thoughts');
    await expect(step).toContainText('Said more exactly');
  });
});

test('a task and a referral say when the barrier that they were made from is settled', async ({ page }) => {
  test.setTimeout(180_000);
  await makeRegistry(page);
  await inTreatment(page, ABLE);
  await openSection(page, 'Care plan');
  const barriers = box(page, 'Barriers');
  await barriers.getByRole('button', { name: 'Add barrier' }).click();
  await page.getByLabel('Transport').check();
  await page.getByLabel('What is in the way').fill('No bus on Sundays');
  await page.getByRole('button', { name: 'Save barrier' }).click();
  await expect(barriers).toContainText('Nothing was done about it yet');
  await barriers.getByRole('button', { name: /^Make a task/ }).click();
  await expect(page.locator('#task-text')).toHaveValue('Transport: No bus on Sundays');
  await page.getByRole('button', { name: 'Save task' }).click();
  await expect(barriers).toContainText('Task, due');
  await barriers.getByRole('button', { name: /^Change barrier/ }).click();
  await page.getByLabel('Overcome', { exact: true }).check();
  await page.getByRole('button', { name: 'Save barrier' }).click();
  await expect(barriers).toContainText('overcome');

  await openSection(page, 'Tasks and referrals');
  const tasks = box(page, 'Tasks');
  const task = tasks.getByRole('listitem').filter({ hasText: 'Transport: No bus on Sundays' });
  await expect(task).toContainText('Made for a barrier: Transport, settled Fri 20 Nov');
  await inEveryLook(page, 'later-barrier', fits(page));
  await task.getByRole('button', { name: /^Drop/ }).click();
  await expect(page.locator('#drop-why')).toHaveValue('The barrier is settled: Transport, settled Fri 20 Nov');
  await page.getByRole('button', { name: 'Drop it' }).click();
  await expect(tasks).toContainText('No open task');
});

test('one letter asks about all open recommendations, and one press answers them all', async ({ page }) => {
  test.setTimeout(180_000);
  await makeRegistry(page);
  await inTreatment(page, ABLE);
  const record = page.url();
  const team = box(page, 'Case review');
  for (const advice of ['Start sertraline 50 mg', 'Repeat the TSH']) {
    await team.getByRole('button', { name: 'Record review' }).click();
    await page.locator('#review-advice').fill(advice);
    await page.getByRole('button', { name: 'Save review' }).click();
    await expect(team).toContainText(advice);
    await expect(page.locator('.quick-form')).toHaveCount(0);
  }
  const all = team.getByRole('group', { name: 'The PCP\u2019s answer today to all 2 of the letter' });
  await expect(all).toHaveCount(0);

  await openSection(page, 'Notes and letters');
  await expect(page.locator('#letter-text')).toHaveValue(/Repeat the TSH/);
  await expect(page.getByLabel('About', { exact: true })).toHaveValue('all');
  await page.getByRole('button', { name: 'Keep as sent' }).click();
  await expect(page.getByText('Kept as sent.', { exact: true })).toBeVisible();

  await page.goto(record);
  await expect(all).toBeVisible();
  await expect(team).toContainText('2 recommendations went out in one letter');
  await inEveryLook(page, 'later-letter', fits(page));
  await all.getByRole('button', { name: 'All: Accepted' }).click();
  await expect(saved(page)).toContainText('2 answers recorded');
  await expect(all).toHaveCount(0);
  await expect(team.getByText(/^accepted, Fri 20 Nov/)).toHaveCount(2);
});
