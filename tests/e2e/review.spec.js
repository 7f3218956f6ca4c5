// The case review: the agenda, one patient's screen to share, what is typed while the consultant speaks, and next week.
import { goTo, makeRegistry, unlock } from './support/registry.js';
import { ABLE, BRISK, CLAY, agendaNames as names, agendaRows as rows, inTreatment } from './support/review.js';
import { expect, expectAccessible, freezeClock, inEveryLook, test } from './support/test.js';

test.use({ actionTimeout: 10_000 });

const meeting = (page) => page.locator('.meeting');

test('a meeting of three: order changed, one skipped, advice typed, minutes booked, the message made, and next week', async ({ page }) => {
  test.setTimeout(180_000);
  await makeRegistry(page);
  await inTreatment(page, ABLE);
  await inTreatment(page, BRISK);
  await inTreatment(page, CLAY);

  await test.step('a question is asked from the record, by key', async () => {
    await page.keyboard.press('r');
    await page.getByLabel('Question for the consultant').fill('Is this bipolar?');
    await page.keyboard.press('Control+Enter');
    await expect(page.locator('.quick-form')).toHaveCount(0);
  });

  await test.step('the agenda gives each a reason, and says how many fit', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Case review');
    await expect(rows(page)).toHaveCount(3);
    await expect(page.getByText('3 patients to discuss; all fit into 60 minutes')).toBeVisible();
    await page.getByLabel('Minutes per patient').fill('30');
    await expect(page.getByText(/2 fit into 60 minutes/)).toBeVisible();
    await expect(rows(page).nth(2)).toContainText('next week if time runs out');
    await page.getByLabel('Minutes per patient').fill('8');
    await expect(rows(page).filter({ hasText: 'Clay' })).toContainText('Question: Is this bipolar?');
    await inEveryLook(page, 'review-agenda', () => expectAccessible(page));
  });

  await test.step('the order is changed by keys, and stays over a reload', async () => {
    const before = await names(page);
    const last = page.getByRole('link', { name: before[2], exact: true });
    await last.focus();
    await page.keyboard.press('Alt+ArrowUp');
    await expect.poll(() => names(page)).toEqual([before[0], before[2], before[1]]);
    await expect(last).toBeFocused();
    await goTo(page, 'Today');
    await goTo(page, 'Case review');
    await expect.poll(() => names(page)).toEqual([before[0], before[2], before[1]]);
    await page.reload();
    await unlock(page);
    await expect.poll(() => names(page)).toEqual([before[0], before[2], before[1]]);
  });

  const [first, second, third] = await names(page);
  const family = (name) => name.split(',')[0];

  await test.step('the shared screen shows this patient and nobody else', async () => {
    await page.keyboard.press('m');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(first);
    await expect(meeting(page)).toContainText('1 of 3');
    for (const other of [second, third]) expect(await page.locator('body').innerText()).not.toContain(family(other));
    await expect(page.getByRole('navigation', { name: 'Pages' })).toHaveCount(0);
    await expect(page.getByRole('combobox', { name: 'Search patients and actions' })).toHaveCount(0);
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(meeting(page)).toContainText('No open concern');
    await inEveryLook(page, 'review-screen', () => expectAccessible(page));
  });

  await test.step('the stopwatch runs for who is shown; advice, minutes and review are one save', async () => {
    await freezeClock(page, '2026-11-20T09:05:00-05:00');
    await expect(meeting(page).locator('.timer-time')).toHaveText(/^5:/);
    await page.keyboard.press('a');
    await expect(page.locator('#advice-note')).toBeFocused();
    await page.keyboard.type('Moderate, first episode.');
    const one = page.getByRole('group', { name: 'Recommendation 1' });
    await one.getByLabel('To', { exact: true }).selectOption({ label: 'Start a medication' });
    await one.getByLabel('Medication').fill('sertraline');
    await one.getByLabel('Dose').fill('50 mg');
    await one.getByLabel('How soon').selectOption({ label: 'This week' });
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('This review is saved')).toBeVisible();
    await expect(meeting(page)).toContainText('Start sertraline 50 mg (this week)');
    await expectAccessible(page);
  });

  await test.step('one is skipped, with a reason; the agenda says what came of the meeting', async () => {
    await page.keyboard.press('j');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(second);
    await expect(page.locator('#advice-note')).toBeVisible();
    await page.keyboard.press('x');
    await page.getByLabel('Why', { exact: true }).fill('Waiting for the TSH');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(third);
    await expect(page.locator('#advice-note')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Case review');
    await expect(page.getByText('1 patient reviewed, 5 minutes booked')).toBeVisible();
    await expect(page.getByRole('list', { name: 'First next week' })).toContainText(`${second}: Waiting for the TSH`);
    await expect(rows(page)).toHaveCount(1);
    await expectAccessible(page);
  });

  await test.step('the message to the PCP is there to be sent, with nothing typed twice', async () => {
    await expect(page.getByRole('heading', { name: '1 recommendation waits for a message to the PCP' })).toBeVisible();
    await page.getByRole('link', { name: `Write the message: ${first}` }).click();
    await expect(page.locator('#letter-text')).toHaveValue(/Start sertraline 50 mg \(this week\)/);
    await page.getByRole('button', { name: 'Keep as sent' }).click();
    await expect(page.getByText('Kept as sent.', { exact: true })).toBeVisible();
    await goTo(page, 'Case review');
    await expect(page.getByText('1 patient reviewed, 5 minutes booked')).toBeVisible();
    await expect(page.getByText(/for a message to the PCP/)).toHaveCount(0);
  });

  await test.step('next week the one who was skipped is first', async () => {
    await freezeClock(page, '2026-11-27T09:00:00-05:00');
    await page.reload();
    await unlock(page);
    const asks = page.getByRole('dialog', { name: 'Save a backup first' });
    await asks.getByRole('button', { name: 'Save a backup' }).click();
    await expect(asks).toHaveCount(0);
    await expect.poll(async () => (await names(page))[0]).toBe(second);
    await expect(rows(page).first()).toContainText('skipped last time');
    await expect(rows(page).first()).toContainText('Waiting for the TSH');
  });
});
