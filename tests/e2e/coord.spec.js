// Contacts by keyboard, tasks and referrals out, the directory.
import { contactForm, countedKeys } from './support/contact.js';
import { fileOf, unlock } from './support/registry.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';
import { makeTraining, openRow } from './support/training.js';

const saved = (page, words) => expect(page.getByRole('heading', { level: 2, name: words })).toBeVisible();

test('a whole contact with PHQ-9, minutes, a note and what comes next is made by keys alone', async ({ page }) => {
  await makeTraining(page);
  await openRow(page, 9);
  const by = countedKeys(page);
  const { press, until } = by;
  const focused = () => page.evaluate(() => document.activeElement.id);
  const began = Date.now();
  await press('c');
  await expect(contactForm(page)).toBeVisible();
  await until(/^minutes$/);
  await press(...'9:10-9:32');
  await expect(contactForm(page)).toContainText('09:10 to 09:32 is 22 min');
  await until(/^phq9/);
  // Asked for already where the plan says so; otherwise one arrow away.
  if (await contactForm(page).getByRole('region', { name: 'PHQ-9' }).locator('.measure-grid').count() === 0) {
    await press('ArrowRight', 'Space');
    await expect.poll(focused).toMatch(/^phq9-phq9_1/);
  }
  await press(...'232312210');
  await expect(contactForm(page)).toContainText('= 16, moderately severe');
  await until(/^covered$/);
  await press('Space', 'Tab', 'Space');
  await until(/^note$/);
  await press(...'Walks twice a week');
  await until(/^next/);
  await press('ArrowRight', 'ArrowRight');
  await expect(contactForm(page)).toContainText('that is Fri 4 Dec');
  await press('Control+Enter');
  await saved(page, 'Call recorded');
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`a whole contact: ${by.keys} keys, of them 18 letters of the note, ${seconds} s with the test's own waiting`);
  expect(by.keys).toBeLessThan(75);
  await page.getByRole('link', { name: 'Open the patient' }).click();
  const events = page.locator('.events');
  await expect(events).toContainText('22 min');
  await expect(events).toContainText('Covered: symptoms, safety asked');
});

test('"Ask the questions" leads to the first, More opens what is rare, and a try proposes another', async ({ page }) => {
  await makeTraining(page);
  await openRow(page, 9);
  await page.keyboard.press('c');
  const form = contactForm(page);
  const gad7 = form.getByRole('region', { name: 'GAD-7' });
  await gad7.getByLabel('Ask the questions').check();
  await expect(gad7.locator('.measure-grid').getByRole('radio').first()).toBeFocused();
  await gad7.getByLabel('Not now').check();
  await form.getByText(/^More:/).click();
  await form.getByLabel('Interpreter, name or number').fill('4417');
  await form.getByLabel('What was asked').fill('An aide in class');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('alert')).toContainText('Choose with whom you spoke');
  await form.getByLabel('Spoken with').selectOption('School');
  await form.getByLabel('Topic').fill('Sleep');
  await inEveryLook(page, 'contact-more', () => expectAccessible(page));
  // A reload closes nothing that has something in it.
  await page.waitForTimeout(2_500);
  const address = page.url();
  await page.reload();
  await unlock(page);
  await page.goto(address);
  await expect(form.getByLabel('Interpreter, name or number')).toBeVisible();
  await expect(form.getByLabel('Interpreter, name or number')).toHaveValue('4417');
  await expect(form.getByLabel('Topic')).toHaveValue('Sleep');
  await form.getByText('No, attempt').click();
  await form.getByLabel('Voicemail left').check();
  await form.getByLabel('What was left').fill('Call Lena back');
  await form.getByLabel(/^Try again/).check();
  await expect(form.getByRole('group', { name: 'In the' })).toBeVisible();
  await inEveryLook(page, 'contact-try', () => expectAccessible(page));
  await page.keyboard.press('Control+Enter');
  await saved(page, 'Attempt recorded');
  await expect(page.locator('.after-save')).toContainText('next try');
});

test('a task that repeats comes again, another is dropped with a reason', async ({ page }) => {
  await makeTraining(page);
  await openRow(page, 9);
  await page.getByRole('navigation', { name: 'Record' }).getByRole('link', { name: 'Tasks and referrals' }).click();
  const tasks = page.getByRole('region', { name: 'Tasks' });
  const add = async (text, due, every = '') => {
    await tasks.getByRole('button', { name: 'New task' }).click();
    await tasks.getByLabel('What').fill(text);
    await tasks.getByLabel('By').fill(due);
    await tasks.getByLabel('Repeat every').fill(every);
    await tasks.getByRole('button', { name: 'Save task' }).click();
    await expect(tasks.getByRole('listitem').filter({ hasText: text })).toBeVisible();
  };
  await add('Ask for the form', '2026-11-18', '14');
  await add('Call the school', '2026-11-25');
  await expect(tasks.getByRole('listitem').filter({ hasText: 'Ask for the form' })).toContainText('Late');
  await tasks.getByRole('button', { name: 'Done: Ask for the form' }).dblclick();
  await expect(tasks.getByRole('listitem').filter({ hasText: 'Ask for the form' }).first()).toContainText('due Wed 2 Dec');
  await tasks.getByRole('button', { name: 'Drop: Call the school' }).click();
  await tasks.getByLabel('Why').fill('The mother called');
  await tasks.getByRole('button', { name: 'Drop it' }).click();
  await expect(tasks.getByRole('button', { name: 'Done: Ask for the form' })).toHaveCount(1);
  await tasks.getByText('Done or dropped (2)').click();
  await expect(tasks).toContainText('dropped Fri 20 Nov by Lena Brandt: The mother called');
});

test('a second click that comes when the list has moved under the pointer settles no other task', async ({ page }) => {
  await makeTraining(page);
  await openRow(page, 9);
  await page.getByRole('navigation', { name: 'Record' }).getByRole('link', { name: 'Tasks and referrals' }).click();
  const tasks = page.getByRole('region', { name: 'Tasks' });
  const add = async (text, due) => {
    await tasks.getByRole('button', { name: 'New task' }).click();
    await tasks.getByLabel('What').fill(text);
    await tasks.getByLabel('By').fill(due);
    await tasks.getByRole('button', { name: 'Save task' }).click();
    await expect(tasks.getByRole('listitem').filter({ hasText: text })).toBeVisible();
  };
  await add('Ask for the form', '2026-11-02');
  await add('Call the school', '2026-11-03');
  const done = (text) => tasks.getByRole('button', { name: `Done: ${text}` });
  await done('Ask for the form').scrollIntoViewIfNeeded();
  const box = await done('Ask for the form').boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.click(x, y);
  await expect(done('Ask for the form')).toHaveCount(0);
  // What was below it is under the pointer now.
  const under = () => page.evaluate(([x, y]) => document.elementFromPoint(x, y).closest('button')?.getAttribute('aria-label'), [x, y]);
  await expect.poll(under).toBe('Done: Call the school');
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
  // Saves keep their order: when a later one is in the list, that of the second click would be too.
  await add('Send the letter', '2026-11-25');
  await expect(done('Call the school')).toBeVisible();
  await done('Call the school').click();
  await expect(done('Call the school')).toHaveCount(0);
});

test('a referral goes from made to a result, each step dated and kept', async ({ page }) => {
  await makeTraining(page);
  await openRow(page, 9);
  await page.getByRole('navigation', { name: 'Record' }).getByRole('link', { name: 'Tasks and referrals' }).click();
  const referrals = page.getByRole('region', { name: 'Referrals out' });
  await referrals.getByRole('button', { name: 'New referral' }).click();
  await referrals.getByLabel('Kind').selectOption('Housing');
  await referrals.getByLabel('To', { exact: true }).fill('County Housing Office');
  await referrals.getByLabel('Agreed with the patient on').fill('2026-11-02');
  await referrals.getByLabel('What for').fill('Help with rent arrears');
  await referrals.getByRole('button', { name: 'Save referral' }).click();
  const one = referrals.getByRole('listitem').filter({ hasText: 'rent arrears' });
  await expect(one).toContainText('sending it 4 days late');
  await expect(one).toContainText('No release to them is on record');
  await inEveryLook(page, 'together', () => expectAccessible(page));
  const step = async (name, fill = async () => {}) => {
    await one.getByRole('button', { name }).click();
    await fill();
    await referrals.getByRole('button', { name: 'Save step' }).click();
    await expect(referrals.getByRole('button', { name: 'Save step' })).toHaveCount(0);
  };
  await one.getByRole('button', { name: /^Sent:/ }).click();
  await referrals.getByLabel('Letter').check();
  // A form that is opened while another is being saved stays, and the letters go where somebody put the focus.
  await page.evaluate(async () => {
    const press = (words) => [...document.querySelectorAll('button')].find((button) => button.textContent.trim() === words).click();
    press('Save step');
    press('New referral');
    await new Promise((done) => setTimeout(done));
    document.querySelector('#referral-what').focus();
  });
  await expect(one).toContainText('sent by letter');
  await page.keyboard.type('A bus pass');
  await expect(referrals.getByLabel('What for')).toHaveValue('A bus pass');
  await page.keyboard.press('Escape');
  await step(/^Appointment:/, async () => {
    await referrals.getByLabel('Appointment on').fill('2026-11-24');
    await referrals.getByLabel('At', { exact: true }).fill('10:00');
  });
  await expect(one).toContainText('appointment Tue 24 Nov 10:00');
  await step(/^Result:/, () => referrals.getByRole('textbox', { name: 'Result' }).fill('Payment plan agreed'));
  await referrals.getByText('With a result, or ended (1)').click();
  await expect(one.locator('.steps > li')).toHaveCount(4);
  await expect(one).toContainText('Payment plan agreed');
});

test('the directory is searched as one types, checked with one press, and comes in from CSV after a dry run', async ({ page }) => {
  await makeTraining(page);
  await page.goto('./#/directory');
  await page.getByRole('button', { name: 'New resource' }).click();
  await page.getByLabel('Name', { exact: true }).fill('County Housing Office');
  await page.getByRole('region', { name: 'New resource, form' }).getByLabel('Kind').selectOption('Housing');
  await page.getByLabel('Phone').fill('(315) 555-0142');
  await page.getByRole('button', { name: 'Save resource' }).click();
  await expect(page.getByRole('row', { name: /County Housing Office/ })).toBeVisible();
  const rows = ['Organization,Type of service,Tel.,Address,Wait list,Last verified'];
  rows.push('County housing office,Shelter,315-555-0142,Utica,3 weeks,', ',Food,315 555 0100,,,', 'Caf\u00e9 Hope,Astrology,315 555 0101,Utica,,5/1/25');
  for (let n = 0; n < 500; n += 1) rows.push(`Office ${n},Therapy,315 556 ${String(n).padStart(4, '0')},Rome,,11/2/2026`);
  await page.getByText('Bring in a CSV file').click();
  await page.locator('#directory-file').setInputFiles(fileOf('resources.csv', rows.join('\n'), 'text/csv'));
  const dry = page.getByRole('region', { name: 'What would be made of the file' });
  await expect(dry).toContainText('501 resources are new, 1 changed, 0 the same as on file; 1 row is left out.');
  await expect(dry.getByRole('row', { name: /^3 / })).toContainText('The row has no name');
  await expect(dry.getByRole('row', { name: /^4 / })).toContainText('taken as Other');
  await expectAccessible(page);
  await dry.getByRole('button', { name: 'Bring in' }).click();
  await expect(page.getByText(/^Directory brought in: 501 new, 1 changed\. Saved/)).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: '502 resources' })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search', exact: true }).fill('utica cafe');
  await expect(page.getByRole('status').filter({ hasText: /^1 resource$/ })).toBeVisible();
  const cafe = page.getByRole('row', { name: /Café Hope/ });
  await expect(cafe).toContainText('Old');
  await cafe.getByRole('button', { name: 'Checked today: Café Hope' }).click();
  await expect(cafe).not.toContainText('Old');
  await page.getByRole('searchbox', { name: 'Search', exact: true }).fill('');
  await inEveryLook(page, 'directory', () => expectAccessible(page));
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  expect((await download).suggestedFilename()).toBe('directory-2026-11-20.csv');
});
