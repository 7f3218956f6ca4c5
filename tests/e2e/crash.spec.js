// The browser is killed in mid-save, again and again, over one profile. The witness is this process: it notes a save
// when the page has said "Saved", and after each restart every noted save must be there, whole.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killProfile, openProfile } from './support/browser.js';
import { contactForm } from './support/contact.js';
import { makeRegistry, unlock } from './support/registry.js';
import { expect, freezeClock, test, watchPage } from './support/test.js';

const RUNS = process.env.CASELOAD_LONG ? 100 : 20;
/**
 * The kills are spread evenly over this many times the length of one save as measured here: some come before its
 * transaction, some in it, some after it.
 */
const SPREAD = 1.6;

/** Opens the profile's page; `witness` is told whenever the page says that something is saved. */
async function open(folder, baseURL, witness) {
  const context = await openProfile(folder, { baseURL });
  const page = context.pages()[0];
  await freezeClock(page);
  await page.exposeBinding('witness', (_source, text) => witness(text));
  await page.addInitScript(() => {
    let told = '';
    const look = () => {
      const said = document.querySelector('.last-save')?.textContent ?? '';
      const note = document.querySelector('#note')?.value ?? document.body?.dataset.note ?? '';
      if (said.includes('Saved') && said !== told) {
        told = said;
        globalThis.witness(note);
      }
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
  });
  return { context, page };
}

/** Fills in a short call whose note names the run. Each has a minute of its own: minutes that overlap count once. */
async function fillCall(page, note, nth) {
  const form = contactForm(page);
  await form.getByLabel('Time', { exact: true }).fill(`${6 + Math.floor(nth / 60)}:${nth % 60}`.replace(/\d+/g, (part) => part.padStart(2, '0')));
  await form.getByRole('group', { name: 'How' }).getByLabel('Phone').check();
  for (const measure of ['PHQ-9', 'GAD-7']) await form.getByRole('region', { name: measure }).getByLabel('Not now').check();
  await form.getByLabel('Minutes').fill('1');
  await form.getByLabel('Note').fill(note);
  await page.evaluate((text) => {
    document.body.dataset.note = text;
  }, note);
}

/** Opens the whole timeline: it shows its newest rows first. */
async function showAll(page) {
  await expect(page.getByRole('heading', { name: 'Timeline' })).toBeVisible();
  const more = page.getByRole('button', { name: /^Show \d+ more$/ });
  while ((await more.count()) > 0) await more.click();
}

/** Sends the contact form; resolves when the page has it. */
async function pressSave(page) {
  await contactForm(page).evaluate((form) => form.querySelector('button[type=submit]').click());
}

test(`${RUNS} kills in mid-save lose no save that was acknowledged and leave none half done`, async ({ baseURL }) => {
  test.setTimeout(RUNS * 20_000);
  const folder = await mkdtemp(join(tmpdir(), 'caseload-crash-'));
  const acknowledged = new Set();
  const tried = [];
  let chart = '';
  let saveMs = 0;

  await test.step('a registry with one patient', async () => {
    const { context, page } = await open(folder, baseURL, () => {});
    await makeRegistry(page);
    await page.goto('./#/patient/new');
    await page.getByLabel('Given name').fill('Ada');
    await page.getByLabel('Date of birth').fill('1980-02-03');
    await page.getByLabel('MRN').fill('400002');
    await page.getByLabel('Family name').fill('Crashworth');
    await page.getByRole('button', { name: 'Register patient' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Crashworth');
    chart = new URL(page.url()).hash.split('/')[2];
    for (let call = 1; call <= 2; call += 1) {
      await page.goto(`./#/patient/${chart}`);
      await page.goto(`./#/patient/${chart}/contact`);
      const note = `call ${call} before the crashes`;
      await fillCall(page, note, tried.length);
      const began = performance.now();
      await pressSave(page);
      await expect(page.getByRole('heading', { name: /recorded$/ })).toBeVisible();
      // The second save is the measure: the first one warms up.
      saveMs = performance.now() - began;
      tried.push(note);
      acknowledged.add(note);
    }
    await context.close();
  });

  for (let run = 1; run <= RUNS; run += 1) {
    const note = `run ${run} of the crash test`;
    const { page } = await open(folder, baseURL, (text) => acknowledged.add(text));
    const problems = watchPage(page);
    await page.goto(`./#/patient/${chart}`);
    await unlock(page);
    await showAll(page);
    for (const earlier of acknowledged) {
      await expect(page.getByText(earlier, { exact: true }), `${earlier} was acknowledged`).toHaveCount(1);
    }
    await page.goto(`./#/patient/${chart}/contact`);
    await fillCall(page, note, tried.length);
    tried.push(note);
    await pressSave(page);
    await new Promise((resolve) => setTimeout(resolve, (SPREAD * saveMs * run) / RUNS));
    await killProfile(folder);
    expect(problems, problems.join('\n')).toEqual([]);
  }

  await test.step('what was kept is whole: each kept call has its minute', async () => {
    const { context, page } = await open(folder, baseURL, () => {});
    await page.goto(`./#/patient/${chart}`);
    await unlock(page);
    await showAll(page);
    await expect(page.getByText('is damaged')).toHaveCount(0);
    for (const note of acknowledged) {
      await expect(page.getByText(note, { exact: true }), `${note} was acknowledged`).toHaveCount(1);
    }
    const kept = [];
    for (const note of tried) {
      const times = await page.getByText(note, { exact: true }).count();
      expect(times, `${note} is there at most once`).toBeLessThan(2);
      if (times === 1) kept.push(note);
    }
    await page.goto('./#/month');
    const minutes = page.locator('tbody').filter({ hasText: 'Crashworth' }).locator('td').first();
    await expect(minutes).toHaveText(String(kept.length));
    // A test in which every kill came too early, or too late, would say nothing.
    const told = `${RUNS} kills: ${kept.length - 2} saves kept, ${acknowledged.size - 2} acknowledged, one save takes ${saveMs.toFixed(0)} ms`;
    expect(acknowledged.size - 2, told).toBeGreaterThan(RUNS / 10);
    expect(kept.length - 2, told).toBeLessThan(RUNS);
    console.log(told);
    await context.close();
  });
  await rm(folder, { recursive: true, force: true });
});
