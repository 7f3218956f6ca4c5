// A new patient: a referral in under half a minute by keyboard, and like names told apart first.
import { makeRegistry } from './support/registry.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';

/** Types through the form, as a person does who never takes a hand off the keys. */
async function register(page, { given, family, birth, mrn }) {
  await page.keyboard.press('n');
  await page.keyboard.press('p');
  await expect(page.getByLabel('Given name')).toBeFocused();
  await page.keyboard.type(given);
  await page.keyboard.press('Tab');
  await page.keyboard.type(family);
  await page.keyboard.press('Tab');
  await page.keyboard.type(birth);
  await page.keyboard.press('Tab');
  if (mrn) await page.getByLabel('MRN').fill(mrn);
}

test('a referral is registered by keyboard alone and stands on the worklist', async ({ page }) => {
  await makeRegistry(page);
  await register(page, { given: 'Jun', family: 'Ito', birth: '03/04/1986', mrn: '100312' });
  await inEveryLook(page, 'register', () => expectAccessible(page));
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ito, Jun');
  await expect(page.locator('.about')).toContainText('born 4 Mar 1986');
  await page.goto('./#/today');
  await expect(page.getByRole('list', { name: 'Whom to call and why' }).getByRole('listitem').filter({ hasText: 'Ito' })).toContainText('Referred');
});

test('a like name is shown with its birth date before anything is saved', async ({ page }) => {
  await makeRegistry(page);
  await register(page, { given: 'Jun', family: 'Ito', birth: '1986-03-04', mrn: '100312' });
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ito, Jun');
  await page.goto('./#/patient/new');
  await page.getByLabel('Given name').fill('June');
  await page.getByLabel('Family name').fill('Ito');
  const alert = page.getByRole('status').filter({ hasText: 'Is it one of these?' });
  await expect(alert).toContainText('born 4 Mar 1986');
  await expect(alert).toContainText('MRN 100312');
  await expectAccessible(page);
});

test('an MRN on file is named at once, and a second record waits for the word that it is somebody else', async ({ page }) => {
  await makeRegistry(page);
  await register(page, { given: 'Hugo', family: 'Ellis', birth: '1956-01-02', mrn: '100200' });
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ellis, Hugo');
  await page.goto('./#/patient/new');
  await page.getByLabel('Given name').fill('Wen');
  await page.getByLabel('Family name').fill('Castillo');
  await page.getByLabel('Date of birth').fill('02/18/1965');
  await page.getByLabel('MRN').fill('100200');
  const alert = page.getByRole('alert').filter({ hasText: 'On file already. Is it the same person?' });
  await expect(alert).toContainText('MRN 100200 is on file: Ellis, Hugo, born 2 Jan 1956');
  await expect(alert.getByRole('link', { name: 'Open that record' })).toBeVisible();
  await inEveryLook(page, 'register-on-file', () => expectAccessible(page));
  await page.getByRole('button', { name: 'Register patient' }).click();
  const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' });
  await expect(summary).toContainText('It is somebody else');
  await page.getByLabel('It is somebody else').check();
  await page.getByRole('button', { name: 'Register patient' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Castillo, Wen');
});

test('a search folds case and accents, takes the name as printed, and says when nobody is found', async ({ page }) => {
  await makeRegistry(page);
  await register(page, { given: 'José', family: 'Gómez', birth: '1956-01-02', mrn: '100201' });
  await page.getByLabel('Phone').fill('(555) 873-4693');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Gómez, José');
  const box = page.getByRole('combobox', { name: 'Search patients and actions' });
  for (const typed of ['gomez', 'Gómez, José', 'jose gomez', '5558734693', 'MRN 100201']) {
    await box.fill(typed);
    await expect(page.getByRole('option', { name: /Gómez, José/ }), typed).toBeVisible();
  }
  await box.fill('zzz');
  await expect(page.getByText('Nobody found by this name or number')).toBeVisible();
  await page.screenshot({ path: 'test-results/pictures/nobody-found-1280.png' });
  await expectAccessible(page);
});

test('a birth date that has not come is said to lie in the future', async ({ page }) => {
  await makeRegistry(page);
  await page.goto('./#/patient/new');
  await page.getByLabel('Date of birth').fill('2030-01-01');
  await page.getByRole('button', { name: 'Register patient' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toContainText(
    'The date of birth lies in the future',
  );
});

test('what is missing is said at once, and what was typed stays', async ({ page }) => {
  await makeRegistry(page);
  await page.goto('./#/patient/new');
  await page.getByLabel('Family name').fill('Ito');
  await page.getByLabel('Date of birth').fill('30 February');
  await page.getByRole('button', { name: 'Register patient' }).click();
  const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' });
  await expect(summary).toBeFocused();
  for (const words of ['Enter the given name', 'Enter the date of birth', 'Enter the MRN or a telephone number']) {
    await expect(summary).toContainText(words);
  }
  await expect(page.getByLabel('Date of birth')).toHaveValue('30 February');
  await summary.getByRole('link', { name: 'Enter the given name' }).click();
  await expect(page.getByLabel('Given name')).toBeFocused();
});
