// Call scripts beside the forms that they fit: on for trainees, off for everybody else until asked for.
import { answerByKeys, contactForm, openPatient } from './support/contact.js';
import { goTo, makeRegistry, unlock } from './support/registry.js';
import { ABLE, inTreatment } from './support/review.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';

test.use({ actionTimeout: 10_000 });

const scripts = (page) => page.getByRole('complementary', { name: 'Call scripts' });
/** Titles of the scripts that are offered first. */
const offered = (page) => scripts(page).locator(':scope > details.script > summary').allInnerTexts();
const choice = (page) => page.getByLabel('Call scripts beside forms', { exact: false });

test('scripts are off until asked for, and then fit what is being done', async ({ page }) => {
  test.setTimeout(120_000);
  await makeRegistry(page);
  await inTreatment(page, ABLE);
  await page.keyboard.press('c');
  await expect(contactForm(page)).toBeVisible();
  await expect(contactForm(page).getByLabel('Minutes')).toBeVisible();
  await expect(scripts(page)).toHaveCount(0);

  await goTo(page, 'Settings');
  await expect(choice(page)).not.toBeChecked();
  await choice(page).check();
  await openPatient(page, ABLE.family);
  await page.keyboard.press('c');
  await expect(scripts(page)).toBeVisible();
  await expect.poll(() => offered(page)).toEqual(['Behavioral activation', 'Asking for consent', 'PHQ-9 by telephone']);
  await scripts(page).getByText('PHQ-9 by telephone').click();
  await expect(scripts(page)).toContainText('word for word');
  await inEveryLook(page, 'scripts-contact', () => expectAccessible(page));

  await test.step('after a positive item 9 the questions about suicide come first, and what is open stays open', async () => {
    await answerByKeys(page, 'PHQ-9', '000000001');
    await expect.poll(async () => (await offered(page))[0]).toBe('Asking about suicide');
    await expect(scripts(page).locator('#script-phq9_phone')).toHaveAttribute('open', '');
    await scripts(page).getByText('Asking about suicide').click();
    await expect(scripts(page)).toContainText('988, by call or text');
    await expectAccessible(page);
  });

  await test.step('a try has the voicemail that tells nothing', async () => {
    await contactForm(page).getByLabel('No, attempt').check();
    await contactForm(page).getByLabel('Voicemail left').check();
    await expect.poll(() => offered(page)).toEqual(['Asking about suicide', 'Voicemail']);
    await scripts(page).getByText('Voicemail', { exact: true }).click();
    await expect(scripts(page).getByText('this is Lena Brandt, with a message')).toBeVisible();
  });

  await test.step('one is printed alone', async () => {
    await page.evaluate(() => {
      window.print = () => {
        window.printed = [...document.querySelectorAll('.printed-script')].map((one) => one.open && one.innerText.length > 0);
        window.marked = document.documentElement.hasAttribute('data-printed');
      };
    });
    await scripts(page).getByRole('button', { name: 'Print this script: Voicemail' }).click();
    await expect.poll(() => page.evaluate(() => [window.printed?.length, window.marked])).toEqual([1, true]);
    await expect(page.locator('.printed-script')).toHaveCount(0);
  });

  await test.step('the crisis form, consent and the closing have theirs', async () => {
    await page.keyboard.press('F8');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Crisis contact');
    await expect.poll(async () => (await offered(page))[0]).toBe('Asking about suicide');
    await openPatient(page, ABLE.family);
    const section = (name) => page.getByRole('navigation', { name: 'Record' }).getByRole('link', { name }).click();
    await section('Intake');
    await page.getByRole('button', { name: 'Record consent' }).click();
    await expect.poll(() => offered(page)).toEqual(['Introducing collaborative care', 'Asking for consent']);
  });

  await test.step('hidden by one press, they stay hidden', async () => {
    await scripts(page).getByRole('button', { name: 'Hide call scripts' }).click();
    await expect(scripts(page)).toHaveCount(0);
    await goTo(page, 'Settings');
    await expect(choice(page)).not.toBeChecked();
  });
});

test('a trainee sees them at once, and the clinic\u2019s own text where it has one', async ({ page }) => {
  test.setTimeout(120_000);
  await makeRegistry(page);
  await inTreatment(page, ABLE);
  await goTo(page, 'Settings');
  await page.getByLabel('Template', { exact: true }).selectOption({ label: 'Call script: behavioral activation' });
  const form = page.getByRole('form', { name: 'Text of the template' });
  await expect(form.getByLabel('Text', { exact: true })).toHaveValue(/mood follows/);
  await form.getByLabel('Text', { exact: true }).fill('> What did you do at {clinic}?\n- Ask about {mood}.');
  await form.getByRole('button', { name: 'Save template' }).click();
  await expect(form.getByRole('alert')).toContainText('There is no field {mood} here');
  await form.getByLabel('Text', { exact: true }).fill('> What did you do since we spoke, {me} wants to know?\n- Write it down.');
  await form.getByRole('button', { name: 'Save template' }).click();
  await expect(page.locator('.last-save')).toContainText('Template saved');

  await page.getByRole('button', { name: 'Change Lena Brandt' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Role').selectOption({ label: 'Trainee' });
  await dialog.getByRole('button', { name: 'Save person' }).click();
  await expect(page.locator('.last-save')).toContainText('Person changed');
  await page.reload();
  await unlock(page);
  await openPatient(page, ABLE.family);
  await page.keyboard.press('c');
  await expect(scripts(page)).toBeVisible();
  await scripts(page).getByText('Behavioral activation').first().click();
  await expect(scripts(page)).toContainText('Lena Brandt wants to know');
  await expect(scripts(page)).toContainText('your clinic\u2019s own');
});
