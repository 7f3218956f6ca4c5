// What specs of an open registry begin with: making one, unlocking it, bringing in the sheets of tests/data/e2e.
import { expect } from './test.js';

export const PASSPHRASE = 'copper lantern ridge sparrow 41';
export const CASELOAD = 'tests/data/e2e/caseload.csv';
export const CONTACTS = 'tests/data/e2e/contacts.csv';

/** Fills in who works here and the passphrase, on the form for a new registry or for opening a file. */
async function fillWho(page, { name, label, passphrase }) {
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Label of your key').fill(label);
  await page.locator('#passphrase').fill(passphrase);
  await page.locator('#passphrase-again').fill(passphrase);
}

/** Copies the asked group from the recovery sheet and goes on to the registry. */
export async function keepSheet(page) {
  await expect(page.getByRole('heading', { level: 1, name: 'Your recovery sheet' })).toBeVisible({ timeout: 60_000 });
  const asked = page.getByLabel(/^Group \d+ of the sheet/);
  const number = Number(/\d+/.exec(await page.locator('label', { hasText: /^Group \d+ of the sheet/ }).innerText())[0]);
  const groups = await page.locator('.sheet-groups li').allInnerTexts();
  await asked.fill(groups[number - 1].trim());
  await page.getByLabel('The sheet is printed or copied, and locked away').check();
  await page.getByRole('button', { name: 'Go to the registry' }).click();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
}

/** Makes a registry in an empty browser, and enters it. */
export async function makeRegistry(page, who = {}) {
  const { name = 'Lena Brandt', label = 'LB', clinic = 'River Street Clinic', passphrase = PASSPHRASE } = who;
  await page.goto('./');
  await page.getByRole('button', { name: 'Make a new registry' }).click();
  await fillWho(page, { name, label, passphrase });
  await page.getByLabel('Name of the clinic').fill(clinic);
  await page.getByRole('button', { name: 'Make the registry' }).click();
  await keepSheet(page);
}

/** Begins from a colleague's file in an empty browser, and enters the registry. */
export async function joinRegistry(page, file, who = {}) {
  const { name = 'Marta Quist', label = 'MQ', passphrase = PASSPHRASE, as } = who;
  await page.goto('./');
  await page.getByRole('button', { name: 'Open my file' }).click();
  await page.locator('input[type=file]').setInputFiles(file);
  await fillWho(page, { name, label, passphrase });
  if (as) await page.getByLabel('Are you one of these people?').selectOption({ label: as });
  await page.getByRole('button', { name: 'Open it here' }).click();
  await keepSheet(page);
}

/** Unlocks the one registry that is here. */
export async function unlock(page, passphrase = PASSPHRASE) {
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible({ timeout: 60_000 });
}

/** Goes to a page by the rail. */
export async function goTo(page, name) {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click();
}

/** Chooses sheets on the import page and waits for the dry run. */
export async function planImport(page, files = [CASELOAD, CONTACTS], waiting = {}) {
  await goTo(page, 'Import');
  await page.getByLabel('Choose an Excel or CSV file').setInputFiles(files);
  await expect(page.getByRole('heading', { name: 'What will be made of them' })).toBeVisible(waiting);
}

/** Brings sheets in. */
export async function importSheets(page, files = [CASELOAD, CONTACTS]) {
  await planImport(page, files);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText(/new patients? imported/)).toBeVisible();
}

/** Decides on every imported concern in the same way. */
export async function decideAll(page) {
  await page.goto('./#/triage');
  const forms = page.getByRole('form', { name: /^Decision on/ });
  await expect(forms.first()).toBeVisible();
  for (let left = await forms.count(); left > 0; left -= 1) {
    const form = forms.first();
    await form.getByLabel('Act today').check();
    await form.getByLabel('What will be done today').fill('Call this morning');
    await form.getByRole('button', { name: 'Save decision' }).click();
    await expect(forms).toHaveCount(left - 1);
  }
}

/** A file to hand to a file chooser, made in the spec. */
export function fileOf(name, content, mimeType = 'application/octet-stream') {
  return { name, mimeType, buffer: Buffer.isBuffer(content) ? content : Buffer.from(content) };
}
