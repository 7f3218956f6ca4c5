// Today: whom to call and why, and what can be done without leaving it.
import { makeRegistry } from './support/registry.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';
import { expectNothingTold, makeTraining, openRow, worklist } from './support/training.js';

test('says whom to call and why, safety first, each with its rule and what clears it', async ({ page }) => {
  await makeTraining(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Fri 20 Nov');
  await expect(page.getByText(/^\d+ active$/)).toBeVisible();
  const items = worklist(page);
  await expect(items.first()).toContainText('Safety');
  for (const words of ['clears when:', 'rule:']) await expect(items.filter({ hasNotText: words })).toHaveCount(0);
  await expect(items.first().getByRole('button', { name: /Snooze/ })).toHaveCount(0);
  await inEveryLook(page, 'today', () => expectAccessible(page));
});

test('is walked and worked by keyboard', async ({ page }) => {
  await makeTraining(page);
  const name = (place) => worklist(page).nth(place).getByRole('link').first();
  await expect(name(2)).toBeVisible();
  await page.keyboard.press('j');
  await expect(name(0)).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  await expect(name(2)).toBeFocused();
  await page.keyboard.press('k');
  await expect(name(1)).toBeFocused();
  const who = await name(1).innerText();
  await page.keyboard.press('c');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Record a contact');
  await expect(page.getByRole('link', { name: who })).toBeVisible();
  await expectNothingTold(page, who);
});

test('puts an item off for a while, with a reason, and counts it', async ({ page }) => {
  await makeTraining(page);
  const button = worklist(page).getByRole('button', { name: /^Snooze/ }).first();
  const who = (await button.getAttribute('aria-label')).replace('Snooze: ', '');
  await button.click();
  const dialog = page.getByRole('dialog');
  // The next working day: this is a Friday.
  await expect(dialog.getByLabel('Put off until')).toHaveValue('2026-11-23');
  await dialog.getByRole('button', { name: 'Put off', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('Say why it is put off');
  await dialog.getByRole('textbox', { name: 'Why' }).fill('On holiday until then');
  await dialog.getByLabel('Put off until').fill('2027-06-01');
  await dialog.getByRole('button', { name: 'Put off', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('at most');
  await dialog.getByLabel('Put off until').fill('2026-11-23');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Put off', exact: true }).click();
  await page.getByRole('button', { name: '1 put off' }).click();
  const putOff = page.getByRole('region', { name: 'Put off' });
  await expect(putOff).toContainText(who);
  await expect(putOff).toContainText('On holiday until then');
  await expect(putOff).toContainText('until Mon 23 Nov');
  await inEveryLook(page, 'put-off', () => expectAccessible(page));
  await putOff.getByRole('button', { name: `Show again now: ${who}` }).click();
  await expect(page.getByRole('button', { name: '1 put off' })).toHaveCount(0);
  await expect(worklist(page).filter({ hasText: who }).first()).toBeVisible();
});

/** How many rows of the worklist are on the screen as a whole, under what stands at the bottom of a narrow one. */
const wholeRows = (page) =>
  page.evaluate(() => {
    const rail = document.querySelector('.rail').getBoundingClientRect();
    const bottom = rail.top > innerHeight / 2 ? rail.top : innerHeight;
    const rows = [...document.querySelectorAll('.worklist li.item')];
    return rows.filter((row) => row.getBoundingClientRect().bottom <= bottom).length;
  });

test('is a calm list: seven patients on a screen, three on a telephone, each with a number to call', async ({ page }) => {
  await makeTraining(page);
  await expect(worklist(page).nth(6)).toBeVisible();
  await expect.poll(() => wholeRows(page)).toBeGreaterThanOrEqual(7);
  // Nothing but the first reason, two others and a count; the rest is behind "Why".
  const row = worklist(page).first();
  await expect(row.getByText('clears when:')).toBeHidden();
  await row.getByText('Why', { exact: true }).click();
  await expect(row.getByText('clears when:')).toBeVisible();
  await row.getByText('Why', { exact: true }).click();
  for (const row of await worklist(page).all()) {
    await expect(row.locator('.name')).toContainText(/\d+, (MRN|born)/);
    await expect(row.locator('a.phone')).toHaveAttribute('href', /^tel:/);
  }
  const overdue = worklist(page).filter({ hasText: /Case review/ }).filter({ hasText: /contact \d+ days? late/ });
  for (const row of await overdue.all()) await expect(row.getByRole('link', { name: /^Call/ })).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => wholeRows(page)).toBeGreaterThanOrEqual(3);
});

test('a key on one patient\u2019s page never takes back what was saved about another', async ({ page }) => {
  await makeTraining(page);
  const first = await openRow(page, 2);
  const note = async (text) => {
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: /note/i }).first().fill(text);
    await page.keyboard.press('Control+Enter');
    await expect(page.locator('.events')).toContainText(text);
  };
  await note('Sister answers the telephone');
  const saved = page.locator('.last-save');
  await expect(saved).toContainText(`${first}: Note recorded. Saved`);
  const mine = page.url();
  await openRow(page, 3);
  await expect(saved).toContainText(first);
  await page.keyboard.press('u');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(`of ${first}?`);
  await expectNothingTold(page, first);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.goto(mine);
  await expect(page.locator('.events')).toContainText('Sister answers the telephone');
  await page.keyboard.press('u');
  await expect(page.locator('.events')).not.toContainText('Sister answers the telephone');
  await expect(saved).toContainText(`${first}: Undone: Note recorded`);
});

test('an empty registry says what will be here and the first step', async ({ page }) => {
  await makeRegistry(page);
  await expect(page.getByText('Whom to call today, and why, will be here.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Import a spreadsheet' })).toBeVisible();
  await expectAccessible(page);
});
