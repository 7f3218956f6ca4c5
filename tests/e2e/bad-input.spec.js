// What people and machines get wrong: each is answered with one sentence that says what and where; nothing is lost,
// nothing is half done, nothing panics (any error on the page fails the spec).
import { mkdtemp, open, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contactForm, keepBoth, openPatient } from './support/contact.js';
import { savePlain } from './support/files.js';
import { PASSPHRASE, fileOf, goTo, importSheets, makeRegistry, planImport, unlock } from './support/registry.js';
import { expect, test } from './support/test.js';

test('a wrong passphrase is answered, wipes nothing, and the right one still opens', async ({ page }) => {
  await makeRegistry(page);
  await page.reload();
  await page.getByLabel('Passphrase', { exact: true }).fill('not the right words at all');
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText("That passphrase doesn't open this registry. Nothing is lost.", { timeout: 60_000 });
  await expect(page.locator('.wait')).toBeEmpty({ timeout: 35_000 });
  await unlock(page, PASSPHRASE);
});

test('files that are no handoff, too new, cut off or too large are refused in one sentence', async ({ page }) => {
  test.setTimeout(120_000);
  await makeRegistry(page);
  await importSheets(page);
  await goTo(page, 'Send');
  const { text: good } = await savePlain(page);

  const refuse = async (file, sentence) => {
    await page.getByLabel('Choose a Caseload file').setInputFiles(file);
    const said = page.getByRole('region', { name: 'Receive' }).getByRole('alert').filter({ hasText: sentence });
    await expect(said).toBeVisible();
    expect((await said.innerText()).length, 'one sentence or two').toBeLessThan(260);
    await expect(page.getByRole('button', { name: 'Merge', exact: true })).toHaveCount(0);
  };
  await test.step('not JSON', () => refuse(fileOf('notes.json', 'Dear colleague, here is the caseload.'), /JSON/));
  await test.step('empty', () => refuse(fileOf('empty.json', ''), /empty|JSON|ends/i));
  await test.step('JSON that is no handoff', () => refuse(fileOf('other.json', '{"patients": []}'), /Caseload/));
  await test.step('a newer version', () =>
    refuse(fileOf('newer.json', good.replace(/"version":\s*1/, '"version":99')), /newer Caseload \(format 99\)/));
  await test.step('cut off', () => refuse(fileOf('cut.json', good.slice(0, Math.floor(good.length * 0.6))), /cut|ends|incomplete/i));
  await test.step('changed on the way', () => refuse(fileOf('changed.json', good.replace('Okonkwo', 'Okonkwa')), /changed|damaged|digest/i));
  await test.step('a picture named .json', () => refuse(fileOf('photo.json', randomBytes(4096)), /JSON|text/i));
  await test.step('one gigabyte', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'caseload-large-'));
    const path = join(folder, 'large.json');
    const file = await open(path, 'w');
    await file.truncate(2 ** 30);
    await file.close();
    await refuse(path, /large\.json is 1\.0 GB/);
    await rm(folder, { recursive: true });
  });
  await test.step('and the good one still merges: all of it is here', async () => {
    await page.getByLabel('Choose a Caseload file').setInputFiles(fileOf('good.json', good));
    await expect(page.getByText('Everything in this file is here already.')).toBeVisible();
  });
});

test('files that are no sheet, and sheets with nothing in them, are refused in one sentence', async ({ page }) => {
  await makeRegistry(page);
  await goTo(page, 'Import');
  const refuse = async (files, sentence) => {
    await page.getByLabel('Choose an Excel or CSV file').setInputFiles(files);
    await expect(page.getByRole('alert').filter({ hasText: sentence })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Import', exact: true })).toHaveCount(0);
  };
  const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), randomBytes(2000)]);
  await test.step('a picture named .csv', () => refuse([fileOf('photo.csv', png)], /not a|isn.t|no text|binary/i));
  await test.step('a workbook named .csv', () => refuse([fileOf('book.csv', Buffer.from('504b0304140006000800000021', 'hex'))], /spreadsheet|Excel|CSV/i));
  await test.step('empty', () => refuse([fileOf('empty.csv', '')], /empty|no rows|nothing/i));
  await test.step('three files', () =>
    refuse(['a.csv', 'b.csv', 'c.csv'].map((name) => fileOf(name, 'MRN,Last Name\n1,Ames\n')), /Choose 2 files at most/));
});

test('cells that are out of range, impossible, in the future, huge, markup or formulas are named and stay text', async ({ page }) => {
  await makeRegistry(page);
  const long = 'A'.repeat(10_000);
  const header = 'MRN,Last Name,First Name,DOB,Tx Status,Date enrolled,PHQ-9 last,Date of last PHQ-9,Notes';
  const rows = [
    '300001,Ames,Bo,1970-02-03,Active,2026-08-01,12,2026-11-02,fine',
    '300002,Best,Cy,1971-02-03,Active,2026-08-01,28,2026-11-02,score too high',
    '300003,Cole,Di,1972-02-03,Active,2026-08-01,-3,2026-11-02,score below nought',
    '300004,Dean,Ed,1973-02-30,Active,2026-08-01,9,2026-11-02,no such birthday',
    '300005,Eads,Fay,1974-02-03,Active,2026-08-01,9,2027-01-02,a score from the future',
    `300006,${long},Gus,1975-02-03,Active,2026-08-01,9,2026-11-02,long name`,
    '300007,<img src=x onerror=alert(1)>,Hal,1976-02-03,Active,2026-08-01,9,2026-11-02,markup',
    `300008,Hunt,Ian,1977-02-03,Active,2026-08-01,9,2026-11-02,"=cmd|'/c calc'!A1"`,
  ];
  await planImport(page, [fileOf('odd.csv', [header, ...rows].join('\n'), 'text/csv')]);
  const table = page.getByRole('table', { name: 'Problems by row and column' });
  const line = (row) => table.locator('tbody tr').filter({ has: page.getByRole('cell', { name: String(row), exact: true }) });
  await expect(line(3).filter({ hasText: 'PHQ-9 last' }).first()).toContainText('28');
  await expect(line(4).filter({ hasText: '-3' })).not.toHaveCount(0);
  await expect(line(5).filter({ hasText: 'DOB' })).not.toHaveCount(0);
  await expect(line(6).filter({ hasText: 'future' })).not.toHaveCount(0);
  await expect(line(7).filter({ hasText: 'Longer than' })).not.toHaveCount(0);
  await expect(line(8).filter({ hasText: 'markup' })).not.toHaveCount(0);
  await expect(line(9).filter({ hasText: 'formula' })).not.toHaveCount(0);
  await expect(line(2)).toHaveCount(0);

  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText(/new patients imported/)).toBeVisible();
  await page.goto('./#/caseload');
  await expect(page.getByText('<img src=x onerror=alert(1)>').first()).toBeVisible();
  await expect(page.locator('main img')).toHaveCount(0);
});

test('a form with a name of 10,000 characters or of markup says what is wrong and keeps what was typed', async ({ page }) => {
  await makeRegistry(page);
  await page.goto('./#/patient/new');
  const family = page.getByLabel('Family name');
  await page.getByLabel('Given name').fill('Bo');
  await page.getByLabel('Date of birth').fill('1980-02-03');
  await page.getByLabel('MRN').fill('400001');
  await family.fill('A'.repeat(10_000));
  await page.getByRole('button', { name: 'Register patient' }).click();
  await expect(page.getByRole('alert')).toContainText(/long|characters/i);
  await expect(family).toHaveValue('A'.repeat(10_000));
  await family.fill('<b>Ames</b>');
  await page.getByRole('button', { name: 'Register patient' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('<b>Ames</b>');
});

test('times that overlap are both kept, counted once, and named in the month', async ({ page }) => {
  await makeRegistry(page);
  await importSheets(page);
  for (const note of ['first line busy', 'called from the other line']) {
    await openPatient(page, 'Sandoval');
    await page.keyboard.press('c');
    const form = contactForm(page);
    await form.getByRole('group', { name: 'How' }).getByLabel('Phone').check();
    for (const measure of ['PHQ-9', 'GAD-7']) await form.getByRole('region', { name: measure }).getByLabel('Not now').check();
    await form.getByLabel('Minutes').fill('10');
    await form.getByLabel('Note').fill(note);
    await page.keyboard.press('Control+Enter');
    if (note === 'called from the other line') await keepBoth(page, 'Two lines at once');
    await expect(page.getByRole('heading', { name: /recorded$/ })).toBeFocused();
  }
  await openPatient(page, 'Sandoval');
  await expect(page.getByText('first line busy')).toBeVisible();
  await expect(page.getByText('called from the other line')).toBeVisible();
  await goTo(page, 'Month');
  const row = page.locator('table.month tbody').filter({ hasText: 'Sandoval' });
  await expect(row.locator('td[data-label="Minutes"]')).toHaveText('10');
  await row.getByRole('button', { name: /^Why/ }).click();
  await expect(row.locator('.reasons')).toContainText(/overlap/i);
});

test('a file that is still being read is not asked for a second time', async ({ page }) => {
  // A slow disk, as long as the test wants it: reading goes on when the gate is opened.
  await page.addInitScript(() => {
    const read = Blob.prototype.arrayBuffer;
    const gate = new Promise((open) => (globalThis.openTheGate = open));
    Blob.prototype.arrayBuffer = function arrayBuffer() {
      return gate.then(() => read.call(this));
    };
  });
  await page.goto('./');
  await page.getByRole('button', { name: 'Open my file' }).click();
  await page.locator('input[type=file]').setInputFiles(fileOf('slow.json', readFileSync('tests/data/handoff/version-1.json', 'utf8')));
  await page.getByRole('button', { name: 'Open it here' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'The file is still being read' })).toBeVisible();
  await expect(page.getByText('Choose the file that Caseload made')).toHaveCount(0);
  await page.evaluate(() => globalThis.openTheGate());
  await expect(page.getByText(/It holds \d+ patients?/)).toBeVisible();
});
