// What is still open when an episode is to end, and what forms take over from the record.
import { expect, expectAccessible, test } from './support/test.js';
import { makeTraining } from './support/training.js';

test.use({ actionTimeout: 10_000 });

const tab = (page, name) => page.getByRole('navigation', { name: 'Record' }).getByRole('link', { name }).click();

test('a task that repeats by months says when it comes again, and closing asks what becomes of it', async ({ page }) => {
  test.setTimeout(120_000);
  await makeTraining(page);
  await page.goto('./#/patient/new');
  await page.getByLabel('Given name').fill('Wren');
  await page.getByLabel('Family name').fill('Hollowbrook');
  await page.getByLabel('Date of birth').fill('1980-04-02');
  await page.getByLabel('Phone').first().fill('555 010 0123');
  await page.getByRole('button', { name: 'Register patient' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Hollowbrook');

  await test.step('the next day is shown before the task is saved', async () => {
    await tab(page, 'Tasks and referrals');
    const tasks = page.getByRole('region', { name: 'Tasks' });
    await tasks.getByRole('button', { name: 'New task' }).click();
    await tasks.locator('#task-text').fill('Ask for the form');
    await tasks.locator('#task-due').fill('2026-12-31');
    await tasks.locator('#task-repeat').fill('2');
    await tasks.locator('#task-unit').selectOption('months');
    await expect(tasks.getByRole('status')).toContainText('it comes again on Monday 1 March 2027');
    await expectAccessible(page);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/task.png`, fullPage: true });
    await tasks.getByRole('button', { name: 'Save task' }).click();
    await expect(tasks.getByRole('listitem').first()).toContainText('every 2 months on day 31');
  });

  await test.step('the plan begins with what is known', async () => {
    await tab(page, 'Relapse and closing');
    await page.getByRole('button', { name: 'Write the plan' }).click();
    await expect(page.getByText('Taken over from', { exact: false }).first()).toBeVisible();
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/plan.png`, fullPage: true });
  });

  await test.step('closing is saved once the task is decided', async () => {
    await page.getByRole('button', { name: 'Close the episode' }).first().click();
    const form = page.getByRole('region', { name: 'Close the episode, form' });
    await form.getByLabel('Patient declined').check();
    await form.getByRole('button', { name: 'Close the episode' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toContainText('Choose what becomes of this task');
    await form.getByLabel('Keep open').check();
    await form.getByLabel('Why it stays open').fill('The form is still due');
    await expectAccessible(page);
    if (process.env.SHOTS) {
      await page.screenshot({ path: `${process.env.SHOTS}/close.png`, fullPage: true });
      await page.setViewportSize({ width: 390, height: 800 });
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.screenshot({ path: `${process.env.SHOTS}/close-dark.png`, fullPage: true });
    }
    await form.getByRole('button', { name: 'Close the episode' }).click();
    await expect(page.getByText('Task that stays open: Ask for the form (The form is still due)')).toBeVisible();
  });
});
