// A day from the morning list to tomorrow's plan: tries by one key, a parked form, a crisis call in the middle, the evening.
import { readFile } from 'node:fs/promises';
import { unlock } from './support/registry.js';
import { contactForm, openPatient } from './support/contact.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';
import { expectNothingTold, makeTraining, openRow, worklist } from './support/training.js';

const heading = (page) => page.getByRole('heading', { level: 1 });
const saved = (page) => page.locator('.last-save');
const parked = (page) => page.locator('a.parked');
const familyOf = (name) => name.split(',')[0];

test('one key on a row records a try with its minutes, and one takes it back', async ({ page }) => {
  await makeTraining(page);
  const link = worklist(page).first().getByRole('link').first();
  await expect(link).toBeVisible();
  const name = await link.innerText();
  // Without the focus on a row a key records nothing about anybody.
  await page.keyboard.press('v');
  await expect(saved(page)).not.toContainText('Voicemail');
  await page.keyboard.press('j');
  await expect(link).toBeFocused();
  for (const [key, deed] of [['v', 'Voicemail recorded'], ['a', 'Call without an answer recorded'], ['t', 'Text recorded'], ['w', 'Letter recorded']]) {
    await page.keyboard.press(key);
    await expect(saved(page)).toContainText(`${name}: ${deed}. Saved`);
    await page.keyboard.press('u');
    await expect(saved(page)).toContainText(`${name}: Undone: ${deed}`);
    // The focus stays with the patient, so that the next key is about the same one.
    await expect(page.getByRole('link', { name, exact: true }).first()).toBeFocused();
  }
  await page.keyboard.press('v');
  await expect(saved(page)).toContainText('Voicemail recorded');
  // However far the list is scrolled, what the key did and the way back are in view.
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await expect(saved(page).getByRole('button', { name: 'Undo' })).toBeInViewport();
  expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(400);
  await page.evaluate(() => window.scrollTo(0, 0));
  const row = worklist(page).filter({ hasText: familyOf(name) }).first();
  await inEveryLook(page, 'today-row', () => expectAccessible(page));
  await row.getByRole('button', { name: `Measure: ${name}` }).click();
  await expect(page.getByRole('region', { name: 'Measure, form' })).toBeVisible();
  await expect(page.locator('.events')).toContainText('3 min, outreach');
  await expect(page.locator('.events')).toContainText("the clinic's usual minutes for a voicemail");
  await page.goto('./#/today');
  await row.getByRole('button', { name: `Book an appointment: ${name}` }).click();
  await expect(page.getByRole('region', { name: 'Book an appointment, form' })).toBeVisible();
  await page.goto('./#/today');
  await row.getByRole('button', { name: `Write a letter or message: ${name}` }).click();
  await expect(heading(page)).toHaveText('Notes and letters');
  // The keys of a row take none from what works everywhere.
  await page.goto('./#/today');
  await expect(row).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('l');
  await page.keyboard.press('l');
  await expect(page.getByLabel('Passphrase', { exact: true })).toBeVisible();
});

test('a day with a call-back, a crisis call and an evening on which nothing urgent is left unseen', async ({ page }) => {
  test.setTimeout(180_000);
  await makeTraining(page);
  const caller = await openRow(page, 5);
  const first = await openRow(page, 2);
  await page.getByRole('button', { name: 'Start timer' }).click();
  const running = page.locator('.timer.running');
  await expect(running).toHaveCount(1);
  await page.keyboard.press('c');
  await expect(heading(page)).toHaveText('Record a contact');
  await contactForm(page).getByLabel('Note', { exact: true }).fill('Sleeps better since last week');

  // Somebody else calls back: the form that is open waits in the header.
  await openPatient(page, familyOf(caller));
  await expect(parked(page)).toHaveCount(1);
  await expect(running).toHaveCount(0);
  await expect(parked(page)).toContainText(familyOf(first).split(' ')[0]);
  await page.keyboard.press('1');
  await expect(heading(page)).toHaveText('Record a contact');
  await expect(contactForm(page).getByLabel('Note', { exact: true })).toHaveValue('Sleeps better since last week');
  await expect(parked(page)).toHaveCount(0);
  await expect(running).toHaveCount(1);
  await expectNothingTold(page, first);

  // Parked on purpose, it survives a lock.
  await contactForm(page).getByRole('button', { name: 'Park' }).click();
  await expect(heading(page)).toContainText('Fri 20 Nov');
  await expect(parked(page)).toHaveCount(1);
  await page.reload();
  await unlock(page);
  await expect(parked(page)).toHaveCount(1);

  // A crisis in the middle of it, from the evening page too: nothing keeps anybody from it.
  await page.goto('./#/evening');
  await expect(heading(page)).toHaveText(/^Evening/);
  await page.keyboard.press('F8');
  await expect(heading(page)).toHaveText('Crisis contact');
  await page.goto('./#/evening');
  await expect(page.getByRole('region', { name: 'Begun and not saved' })).toContainText(`Contact, ${first}`);
  await expect(page.getByRole('region', { name: /^Next: / })).toBeVisible();
  await inEveryLook(page, 'evening', () => expectAccessible(page));

  // Leaving lists what nobody has seen, and goes on once each was acknowledged by name.
  const unseen = page.getByRole('dialog');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Caseload' }).click();
  await expect(unseen.getByRole('heading', { name: 'Not seen, or not done, today' })).toBeVisible();
  await expect(page).toHaveURL(/#\/evening$/);
  await expectAccessible(page);
  const acknowledge = unseen.getByRole('button', { name: /^I have seen it/ });
  for (let left = await acknowledge.count(); left > 0; left -= 1) {
    await acknowledge.first().click();
    await expect(acknowledge).toHaveCount(left - 1);
  }
  await expect(page).toHaveURL(/#\/caseload$/);
  await page.goto('./#/evening');
  await expect(page.getByText('Nothing urgent is unseen.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Acknowledged today' })).toContainText('seen by Lena Brandt');
  // Now nothing is in the way of going home.
  await page.getByRole('button', { name: 'Lock and go home' }).click();
  await expect(page.getByLabel('Passphrase', { exact: true })).toBeVisible();
});

test('the day, the week, the huddle on paper, and a calendar file that tells no name', async ({ page }) => {
  await makeTraining(page);
  await page.keyboard.press('g');
  await page.keyboard.press('w');
  await expect(heading(page)).toHaveText('Week: 16 Nov 2026 to 22 Nov 2026');
  const names = page.locator('.days-page li a');
  await expect(names.first()).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(heading(page)).toHaveText('Week: 23 Nov 2026 to 29 Nov 2026');
  // The heading says it at once; the days come with the answer.
  const days = page.locator('.days-page h2[id^="day-"]');
  const isNext = (all) => all.length > 0 && all.every((one) => one.id >= 'day-2026-11-23');
  await expect.poll(() => days.evaluateAll(isNext)).toBe(true);
  const families = (await names.allInnerTexts()).map(familyOf);
  await inEveryLook(page, 'week', () => expectAccessible(page));
  const save = async () => {
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save calendar file' }).click();
    const download = await saving;
    expect(download.suggestedFilename()).toBe('caseload-days-2026-11-23.ics');
    return (await readFile(await download.path(), 'utf8')).replaceAll('\r\n ', '');
  };
  const without = await save();
  expect(without.startsWith('BEGIN:VCALENDAR\r\n')).toBe(true);
  for (const family of families) expect(without).not.toContain(family);
  await page.getByLabel('With patients\u2019 names and reasons').check();
  await expect(page.getByText('Only for a calendar that may hold patient data')).toBeVisible();
  expect(families.some((family) => family.length > 0)).toBe(true);
  expect(await save()).toContain(families[0]);

  await page.goto('./#/day/2026-11-20');
  await expect(heading(page)).toContainText('Day: ');
  await page.goto('./#/huddle');
  await expect(page.locator('.huddle-group').first()).toBeVisible();
  await inEveryLook(page, 'huddle', () => expectAccessible(page));
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
  await expect(page.locator('.huddle-row').first()).toBeVisible();
});
