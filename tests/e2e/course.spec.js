// The course of care as one story: from a pasted header and a referral, over a plan, a relapse and a closing, to a second
// episode nine months later. What is known is asked for once: each step looks for what an earlier one wrote.
import { contactForm, countedKeys } from './support/contact.js';
import { makeRegistry, unlock } from './support/registry.js';
import { expect, freezeClock, test } from './support/test.js';
import { worklist } from './support/training.js';

test.use({ actionTimeout: 10_000 });

const HEADER = 'SANDOVAL, Maria  DOB: 3/4/1986 (39 yrs) F  MRN 123456  Ph (555) 010-2234  PCP: Dr. Lee  Ins: Blue Plan';

const box = (page, name) => page.getByRole('region', { name, exact: true });
const saved = (page) => page.locator('.last-save');
const problem = (page) => page.getByRole('alert').filter({ hasText: 'There is a problem' });
const section = (page, name) => page.getByRole('navigation', { name: 'Record' }).getByRole('link', { name }).click();
const save = (page) => page.keyboard.press('Control+Enter');

/**
 * Another day: the clock stands at a morning hour of New York, and the registry is unlocked anew at the patient's record.
 * What is two days old asks for its backup first, and gets it.
 */
async function onDay(page, record, day) {
  // A page that sees the day jump locks itself, by loading anew: it is left before, and none is cut off by the other.
  await page.goto('about:blank');
  await freezeClock(page, `${day}T14:00:00Z`);
  await page.goto(record);
  await unlock(page);
  const asks = page.getByRole('dialog', { name: 'Save a backup first' });
  const saving = page.waitForEvent('download');
  await asks.getByRole('button', { name: 'Save a backup' }).click();
  await saving;
  await expect(asks).toHaveCount(0);
  await page.goto(record);
  await expect(page.locator('.identity')).toBeVisible();
}

/** A call with a PHQ-9 and minutes, by keys alone from the record on; how many keys it took. */
async function call(page, { phq9, note = '' }) {
  const by = countedKeys(page);
  await by.press('c');
  await expect(contactForm(page)).toBeVisible();
  const questions = contactForm(page).getByRole('region', { name: 'PHQ-9' }).locator('.measure-grid');
  await by.until(/^minutes$/);
  await by.press('2', '4');
  await by.until(/^phq9/);
  // Asked for already where it is due; otherwise one arrow away.
  if ((await questions.count()) === 0) await by.press('ArrowRight', 'Space');
  await expect(questions.getByRole('radio').first()).toBeFocused();
  await by.press(...phq9);
  if (note) {
    await by.until(/^note$/);
    await by.press(...note);
  }
  await by.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Call recorded' })).toBeVisible();
  await page.getByRole('link', { name: 'Open the patient' }).click();
  await expect(page.locator('.identity')).toBeVisible();
  return by.keys;
}

/** A try that reached nobody. */
async function attempt(page, outcome) {
  await page.keyboard.press('c');
  await contactForm(page).getByLabel('No, attempt').check();
  await contactForm(page).getByLabel(outcome).check();
  await save(page);
  await expect(page.getByRole('heading', { level: 2, name: 'Attempt recorded' })).toBeVisible();
  await page.getByRole('link', { name: 'Open the patient' }).click();
}

/** A referral out, made today. */
async function refer(page, { kind, to, what }) {
  const referrals = page.getByRole('region', { name: 'Referrals out' });
  await referrals.getByRole('button', { name: 'New referral' }).click();
  await referrals.getByLabel('Kind').selectOption(kind);
  await referrals.getByLabel('To', { exact: true }).fill(to);
  await referrals.getByLabel('What for').fill(what);
  await save(page);
  const one = referrals.locator('li.item').filter({ hasText: what });
  await expect(one).toBeVisible();
  return one;
}

/** The next step of a referral, saved and in its list. */
async function step(page, one, name, fill) {
  await one.getByRole('button', { name }).click();
  await fill();
  const steps = one.locator('.steps > li');
  const before = await steps.count();
  await save(page);
  await expect(steps).toHaveCount(before + 1);
}

test('a course of care, from a referral to its closing, and a second one nine months later', async ({ page, context }, info) => {
  test.setTimeout(180_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await freezeClock(page, '2026-01-12T09:00:00-05:00');
  await makeRegistry(page);

  await test.step('Mon 12 Jan: registered from the pasted header, with a referral that brought a PHQ-9', async () => {
    await page.goto('./#/patient/new');
    await page.getByText('Paste from the EHR').click();
    await page.getByLabel('The patient’s header').fill(HEADER);
    await page.getByRole('button', { name: 'Fill in the form' }).click();
    await expect(page.getByLabel('Family name')).toHaveValue('Sandoval');
    await page.getByLabel('Reason for referral').fill('Low since the spring, no treatment yet');
    await page.getByText('Scores sent along').click();
    await page.getByLabel('PHQ-9 total').fill('17');
    await page.getByRole('group', { name: 'Item 9 of that PHQ-9' }).getByLabel('0', { exact: true }).check();
    await save(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sandoval, Maria');
  });
  const record = page.url();

  await test.step('two tries and a letter', async () => {
    await attempt(page, 'Voicemail left');
    await onDay(page, record, '2026-01-14');
    await attempt(page, 'No answer');
    await section(page, 'Intake');
    await expect(box(page, 'Referral')).toContainText('PHQ-9 17');
    const reaching = box(page, 'Reaching the patient');
    await reaching.getByRole('button', { name: 'Write the letter' }).click();
    await expect(page.getByLabel('The letter, as it goes out')).toHaveValue(/^Dear Maria Sandoval,/);
    await save(page);
    await expect(reaching.getByRole('row')).toHaveCount(4);
  });

  await test.step('Tue 20 Jan: reached; consent, the initiating visit, a diagnosis, enrolled', async () => {
    await onDay(page, record, '2026-01-20');
    const keys = await call(page, { phq9: '232312320', note: 'Wants help' });
    const told = `a whole contact with a PHQ-9, minutes and a note of 10 letters: ${keys} keys`;
    info.annotations.push({ type: 'measured', description: told });
    console.log(told);
    expect(keys).toBeLessThan(50);

    await section(page, 'Intake');
    await expect(box(page, 'Reaching the patient')).toHaveCount(0);
    await page.getByRole('button', { name: 'Record consent' }).click();
    await page.getByRole('group', { name: 'The patient’s answer' }).getByLabel('Given').check();
    await page.getByLabel('A psychiatric consultant advises the team').check();
    await page.getByLabel('Cost sharing may apply, also in months without a visit').check();
    await save(page);
    const enrolment = box(page, 'Enrollment');
    await enrolment.getByRole('button', { name: 'Add an initiating visit' }).click();
    await page.getByLabel('Day', { exact: true }).fill('2026-01-08');
    await save(page);
    await expect(enrolment).toContainText('Dr. Lee');
    await box(page, 'Diagnoses').getByRole('button', { name: 'Add a diagnosis' }).click();
    await expect(page.getByLabel('Find by code or words')).toBeFocused();
    await page.keyboard.type('recurrent moderate');
    await page.getByRole('button', { name: 'F33.1 Depression, recurrent, moderate' }).click();
    await save(page);
    await expect(box(page, 'Diagnoses')).toContainText('F33.1 Depression, recurrent, moderate');
    await enrolment.getByRole('button', { name: 'Enroll' }).click();
    await expect(enrolment).not.toContainText('Still missing');
    await save(page);
    await expect(enrolment).toContainText('enrolled, in care since');
  });

  await test.step('the initial assessment in two sittings, its gaps in between', async () => {
    const asked = (question) => page.getByRole('group', { name: question }).getByLabel('No', { exact: true }).check();
    const mania = page.getByRole('navigation', { name: 'Parts of the initial assessment' }).getByRole('listitem').filter({ hasText: 'Mania screen' });
    await section(page, 'Assessment');
    await asked(/live with pain/);
    await page.getByRole('button', { name: 'Save assessment' }).click();
    await expect(saved(page)).toContainText('ssessment');
    await expect(mania).toContainText('not asked');
    await onDay(page, record, '2026-01-22');
    await section(page, 'Assessment');
    await expect(page.getByRole('group', { name: /live with pain/ }).getByLabel('No', { exact: true })).toBeChecked();
    for (const question of [/full of energy/, /sleep far less/, /told you that you have bipolar/, /sister or child/, /antidepressant ever/]) {
      await asked(question);
    }
    await page.getByRole('button', { name: 'Save assessment' }).click();
    await expect(mania).not.toContainText('not asked');
  });

  await test.step('a plan: a goal of the patient’s own and a barrier', async () => {
    await section(page, 'Care plan');
    const goals = box(page, 'The patient’s own goals');
    await goals.getByRole('button', { name: 'Add goal' }).click();
    await page.getByLabel('Goal, in the patient’s words').fill('Cook on Sundays again');
    await page.getByLabel('How you will both know').fill('Two Sundays in a row');
    await page.getByLabel('By', { exact: true }).fill('2026-04-30');
    await save(page);
    await expect(goals).toContainText('Measured by: Two Sundays in a row');
    const barriers = box(page, 'Barriers');
    await barriers.getByRole('button', { name: 'Add barrier' }).click();
    await page.getByLabel('Transport').check();
    await page.getByLabel('What is in the way').fill('No bus on Sundays');
    await page.getByLabel('What was done about it that day').fill('Applied for a ride program');
    await save(page);
    await expect(barriers).toContainText('Applied for a ride program');
  });

  await test.step('a medicine is started: the treatment change comes with it', async () => {
    await section(page, 'Medications');
    await page.getByRole('button', { name: 'Add medication' }).click();
    await expect(page.getByText(/mania screen/i)).toHaveCount(0);
    await page.getByLabel('Name', { exact: true }).fill('Testazepine');
    await page.getByLabel('Dose', { exact: true }).fill('50 mg');
    await page.getByLabel('How often').selectOption({ label: 'Once a day' });
    await page.getByLabel('Why, in words').fill('Moderate for months');
    await save(page);
    const changes = box(page, 'Treatment changes');
    await expect(changes).toContainText('Testazepine, 50 mg, once a day');
    await expect(changes).toContainText('not measured yet: due Thu 19 Feb');
  });

  await test.step('a referral out, made and sent, with an appointment', async () => {
    await section(page, 'Tasks and referrals');
    const one = await refer(page, { kind: 'Therapy', to: 'Harbor Counseling', what: 'Weekly problem solving' });
    await step(page, one, /^Sent:/, () => page.getByRole('group', { name: 'How' }).getByLabel('Letter').check());
    await step(page, one, /^Appointment:/, () => page.getByLabel('Appointment on').fill('2026-02-03'));
    await expect(one).toContainText('appointment Tue 3 Feb');
  });

  await test.step('Thu 5 Mar, six weeks later: the effect of the change, and the result of the referral', async () => {
    await onDay(page, record, '2026-03-05');
    await call(page, { phq9: '111111100' });
    await section(page, 'Medications');
    await expect(box(page, 'Treatment changes')).toContainText(/Effect at 4 to 6 weeks: PHQ-9 18 .* 7/);
    await section(page, 'Tasks and referrals');
    const one = page.getByRole('region', { name: 'Referrals out' }).locator('li.item').filter({ hasText: 'Weekly problem solving' });
    await step(page, one, /^Attended:/, () => page.getByLabel('Went on').fill('2026-02-03'));
    await step(page, one, /^Result:/, () => page.getByRole('textbox', { name: 'Result' }).fill('Goes every week'));
    await page.getByText('With a result, or ended (1)').click();
    await expect(one).toContainText('Goes every week');
  });

  await test.step('Thu 16 Apr: ready, a plan that begins with what is known, the phase', async () => {
    await onDay(page, record, '2026-04-16');
    await call(page, { phq9: '111100000' });
    await section(page, 'Relapse and closing');
    await expect(box(page, 'Ready for relapse prevention?')).toContainText('Ready: everything below is met');
    await page.getByRole('button', { name: 'Write the plan' }).click();
    await expect(page.getByLabel('Medications to continue')).toHaveValue(/Testazepine 50 mg once a day/);
    for (const part of ['What helps', 'Own warning signs', 'Keeping stress down', 'Next appointments']) {
      await page.getByLabel(part).fill(`${part}: said by the patient`);
    }
    await save(page);
    await expect(box(page, 'Relapse-prevention plan')).toContainText('Complete: every part is filled in');
    await page.getByRole('button', { name: 'Move to relapse prevention' }).first().click();
    await save(page);
    await expect(box(page, 'Relapse prevention')).toContainText('Since Thu 16 Apr');
  });

  await test.step('Thu 28 May: a relapse reopens active treatment, from Today', async () => {
    await onDay(page, record, '2026-05-28');
    await call(page, { phq9: '222111210', note: 'Not sleeping' });
    await page.goto('./#/today');
    const row = worklist(page).filter({ hasText: 'Sandoval' });
    await expect(row).toContainText('PHQ-9 12 on Thu 28 May in relapse prevention');
    await row.getByRole('link', { name: /Reopen active treatment/ }).click();
    await expect(page.getByLabel('Why', { exact: true })).toHaveValue(/PHQ-9 12 on Thu 28 May/);
    await save(page);
    await expect(box(page, 'Ready for relapse prevention?')).toContainText('Not ready yet');
    await section(page, 'Tasks and referrals');
    await refer(page, { kind: 'Housing', to: 'County Housing Office', what: 'Help with rent arrears' });
  });

  await test.step('Thu 25 Jun: better again; the note goes into the EHR', async () => {
    await onDay(page, record, '2026-06-25');
    await call(page, { phq9: '111100000', note: 'Cooks on Sundays' });
    await section(page, 'Notes and letters');
    const waiting = page.getByRole('list', { name: 'Notes that wait' }).getByRole('listitem');
    await waiting.filter({ hasText: '25 Jun' }).first().getByRole('button').click();
    const before = await waiting.count();
    const note = page.getByLabel('Text; edit it before you copy it');
    await expect(note).toHaveValue(/Cooks on Sundays/);
    await expect(note).toHaveValue(/PHQ-9 4/);
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await expect(page.getByText('Copied. Paste it into the EHR, then mark it.')).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await note.inputValue());
    await page.getByRole('button', { name: 'Mark as in the EHR' }).click();
    await expect(waiting).toHaveCount(before - 1);
    await expect(page.getByRole('heading', { name: 'In the EHR: 1' })).toBeVisible();
  });

  await test.step('closing is refused while a referral is open; handed over, it ends with its letter', async () => {
    await section(page, 'Relapse and closing');
    await page.getByRole('button', { name: 'Close the episode' }).first().click();
    await page.getByLabel('Treatment goals met').check();
    await expect(page.getByLabel('What goes on')).toHaveValue(/Testazepine 50 mg once a day/);
    await expect(page.getByLabel('Who follows the patient')).toHaveValue('Dr. Lee');
    await save(page);
    await expect(problem(page)).toContainText('A goal is open: still goals met?');
    await save(page);
    await expect(problem(page)).toContainText("This episode can't be closed yet");
    await expect(problem(page)).toContainText('a referral out (made, not sent) of 28 May 2026');
    await page.getByLabel('Handed to: name and place').fill('Rosa Diaz, front desk');
    await page.getByLabel('How they confirmed it').fill('In person: she calls them on Monday');
    await save(page);
    const ended = box(page, 'How it ended');
    await expect(ended).toContainText('Goals met');
    await expect(ended.getByRole('row', { name: /PHQ-9/ })).toContainText('17 (12 Jan 2026)');
    await page.getByRole('button', { name: 'Letter to the PCP' }).click();
    await expect(page.getByLabel('Text')).toHaveValue(/PHQ-9: 17 on January 12, 2026 to 4 on June 25, 2026/);
    await expect(page.getByLabel('Text')).toHaveValue(/Rosa Diaz, front desk/);
    await page.getByRole('button', { name: 'Record as sent' }).click();
    await expect(saved(page)).toContainText('Letter recorded');
  });

  await test.step('Thu 25 Mar, nine months later: referred again, a second episode, and a first month again', async () => {
    await onDay(page, record, '2027-03-25');
    await section(page, 'Intake');
    const episodes = box(page, 'Episodes');
    await expect(episodes).toContainText('The last counted time was in June 2026. 8 full months have passed without any');
    await expect(episodes).toContainText('an initial month again');
    await episodes.getByRole('button', { name: 'Refer again' }).click();
    await page.getByLabel('Reason for referral').fill('Low again since January');
    await page.getByRole('button', { name: 'Open the episode' }).click();
    await expect(episodes.getByRole('row')).toHaveCount(3);
    await expect(episodes.getByRole('row').nth(1)).toContainText('open');
    await expect(episodes.getByRole('row').nth(2)).toContainText('goals met');
    await expect(box(page, 'Referral')).toContainText('Low again since January');
    await expect(box(page, 'Reaching the patient').locator('.next')).toContainText('Call: next');
    await expect(box(page, 'Enrollment').getByRole('button', { name: 'Enroll' })).toBeVisible();
    await section(page, 'Relapse and closing');
    await expect(box(page, 'Closing the episode')).toContainText('no outcome, and not 0 %');
  });
});
