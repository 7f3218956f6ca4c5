// Notes for the EHR: copied, marked, next; letters under a release; the patient's page on paper.
import { expectAccessible, expect, inEveryLook, test } from './support/test.js';
import { answerByKeys, contactForm } from './support/contact.js';
import { goTo, unlock } from './support/registry.js';
import { expectNothingTold, makeTraining, openRow } from './support/training.js';

const rows = (page) => page.getByRole('list', { name: 'Notes that wait' }).getByRole('listitem');
const note = (page) => page.getByLabel('Text; edit it before you copy it');

/** Pages of what the browser would print, on letter paper. */
async function pages(page) {
  const pdf = await page.pdf({ format: 'Letter' });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
}

test('notes of all patients are copied, marked and gone, one key each', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await makeTraining(page);
  await goTo(page, 'EHR notes');
  await expect(page.getByRole('heading', { level: 1, name: 'Not in the EHR yet' })).toBeVisible();
  await expect(rows(page).first()).toBeVisible();
  await expect(note(page)).toHaveValue(/COLLABORATIVE CARE/);
  const first = await rows(page).first().innerText();
  const waiting = async () => Number(/\d+/.exec(await page.locator('.counts').innerText())[0]);
  const before = await waiting();
  expect(before).toBeGreaterThan(3);

  // From outside of the queue no key copies or marks, now or later, and the arrow keys are the radio buttons' own.
  const all = page.getByRole('radio', { name: 'All' });
  const mine = page.getByRole('radio', { name: 'Mine' });
  await all.focus();
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowRight');
  await expect(mine).toBeChecked();
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowLeft');
  await expect(all).toBeChecked();
  await expect(all).toBeFocused();
  await expect(note(page)).toHaveValue(/COLLABORATIVE CARE/);
  await expect.poll(waiting).toBe(before);

  // Copied with c; what was edited is what is copied.
  await note(page).press('End');
  const built = await note(page).inputValue();
  await note(page).fill(`${built}\nSeen and signed.`);
  await rows(page).first().getByRole('button').focus();
  await page.keyboard.press('c');
  await expect(page.getByText('Copied. Paste it into the EHR, then mark it.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${built}\nSeen and signed.`);

  // Enter marks; the next one stands in its place and has the focus.
  await page.keyboard.press('Enter');
  await expect.poll(waiting).toBe(before - 1);
  await expect(rows(page).first().getByRole('button')).toBeFocused();
  await expect(rows(page).first().getByRole('button')).toHaveAttribute('aria-current', 'true');

  // j walks; m copies, marks and goes on, once however long it is held down.
  await page.keyboard.press('j');
  await expect(rows(page).nth(1).getByRole('button')).toBeFocused();
  await page.keyboard.press('k');
  await expect(note(page)).toHaveValue(/COLLABORATIVE CARE/);
  const second = await note(page).inputValue();
  await page.keyboard.down('m');
  await expect.poll(waiting).toBe(before - 2);
  await expect(note(page)).toHaveValue(/COLLABORATIVE CARE/);
  await page.keyboard.down('m');
  await page.keyboard.down('m');
  await page.keyboard.up('m');
  await expect(note(page)).toHaveValue(/COLLABORATIVE CARE/);
  expect(await waiting()).toBe(before - 2);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(second);
  await expectNothingTold(page, first);
  await inEveryLook(page, 'ehr', async () => expectAccessible(page));
});

test('a browser that refuses the clipboard selects the text instead', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  await makeTraining(page);
  await goTo(page, 'EHR notes');
  await expect(note(page)).toHaveValue(/COLLABORATIVE CARE/);
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(page.getByText('The browser refused to copy.')).toBeVisible();
  const selected = await note(page).evaluate((field) => field.value.slice(field.selectionStart, field.selectionEnd));
  expect(selected).toBe(await note(page).inputValue());
});

test('a message to the PCP that names an open concern is the telling of it, once somebody ticks that it reached them', async ({ page }) => {
  await makeTraining(page);
  await openRow(page, 9);
  await expect(page.getByRole('heading', { name: 'Timeline' })).toBeVisible();
  const record = page.url();
  await page.keyboard.press('c');
  await answerByKeys(page, 'PHQ-9', '000000001');
  await expect(contactForm(page).getByRole('alert').filter({ hasText: 'Item 9 is positive' })).toBeVisible();
  await page.goto(record);
  const told = page.locator('.concern.open').getByRole('listitem').filter({ hasText: 'PCP told' });
  await expect(told).toContainText('not yet');
  const pages = page.getByRole('navigation', { name: 'Record' });
  await pages.getByRole('link', { name: 'Notes and letters' }).click();
  const letter = page.getByLabel('Text; edit it before it goes out');
  await expect(letter).toHaveValue(/Concern about suicide or self-harm, opened .*; OPEN/);
  await expect(letter).not.toHaveValue(/telling the clinician/);
  const knows = page.getByRole('group', { name: /^The PCP knows of it now/ }).getByRole('checkbox');
  await expect(knows).not.toBeChecked();
  await page.getByLabel('Sent by').selectOption({ label: 'Portal' });
  await page.getByRole('button', { name: 'Keep as sent' }).click();
  await expect(page.getByText('Kept as sent.', { exact: true })).toBeVisible();
  await pages.getByRole('link', { name: 'Overview' }).click();
  await expect(told).toContainText('not yet');
  await pages.getByRole('link', { name: 'Notes and letters' }).click();
  await expect(letter).toHaveValue(/Concern about suicide/);
  await knows.check();
  await page.getByLabel('Sent by').selectOption({ label: 'Letter' });
  await page.getByRole('button', { name: 'Keep as sent' }).click();
  await expect(page.getByRole('link', { name: /^A letter by post comes in days/ })).toBeVisible();
  await page.getByLabel('Sent by').selectOption({ label: 'Portal' });
  await page.getByRole('button', { name: 'Keep as sent' }).click();
  await expect(page.getByText('Kept as sent.', { exact: true })).toBeVisible();
  await pages.getByRole('link', { name: 'Overview' }).click();
  await expect(told).toContainText('Fri 20 Nov');
  await expect(told).not.toContainText('not yet');
});

test('a patient has letters, a month note and a page to take home', async ({ page }) => {
  await makeTraining(page);
  const name = await openRow(page, 3);
  await page.getByRole('navigation', { name: 'Record' }).getByRole('link', { name: 'Notes and letters' }).click();
  const letter = page.getByLabel('Text; edit it before it goes out');
  await expect(letter).toHaveValue(/Recommendation from the case review/);
  await page.getByLabel('Sent by').selectOption({ label: 'Portal' });
  await page.getByRole('button', { name: 'Keep as sent' }).click();
  await expect(page.getByText('Kept as sent.', { exact: true })).toBeVisible();

  // Outside the treating team nothing goes out without a release.
  await page.getByLabel('Letter', { exact: true }).selectOption({ label: 'Letter about housing' });
  await expect(letter).toHaveValue(/To whom it may concern/);
  await expect(letter).not.toHaveValue(/PHQ-9/);
  await expect(page.getByText('No release holds')).toBeVisible();
  await page.getByRole('button', { name: 'Keep as sent' }).click();
  await expect(page.getByRole('alert').getByText('Choose the release under which this goes out')).toBeVisible();
  await page.getByRole('button', { name: 'Copy the letter' }).click();
  await expect(page.getByRole('alert').getByText('Choose the release under which this goes out')).toBeVisible();
  await expect(page.getByText('Copied.', { exact: true })).toHaveCount(0);

  // Somebody of the care team is offered by name, and told for treatment; somebody else only under a release.
  const record = page.getByRole('navigation', { name: 'Record' });
  await record.getByRole('link', { name: 'Intake' }).click();
  const team = page.getByRole('region', { name: 'Care team', exact: true });
  for (const [role, who] of [['Therapist', 'Kim Lee'], ['Case manager, social worker, peer', 'Zoe Park']]) {
    await team.getByRole('button', { name: 'Add somebody' }).click();
    await page.getByLabel('Role', { exact: true }).selectOption({ label: role });
    await page.getByLabel('Name', { exact: true }).fill(who);
    await page.keyboard.press('Control+Enter');
    await expect(team).toContainText(who);
  }
  await record.getByRole('link', { name: 'Notes and letters' }).click();
  const kinds = page.getByLabel('Letter', { exact: true });
  await kinds.selectOption({ label: 'Care team: Zoe Park, case manager' });
  await expect(letter).toHaveValue(/Nothing may be told to Zoe Park/);
  await page.getByRole('button', { name: 'Copy the letter' }).click();
  await expect(page.getByRole('alert').getByText('Nothing may be told to them')).toBeVisible();
  await kinds.selectOption({ label: 'Care team: Kim Lee, therapist' });
  await expect(letter).toHaveValue(/You are on the care team as therapist/);
  await page.getByRole('button', { name: 'Keep as sent' }).click();
  await expect(page.getByText('Kept as sent.', { exact: true })).toBeVisible();
  await expect(page.getByText(/^To Kim Lee \(therapist\)/)).toBeVisible();

  // A month's note can be written at any time.
  await page.getByRole('button', { name: 'Write the note' }).click();
  await expect(page.getByLabel('Text; edit it before you copy it').last()).toHaveValue(/MONTH SUMMARY/);
  await inEveryLook(page, 'notes', async () => expectAccessible(page));
  await expectNothingTold(page, name);

  // A log needs both of its days.
  await page.getByLabel('Note', { exact: true }).selectOption('log');
  await page.getByLabel('From', { exact: true }).fill('');
  await page.getByRole('button', { name: 'Write the note' }).click();
  await expect(page.getByRole('alert').getByText('Enter the first day')).toBeVisible();

  // One page on paper, the letter and the patient's page each alone.
  await page.evaluate(() => {
    window.print = () => {};
  });
  await page.getByRole('button', { name: 'Print for the patient' }).click();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('heading', { name: 'My care' })).toBeVisible();
  await expect(page.getByText('988: call or text')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Letters and messages' })).toBeHidden();
  await page.emulateMedia({ media: null });
  expect(await pages(page)).toBe(1);
  await page.getByLabel('Letter', { exact: true }).selectOption({ label: 'Message to the PCP' });
  await expect(letter).toHaveValue(/Recommendation from the case review/);
  await page.getByRole('button', { name: 'Print the letter' }).click();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.letter-sheet')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'My care' })).toBeHidden();
  await page.emulateMedia({ media: null });
  expect(await pages(page)).toBe(1);
});

test('a template of the clinic says what it may name and can be reset', async ({ page }) => {
  await makeTraining(page);
  await goTo(page, 'Settings');
  const section = page.getByRole('region', { name: 'Templates of notes and letters' });
  const text = section.getByLabel('Text', { exact: true });
  await expect(text).toHaveValue(/COLLABORATIVE CARE: CONTACT/);
  await text.fill('Seen {when} by {doctor}');
  await section.getByRole('button', { name: 'Save template' }).click();
  await expect(section.getByText('There is no field {doctor} here. You can use: {patient}')).toBeVisible();
  await text.fill('');
  await section.getByRole('button', { name: 'Save template' }).click();
  await expect(section.getByText('Write the template, or reset it to ours').first()).toBeVisible();
  await text.fill('Our note. {when}, {mode}\n{scores}');
  // Another template is another text; what was not saved is still there.
  await page.locator('#template-which').selectOption({ label: 'Attempt' });
  await expect(text).toHaveValue(/ATTEMPT TO REACH/);
  await page.locator('#template-which').selectOption({ label: 'Contact' });
  await expect(text).toHaveValue('Our note. {when}, {mode}\n{scores}');
  await section.getByRole('button', { name: 'Preview with an invented patient' }).click();
  const preview = section.getByRole('region', { name: 'Preview' });
  await expect(preview).toContainText('Our note.');
  // Safety is told whatever the template leaves out.
  await expect(preview).toContainText('Safety:');
  await section.getByRole('button', { name: 'Save template' }).click();
  await expect(page.locator('#template-which')).toContainText('Contact (your own)');
  await section.getByRole('button', { name: 'Reset to ours' }).click();
  await expect(text).toHaveValue(/COLLABORATIVE CARE: CONTACT/);
  // Settings have specs of their own for every look.
  await inEveryLook(page, 'templates');
});

test('what was changed in a note or a letter outlasts another note and a lock, until it is marked or sent', async ({ page }) => {
  await makeTraining(page);
  await goTo(page, 'EHR notes');
  await expect(note(page)).toHaveValue(/COLLABORATIVE CARE/);
  const built = await note(page).inputValue();
  const kept = page.getByText('Your changes are kept as a draft');
  await expect(kept).toHaveCount(0);
  await note(page).fill(`${built}\nCalled back at noon.`);
  await expect(kept).toBeVisible();
  await rows(page).nth(1).getByRole('button').click();
  await expect(note(page)).not.toHaveValue(/Called back at noon/);
  await rows(page).first().getByRole('button').click();
  await expect(note(page)).toHaveValue(`${built}\nCalled back at noon.`);
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await unlock(page);
  await expect(note(page)).toHaveValue(`${built}\nCalled back at noon.`);
  // It can be thrown away; then it is gone for good.
  await page.getByRole('button', { name: 'Write it again from the record' }).click();
  await expect(note(page)).toHaveValue(built);
  await page.reload();
  await unlock(page);
  await expect(note(page)).toHaveValue(built);

  await goTo(page, 'Today');
  await openRow(page, 3);
  const tab = page.getByRole('navigation', { name: 'Record' }).getByRole('link', { name: 'Notes and letters' });
  await tab.click();
  const letter = page.getByLabel('Text; edit it before it goes out');
  await page.getByLabel('To (name)').fill('Dr. Ada Obi');
  await expect(letter).toHaveValue(/Dr\. Ada Obi/);
  const written = await letter.inputValue();
  await letter.fill(`${written}\nPlease call me.`);
  // Another kind of letter is another text, and a lock loses neither the text nor to whom it goes.
  await page.getByLabel('Letter', { exact: true }).selectOption({ label: 'Letter about housing' });
  await expect(letter).toHaveValue(/To whom it may concern/);
  await expect(page.getByLabel('To (name)')).toHaveValue('');
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await unlock(page);
  await expect(letter).toHaveValue(`${written}\nPlease call me.`);
  await expect(page.getByLabel('To (name)')).toHaveValue('Dr. Ada Obi');
  await page.getByRole('button', { name: 'Keep as sent' }).click();
  await expect(page.getByText('Kept as sent.', { exact: true })).toBeVisible();
  await page.reload();
  await unlock(page);
  await expect(letter).toHaveValue(/Recommendation from the case review/);
  await expect(letter).not.toHaveValue(/Please call me/);
  await page.getByText(/^To Dr\. Ada Obi/).first().click();
  await expect(page.locator('.as-sent').filter({ hasText: 'Please call me.' })).toBeVisible();
});

test('a note that tells of something protected waits for a word before it is copied or marked', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await makeTraining(page);
  await openRow(page, 5);
  await page.keyboard.press('n');
  await expect(page.locator('#note-text')).toBeFocused();
  await page.keyboard.type('Goes to the methadone clinic');
  await page.keyboard.press('Control+Enter');
  const event = page.locator('.event').filter({ hasText: 'methadone' });
  await event.locator('summary').click();
  await event.getByRole('button', { name: 'Protect' }).click();
  await page.getByLabel('Substance use treatment record: 42 CFR Part 2').check();
  await page.getByRole('button', { name: 'Save mark' }).click();
  await expect(event).toContainText('held back: 42 CFR Part 2');

  await page.getByRole('navigation', { name: 'Record' }).getByRole('link', { name: 'Notes and letters' }).click();
  const of = rows(page).filter({ hasText: /note/i });
  await of.first().getByRole('button').click();
  await expect(note(page).first()).toHaveValue(/methadone/);
  const alert = page.getByRole('alert').getByText(/Say first that it may go into the EHR/);
  await page.getByRole('button', { name: 'Copy', exact: true }).first().click();
  await expect(alert).toBeVisible();
  await page.getByRole('button', { name: 'Mark as in the EHR' }).first().click();
  await expect(alert).toBeVisible();
  await expect(page.getByText('Copied. Paste it into the EHR, then mark it.')).toHaveCount(0);
  await page.getByLabel('What is marked as protected here may go into the EHR').check();
  await page.getByRole('button', { name: 'Copy', exact: true }).first().click();
  await expect(page.getByText('Copied. Paste it into the EHR, then mark it.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('methadone');
});
