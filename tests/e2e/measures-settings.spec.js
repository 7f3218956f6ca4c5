// Settings > Measures: a clinic's own measure from its scale to its alarm, and words that are switched on.
import { goTo } from './support/registry.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';
import { makeTraining, openRow } from './support/training.js';

const section = (page) => page.getByRole('region', { name: 'Measures', exact: true });

test('a measure of the clinic\u2019s own is made, entered, drawn, and its alarm line opens a concern', async ({ page }) => {
  test.setTimeout(180_000);
  let name = '';
  await makeTraining(page);
  await goTo(page, 'Settings');

  await test.step('each field says what is wrong with it', async () => {
    await section(page).getByRole('button', { name: 'Add a measure of your own' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Save measure' }).click();
    const problem = dialog.getByRole('alert').filter({ hasText: 'There is a problem' });
    await expect(problem).toContainText('Enter its name');
    await dialog.getByLabel('Name').fill('Craving');
    await dialog.getByLabel('Highest score').fill('10');
    await dialog.getByLabel('Bands (optional)').fill('0 Low\n5 High');
    await dialog.getByLabel('Alarm line (optional)').fill('11');
    await dialog.getByRole('button', { name: 'Save measure' }).click();
    await expect(problem).toContainText('The alarm line lies within the range');
    await dialog.getByLabel('Alarm line (optional)').fill('8');
    await dialog.getByLabel('The concern is about').selectOption({ label: 'Overdose or withdrawal' });
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save measure' }).click();
    await expect(dialog).toHaveCount(0);
    const row = section(page).getByRole('row', { name: /Craving/ });
    for (const words of ['0 to 10', 'higher', '0 Low, 5 High', '8']) await expect(row).toContainText(words);
  });
  await inEveryLook(page, 'measures-settings');
  await expectAccessible(page);

  await test.step('it is entered like any other, by its score', async () => {
    name = await openRow(page, 7);
    await page.keyboard.press('m');
    await page.getByLabel('Instrument').selectOption({ label: 'Craving' });
    const total = page.getByLabel('Craving total');
    await expect(total).toBeVisible();
    await expect(page.getByLabel('Ask the questions')).toHaveCount(0);
    await total.fill('9');
    await page.getByRole('button', { name: 'Save measure' }).click();
  });

  await test.step('its alarm line opens a concern, and the record shows the score with its band', async () => {
    await expect(page.getByRole('heading', { level: 1, name: 'Safety steps' })).toBeVisible();
    await expect(page.locator('main')).toContainText('Craving reached its alarm line');
    await expect(page.locator('main')).toContainText('Overdose');
    await page.locator('main').getByRole('link', { name }).first().click();
    const box = page.locator('.measure-box').filter({ hasText: 'Craving' });
    await box.getByRole('button', { name: 'Table' }).click();
    await expect(box.getByRole('row', { name: /9.*high/ })).toBeVisible();
  });
});

test('the words of the C-SSRS screener are shown once somebody has read their terms', async ({ page }) => {
  test.setTimeout(180_000);
  await makeTraining(page);

  await test.step('a form in Spanish, and what is unknown of the patient', async () => {
    await openRow(page, 7);
    await page.keyboard.press('m');
    const grid = page.locator('.measure-grid');
    // It begins in the language of the registration, and can be read in another.
    await expect(page.getByLabel('Espa\u00f1ol')).toBeChecked();
    await page.getByLabel('English').check();
    await expect(grid).toContainText('Little interest or pleasure');
    await page.getByLabel('Espa\u00f1ol').check();
    await expect(grid).toContainText('Poco inter\u00e9s o placer en hacer cosas');
    await expect(page.locator('[lang=es] .instruction')).toContainText('Durante las \u00faltimas 2 semanas');
    await expectAccessible(page);
  });

  await goTo(page, 'Settings');
  await test.step('the switch waits for the reader', async () => {
    const on = section(page).getByRole('button', { name: /^Switch on the words/ });
    await expect(on).toBeDisabled();
    await expect(section(page)).toContainText('exclusive license');
    await section(page).getByLabel(/^I have read these terms/).check();
    await on.click();
    await expect(section(page)).toContainText('Lena Brandt read the terms and switched it on');
  });

  await test.step('it is offered as the second step, word for word, and asks when after a yes', async () => {
    await openRow(page, 0);
    await page.getByRole('button', { name: 'Second step' }).first().click();
    await page.getByLabel('C-SSRS screener').check();
    const form = page.locator('.quick-form');
    await expect(form).toContainText('Have you wished you were dead or wished you could go to sleep and not wake up?');
    await expect(form).toContainText('Research Foundation for Mental Hygiene');
    const when = form.getByText('Was this within the past three months?');
    const last = form.getByRole('radiogroup').filter({ hasText: 'Have you ever done anything' });
    await last.getByRole('radio', { name: 'Yes' }).check();
    await expect(when).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('switched off, it is offered by number, from the clinic\u2019s own copy', async () => {
    await goTo(page, 'Settings');
    await section(page).getByRole('button', { name: /^Switch off the words/ }).click();
    await expect(section(page).getByRole('button', { name: /^Switch on the words/ })).toBeVisible();
    await openRow(page, 0);
    await page.getByRole('button', { name: 'Second step' }).first().click();
    // What was answered before stays in the record; the words are not offered for new answers.
    await expect(page.getByRole('radio', { name: 'C-SSRS screener', exact: true })).toHaveCount(0);
    await page.getByRole('radio', { name: 'C-SSRS screener, from your own copy' }).check();
    const form = page.locator('.quick-form');
    await expect(form).toContainText('Item 1, from your licensed form');
    await expect(form).toContainText('switched off here');
    await expect(form).not.toContainText('Have you wished you were dead');
    await expectAccessible(page);
  });
});
