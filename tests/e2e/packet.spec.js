// The consultant's packet: out of the clinic, opened in an empty browser without an account, and back as a reply.
import { savePlain } from './support/files.js';
import { fileOf, goTo, joinRegistry, makeRegistry } from './support/registry.js';
import { ABLE, BRISK, agendaNames, agendaRows, inTreatment } from './support/review.js';
import { expect, expectAccessible, freezeClock, inEveryLook, test } from './support/test.js';

test.use({ actionTimeout: 10_000 });

test('a packet goes to the consultant, the reply comes back, and its advice waits for the PCP', async ({ page, browser, baseURL }) => {
  test.setTimeout(180_000);
  await makeRegistry(page);
  await inTreatment(page, ABLE);
  await inTreatment(page, BRISK);

  await goTo(page, 'Send');
  await page.getByLabel(/^A packet for the consultant/).check();
  await expect(page.getByRole('heading', { name: 'Chosen: 2 patients' })).toBeVisible();
  await page.getByRole('button', { name: 'Take Brisk, Otis off the list' }).click();
  await expect(page.getByText(/record of 1 patient and the names/)).toBeVisible();
  await expectAccessible(page);
  const packet = await savePlain(page, 'Save the file');
  expect(packet.name).toBe('caseload-packet-2026-11-20.json');
  expect(packet.text).not.toContain('Brisk');

  const other = await browser.newContext({ baseURL });
  const second = await other.newPage();
  await freezeClock(second);
  let reply;

  await test.step('the consultant sees this patient and nobody else, and no caseload', async () => {
    await joinRegistry(second, fileOf(packet.name, packet.text), { name: 'Dr. Adeyemi', label: 'DA' });
    await expect(agendaRows(second)).toHaveCount(1);
    expect(await agendaNames(second)).toEqual(['Able, Wren']);
    const pages = second.getByRole('navigation', { name: 'Pages' }).getByRole('link');
    expect((await pages.allInnerTexts()).map((words) => words.trim())).toEqual(['Case review', 'Send / receive']);
    await inEveryLook(second, 'packet', () => expectAccessible(second));
  });

  await test.step('what is advised is one save, without minutes, and goes into a reply', async () => {
    await second.keyboard.press('m');
    await expect(second.getByRole('heading', { level: 1 })).toHaveText('Able, Wren');
    await expect(second.locator('.timer-time')).toHaveCount(0);
    // The record is asked for when the name is there already.
    await expect(second.locator('#advice-note')).toBeVisible();
    await second.keyboard.press('a');
    await expect(second.locator('#advice-note')).toBeFocused();
    await second.keyboard.type('Agree with the plan.');
    await second.getByRole('group', { name: 'Recommendation 1' }).getByLabel('Recommendation', { exact: true }).fill('TSH before anything else');
    await second.keyboard.press('Control+Enter');
    await expect(second.getByText('This review is saved')).toBeVisible();
    await second.keyboard.press('j');
    await second.getByRole('link', { name: 'Save the reply' }).click();
    await expect(second.getByText('You have reviewed 1 patient today')).toBeVisible();
    await expectAccessible(second);
    reply = await savePlain(second, 'Save the reply');
    expect(reply.name).toBe('caseload-reply-2026-11-20.json');
    expect(reply.text).not.toContain(ABLE.phone);
  });
  await other.close();

  await test.step('the clinic sees what comes, merges it, and its advice waits for the message', async () => {
    await page.getByLabel('Choose a Caseload file').setInputFiles(fileOf(reply.name, reply.text));
    await page.getByRole('button', { name: 'Merge', exact: true }).click();
    await expect(page.getByText(/^Merged/)).toBeVisible();
    await goTo(page, 'Case review');
    await expect(page.getByRole('heading', { name: '1 recommendation waits for a message to the PCP' })).toBeVisible();
    await expect(page.locator('.review-unsent')).toContainText('TSH before anything else');
    await goTo(page, 'Send');
    await page.getByLabel('Choose a Caseload file').setInputFiles(fileOf(reply.name, reply.text));
    await expect(page.getByText('Everything in this file is here already.')).toBeVisible();
  });
});
