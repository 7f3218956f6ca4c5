// Files that leave are sealed with a passphrase unless somebody decides otherwise: they open here and with the stock age
// program, and to nothing and nobody else.
import { openPatient } from './support/contact.js';
import { protectedBy, saveBytes } from './support/files.js';
import { decideAll, goTo, importSheets, keepSheet, makeRegistry } from './support/registry.js';
import { expect, expectAccessible, freezeClock, inEveryLook, test } from './support/test.js';

test.use({ actionTimeout: 30_000 });

const FILE_PASSPHRASE = 'walnut ferry crossing at seven';
const MEDIA = 'application/octet-stream';

/** The file as it arrives: as it was, or changed on its way. */
const arriving = (file, buffer = file.bytes) => ({ name: file.name, mimeType: MEDIA, buffer });

async function openIt(page, passphrase) {
  await page.getByLabel('Passphrase of the file', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Open the file' }).click();
}

/** A file of the whole caseload, sealed. */
async function sealedCaseload(page) {
  await makeRegistry(page);
  await importSheets(page);
  await decideAll(page);
  await goTo(page, 'Send');
  await protectedBy(page, FILE_PASSPHRASE);
  return saveBytes(page);
}

test('a sealed caseload opens in another browser with its passphrase only, and is received as any other', async ({ page, browser, baseURL }) => {
  test.setTimeout(180_000);
  const fetched = [];
  page.on('request', (request) => {
    if (/\/sealed-[\w-]+\.js$/.test(request.url())) fetched.push(request.url());
  });
  await makeRegistry(page);
  await importSheets(page);
  await decideAll(page);
  await goTo(page, 'Send');
  await inEveryLook(page, 'send-sealed', () => expectAccessible(page));

  await test.step('nothing is saved while the passphrase is missing, short or typed in two ways', async () => {
    const save = page.getByRole('button', { name: 'Save the file' });
    const saved = page.waitForEvent('download', { timeout: 3_000 }).catch(() => null);
    for (const [first, again] of [['', ''], ['short', 'short'], [FILE_PASSPHRASE, `${FILE_PASSPHRASE}!`]]) {
      await page.locator('#file-passphrase').fill(first);
      await page.locator('#file-passphrase-again').fill(again);
      await save.click();
      await expect(page.getByText('Nothing was saved.')).toBeVisible();
    }
    expect(await saved).toBeNull();
  });

  await protectedBy(page, FILE_PASSPHRASE);
  expect(fetched, 'what seals is no part of the first load').toEqual([]);
  const sent = await saveBytes(page);
  expect(fetched.length).toBeGreaterThan(0);
  expect(sent.name).toBe('caseload-handoff-2026-11-20.json.age');
  const text = sent.bytes.toString('latin1');
  expect(text.slice(0, 40)).toMatch(/^age-encryption\.org\/v1\n-> scrypt /);
  expect(text).not.toContain('Okonkwo');

  const other = await browser.newContext({ baseURL });
  const second = await other.newPage();
  await freezeClock(second, '2026-11-20T10:00:00-05:00');
  await test.step('a second browser begins from it', async () => {
    await second.goto('./');
    await second.getByRole('button', { name: 'Open my file' }).click();
    await second.locator('input[type=file]').setInputFiles(arriving(sent));
    await expectAccessible(second);
    await openIt(second, 'walnut ferry crossing at eight');
    await expect(second.getByText(/^This passphrase does not open the file/)).toBeVisible();
    await second.getByLabel('Passphrase of the file', { exact: true }).fill(FILE_PASSPHRASE);
    await second.keyboard.press('Enter');
    await expect(second.getByText(/^From Lena Brandt/)).toBeVisible();
    await second.getByLabel('Your name').fill('Marta Quist');
    await second.getByLabel('Label of your key').fill('MQ');
    await second.locator('#passphrase').fill('orchard tunnel seven brass kite');
    await second.locator('#passphrase-again').fill('orchard tunnel seven brass kite');
    await second.getByRole('button', { name: 'Open it here' }).click();
    await keepSheet(second);
    await goTo(second, 'Caseload');
    await expect(second.getByText(/Okonkwo/).first()).toBeVisible();
  });

  await test.step('what is received says what it is, and a file changed on its way is not read', async () => {
    await goTo(second, 'Send');
    const chooser = second.getByLabel('Choose a Caseload file');
    const damages = [
      ['its last byte', (bytes) => bytes.fill(bytes.at(-1) ^ 1, bytes.length - 1)],
      ['its tail', (bytes) => bytes.subarray(0, bytes.length - 1000)],
      ['its head', (bytes) => bytes.fill(0x41, 60, 64)],
    ];
    for (const [what, damage] of damages) {
      await test.step(what, async () => {
        await chooser.setInputFiles(arriving(sent, damage(Buffer.from(sent.bytes))));
        await openIt(second, FILE_PASSPHRASE);
        await expect(second.getByText(/damaged or was altered|does not open the file/)).toBeVisible();
        await second.getByRole('button', { name: 'Choose another file' }).click();
      });
    }
    await chooser.setInputFiles(arriving(sent));
    await openIt(second, FILE_PASSPHRASE);
    await expect(second.getByText('Everything in this file is here already.')).toBeVisible();
  });
  await other.close();
});

test('the stock age program opens what is saved here, and makes what is opened here', async ({ page }) => {
  test.setTimeout(180_000);
  const sent = await sealedCaseload(page);
  const { openWithAge, sealWithAge } = await import('./support/age.js');
  const text = await openWithAge(sent.bytes, FILE_PASSPHRASE);
  expect(JSON.parse(text).format).toBe('caseload-handoff');
  for (const armored of [false, true]) {
    await test.step(armored ? 'as text' : 'as bytes', async () => {
      const made = await sealWithAge(text, 'another passphrase of theirs', { armored });
      await page.getByLabel('Choose a Caseload file').setInputFiles(arriving({ name: 'theirs.age', bytes: made }));
      await openIt(page, 'another passphrase of theirs');
      await expect(page.getByText('Everything in this file is here already.')).toBeVisible();
      await page.getByRole('button', { name: 'Choose another file' }).click();
    });
  }
  await openPatient(page, 'Okonkwo');
});

test('a file that asks for more work than is safe is refused before anything is done', async ({ page }) => {
  test.setTimeout(120_000);
  await makeRegistry(page);
  await goTo(page, 'Send');
  const head = 'age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 24\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n--- ';
  const buffer = Buffer.from(`${head}${'A'.repeat(43)}\n${'x'.repeat(200)}`, 'latin1');
  await page.getByLabel('Choose a Caseload file').setInputFiles({ name: 'heavy.age', mimeType: MEDIA, buffer });
  await openIt(page, FILE_PASSPHRASE);
  await expect(page.getByText(/^Opening this file would take more memory than is safe here/)).toBeVisible();
});
