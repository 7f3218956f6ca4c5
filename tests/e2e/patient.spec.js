// One patient: why on the list, measures with their definitions, what happened, and the short forms.
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';
import { expectNothingTold, makeTraining, openRow } from './support/training.js';

const saved = (page) => page.locator('.last-save');

test('shows why, safety, measures with all named outcomes, and what happened, in every look', async ({ page }) => {
  await makeTraining(page);
  const name = await openRow(page, 0);
  await expectNothingTold(page, name);
  await expect(page.getByRole('region', { name: 'Why on the list' })).toContainText('clears when:');
  await expect(page.getByRole('region', { name: 'Safety', exact: true })).toContainText('It can be closed when every step is recorded');
  const measure = page.locator('.measure-box').first();
  await expect(measure.locator('.outcomes li')).toHaveCount(6);
  await measure.getByText('What each of these means').click();
  await expect(measure.locator('.outcome-rules tbody tr')).toHaveCount(6);
  await measure.getByRole('button', { name: 'Table' }).click();
  await expect(measure.getByRole('columnheader', { name: 'Severity' })).toBeVisible();
  await measure.getByRole('button', { name: 'Items' }).click();
  await expect(measure.getByText('1. Little interest or pleasure in doing things')).toBeVisible();
  await measure.getByRole('button', { name: 'Graph' }).click();
  await inEveryLook(page, 'patient', async () => {
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
});

test('takes a note by one key; it can be corrected, and the original stays', async ({ page }) => {
  await makeTraining(page);
  await openRow(page, 5);
  await page.keyboard.press('n');
  const note = page.getByRole('textbox', { name: 'Note', exact: true });
  await expect(note).toBeFocused();
  await page.keyboard.type('Prefers mornings');
  // The form that is open already keeps what is typed when its button is pressed again.
  await page.getByRole('group', { name: 'Record', exact: true }).getByRole('button', { name: 'Note' }).click();
  await expect(note).toHaveValue('Prefers mornings');
  await note.press('Control+Enter');
  await expect(saved(page)).toContainText('Note recorded. Saved 09:00:00, in this browser.');
  const event = page.locator('.event').filter({ hasText: 'Prefers mornings' });
  await event.locator('summary').click();
  await event.getByRole('button', { name: 'Correct' }).click();
  await note.fill('Prefers evenings');
  await page.getByLabel('Why it is corrected').fill('Misheard');
  await page.getByRole('button', { name: 'Save correction' }).click();
  await expect(page.locator('.event').filter({ hasText: 'Prefers evenings' })).toContainText('corrected');
});

test('letters typed right after the key that opens a note are in the note, and no keys of the page', async ({ page }) => {
  await makeTraining(page);
  await openRow(page, 5);
  // No frame is drawn between the key and what is asked: whoever types fast types in that time.
  const focused = await page.evaluate(async () => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', bubbles: true, cancelable: true }));
    for (let turn = 0; turn < 50; turn += 1) await null;
    return document.activeElement.tagName;
  });
  expect(focused).toBe('TEXTAREA');
});

test('a note on the wrong patient moves to the right one, and both records say so', async ({ page }) => {
  await makeTraining(page);
  const right = await openRow(page, 7);
  await openRow(page, 5);
  await page.keyboard.press('n');
  await page.keyboard.type('Asked about the night shift');
  await page.keyboard.press('Control+Enter');
  await expect(saved(page)).toContainText('Note recorded.');
  const event = page.locator('.event').filter({ hasText: 'Asked about the night shift' });
  await event.locator('summary').click();
  await event.getByRole('button', { name: 'Wrong patient' }).click();
  await page.getByRole('button', { name: 'Move it' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toContainText('Choose the right patient');
  await page.getByLabel('The right patient').fill(right.split(',')[0]);
  await page.getByRole('button', { name: new RegExp(`^Choose ${right}`) }).first().click();
  await expect(page.getByText(`It moves to ${right}`)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Move it' }).click();
  await expect(saved(page)).toContainText('Moved');
  await expect(page.locator('.event').filter({ hasText: 'Asked about the night shift' })).toHaveCount(0);
  await openRow(page, 7);
  await expect(page.locator('.event').filter({ hasText: 'Asked about the night shift' })).toHaveCount(1);
});

test('a form that is closed in the moment in which it says what is wrong takes nothing down', async ({ page }) => {
  await makeTraining(page);
  await openRow(page, 5);
  for (let round = 0; round < 5; round += 1) {
    await page.keyboard.press('n');
    await expect(page.getByRole('textbox', { name: 'Note', exact: true })).toBeFocused();
    await page.evaluate(async () => {
      const press = (key, ctrlKey) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }));
      press('Enter', true);
      await Promise.resolve();
      press('Escape', false);
    });
    await expect(page.locator('.quick-form')).toHaveCount(0);
  }
  await expect(page.getByRole('heading', { name: 'Caseload stopped' })).toBeHidden();
});

test('every short form opens, is accessible, and says what is wrong when it is empty', async ({ page }) => {
  test.setTimeout(120_000);
  await makeTraining(page);
  await openRow(page, 5);
  /** The form that is open, sent empty, says what it lacks, and goes away again. */
  const expectLacking = async (name, sentence) => {
    await expect(page.locator('.quick-form')).toHaveCount(1);
    await expectAccessible(page);
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' }), name).toContainText(sentence);
    await page.keyboard.press('Escape');
    await expect(page.locator('.quick-form')).toHaveCount(0);
  };
  const forms = {
    Status: 'Choose where the episode stands',
    Appointment: 'Enter the day',
    'Open a safety concern (s)': 'Choose what it is about',
  };
  for (const [name, sentence] of Object.entries(forms)) {
    await page.locator('.menu > summary').click();
    await page.getByRole('button', { name, exact: true }).click();
    await expectLacking(name, sentence);
  }
  // What has a section of its own is reached from the same menu.
  const record = page.url();
  await page.locator('.menu > summary').click();
  await page.getByRole('link', { name: 'Consent', exact: true }).click();
  await expectLacking('Consent', 'Choose what the patient said');
  await page.goto(record);
  await page.locator('.menu > summary').click();
  await page.getByRole('link', { name: 'Tasks and referrals out' }).click();
  await page.getByRole('button', { name: 'New task' }).click();
  await expectLacking('Task', 'Say what is to be done');
});

test('what was typed into a short form stands in it again after another form took its place, until it is cancelled', async ({ page }) => {
  await makeTraining(page);
  await openRow(page, 5);
  const record = page.getByRole('group', { name: 'Record', exact: true });
  const note = page.locator('#concern-note');
  const kind = page.locator('#concern-kind-1');
  await page.keyboard.press('s');
  await expect(note).toBeVisible();
  await kind.check();
  await note.fill('Her sister rang: she gives things away');
  await record.getByRole('button', { name: 'Time', exact: true }).click();
  await expect(page.locator('#time-minutes')).toBeVisible();
  await expect(note).toHaveCount(0);
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('s');
  await expect(note).toHaveValue('Her sister rang: she gives things away');
  await expect(kind).toBeChecked();
  await expect(page.getByText('As you left it. Cancel empties it.')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(note).toHaveCount(0);
  await page.keyboard.press('s');
  await expect(note).toHaveValue('');
});
