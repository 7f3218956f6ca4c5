// A registry of invented patients, for specs that need months of history.
import { PASSPHRASE, keepSheet } from './registry.js';
import { expect } from './test.js';

/** Makes a training registry in an empty browser, and enters it at Today. */
export async function makeTraining(page) {
  await page.goto('./');
  await page.getByRole('button', { name: 'Practise with invented patients' }).click();
  await page.getByLabel('Your name').fill('Lena Brandt');
  await page.getByLabel('Label of your key').fill('LB');
  await page.locator('#passphrase').fill(PASSPHRASE);
  await page.locator('#passphrase-again').fill(PASSPHRASE);
  await page.locator('button[type=submit]').last().click();
  await keepSheet(page);
}

/** The rows of the worklist. */
export const worklist = (page) => page.getByRole('list', { name: 'Whom to call and why' }).getByRole('listitem');

/** Opens the caseload's row at a place, and says whose it is. */
export async function openRow(page, place) {
  await page.goto('./#/caseload');
  const link = page.locator('td.name a').nth(place);
  const name = await link.innerText();
  await link.click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name.split(',')[0]);
  return name;
}

/** The address and the title say nothing about who is on the page. */
export async function expectNothingTold(page, name) {
  const [family] = name.split(',');
  expect(decodeURIComponent(page.url())).not.toContain(family);
  expect(await page.title()).not.toContain(family);
}
