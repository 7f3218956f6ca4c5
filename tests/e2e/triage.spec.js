import { decideAll, goTo, importSheets, makeRegistry, unlock } from './support/registry.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';

test('each imported concern asks a named decision before the first Today', async ({ page }) => {
  test.setTimeout(120_000);
  await makeRegistry(page);
  await importSheets(page);
  await page.getByRole('link', { name: 'Decide now' }).click();
  const concerns = page.getByRole('article');

  await test.step('the patients whom the sheet flags or whose latest item 9 is positive are here, whatever their status', async () => {
    await expect(concerns).toHaveCount(3);
    for (const name of ['Marlowe', 'Bianchi', 'Correa']) {
      await expect(concerns.filter({ hasText: name })).toHaveCount(1);
    }
    // Her older answer was positive and her latest is not: that is history.
    await expect(page.getByText('Dunn')).toHaveCount(0);
    await expect(concerns.filter({ hasText: 'Bianchi' })).toContainText('555-0109');
    await inEveryLook(page, 'triage', () => expectAccessible(page));
  });

  await test.step('Today stays behind it and says why; a patient can be opened', async () => {
    await goTo(page, 'Today');
    await expect(page.getByText('Today waits for this list')).toBeVisible();
    await concerns.filter({ hasText: 'Marlowe' }).getByRole('link', { name: /Open record/ }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Marlowe');
    await page.goBack();
    await expect(page.getByText('0 of 3 decided')).toBeVisible();
    await page.goto('./#/triage');
    await expect(concerns.first()).toContainText(/\d+, MRN \d+/);
  });

  await test.step('a decision without its reason is refused', async () => {
    const first = concerns.first();
    await first.getByRole('button', { name: 'Save decision' }).click();
    await expect(first.getByRole('link', { name: 'Choose what to do about this concern' })).toBeVisible();
    await first.getByLabel('Dealt with').check();
    await first.getByLabel('What was done').fill('Seen in the emergency department');
    await first.getByRole('button', { name: 'Save decision' }).click();
    await expect(first.getByRole('link', { name: 'Enter the day on which it was done' })).toBeVisible();
    await first.getByLabel('When', { exact: true }).fill('2026-11-21');
    await first.getByRole('button', { name: 'Save decision' }).click();
    await expect(first.getByRole('link', { name: 'Enter a day that is not in the future' })).toBeVisible();
    await first.getByLabel('When', { exact: true }).fill('1890-01-01');
    await first.getByRole('button', { name: 'Save decision' }).click();
    await expect(first.getByRole('link', { name: /dealt with before that day/ })).toBeVisible();
    await first.getByLabel('What was done').fill('x');
    await first.getByRole('button', { name: 'Save decision' }).click();
    await expect(first.getByRole('link', { name: /at least 10 characters/ })).toBeVisible();
    await expect(concerns).toHaveCount(3);
  });

  await test.step('the three decisions, by keyboard', async () => {
    const decide = async (name, choice, fill) => {
      const one = concerns.filter({ hasText: name });
      await one.getByLabel(choice).focus();
      await page.keyboard.press('Space');
      await fill(one);
      await page.keyboard.press('Enter');
      await expect(one).toHaveCount(0);
    };
    await decide('Correa', 'Cared for elsewhere', async (one) => {
      await one.getByLabel('Who looks after it, and how you know').fill('County clinic; their letter of 2 Nov');
    });
    await expect(page.getByText('1 of 3 decided')).toBeVisible();
    // A reload in between loses neither the count nor what is typed.
    await concerns.filter({ hasText: 'Marlowe' }).getByLabel('Act today').check();
    await concerns.filter({ hasText: 'Marlowe' }).getByLabel('What will be done today').fill('Call before noon');
    await page.waitForTimeout(2_000);
    await page.reload();
    await unlock(page);
    await page.goto('./#/triage');
    await expect(page.getByText('1 of 3 decided')).toBeVisible();
    await expect(concerns.filter({ hasText: 'Marlowe' }).getByLabel('What will be done today')).toHaveValue('Call before noon');
    await decide('Bianchi', 'Dealt with', async (one) => {
      await one.getByLabel('When', { exact: true }).fill('2026-11-19');
      await one.getByLabel('What was done').fill('Safety plan made by phone');
    });
    await decide('Marlowe', 'Act today', async (one) => {
      await one.getByLabel('What will be done today').fill('Call before 10');
    });
    await expect(page.getByText('Every imported concern has a decision.')).toBeVisible();
  });

  await test.step('Today is open, with the concern that stays open at its top', async () => {
    await page.getByRole('link', { name: 'Go to Today' }).click();
    await expect(page.getByText('Marlowe').first()).toBeVisible();
    await expect(page.getByText('Decided today 09:00: Call before 10')).toBeVisible();
    await expect(page.getByText('Today waits for this list')).toHaveCount(0);
  });
});

test('concerns that wait still wait after the page was locked', async ({ page }) => {
  await makeRegistry(page);
  await importSheets(page);
  await page.reload();
  await unlock(page);
  await goTo(page, 'Today');
  await expect(page.getByText('Today waits for this list')).toBeVisible();
  await decideAll(page);
  await goTo(page, 'Today');
  await expect(page.getByText('Today waits for this list')).toHaveCount(0);
});
