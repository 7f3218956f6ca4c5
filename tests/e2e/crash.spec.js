// The browser is killed in mid-save, again and again, over one profile. The witness is this process: it notes a save
// when the page has said "Saved", and after each restart every noted save must be there, whole.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killProfile, openProfile } from './support/browser.js';
import { contactForm, openPatient } from './support/contact.js';
import { makeRegistry, unlock } from './support/registry.js';
import { expect, freezeClock, test, watchPage } from './support/test.js';

const RUNS = process.env.CASELOAD_LONG ? 100 : 20;
/** The kill comes this long after the save was pressed: before, in and after its transaction. */
const KILL_AFTER_MS = [0, 2, 4, 6, 8, 10, 13, 16, 20, 25, 30, 40, 60, 90];

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

/** Fills in a short call whose note names the run. */
async function fillCall(page, note) {
  const form = contactForm(page);
  await form.getByRole('group', { name: 'How' }).getByLabel('Phone').check();
  await form.getByLabel('Minutes').fill('1');
  await form.getByLabel('Note').fill(note);
  await page.evaluate((text) => {
    document.body.dataset.note = text;
  }, note);
}

test(`${RUNS} kills in mid-save lose no save that was acknowledged and leave none half done`, async ({ baseURL }) => {
  test.setTimeout(RUNS * 20_000);
  const folder = await mkdtemp(join(tmpdir(), 'caseload-crash-'));
  const acknowledged = new Set();
  const tried = [];
  let chart = '';

  await test.step('a registry with one patient', async () => {
    const { context, page } = await open(folder, baseURL, () => {});
    await makeRegistry(page);
    await page.goto('./#/patient/new');
    await page.getByLabel('Given name').fill('Ada');
    await page.getByLabel('Family name').fill('Crashworth');
    await page.getByRole('button', { name: 'Register patient' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Crashworth');
    chart = new URL(page.url()).hash.split('/')[2];
    await context.close();
  });

  for (let run = 1; run <= RUNS; run += 1) {
    const note = `run ${run} of the crash test`;
    const { page } = await open(folder, baseURL, (text) => acknowledged.add(text));
    const problems = watchPage(page);
    await page.goto(`./#/patient/${chart}`);
    await unlock(page);
    for (const earlier of acknowledged) {
      await expect(page.getByText(earlier, { exact: true }), `${earlier} was acknowledged`).toHaveCount(1);
    }
    await page.goto(`./#/patient/${chart}/contact`);
    await fillCall(page, note);
    tried.push(note);
    const delay = KILL_AFTER_MS[run % KILL_AFTER_MS.length];
    const pressed = page.evaluate(() => {
      [...document.querySelectorAll('button[type=submit]')].at(-1).click();
    });
    await pressed.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, delay));
    await killProfile(folder);
    expect(problems, problems.join('\n')).toEqual([]);
  }

  await test.step('what was kept is whole: each kept call has its minute', async () => {
    const { context, page } = await open(folder, baseURL, () => {});
    await page.goto(`./#/patient/${chart}`);
    await unlock(page);
    await expect(page.getByText('is damaged')).toHaveCount(0);
    const kept = [];
    for (const note of tried) {
      const times = await page.getByText(note, { exact: true }).count();
      expect(times, `${note} is there at most once`).toBeLessThan(2);
      if (times === 1) kept.push(note);
    }
    for (const note of acknowledged) expect(kept).toContain(note);
    await page.goto('./#/month');
    const minutes = page.locator('tbody').filter({ hasText: 'Crashworth' }).locator('td').first();
    await expect(minutes).toHaveText(String(kept.length));
    console.log(`crash: ${RUNS} kills, ${kept.length} saves kept, ${acknowledged.size} of them acknowledged`);
    await context.close();
  });
  await rm(folder, { recursive: true, force: true });
});
