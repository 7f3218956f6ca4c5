// Files that leave by the page Send and receive.
import { readFileSync } from 'node:fs';

const protection = (page) => page.getByRole('group', { name: 'How the files you save here are protected' });

/** Chooses that files are saved unprotected, as plain JSON. */
export async function unprotected(page) {
  await protection(page).getByLabel(/^Not at all/).check();
}

/** Chooses a passphrase for the files that are saved. */
export async function protectedBy(page, passphrase) {
  await protection(page).getByLabel(/^With a passphrase/).check();
  await page.locator('#file-passphrase').fill(passphrase);
  await page.locator('#file-passphrase-again').fill(passphrase);
}

/** Presses a button that saves a file, and gives its name and bytes. */
export async function saveBytes(page, button = 'Save the file') {
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const file = await saving;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

/** Saves a file unprotected, and gives its name and text. */
export async function savePlain(page, button = 'Save the file') {
  await unprotected(page);
  const { name, bytes } = await saveBytes(page, button);
  return { name, text: bytes.toString('utf8') };
}
