// The time page: a day entered by keyboard, rows with an overlap that is settled, one meeting spread, a week plotted.
import { contactForm } from './support/contact.js';
import { makeRegistry } from './support/registry.js';
import { expect, expectAccessible, freezeClock, inEveryLook, test } from './support/test.js';

const heading = (page) => page.getByRole('heading', { level: 1 });
const saved = (page) => page.locator('.last-save');
const line = (page) => page.locator('#time-line');
const read = (page) => page.locator('.time-shown');
const day = (page) => page.locator('table.time-day tbody tr');
const rows = (page) => page.getByRole('region', { name: 'Rows of a day, form' });
const meeting = (page) => page.getByRole('region', { name: 'One meeting, many patients, form' });

async function register(page, given, family, mrn) {
  await page.goto('./#/patient/new');
  await page.getByLabel('Given name').fill(given);
  await page.getByLabel('Family name').fill(family);
  await page.getByLabel('Date of birth').fill('1980-02-03');
  await page.getByLabel('MRN').fill(mrn);
  await page.getByRole('button', { name: 'Register patient' }).click();
  await expect(heading(page)).toContainText(family);
  return new URL(page.url()).hash.split('/')[2];
}

/** The time page of a day, with the focus in no field. */
async function openTime(page, on = '2026-11-20', words = 'Friday 20 November 2026') {
  await page.goto(`./#/time/${on}`);
  await expect(heading(page)).toHaveText(`Time: ${words}`);
  await expect(line(page)).toBeVisible();
}

test('a line is shown as it was read before Enter saves it, and what it lacks is said', async ({ page }) => {
  test.setTimeout(240_000);
  await freezeClock(page, '2026-11-20T16:00:00-05:00');
  await makeRegistry(page);
  await register(page, 'Ada', 'Okonkwo', '4711');
  await register(page, 'Ana', 'Silva', '4712');
  await register(page, 'Rui', 'Silva', '4713');
  await page.goto('./#/today');
  await page.getByRole('link', { name: 'Your time' }).click();
  await expect(heading(page)).toHaveText('Time: Friday 20 November 2026');

  for (const [typed, says] of [
    ['9, call attempt', 'Whose time it is is missing'],
    ['call, Okonkwo', 'How long it took is missing'],
    ['9, call, silva', 'fits 2 patients, such as Silva, Ana (4712); Silva, Rui (4713)'],
    ['9, call, Nobody', 'is no patient'],
    ['0, call, ada', 'from 1 minute to 24 hours'],
    ['25 h, call, ada', 'from 1 minute to 24 hours'],
    ['-9, call, ada', 'is no length, time or day'],
    ['9, call, ada, 16:30', 'would end in the future'],
    ['9, call, ada, 1979-05-01', 'born'],
  ]) {
    await line(page).fill(typed);
    await expect(read(page), typed).toContainText(says);
  }
  await line(page).press('Enter');
  await expect(page.getByRole('alert')).toContainText('born');
  await expect(line(page)).toHaveValue('9, call, ada, 1979-05-01');

  await line(page).fill('9 minutes, call attempt, Okonkwo');
  await expect(read(page)).toContainText('Okonkwo, Ada (4711): Fri 20 Nov, no clock time, 9 min, outreach and engagement, phone');
  await expect(read(page)).toContainText('No consent holds on this day');
  await inEveryLook(page, 'time-line', () => expectAccessible(page));
  await line(page).press('Enter');
  await expect(saved(page)).toContainText('Okonkwo, Ada: Time recorded');
  await expect(line(page)).toHaveValue('');
  await expect(day(page)).toHaveCount(1);
  await expect(day(page)).toContainText('9 min');
  // Another day, and the note that the minutes lack.
  await line(page).fill('Rui, 14:05 to 14:20, charting, yesterday, with his wife Ana, note: wrote the plan');
  await page.locator('#time-line-with').selectOption({ label: 'PCP or clinic staff' });
  await page.locator('#time-line-program').selectOption({ label: 'General behavioral health integration' });
  await expect(read(page)).toContainText(
    'Thu 19 Nov, 14:05 to 14:20, 15 min, documentation, with family and PCP or clinic staff, ' +
      'counts for general behavioral health integration. Note: wrote the plan With: his wife Ana',
  );
  await line(page).press('Enter');
  await expect(saved(page)).toContainText('Silva, Rui: Time recorded');
  await page.getByRole('button', { name: /^Add a note: Okonkwo, Ada/ }).click();
  await page.getByLabel('What was done').fill('Rang twice, no answer');
  await page.getByRole('button', { name: 'Save note' }).click();
  await expect(day(page)).toContainText('Rang twice, no answer');
  await expect(page.getByText('None: all minutes say what was done.')).toBeVisible();
  await page.getByRole('button', { name: 'Time before' }).click();
  await expect(heading(page)).toHaveText('Time: Thursday 19 November 2026');
  await expect(day(page)).toContainText('14:05 to 14:20');
  await expect(day(page)).toContainText('wrote the plan');
});

test('rows of a day are typed by keyboard, kept as a draft, settled and saved by one save', async ({ page }) => {
  test.setTimeout(240_000);
  await freezeClock(page, '2026-11-20T16:00:00-05:00');
  await makeRegistry(page);
  await register(page, 'Ada', 'Okonkwo', '4711');
  const ito = await register(page, 'Jun', 'Ito', '100001');
  await openTime(page);
  await heading(page).click();
  await page.keyboard.press('b');
  await expect(page.locator('#rows-0-who')).toBeFocused();
  await page.keyboard.type('okonkwo');
  await page.keyboard.press('Tab');
  await expect(page.locator('#rows-0-length')).toBeFocused();
  await page.keyboard.type('10:00-10:30');
  await page.keyboard.press('Enter');
  await expect(page.locator('#rows-1-who')).toBeFocused();
  await expect(rows(page)).toContainText('Okonkwo, Ada (4711): Fri 20 Nov, 10:00 to 10:30, 30 min');
  await page.keyboard.type('100001');
  await page.keyboard.press('Tab');
  await expect(page.locator('#rows-1-length')).toBeFocused();
  await page.keyboard.type('10:20-10:40');
  await page.keyboard.press('Enter');
  await expect(page.locator('#rows-2-who')).toBeFocused();
  await page.keyboard.type('ito');
  await page.keyboard.press('Tab');
  await expect(page.locator('#rows-2-length')).toBeFocused();
  await page.keyboard.type('25 h');
  await expect(rows(page)).toContainText('from 1 minute to 24 hours');
  await page.locator('#rows-0-note').fill('Plan for sleep');
  await page.locator('#rows-1-mode').selectOption({ label: 'Phone' });
  await page.locator('#rows-1-with').selectOption({ label: 'Patient and family' });
  await expect(rows(page)).toContainText('with the patient and family');

  // What was typed is still there after another page.
  await page.goto('./#/today');
  await expect(heading(page)).toContainText('20 Nov');
  await openTime(page);
  await page.getByRole('button', { name: 'Enter rows of a day' }).click();
  await expect(page.locator('#rows-1-length')).toHaveValue('10:20-10:40');
  await expect(page.locator('#rows-0-note')).toHaveValue('Plan for sleep');
  await expect(rows(page)).toContainText('This is what you typed before');

  // Each refusal names its row, and nothing is saved.
  const send = async () => {
    await page.locator('#rows-0-who').focus();
    await page.keyboard.press('Control+Enter');
  };
  await expect(rows(page)).toContainText('Row 1 above: both have 10:20 to 10:30, 10 min');
  await send();
  const alert = rows(page).getByRole('alert');
  await expect(alert).toContainText('Row 2: it overlaps other time; choose what is right');
  await expect(alert).toContainText('Row 3: An entry takes from 1 minute to 24 hours');
  await expect(day(page)).toHaveCount(0);
  await inEveryLook(page, 'time-rows', () => expectAccessible(page));
  await rows(page).getByRole('button', { name: 'Take out row 3' }).click();
  await expect(page.locator('#rows-3-who')).toHaveCount(0);
  await page.locator('#rows-1-how').selectOption({ label: 'Shorten this row' });
  await send();
  await expect(saved(page)).toContainText('2 time entries recorded');
  await expect(rows(page)).toHaveCount(0);
  await expect(day(page)).toHaveCount(2);
  await expect(day(page).nth(0)).toContainText('10:00 to 10:30');
  await expect(day(page).nth(1)).toContainText('10:30 to 10:40');

  // What is on record gives way by a correction that keeps it.
  await page.getByRole('button', { name: 'Enter rows of a day' }).click();
  await expect(page.locator('#rows-0-who')).toHaveValue('');
  await page.locator('#rows-0-who').fill('Okonkwo');
  await page.locator('#rows-0-length').fill('10:35-11:00');
  await expect(rows(page)).toContainText('Ito, Jun: Fri 20 Nov, 10:30 to 10:40, 10 min');
  await page.locator('#rows-0-how').selectOption({ label: 'Shorten the other, and keep its original' });
  await send();
  await expect(saved(page)).toContainText('1 time entry recorded');
  await expect(day(page)).toHaveCount(3);
  await expect(day(page).nth(1)).toContainText('10:30 to 10:35');
  await page.goto(`./#/patient/${ito}`);
  await expect(page.locator('.event').filter({ hasText: '5 min' })).toContainText('corrected');
});

test('a meeting is spread over its patients, a contact gets its minutes, and the week is plotted', async ({ page }) => {
  test.setTimeout(240_000);
  await freezeClock(page, '2026-11-20T16:00:00-05:00');
  await makeRegistry(page);
  await register(page, 'Ada', 'Okonkwo', '4711');
  await register(page, 'Rui', 'Silva', '4713');
  const ito = await register(page, 'Jun', 'Ito', '100001');
  await page.goto(`./#/patient/${ito}/contact`);
  await expect(contactForm(page)).toBeVisible();
  await contactForm(page).getByRole('region', { name: 'PHQ-9' }).getByLabel('Not now').check();
  await contactForm(page).getByLabel('Note').fill('Slept badly');
  await contactForm(page).getByLabel('Note').press('Control+Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Call recorded' })).toBeVisible();

  await openTime(page);
  await page.getByRole('button', { name: /^Add minutes: Ito, Jun/ }).click();
  await page.getByLabel('Minutes', { exact: true }).fill('0');
  await page.getByRole('button', { name: 'Save minutes' }).click();
  await expect(page.getByRole('alert')).toContainText('from 1 to 1,440');
  await page.getByLabel('Minutes', { exact: true }).fill('7');
  await page.getByRole('button', { name: 'Save minutes' }).click();
  await expect(saved(page)).toContainText('Ito, Jun: Minutes recorded');
  await expect(page.getByText('None: every contact and try has its minutes.')).toBeVisible();

  await openTime(page, '2026-11-19', 'Thursday 19 November 2026');
  await heading(page).click();
  await page.keyboard.press('s');
  await expect(page.locator('#meeting-minutes')).toBeFocused();
  await page.keyboard.type('60');
  await page.getByLabel('Began').fill('13:00');
  await page.locator('#meeting-mode').selectOption({ label: 'Video' });
  for (const [family, name] of [['Okonkwo', 'Okonkwo, Ada'], ['Silva', 'Silva, Rui'], ['Ito', 'Ito, Jun']]) {
    await page.locator('#meeting-find').fill(family);
    await meeting(page).getByRole('button', { name: new RegExp(`^Add.*${name}`) }).click();
    await expect(meeting(page).getByLabel(`Minutes of ${name}`)).toBeVisible();
  }
  await page.locator('#meeting-find').fill('');
  await expect(meeting(page)).toContainText('Thu 19 Nov, 13:20 to 13:40, 20 min');
  await page.locator('#meeting-0-length').fill('61');
  await page.getByRole('button', { name: 'Save for all of them' }).click();
  await expect(meeting(page).getByRole('alert')).toContainText('The shares add up to 61 min, and the meeting took 60 min');
  await page.locator('#meeting-0-length').fill('15');
  await expect(meeting(page)).toContainText('22 min 30 s');
  await inEveryLook(page, 'time-meeting', () => expectAccessible(page));
  await page.getByRole('button', { name: 'Save for all of them' }).click();
  await expect(saved(page)).toContainText('3 time entries recorded');
  await expect(meeting(page)).toHaveCount(0);
  await expect(day(page)).toHaveCount(3);
  await expect(day(page).nth(0)).toContainText('13:00 to 13:15');
  await expect(day(page).nth(1)).toContainText('22 min 30 s');

  await page.getByRole('link', { name: 'Week', exact: true }).click();
  await expect(heading(page)).toHaveText('Time: week 16 Nov 2026 to 22 Nov 2026');
  const plot = page.locator('.time-plot .graph');
  await expect(plot).toHaveAttribute('aria-label', /^1 h 07 min in this week/);
  await expect(plot.locator('.g-hours-4')).toHaveCount(1);
  await expect(plot.locator('.g-hours-1')).toHaveCount(1);
  await expect(page.getByRole('region', { name: 'Hours of the week' })).toContainText('Team collaboration');
  await expect(page.getByRole('table', { name: 'Totals by group' })).toContainText('Indirect: all other');
  await inEveryLook(page, 'time-week', () => expectAccessible(page));
  // One stroke takes the newest save back only where it was made; the day of the other month edge has its 25 hours.
  await page.goto('./#/time/2026-11-01');
  await expect(heading(page)).toHaveText('Time: Sunday 1 November 2026');
  await page.getByRole('button', { name: 'Time before' }).click();
  await expect(heading(page)).toHaveText('Time: Saturday 31 October 2026');
});
