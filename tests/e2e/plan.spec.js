// The care plan, its worksheets from contact to contact, medications and treatment changes.
import { openRow, makeTraining } from './support/training.js';
import { goTo } from './support/registry.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';

const saved = (page) => page.locator('.last-save');
const box = (page, name) => page.getByRole('region', { name, exact: true });

/** Opens a section of the record that is open. */
async function openSection(page, title) {
  await page.getByRole('navigation', { name: 'Record' }).getByRole('link', { name: title }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}

test('a plan is written: problems, a goal that can be measured, a barrier with what was done, the next review', async ({ page }) => {
  test.setTimeout(180_000);
  await makeTraining(page);
  await openRow(page, 5);
  await openSection(page, 'Care plan');

  await test.step('problems, one a line', async () => {
    await box(page, 'Problems').getByRole('button', { name: 'Write the problems' }).click();
    await page.getByRole('textbox', { name: 'Problems' }).fill('No appetite\nSleeps four hours');
    await page.keyboard.press('Control+Enter');
    await expect(box(page, 'Problems').getByRole('listitem')).toHaveText(['No appetite', 'Sleeps four hours']);
  });

  await test.step('what was typed for two sections is saved together', async () => {
    const words = box(page, 'In words');
    await words.getByRole('button', { name: 'Write a section' }).click();
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('A sister nearby');
    await page.getByLabel('Section', { exact: true }).selectOption({ label: 'Preferences' });
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Calls before noon');
    await page.keyboard.press('Control+Enter');
    await expect(words).toContainText('Calls before noon');
    await expect(words).toContainText('A sister nearby');
  });

  await test.step('a goal says what it lacks, then how it is measured and by when', async () => {
    const goals = box(page, 'The patient\u2019s own goals');
    await goals.getByRole('button', { name: 'Add goal' }).click();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toContainText('Write the goal');
    await page.getByLabel('Goal, in the patient\u2019s words').fill('Cook on Sundays <b>again</b>');
    await page.keyboard.press('Control+Enter');
    const goal = goals.getByRole('listitem').filter({ hasText: 'Cook on Sundays <b>again</b>' }).first();
    await expect(goal).toContainText('Not said yet: how you will know, and by when');
    await goal.getByRole('button', { name: /^Change goal/ }).click();
    await page.getByLabel('How you will both know').fill('Two Sundays in a row');
    await page.getByLabel('By', { exact: true }).fill('2026-12-18');
    await page.keyboard.press('Control+Enter');
    await expect(goal).toContainText('Measured by: Two Sundays in a row');
    await goal.getByRole('button', { name: /^Note progress/ }).click();
    await page.getByLabel('What happened, or was done').fill('Bought the vegetables');
    await page.keyboard.press('Control+Enter');
    await expect(goal).toContainText('Bought the vegetables');
  });

  await test.step('a barrier has dated steps', async () => {
    const barriers = box(page, 'Barriers');
    await barriers.getByRole('button', { name: 'Add barrier' }).click();
    await page.getByLabel('Transport').check();
    await page.getByLabel('What is in the way').fill('No bus on Sundays');
    await page.getByLabel('What was done about it that day').fill('Applied for a ride program');
    await page.keyboard.press('Control+Enter');
    await expect(barriers).toContainText('Applied for a ride program');
    await barriers.getByRole('button', { name: /^What was done/ }).click();
    await page.getByLabel('What happened, or was done').fill('Rides begin in December');
    await page.keyboard.press('Control+Enter');
    await expect(barriers).toContainText('Rides begin in December');
    await expect(barriers).toContainText('Applied for a ride program');
  });

  await test.step('the review comes up on its day', async () => {
    await page.getByRole('button', { name: 'Plan gone through' }).click();
    await page.getByLabel('Next', { exact: true }).fill('2026-11-20');
    await page.keyboard.press('Control+Enter');
    await expect(page.locator('.plan-review')).toContainText('Plan review due');
    await page.getByRole('button', { name: 'Plan gone through' }).click();
    await page.keyboard.press('Control+Enter');
    await expect(page.locator('.plan-review')).not.toContainText('Plan review due');
  });
  await expectAccessible(page);
  await inEveryLook(page, 'care-plan', async ({ width }) => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });

  await test.step('the patient takes home a page in plain words', async () => {
    await page.emulateMedia({ media: 'print' });
    await expect(page.locator('.plan-sheet')).toContainText('Cook on Sundays');
    await expect(page.locator('.course-plan')).toBeHidden();
    await page.emulateMedia({ media: 'screen' });
  });
});

test('what was planned last time is ticked off during the next contact', async ({ page }) => {
  test.setTimeout(180_000);
  await makeTraining(page);
  await openRow(page, 6);
  const record = page.url();
  await openSection(page, 'Care plan');
  const plan = box(page, 'Activity plan');
  await plan.getByRole('button', { name: 'Plan an activity' }).click();
  await page.getByLabel('What the patient will do').fill('Walk to the park');
  await page.getByLabel('Time', { exact: true }).fill('after breakfast');
  await page.keyboard.press('Control+Enter');
  await expect(plan).toContainText('Walk to the park, after breakfast');

  await test.step('a readiness ruler and a problem sheet', async () => {
    await box(page, 'Readiness ruler').getByRole('button', { name: 'New ruler' }).click();
    await page.getByLabel('The change, in the patient\u2019s words').fill('Drink less on weekdays');
    await page.getByRole('group', { name: /How important/ }).getByLabel('8', { exact: true }).check();
    await page.getByRole('group', { name: /How confident/ }).getByLabel('0', { exact: true }).check();
    await page.keyboard.press('Control+Enter');
    await expect(box(page, 'Readiness ruler').getByRole('row').nth(1)).toContainText('80');
    await box(page, 'Problem solving').getByRole('button', { name: 'New problem' }).click();
    await page.getByLabel('The problem', { exact: true }).fill('Behind with the rent');
    await page.getByLabel('Option 1', { exact: true }).fill('Call the landlord');
    await page.getByLabel('Chosen by the patient').selectOption({ label: 'Call the landlord' });
    await page.getByLabel('Step 1', { exact: true }).fill('Find the number');
    await expectAccessible(page);
    await page.keyboard.press('Control+Enter');
    await expect(box(page, 'Problem solving')).toContainText('To do: Find the number');
  });

  await page.goto(`${record}/contact`);
  const beside = page.getByRole('complementary', { name: 'Worksheets and medications' });
  await beside.getByRole('button', { name: 'Done: Walk to the park' }).click();
  await page.getByLabel('Mood before').fill('11');
  await page.getByLabel('Mood after').fill('6');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toContainText('from 0 to 10');
  await page.getByLabel('Mood before').fill('0');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(beside).toContainText('mood before 0, after 6');
  await expectAccessible(page);
  await inEveryLook(page, 'contact-worksheets');
});

test('a medication keeps its versions, its change the rule and the decision, its dose only the clinic\u2019s own number', async ({ page }) => {
  test.setTimeout(180_000);
  await makeTraining(page);
  await openRow(page, 4);
  await openSection(page, 'Medications');
  await page.getByRole('button', { name: 'Add medication' }).click();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toContainText('Enter the name');
  await page.getByLabel('Name', { exact: true }).fill('Testazepine');
  await page.getByLabel('Dose', { exact: true }).fill('50 mg');
  await page.getByLabel('How often').selectOption({ label: 'Once a day' });
  await page.getByLabel('Why, in words').fill('No change in eight weeks');
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  const taken = box(page, 'Taken now').getByRole('listitem').filter({ hasText: 'Testazepine' }).first();
  await expect(taken).toContainText('Testazepine, 50 mg, once a day');
  await expect(taken).not.toContainText(/adequate|minimum/);
  const changes = box(page, 'Treatment changes');
  await expect(changes).toContainText('No change in eight weeks');
  await expect(changes).toContainText('not measured yet: due Fri 18 Dec');

  await test.step('how it is taken, and another dose', async () => {
    await taken.getByRole('button', { name: /^How it is taken/ }).click();
    await page.getByLabel('Misses some doses').check();
    await page.getByLabel('Doses missed in the last 7 days').fill('2');
    await page.keyboard.press('Control+Enter');
    await expect(taken).toContainText('2 doses missed in 7 days');
    await taken.getByRole('button', { name: /^Another dose/ }).click();
    await page.getByLabel('New dose').fill('100 mg');
    await page.keyboard.press('Control+Enter');
    await expect(taken).toContainText('2 versions');
  });

  await test.step('a change that is only proposed is decided later', async () => {
    await page.getByRole('button', { name: 'Record a treatment change' }).click();
    await page.getByLabel('Psychosocial treatment started or changed').check();
    await page.getByLabel('What exactly').fill('Weekly problem solving');
    await page.getByLabel('Proposed, not decided').check();
    await page.keyboard.press('Control+Enter');
    const change = changes.getByRole('listitem').filter({ hasText: 'Weekly problem solving' }).first();
    await expect(change).toContainText('Not decided yet');
    await change.getByRole('button', { name: /^Decide/ }).click();
    await page.getByLabel('Declined').check();
    await page.keyboard.press('Control+Enter');
    await expect(change).toContainText('Declined');
  });
  await expectAccessible(page);
  await inEveryLook(page, 'medications', async ({ width }) => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });

  await test.step('with the clinic\u2019s own minimum the dose is compared', async () => {
    const record = page.url();
    await goTo(page, 'Settings');
    const doses = page.getByRole('region', { name: 'Minimum doses' });
    await doses.getByLabel('Medication', { exact: true }).fill('testazepine');
    await doses.getByLabel('Least amount a day').fill('one');
    await doses.getByRole('button', { name: 'Save minimum dose' }).click();
    await expect(doses.getByRole('alert')).toContainText('as a number');
    await doses.getByLabel('Least amount a day').fill('150');
    await doses.getByRole('button', { name: 'Save minimum dose' }).click();
    await expect(doses.getByRole('listitem').filter({ hasText: 'testazepine' })).toContainText('150 mg a day');
    // Two changes in a row: the second is made from what the first one left.
    await doses.getByLabel('Medication', { exact: true }).fill('samplepram');
    await doses.getByLabel('Least amount a day').fill('20');
    await doses.getByRole('button', { name: 'Save minimum dose' }).click();
    await doses.getByRole('button', { name: 'Remove samplepram' }).click();
    await expect(doses.getByRole('listitem')).toHaveText([/testazepine: 150 mg a day/]);
    await page.goto(record);
    await expect(taken).toContainText('100 mg a day is under the clinic\u2019s minimum of 150 mg');
    await expect(saved(page)).toContainText('Minimum dose removed');
  });
});
