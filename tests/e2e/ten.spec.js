// The ten things done most, counted in keys and clicks as a person without a wasted movement does them. The numbers stand in
// the report; the bounds are what they may not grow beyond.
import { contactForm } from './support/contact.js';
import { makeRegistry } from './support/registry.js';
import { ABLE, BRISK, CLAY, inTreatment } from './support/review.js';
import { expect, test } from './support/test.js';
import { worklist } from './support/training.js';

test.use({ actionTimeout: 10_000 });

const saved = (page) => page.locator('.last-save');
const heading = (page) => page.getByRole('heading', { level: 1 });
const rowOf = (page, who) => worklist(page).filter({ hasText: who.family });
const focused = (page) => page.evaluate(() => document.activeElement.id);

/** Counts what goes through the hands: keys one by one (a letter of a text is one), and clicks. */
function hands(page) {
  const counted = {
    keys: 0,
    letters: 0,
    clicks: 0,
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key);
      counted.keys += keys.length;
    },
    async write(words) {
      await page.keyboard.type(words);
      counted.letters += words.length;
    },
    async click(what) {
      await what.click();
      counted.clicks += 1;
    },
    /** Goes on by a key until the focus is where it is wanted. */
    async until(wanted, key) {
      for (let step = 0; step < 16; step += 1) {
        if (wanted.test(await focused(page))) return;
        await counted.press(key);
      }
      throw new Error(`the keys never came to ${wanted}; they are in ${await focused(page)}`);
    },
  };
  return counted;
}

test('the ten commonest actions take few keys and clicks', async ({ page }, info) => {
  test.setTimeout(240_000);
  await makeRegistry(page);
  for (const one of [CLAY, BRISK, ABLE]) await inTreatment(page, one);
  const counts = [];
  /** Runs one of the ten, and says what it took. */
  const action = (name, most, deed) =>
    test.step(name, async () => {
      const by = hands(page);
      await deed(by);
      const { keys, letters, clicks } = by;
      counts.push({ name, keys, letters, clicks });
      const told = `${name}: ${keys} keys${letters ? ` and ${letters} letters of text` : ''}, ${clicks} clicks`;
      console.log(told);
      info.annotations.push({ type: 'measured', description: told });
      expect(keys + clicks, told).toBeLessThanOrEqual(most);
    });
  /** Today, with the focus on somebody's row: what the first action counted. */
  const onRow = async (who) => {
    await page.goto('./#/today');
    await rowOf(page, who).getByRole('link').first().focus();
  };
  const onRecord = async (who) => {
    await page.goto('./#/caseload');
    await page.locator('td.name a').filter({ hasText: who.family }).click();
    await expect(heading(page)).toContainText(who.family);
  };

  await action('open Today and the next patient', 4, async (by) => {
    await by.press('g', 't');
    await expect(worklist(page).first()).toBeVisible();
    const next = worklist(page).first().getByRole('link').first();
    const name = await next.innerText();
    await by.press('j');
    await expect(next).toBeFocused();
    await by.press('Enter');
    await expect(heading(page)).toContainText(name.split(',')[0]);
  });

  await onRow(ABLE);
  await action('record a voicemail try', 1, async (by) => {
    await by.press('v');
    await expect(saved(page)).toContainText('Able, Wren: Voicemail recorded');
  });

  await onRow(BRISK);
  await action('put an item off', 12, async (by) => {
    await by.click(rowOf(page, BRISK).getByRole('button', { name: /^Snooze/ }));
    await expect(page.getByRole('dialog')).toBeVisible();
    await by.until(/^snooze-reason$/, 'Tab');
    await by.write('Away');
    await by.press('Enter');
    await expect(saved(page)).toContainText('Brisk, Otis: Put off');
  });

  await onRow(CLAY);
  await action('book the next contact', 12, async (by) => {
    await by.press('b');
    await expect(page.locator('#appointment-day')).toBeFocused();
    // The date and the time as the fields take them: month, day, year; hour, minute, half of the day.
    await by.write('12012026');
    await by.until(/^appointment-time$/, 'Tab');
    await by.write('0930AM');
    await by.press('Control+Enter');
    await expect(saved(page)).toContainText('Clay, Ida: Appointment saved');
    await expect(page.locator('main')).toContainText('Tue 1 Dec');
  });

  await onRecord(ABLE);
  await action('record a reached call with a PHQ-9 and minutes', 32, async (by) => {
    await by.press('c');
    await expect(contactForm(page)).toBeVisible();
    const questions = contactForm(page).getByRole('region', { name: 'PHQ-9' }).locator('.measure-grid');
    await by.until(/^minutes$/, 'Alt+ArrowDown');
    await by.press('2', '4');
    await by.until(/^phq9/, 'Alt+ArrowDown');
    if ((await questions.count()) === 0) await by.press('ArrowRight', 'Space');
    await expect(questions.getByRole('radio').first()).toBeFocused();
    await by.press(...'211121210');
    await by.press('Control+Enter');
    await expect(page.getByRole('heading', { level: 2, name: 'Call recorded' })).toBeVisible();
  });

  await onRecord(ABLE);
  await action('record time', 5, async (by) => {
    await by.press('t');
    await expect(page.locator('#time-minutes')).toBeFocused();
    await by.press('1', '2', 'Control+Enter');
    await expect(saved(page)).toContainText('Able, Wren: Time recorded');
  });

  await action('write a note', 3, async (by) => {
    await expect(page.locator('.quick-form')).toHaveCount(0);
    await by.press('n');
    await expect(page.locator('#note-text')).toBeFocused();
    await by.write('Called the pharmacy');
    await by.press('Control+Enter');
    await expect(saved(page)).toContainText('Able, Wren: Note recorded');
  });

  await page.getByRole('navigation', { name: 'Record' }).getByRole('link', { name: 'Tasks and referrals' }).click();
  const tasks = page.getByRole('region', { name: 'Tasks' });
  await tasks.getByRole('button', { name: 'New task' }).click();
  await tasks.getByLabel('What').fill('Ask for the TSH');
  await tasks.getByLabel('By').fill('2026-11-24');
  await tasks.getByRole('button', { name: 'Save task' }).click();
  await expect(tasks.getByRole('listitem').filter({ hasText: 'Ask for the TSH' })).toBeVisible();
  await onRecord(ABLE);
  await action('close a task', 1, async (by) => {
    await by.click(page.getByRole('button', { name: 'Done: Ask for the TSH' }));
    await expect(saved(page)).toContainText('Able, Wren: Task done');
  });

  await page.keyboard.press('r');
  await expect(page.locator('#ask-question')).toBeFocused();
  await page.keyboard.type('More of it?');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.quick-form')).toHaveCount(0);
  await page.goto('./#/review');
  await expect(heading(page)).toHaveText('Case review');
  await expect(page.locator('.agenda-row').filter({ hasText: ABLE.family })).toBeVisible();
  await page.keyboard.press('m');
  const shown = page.locator('.meeting').getByRole('heading', { level: 1 });
  await expect(shown).toBeVisible();
  while (!(await shown.innerText()).includes(ABLE.family)) {
    const before = await shown.innerText();
    await page.keyboard.press('j');
    await expect(shown).not.toHaveText(before);
  }
  await action('type the case review’s advice and make the PCP’s message', 14, async (by) => {
    await by.press('a');
    await expect(page.getByLabel('What was said')).toBeFocused();
    await by.write('Moderate, slow.');
    await by.until(/said/, 'Tab');
    await by.write('Raise sertraline to 100 mg');
    await by.press('Control+Enter');
    await expect(page.getByText('This review is saved')).toBeVisible();
    await by.press('m');
    await expect(page.locator('#letter-text')).toHaveValue(/Raise sertraline to 100 mg/);
    await by.click(page.getByRole('button', { name: 'Keep as sent' }));
    await expect(page.getByText('Kept as sent.', { exact: true })).toBeVisible();
  });

  await onRecord(ABLE);
  await action('record the PCP’s answer', 1, async (by) => {
    await by.click(page.getByRole('group', { name: 'The PCP’s answer today' }).first().getByRole('button', { name: 'Accepted' }));
    await expect(saved(page)).toContainText('Able, Wren: Answer recorded');
  });

  expect(counts).toHaveLength(10);
});
