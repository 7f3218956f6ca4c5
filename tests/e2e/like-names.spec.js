// Like names on every page on which something is recorded, minutes that stay with their patient, long notes that are folded,
// and the parts of the initial assessment.
import { contactForm } from './support/contact.js';
import { makeRegistry } from './support/registry.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';
import { makeTraining, openRow } from './support/training.js';

const saved = (page) => page.locator('.last-save');

async function register(page, { given, born, mrn }) {
  await page.goto('./#/patient/new');
  await page.getByLabel('Given name').fill(given);
  await page.getByLabel('Family name').fill('Sandoval');
  await page.getByLabel('Date of birth').fill(born);
  await page.getByLabel('MRN').fill(mrn);
  await page.getByRole('button', { name: 'Register patient' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`Sandoval, ${given}`);
  return new URL(page.url()).hash.split('/')[2];
}

test('like names are told apart by birth date wherever something is recorded, and minutes stay with their patient', async ({ page }) => {
  await makeRegistry(page);
  const maria = await register(page, { given: 'Maria', born: '1986-03-04', mrn: '41' });
  await register(page, { given: 'Marie', born: '1990-05-06', mrn: '42' });
  const alert = page.getByRole('region', { name: /A like name is on file/ }).or(page.locator('.notice', { hasText: 'A like name is on file' }));
  await expect(alert.first()).toContainText('1986');
  await page.getByRole('button', { name: 'Start timer' }).click();
  await expect(page.locator('.timer-name')).toContainText('1990');
  // The other's form shows whose it is, and knows nothing of the minutes that run.
  await page.goto(`./#/patient/${maria}/contact`);
  await expect(alert.first()).toContainText('1990');
  await expect(page.locator('.contact-head .who')).toContainText('1986');
  await expect(contactForm(page).locator('.from-timer').first()).toHaveText('');
  await contactForm(page).getByRole('region', { name: 'PHQ-9' }).getByLabel('Not now').check();
  await contactForm(page).getByLabel('Note').fill(Array.from({ length: 30 }, (_, line) => `Line ${line + 1} of a note`).join('\n'));
  await inEveryLook(page, 'like-names-contact', () => expectAccessible(page));
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.after-save')).toContainText('next contact');
  await expect(page.locator('.after-save')).not.toContainText('min');
  await expect(page.locator('.timer-name')).toContainText('1990');
  await page.getByRole('link', { name: 'Open the patient' }).click();
  const event = page.locator('.event', { hasText: 'Line 1 of a note' });
  const folded = await event.evaluate((element) => element.offsetHeight);
  await event.getByRole('button', { name: /^Show all/ }).click();
  await expect(event.getByRole('button', { name: /^Show less/ })).toHaveAttribute('aria-expanded', 'true');
  expect(await event.evaluate((element) => element.offsetHeight)).toBeGreaterThan(2 * folded);
  await event.getByRole('button', { name: /^Show less/ }).click();
  await inEveryLook(page, 'like-names-timeline', () => expectAccessible(page));
  await page.emulateMedia({ media: 'print' });
  expect(await event.evaluate((element) => element.offsetHeight)).toBeGreaterThan(2 * folded);
  await page.emulateMedia({ media: 'screen' });
});

test('the initial assessment says of each part where it stands, and leads to it', async ({ page }) => {
  await makeTraining(page);
  await openRow(page, 5);
  await page.getByRole('navigation', { name: 'Record' }).getByRole('link', { name: 'Assessment' }).click();
  const parts = page.getByRole('navigation', { name: 'Parts of the initial assessment' });
  const medical = parts.getByRole('listitem').filter({ hasText: 'Medical' });
  await expect(medical).toContainText('not asked');
  await medical.getByRole('button').click();
  const first = page.locator('.assessment .group', { hasText: 'Medical' }).getByRole('radio').first();
  await expect(first).toBeFocused();
  await expect(first).toBeInViewport();
  await page.getByRole('group', { name: /live with pain/ }).getByLabel('No', { exact: true }).check();
  await expect(medical).toContainText(/partly, 1 of \d/);
  await page.getByRole('button', { name: 'Save assessment' }).click();
  await expect(saved(page)).toContainText('Initial assessment saved');
  await expect(medical).toContainText(/partly, 1 of \d/);
  await inEveryLook(page, 'like-names-assessment', () => expectAccessible(page));
});
