// Activities of the clinic's own: made in Settings, chosen where time is written down, counted as they are defined; and a contact
// that two people shared.
import { readFileSync } from 'node:fs';
import { contactForm } from './support/contact.js';
import { makeRegistry } from './support/registry.js';
import { expect, expectAccessible, freezeClock, inEveryLook, test } from './support/test.js';

async function settings(page) {
  await page.goto('./#/settings');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: 'Activities' })).toBeVisible();
}

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

const record = async (page, chart) => {
  await page.goto(`./#/patient/${chart}`);
  await expect(page.getByRole('button', { name: 'Start timer' })).toBeVisible();
};

/** The log of every entry of a month, as it is saved. */
async function log(page, month) {
  await page.goto(`./#/month/${month}/amounts`);
  await expect(page.getByRole('heading', { level: 1, name: /^Sums and amounts/ })).toBeVisible();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save every entry as CSV' }).click();
  return readFileSync(await (await saving).path(), 'utf8');
}

test('an activity of the clinic\u2019s own is made, chosen in forms, renamed with its entries and retired', async ({ page }) => {
  test.setTimeout(180_000);
  await freezeClock(page, '2026-11-20T09:00:00-05:00');
  await makeRegistry(page);
  await settings(page);
  const section = page.locator('#activities-section');
  const form = page.getByRole('form', { name: 'Activity of your own' });

  await test.step('an empty name, one of the app, one of 10,000 letters and one twice are refused with a sentence', async () => {
    await section.getByRole('button', { name: 'Add an activity' }).click();
    await form.getByRole('button', { name: 'Save activity' }).click();
    await expect(form.getByText('Enter what the activity is called').first()).toBeVisible();
    await form.getByLabel('Name of the activity').fill('travel');
    await form.getByRole('button', { name: 'Save activity' }).click();
    await expect(form.getByText(/own list has an activity of this name/).first()).toBeVisible();
    await form.getByLabel('Name of the activity').fill('n'.repeat(10_000));
    await form.getByRole('button', { name: 'Save activity' }).click();
    await expect(form.getByText(/longer than 200 characters/).first()).toBeVisible();
    await form.getByLabel('Name of the activity').fill('<b>Housing</b> & help');
    await form.getByLabel('Time on it counts toward a month').check();
    await expectAccessible(page);
    await form.getByRole('button', { name: 'Save activity' }).click();
    await expect(form).toBeHidden();
    await expect(section.getByRole('rowheader', { name: '<b>Housing</b> & help' })).toBeVisible();
    await section.getByRole('button', { name: 'Add an activity' }).click();
    await form.getByLabel('Name of the activity').fill('<B>housing</B> & HELP');
    await form.getByRole('button', { name: 'Save activity' }).click();
    await expect(form.getByText(/There is an activity of this name already/).first()).toBeVisible();
    await form.getByRole('button', { name: 'Cancel' }).click();
    await expect(form).toBeHidden();
  });
  await inEveryLook(page, 'activities', () => expectAccessible(page));

  const chart = await register(page, 'Ada', 'Tiller', '400010');
  await test.step('time and a contact are spent on it', async () => {
    await record(page, chart);
    await page.keyboard.press('t');
    await expect(page.locator('#time-minutes')).toBeFocused();
    const time = page.getByRole('region', { name: 'Time, form' });
    await page.locator('#time-minutes').fill('20');
    await time.getByLabel('Day').fill('2026-11-19');
    await time.getByLabel('Spent on').selectOption({ label: '<b>Housing</b> & help' });
    await time.getByRole('button', { name: 'Save time' }).click();
    await expect(time).toHaveCount(0);
    await expect(page.locator('.event').filter({ hasText: '20 min, <b>Housing</b> & help' })).toBeVisible();

    await page.goto(`./#/patient/${chart}/contact`);
    await expect(contactForm(page)).toBeVisible();
    await contactForm(page).getByLabel('Minutes').fill('15');
    await contactForm(page).getByLabel('Spent on').selectOption({ label: '<b>Housing</b> & help' });
    await contactForm(page).getByRole('button', { name: /^Save/ }).first().click();
    await expect(page.getByRole('heading', { name: /recorded$/ })).toBeVisible();
  });

  await test.step('a new name is shown with the entries, and a retired one is not offered', async () => {
    await settings(page);
    await section.getByRole('button', { name: 'Change <b>Housing</b> & help' }).click();
    await form.getByLabel('Name of the activity').fill('Housing clinic');
    await form.getByRole('button', { name: 'Save activity' }).click();
    await expect(form).toBeHidden();
    await section.getByRole('button', { name: 'Retire Housing clinic' }).click();
    await expect(section.getByRole('rowheader', { name: 'Housing clinic (retired)' })).toBeVisible();
    await record(page, chart);
    await expect(page.locator('.event').filter({ hasText: '20 min, Housing clinic' })).toBeVisible();
    await page.keyboard.press('t');
    await expect(page.locator('#time-minutes')).toBeFocused();
    await expect(page.locator('#time-activity option', { hasText: 'Travel' })).toHaveCount(1);
    await expect(page.locator('#time-activity option', { hasText: 'Housing clinic' })).toHaveCount(0);
    const lines = (await log(page, '2026-11')).split('\r\n').filter((line) => line.includes('Housing clinic'));
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toContain(',yes,');
  });
});

test('a contact that two people shared has both names and counts one clock', async ({ page }) => {
  test.setTimeout(180_000);
  await freezeClock(page, '2026-11-20T09:00:00-05:00');
  await makeRegistry(page);
  await settings(page);
  await page.getByRole('button', { name: 'Add a person' }).click();
  const person = page.getByRole('form', { name: 'Person' });
  await person.getByLabel('Name').fill('Noor Halim');
  await person.getByLabel('Role').selectOption({ label: 'Trainee' });
  await person.getByRole('button', { name: 'Save person' }).click();
  await expect(person).toHaveCount(0);

  const chart = await register(page, 'Bea', 'Tandem', '400011');
  await page.goto(`./#/patient/${chart}/contact`);
  await expect(contactForm(page)).toBeVisible();
  await contactForm(page).getByLabel('Minutes').fill('8:00-8:30');
  await contactForm(page).getByLabel('Together with').selectOption({ label: 'Noor Halim' });
  await contactForm(page).getByRole('button', { name: /^Save/ }).first().click();
  await expect(page.getByRole('heading', { name: /recorded$/ })).toBeVisible();

  const lines = (await log(page, '2026-11')).split('\r\n').filter((line) => line.includes('Tandem'));
  expect(lines.filter((line) => line.includes('Noor Halim'))).toHaveLength(1);
  expect(lines.filter((line) => line.includes('Lena Brandt'))).toHaveLength(1);
  const counted = lines.filter((line) => line.includes(',yes,'));
  expect(counted).toHaveLength(1);
  expect(counted[0]).toContain(',1800,');
});
