// The timer and its minutes: over a reload, a lock and a crash, over a gap, and beside other time.
import { makeRegistry, unlock } from './support/registry.js';
import { expect, expectAccessible, freezeClock, inEveryLook, test } from './support/test.js';

const at = (time) => `2026-11-20T${time}:00-05:00`;
const timer = (page) => page.locator('.timer');
const shown = (page) => page.locator('.timer.running .timer-time');
const form = (page) => page.getByRole('region', { name: 'Time, form' });

async function register(page, given, family, mrn) {
  await page.goto('./#/patient/new');
  await page.getByLabel('Given name').fill(given);
  await page.getByLabel('Family name').fill(family);
  await page.getByLabel('Date of birth').fill('1980-02-03');
  await page.getByLabel('MRN').fill(mrn);
  await page.getByRole('button', { name: 'Register patient' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(family);
  return new URL(page.url()).hash.split('/')[2];
}

async function enter(page, chart, { minutes, day = '2026-11-19', began }) {
  await page.goto(`./#/patient/${chart}`);
  await expect(page.getByRole('button', { name: 'Start timer' })).toBeVisible();
  await page.keyboard.press('t');
  await expect(page.locator('#time-minutes')).toBeFocused();
  await page.locator('#time-minutes').fill(minutes);
  await form(page).getByLabel('Day').fill(day);
  await form(page).getByLabel('Began').fill(began);
  await form(page).getByRole('button', { name: 'Save time' }).click();
}

test('a timer goes on through a reload, a lock and a tab that crashed, and its short form takes the minutes', async ({ page: first, context }) => {
  test.setTimeout(240_000);
  let page = first;
  await freezeClock(page, at('09:00'));
  await makeRegistry(page);
  const chart = await register(page, 'Ada', 'Crashworth', '400002');
  await page.keyboard.press('p');
  await expect(timer(page)).toHaveClass(/running/);
  await freezeClock(page, at('09:03'));
  await expect(shown(page)).toHaveText(/^3:0/);

  await page.reload();
  await unlock(page);
  await expect(shown(page)).toHaveText(/^3:0/);
  expect(await page.title()).not.toContain('Crashworth');
  await page.getByRole('button', { name: 'Lock' }).click();
  await expect(page.getByLabel('Passphrase', { exact: true })).toBeVisible();
  await freezeClock(page, at('09:06'));
  await unlock(page);
  await expect(shown(page)).toHaveText(/^6:0/);

  // The tab crashes. (A browser that is killed as a whole forgets what it was given to keep in its last seconds.)
  const devtools = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  await Promise.race([devtools.send('Page.crash').catch(() => {}), crashed]);
  await crashed;
  page = await context.newPage();
  await freezeClock(page, at('09:10'));
  await page.goto(`./#/patient/${chart}`);
  await unlock(page);
  await expect(shown(page)).toHaveText(/^10:0/);
  const kept = await page.evaluate(() => localStorage.getItem('caseload.timers'));
  expect(kept).not.toContain('Crashworth');

  await page.getByRole('button', { name: /^Stop and record/ }).click();
  await expect(page.locator('#time-minutes')).toBeFocused();
  await expect(form(page)).toContainText('10:0');
  await form(page).getByLabel('How').selectOption({ label: 'Phone' });
  await form(page).getByLabel('Patient', { exact: true }).check();
  await form(page).getByLabel('Note').fill('Called the pharmacy back');
  await page.keyboard.press('Control+Enter');
  await expect(form(page)).toHaveCount(0);
  await expect(timer(page)).toHaveCount(0);
  await expect(page.locator('.event').filter({ hasText: 'Called the pharmacy back' })).toContainText('10 min');
});

test('several timers wait and one runs; a gap is asked about, and what is said of it holds', async ({ page }) => {
  test.setTimeout(180_000);
  await freezeClock(page, at('09:00'));
  await makeRegistry(page);
  const first = await register(page, 'Jun', 'Ito', '100001');
  await page.keyboard.press('p');
  await expect(page.locator('.timer.running')).toContainText('Ito');
  await register(page, 'Ada', 'Moreau', '100002');
  await page.keyboard.press('p');
  await expect(page.locator('.timer.running')).toContainText('Moreau');
  await expect(timer(page)).toHaveCount(2);

  // Nobody was there: the page has locked itself meanwhile.
  await freezeClock(page, at('09:40'));
  await expect(page.getByLabel('Passphrase', { exact: true })).toBeVisible();
  await unlock(page);
  await page.keyboard.press('Shift');
  const dialog = page.getByRole('dialog', { name: 'The timer ran on alone' });
  await expect(dialog).toContainText('Moreau');
  await expect(dialog).toContainText('40 min');
  await inEveryLook(page, 'time-gap', () => expectAccessible(page));
  await dialog.getByLabel('Keep a part').check();
  await dialog.getByLabel('Minutes to keep').fill('90');
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await expect(dialog).toContainText('from 1 to 40');
  await dialog.getByLabel('Minutes to keep').fill('12');
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(shown(page)).toHaveText(/^12:0/);

  await freezeClock(page, at('08:40'));
  const back = page.getByRole('dialog', { name: 'The clock of this machine was set back' });
  await expect(back).toContainText('60 minutes');
  await back.getByRole('button', { name: 'The clock is right now' }).click();
  await expect(shown(page)).toHaveText(/^12:0/);
  await page.goto(`./#/patient/${first}`);
  await expect(timer(page)).toHaveCount(2);
});

test('time that overlaps other time is shown before it is saved, and settled', async ({ page }) => {
  test.setTimeout(180_000);
  await makeRegistry(page);
  const first = await register(page, 'Jun', 'Ito', '100001');
  const second = await register(page, 'Ada', 'Moreau', '100002');
  await enter(page, first, { minutes: '22', began: '10:00' });
  await expect(form(page)).toHaveCount(0);

  await enter(page, second, { minutes: '30', began: '10:15' });
  const dialog = page.getByRole('dialog', { name: 'This time overlaps other time' });
  await expect(dialog).toContainText('Ito, Jun: 22 min');
  await expect(dialog).toContainText('7 min of it overlap, 10:15 to 10:22');
  await inEveryLook(page, 'time-overlap', () => expectAccessible(page));
  // Back in the form everything is still there, and nothing is in the record.
  await dialog.getByRole('button', { name: 'Back to the form' }).click();
  await expect(form(page)).toContainText('overlaps other time');
  await expect(page.locator('#time-minutes')).toHaveValue('30');
  await expect(page.locator('.event').filter({ hasText: 'min,' })).toHaveCount(0);

  await form(page).getByRole('button', { name: 'Save time' }).click();
  await expect(dialog.getByLabel('Shorten this one: 23 min of it are left')).toBeChecked();
  await dialog.getByRole('button', { name: 'Save so' }).click();
  await expect(form(page)).toHaveCount(0);
  await expect(page.locator('.event').filter({ hasText: '23 min' })).toHaveCount(1);

  // The other gives way; its original stays.
  await enter(page, second, { minutes: '10', began: '09:55' });
  await dialog.getByLabel(/^Shorten the other/).check();
  await dialog.getByRole('button', { name: 'Save so' }).click();
  await expect(form(page)).toHaveCount(0);
  await page.goto(`./#/patient/${first}`);
  await expect(page.locator('.event').filter({ hasText: '17 min' })).toContainText('orrected');

  // Both stay, with the reason.
  await enter(page, second, { minutes: '5', began: '10:06' });
  await dialog.getByLabel(/^Keep both/).check();
  await dialog.getByRole('button', { name: 'Save so' }).click();
  await expect(dialog).toContainText('Say why both stay');
  await dialog.getByLabel('Why both stay').fill('one call about two sisters');
  await dialog.getByRole('button', { name: 'Save so' }).click();
  await expect(page.locator('.event').filter({ hasText: 'one call about two sisters' })).toHaveCount(1);
});

test('minutes that can not be are refused in one sentence and stay in the form', async ({ page }) => {
  test.setTimeout(120_000);
  await makeRegistry(page);
  const chart = await register(page, 'Jun', 'Ito', '100001');
  for (const [minutes, day, began, sentence] of [
    ['-5', '2026-11-19', '10:00', 'from 1 to 1,440'],
    ['0', '2026-11-19', '10:00', 'from 1 to 1,440'],
    ['1500', '2026-11-19', '10:00', 'from 1 to 1,440'],
    ['20', '2026-11-20', '23:50', 'would end in the future'],
    ['20', '2026-11-21', '10:00', 'future'],
    ['20', '1979-05-01', '10:00', 'born'],
  ]) {
    await page.goto('./#/today');
    await enter(page, chart, { minutes, day, began });
    await expect(form(page), `${minutes} min on ${day}`).toContainText(sentence);
    await expect(form(page).getByLabel('Began')).toHaveValue(began);
    await page.keyboard.press('Escape');
  }
});
