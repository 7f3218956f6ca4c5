// A trainee and a supervisor, each in a browser of their own: what the trainee records waits, what the trainee can't close
// is asked for, hours are logged and are in no month, ten records are audited.
import { readFileSync } from 'node:fs';
import { contactForm, openPatient } from './support/contact.js';
import { savePlain } from './support/files.js';
import { decideAll, fileOf, goTo, importSheets, joinRegistry, makeRegistry } from './support/registry.js';
import { expect, expectAccessible, freezeClock, inEveryLook, test } from './support/test.js';

/** Saves a handoff file of everybody. */
async function handoff(page) {
  await goTo(page, 'Send');
  const { name, text } = await savePlain(page);
  return fileOf(name, text);
}

/** Merges what the other wrote. */
async function receive(page, file) {
  await goTo(page, 'Send');
  await page.getByLabel('Choose a Caseload file').setInputFiles(file);
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(page.getByText(/^Merged/)).toBeVisible();
}

test('a trainee\u2019s contact waits for co-signature, what goes back is on the trainee\u2019s list, and hours are in no month', async ({ page, browser, baseURL }) => {
  test.setTimeout(240_000);
  await makeRegistry(page);
  await importSheets(page);
  await decideAll(page);

  await test.step('a trainee is added with a supervisor', async () => {
    await goTo(page, 'Settings');
    await page.getByRole('button', { name: 'Add a person' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('B. Ito');
    await dialog.getByLabel('Role').selectOption({ label: 'Trainee' });
    await dialog.getByLabel('Supervised by').selectOption({ label: 'Lena Brandt' });
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save person' }).click();
    await expect(page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Supervision' })).toBeVisible();
  });

  const other = await browser.newContext({ baseURL });
  const second = await other.newPage();
  await freezeClock(second, '2026-11-20T10:00:00-05:00');
  await joinRegistry(second, await handoff(page), { as: 'B. Ito' });

  await test.step('the trainee records a contact, and it says that it waits', async () => {
    await openPatient(second, 'Okonkwo');
    await second.keyboard.press('c');
    await contactForm(second).getByLabel('Minutes').fill('12');
    await second.keyboard.press('Control+Enter');
    await expect(second.getByRole('heading', { level: 2, name: 'Call recorded' })).toBeVisible();
    await openPatient(second, 'Okonkwo');
    await expect(second.locator('.events .event').first()).toContainText('Entered by B. Ito, trainee; co-signature pending');
  });

  await test.step('a note waits, too', async () => {
    await second.keyboard.press('n');
    await second.locator('.quick-form textarea').first().fill('Called the pharmacy');
    await second.keyboard.press('Control+Enter');
    await expect(second.locator('.quick-form')).toHaveCount(0);
  });

  await receive(page, await handoff(second));
  await test.step('the supervisor reads, returns one and signs the rest', async () => {
    await goTo(page, 'Supervision');
    await expect(page.getByRole('heading', { level: 1, name: 'Supervision' })).toBeVisible();
    const trainee = page.getByRole('region', { name: 'B. Ito' });
    await expect(trainee).toContainText('Okonkwo');
    await inEveryLook(page, 'supervision', () => expectAccessible(page));
    await trainee.getByRole('button', { name: /^Return: Note/ }).click();
    await trainee.getByLabel('What is to be changed').fill('Say what they said');
    await page.keyboard.press('Control+Enter');
    await expect(trainee).toContainText('Returned: Say what they said');
    await trainee.getByRole('button', { name: /^Sign all of Okonkwo/ }).press('Enter');
    await expect(trainee).toContainText('0 entries wait');
    await openPatient(page, 'Okonkwo');
    await expect(page.locator('.events')).toContainText('co-signed by Lena Brandt on Fri 20 Nov');
  });

  await receive(second, await handoff(page));
  await test.step('what went back is on the trainee\u2019s own list', async () => {
    await goTo(second, 'Supervision');
    await expect(second.getByRole('region', { name: 'B. Ito' })).toContainText('Say what they said');
    await expect(second.getByRole('button', { name: /^Sign/ })).toHaveCount(0);
  });
  await other.close();

  await test.step('hours are logged by kind, and are in no month', async () => {
    const month = async () => {
      await goTo(page, 'Month');
      await expect(page.getByRole('heading', { level: 1, name: /^Month/ })).toBeVisible();
      await expect(page.locator('main table').first()).toBeVisible();
      return page.locator('main table').first().innerText();
    };
    const before = await month();
    await page.goto('./#/supervision/hours');
    await page.getByRole('button', { name: 'Add a session' }).click();
    await page.getByLabel('Minutes').fill('50');
    await page.getByLabel('Kind', { exact: true }).selectOption({ label: 'Live observation' });
    await page.getByRole('checkbox', { name: 'B. Ito' }).check();
    await page.getByLabel('Topics').fill('Asking about means');
    await expectAccessible(page);
    await page.keyboard.press('Control+Enter');
    const log = page.getByRole('region', { name: 'Sessions of supervision' });
    await expect(log).toContainText('Live observation');
    await expect(page.getByRole('table', { name: 'Totals' })).toContainText('0 h 50 min');
    await inEveryLook(page, 'supervision-hours', () => expectAccessible(page));
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV' }).click();
    const text = readFileSync(await (await saving).path(), 'utf8');
    expect(text).toContain('2026-11-20,Live observation,50,Lena Brandt,B. Ito,Asking about means');
    expect(await month()).toBe(before);
  });
});

test('ten records are drawn, answered, saved and compared', async ({ page }) => {
  test.setTimeout(120_000);
  await makeRegistry(page);
  await importSheets(page);
  await decideAll(page);
  await page.goto('./#/supervision/audit');
  await page.getByLabel('Number of the draw').fill('11');
  await page.getByRole('button', { name: 'Draw ten records' }).click();
  await expect(page.locator('.counts')).toContainText('drawn by the number 11');
  await expect(page.locator('.audit-item').first()).toBeVisible();
  await page.getByRole('button', { name: 'Save the audit' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toContainText('Choose an answer');
  const open = page.locator('.audit-item select');
  for (let at = 0; at < (await open.count()); at += 1) {
    const field = open.nth(at);
    if ((await field.inputValue()) === '') await field.selectOption({ label: 'Not applicable' });
  }
  await inEveryLook(page, 'supervision-audit', () => expectAccessible(page));
  await page.getByRole('button', { name: 'Save the audit' }).click();
  const audits = page.getByRole('region', { name: 'Audits', exact: true });
  await expect(audits).toContainText('number 11');
  await expectAccessible(page);

  await test.step('it is opened again, by key from anywhere, as it was answered', async () => {
    await goTo(page, 'Today');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Fri 20 Nov');
    await page.keyboard.press('g');
    await page.keyboard.press('u');
    await expect(page.getByRole('heading', { level: 1, name: 'Supervision' })).toBeVisible();
    await page.getByRole('link', { name: 'Record audit' }).click();
    await page.getByRole('button', { name: /^Open the audit of .* number 11$/ }).click();
    const kept = page.getByRole('article', { name: /^Audit of 20 Nov 2026, by Lena Brandt/ });
    await expect(kept.getByRole('heading', { level: 2 })).toBeFocused();
    await expect(kept.getByRole('region', { name: /^Answers about/ })).not.toHaveCount(0);
    await expect(kept).toContainText('drawn by the number 11');
    await expect(page.getByRole('form', { name: 'Draw records' })).toHaveCount(0);
    await inEveryLook(page, 'supervision-kept', () => expectAccessible(page));
    await kept.getByRole('button', { name: 'Back to all audits' }).click();
    await expect(audits).toBeVisible();
  });
});
