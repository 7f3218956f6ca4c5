// What others wrote since somebody looked last; answers on a row of Today; no way home past what nobody has seen.
import { contactForm, openPatient } from './support/contact.js';
import { savePlain } from './support/files.js';
import { fileOf, goTo, joinRegistry, makeRegistry } from './support/registry.js';
import { ABLE, BRISK, agendaNames, inTreatment } from './support/review.js';
import { expect, expectAccessible, freezeClock, inEveryLook, test } from './support/test.js';
import { makeTraining, worklist } from './support/training.js';

test.use({ actionTimeout: 20_000 });

const heading = (page) => page.getByRole('heading', { level: 1 });
const saved = (page) => page.locator('.last-save');

test('what a colleague wrote is news on Today, on the caseload and in the record until it was seen', async ({ page, browser, baseURL }) => {
  test.setTimeout(240_000);
  await makeRegistry(page);
  await inTreatment(page, ABLE);
  await goTo(page, 'Today');
  await expect(page.getByRole('link', { name: 'Huddle sheet' })).toBeVisible();
  await expect(page.getByRole('heading', { name: /^New since you last looked/ })).toHaveCount(0);
  await goTo(page, 'Send');
  const out = await savePlain(page);

  const other = await browser.newContext({ baseURL });
  const second = await other.newPage();
  await freezeClock(second);
  await joinRegistry(second, fileOf(out.name, out.text));
  await openPatient(second, 'Able');
  await second.keyboard.press('c');
  await contactForm(second).getByRole('group', { name: 'How' }).getByLabel('Phone').check();
  for (const notNow of await contactForm(second).getByLabel('Not now').all()) await notNow.check();
  await contactForm(second).getByLabel('Minutes').fill('20');
  await contactForm(second).getByLabel('Note', { exact: true }).fill('Moved to her sister');
  await second.keyboard.press('Control+Enter');
  await expect(saved(second)).toContainText('Able');
  await goTo(second, 'Send');
  const back = await savePlain(second);
  await other.close();

  // It comes some minutes after the last look.
  await freezeClock(page, '2026-11-20T09:05:00-05:00');
  await page.getByLabel('Choose a Caseload file').setInputFiles(fileOf(back.name, back.text));
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(page.getByText(/^Merged/)).toBeVisible();
  await goTo(page, 'Today');
  const news = page.getByRole('region', { name: 'New since you last looked: 1 patient' });
  await expect(news).toContainText(/1 new since .+, by Marta Quist/);
  await inEveryLook(page, 'news-today', () => expectAccessible(page));
  await goTo(page, 'Caseload');
  await expect(page.locator('td.name .mark.news')).toContainText('1 new');
  await inEveryLook(page, 'news-caseload', () => expectAccessible(page));

  await openPatient(page, 'Able');
  const bar = page.locator('.news-bar');
  await expect(bar).toContainText(/1 new since .+, by Marta Quist/);
  const row = page.locator('.event.new');
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('Moved to her sister');
  await bar.getByText('What is new').click();
  await inEveryLook(page, 'news-record', () => expectAccessible(page));
  // Seen to the end is seen; the mark stays until the page is left.
  await row.scrollIntoViewIfNeeded();
  await expect(bar.getByRole('status')).toHaveText('Seen');
  await expect(row).toHaveCount(1);
  await goTo(page, 'Today');
  await expect(page.getByRole('link', { name: 'Huddle sheet' })).toBeVisible();
  await expect(news).toHaveCount(0);
  await openPatient(page, 'Able');
  await expect(page.locator('.event').first()).toBeVisible();
  await expect(bar).toHaveCount(0);
});

test('the answer of the PCP is recorded on the row of Today, with undo', async ({ page }) => {
  await makeTraining(page);
  const answered = worklist(page).filter({ has: page.locator('.row-answers .answer-at-once') });
  await expect(answered.first()).toBeVisible();
  const name = await answered.first().locator('.name a').innerText();
  // By name: the rows get their answers one after the other, so another can be the first with answers by now.
  const row = worklist(page).filter({ has: page.getByRole('link', { name, exact: true }) });
  const group = row.getByRole('group', { name: `The PCP\u2019s answer today: ${name}` }).first();
  await row.scrollIntoViewIfNeeded();
  await inEveryLook(page, 'answer-row', () => expectAccessible(page));
  await group.getByRole('button', { name: 'EHR' }).click();
  await expect(group.getByRole('button', { name: 'EHR' })).toHaveAttribute('aria-pressed', 'true');
  await group.getByRole('button', { name: 'Later' }).click();
  await expect(saved(page)).toContainText(`${name}: Answer recorded. Saved`);
  await expect(page).toHaveURL(/\/(#\/today)?$/);
  await saved(page).getByRole('button', { name: /Undo/ }).click();
  await expect(saved(page)).toContainText('Undone');
  // One that declines says why, in place.
  const again = worklist(page).filter({ hasText: name }).filter({ has: page.locator('.answer-at-once') }).first();
  await again.getByRole('button', { name: /^Declined/ }).first().click();
  const why = again.getByRole('textbox', { name: 'Why it was declined', exact: true });
  await expect(why).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(again.getByText('Write why it was declined').first()).toBeVisible();
  await why.fill('QT interval');
  await page.keyboard.press('Enter');
  await expect(saved(page)).toContainText(`${name}: Answer recorded. Saved`);
});

test('nothing urgent is left unseen by a key, a link, a lock elsewhere or the closing of the page', async ({ page }) => {
  test.setTimeout(180_000);
  await makeTraining(page);
  const dialog = page.getByRole('dialog', { name: 'Not seen, or not done, today' });
  const asked = async () => {
    await expect(dialog).toBeVisible();
    await expect(page).toHaveURL(/#\/evening$/);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  };
  await page.goto('./#/evening');
  const unseen = page.locator('main .unseen');
  await expect(unseen.first()).toBeVisible();
  await expect.poll(() => unseen.count()).toBeGreaterThan(1);
  for (const keys of ['gc', 'll']) {
    for (const key of keys) await page.keyboard.press(key);
    await asked();
  }
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Today' }).click();
  await asked();
  await page.goBack();
  await asked();
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await asked();

  // A record is opened from it; going home from there comes back, and says who is left.
  await unseen.first().getByRole('link', { name: /^Open/ }).click();
  await expect(heading(page)).not.toContainText('Evening');
  await page.keyboard.press('l');
  await page.keyboard.press('l');
  await asked();
  await unseen.first().getByRole('link', { name: /^Open/ }).click();
  await expect(heading(page)).not.toContainText('Evening');
  const closing = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const question = await closing;
  expect(question.type()).toBe('beforeunload');
  await question.dismiss();
  await asked();

  // Each acknowledged, the lock that was asked for goes on.
  await page.keyboard.press('l');
  await page.keyboard.press('l');
  const acknowledge = dialog.getByRole('button', { name: /^I have seen it/ });
  await expect(acknowledge.first()).toBeVisible();
  for (let left = await acknowledge.count(); left > 0; left -= 1) {
    await acknowledge.first().click();
    if (left > 1) await expect(acknowledge).toHaveCount(left - 1);
  }
  await expect(page.getByLabel('Passphrase', { exact: true })).toBeVisible();
});

test('a second packet shows the consultant this week alone, and last week under a fold', async ({ page, browser, baseURL }) => {
  test.setTimeout(240_000);
  await makeRegistry(page);
  await inTreatment(page, ABLE);
  await inTreatment(page, BRISK);
  const packet = async (without) => {
    await goTo(page, 'Send');
    await page.reload();
    await page.getByLabel('Passphrase', { exact: true }).fill('copper lantern ridge sparrow 41');
    await page.getByRole('button', { name: 'Unlock', exact: true }).click();
    await page.getByLabel(/^A packet for the consultant/).check();
    await page.getByRole('button', { name: `Take ${without} off the list` }).click();
    await expect(page.getByText(/record of 1 patient and the names/)).toBeVisible();
    return savePlain(page);
  };
  const first = await packet('Brisk, Otis');
  const other = await browser.newContext({ baseURL });
  const second = await other.newPage();
  await freezeClock(second);
  await joinRegistry(second, fileOf(first.name, first.text), { name: 'Dr. Adeyemi', label: 'DA' });
  await expect.poll(() => agendaNames(second)).toEqual(['Able, Wren']);
  await expect(second.locator('.review-earlier')).toHaveCount(0);

  const next = await packet('Able, Wren');
  await goTo(second, 'Send');
  await second.getByLabel('Choose a Caseload file').setInputFiles(fileOf(next.name, next.text));
  await second.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(second.getByText(/^Merged/)).toBeVisible();
  await goTo(second, 'Case review');
  await expect.poll(() => agendaNames(second)).toEqual(['Brisk, Otis']);
  const fold = second.locator('.review-earlier');
  await expect(fold.getByText('From earlier packets: 1 patient')).toBeVisible();
  await expect(fold.getByRole('link', { name: 'Able, Wren' })).toBeHidden();
  await fold.getByText('From earlier packets: 1 patient').click();
  await inEveryLook(second, 'packet-earlier', () => expectAccessible(second));
  await fold.getByRole('link', { name: 'Able, Wren' }).click();
  await expect(heading(second)).toHaveText('Able, Wren');
  await other.close();
});
