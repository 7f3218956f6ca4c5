// A treatment change becomes the medicine list in one step; goals and barriers from the contact; education; given-up steps.
import { makeTraining, openRow } from './support/training.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';

const box = (page, name) => page.getByRole('region', { name, exact: true });

async function openSection(page, title) {
  await page.getByRole('navigation', { name: 'Record' }).getByRole('link', { name: title }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}

test('an accepted dose change becomes the medicine list in the same save, undo takes both back, and the list carries it out once', async ({ page }) => {
  test.setTimeout(180_000);
  await makeTraining(page);
  await openRow(page, 4);
  await openSection(page, 'Medications');
  const taken = box(page, 'Taken now').getByRole('listitem').filter({ hasText: 'Testazepine' }).first();
  const changes = box(page, 'Treatment changes');
  const change = changes.getByRole('listitem').filter({ hasText: 'Testazepine to 100 mg' }).first();

  await test.step('a medication that was taken before', async () => {
    await page.getByRole('button', { name: 'Add medication' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Testazepine');
    await page.getByLabel('Dose', { exact: true }).fill('50 mg');
    await page.getByLabel('How often').selectOption({ label: 'Once a day' });
    await page.getByLabel('Since', { exact: true }).fill('2026-09-10');
    await page.getByLabel(/^It is started now/).uncheck();
    await page.keyboard.press('Control+Enter');
    await expect(taken).toContainText('Testazepine, 50 mg, once a day');
  });

  await test.step('proposed on one day: nothing changes on the list', async () => {
    await page.getByRole('button', { name: 'Record a treatment change' }).click();
    await page.getByLabel('Dose changed').check();
    await page.getByLabel('What exactly').fill('Testazepine to 100 mg');
    await page.getByLabel('About the medication').selectOption({ label: 'Testazepine, 50 mg, once a day' });
    await expect(page.getByLabel('Proposed by')).toHaveValue('');
    await expect(page.getByLabel('Dose from then on')).toHaveValue('100 mg');
    await page.getByLabel('Proposed, not decided').check();
    await expect(page.getByLabel('Dose from then on')).toBeHidden();
    await page.getByLabel('Day proposed').fill('2026-11-02');
    await page.keyboard.press('Control+Enter');
    await expect(change).toContainText('Not decided yet');
    await expect(taken).toContainText('50 mg');
  });

  await test.step('accepted today: the list in the same save', async () => {
    await change.getByRole('button', { name: /^Decide/ }).click();
    await page.getByLabel('Declined', { exact: true }).check();
    await expect(page.getByLabel('Declined by').locator('option', { hasText: 'The patient' })).toHaveCount(1);
    await page.getByLabel('Accepted and made').check();
    await expect(page.getByLabel('Accepted by')).not.toHaveValue('');
    await expect(page.getByLabel('Day of the change')).toHaveValue('2026-11-20');
    await expect(page.getByLabel('Dose from then on')).toHaveValue('100 mg');
    await expectAccessible(page);
    await inEveryLook(page, 'medicine-decided');
    await page.keyboard.press('Control+Enter');
    await expect(taken).toContainText('Testazepine, 100 mg, once a day');
    await expect(taken).toContainText('Dose last changed Fri 20 Nov (today)');
    await expect(changes.getByRole('listitem').filter({ hasText: 'Testazepine to 100 mg' })).toHaveCount(1);
    await expect(change).toContainText('Mon 2 Nov');
  });

  await test.step('undo takes both back; made without the list it says so, and another dose carries it out', async () => {
    await page.getByRole('button', { name: /^Undo/ }).first().click();
    await expect(taken).toContainText('50 mg');
    await expect(change).toContainText('Not decided yet');
    await change.getByRole('button', { name: /^Decide/ }).click();
    await page.getByLabel('Accepted and made').check();
    await page.getByLabel('Make it the medicine list').uncheck();
    await page.keyboard.press('Control+Enter');
    await expect(change).toContainText('doesn\u2019t say so yet');
    await taken.getByRole('button', { name: /^Another dose/ }).click();
    await expect(page.getByLabel('New dose')).toHaveValue('100 mg');
    await expect(page.locator('.quick-form')).toContainText('No second change is written');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await change.getByRole('button', { name: /^Make it the medicine list/ }).click();
    await page.getByLabel('Taken so since').fill('2026-11-12');
    await inEveryLook(page, 'medicine-to-list');
    await page.keyboard.press('Control+Enter');
    await expect(taken).toContainText('Dose last changed Thu 12 Nov (8 days)');
    await expect(change).not.toContainText('doesn\u2019t say so yet');
    await expect(changes.getByRole('listitem').filter({ hasText: 'Testazepine to 100 mg' })).toHaveCount(1);
  });
  await inEveryLook(page, 'medicine-list');
});

test('goals and barriers are noted from the contact; a barrier opens a task; education and a given-up step are told', async ({ page }) => {
  test.setTimeout(180_000);
  await makeTraining(page);
  await openRow(page, 6);
  const record = page.url();
  await openSection(page, 'Care plan');
  await box(page, 'The patient\u2019s own goals').getByRole('button', { name: 'Add goal' }).click();
  await page.getByLabel('Goal, in the patient\u2019s words').fill('See my sister again');
  await page.keyboard.press('Control+Enter');
  const goal = box(page, 'The patient\u2019s own goals').getByRole('listitem').filter({ hasText: 'See my sister again' }).first();
  await expect(goal).toContainText('Gap');
  const barriers = box(page, 'Barriers');
  await barriers.getByRole('button', { name: 'Add barrier' }).click();
  await page.getByLabel('Transport').check();
  await page.getByLabel('What is in the way').fill('No bus on Sundays');
  await page.keyboard.press('Control+Enter');

  await test.step('a task and a referral prefilled from the barrier', async () => {
    await barriers.getByRole('button', { name: /^Make a task/ }).click();
    await expect(page.getByLabel('What', { exact: true })).toHaveValue('Transport: No bus on Sundays');
    await page.keyboard.press('Control+Enter');
    await expect(barriers).toContainText('Task, due');
    await barriers.getByRole('button', { name: /^Refer out/ }).click();
    await expect(page.getByLabel('Kind', { exact: true })).toHaveValue('transport');
    await page.getByLabel('To', { exact: true }).fill('Ride program');
    await inEveryLook(page, 'barrier-referral');
    await page.keyboard.press('Control+Enter');
    await expect(barriers).toContainText('Referred to Ride program: Transport: No bus on Sundays');
  });

  await test.step('education with a hand-out', async () => {
    await box(page, 'Education given').getByRole('button', { name: 'Add education' }).click();
    await page.getByLabel('About what').fill('Sleep');
    await page.getByLabel('Hand-out given').fill('Sleeping better');
    await page.getByLabel('Only in part').check();
    await expectAccessible(page);
    await page.keyboard.press('Control+Enter');
    await expect(box(page, 'Education given')).toContainText('In talking, hand-out (Sleeping better); understood only in part');
    await expect(box(page, 'Education given')).toContainText('Go over it again');
  });

  await test.step('a planned step that is emptied is kept as given up', async () => {
    const problems = box(page, 'Problem solving');
    await problems.getByRole('button', { name: 'New problem' }).click();
    await page.getByLabel('The problem', { exact: true }).fill('Behind with the rent');
    await page.getByLabel('Step 1', { exact: true }).fill('Find the number');
    await page.keyboard.press('Control+Enter');
    await problems.getByRole('button', { name: /^Go on/ }).first().click();
    await page.getByLabel('Step 1', { exact: true }).fill('');
    await page.keyboard.press('Control+Enter');
    await expect(problems).toContainText('Given up: Find the number');
  });
  await inEveryLook(page, 'plan-barriers');

  await test.step('progress from the contact', async () => {
    await page.goto(`${record}/contact`);
    const beside = page.getByRole('complementary', { name: 'Worksheets and medications' });
    await beside.getByRole('button', { name: /^Note progress: See my sister again/ }).click();
    await page.getByLabel('What happened, or was done').fill('Called her');
    await page.getByRole('button', { name: 'Save step' }).click();
    await expect(beside).toContainText('Called her');
    await expectAccessible(page);
    await inEveryLook(page, 'contact-goals');
  });
});
