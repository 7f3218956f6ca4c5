// The browser is killed in mid-save, in mid-import and in mid-compaction, again and again. The witness is this process: it notes a save
// when the page has said "Saved", and after each restart every noted save must be there, whole.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CRASHES, killProfile, openProfile } from './support/browser.js';
import { contactForm } from './support/contact.js';
import { savePlain } from './support/files.js';
import { fileOf, makeRegistry, planImport, unlock } from './support/registry.js';
import { largeSheet } from './support/sheets.js';
import { expect, freezeClock, test, watchPage } from './support/test.js';

/** As many kills in mid-save as are asked for, and a quarter as many each in mid-import and in mid-compaction. */
const RUNS = CRASHES;
const RARER_RUNS = CRASHES / 4;
/**
 * The kills are spread over this many times the length of one save as measured here, the first one at once: some come before its
 * transaction, some in it, some after it. Machines hurry and dawdle: the reach shrinks when a kill came too late and grows when one didn't.
 */
const SPREAD = 1.6;
/** Multiples of it, without their whole part, leave no stretch of the reach out. */
const GOLDEN = 0.618;

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
      // Two addresses at once are the second one only, which may be where the page is: it has to have been elsewhere.
      await expect(page.getByRole('heading', { name: 'Timeline' })).toBeVisible();
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

  let reach = SPREAD * saveMs;
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
    await new Promise((resolve) => setTimeout(resolve, reach * (((run - 1) * GOLDEN) % 1)));
    await killProfile(folder);
    reach *= acknowledged.has(note) ? 0.8 : 1.2;
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
    const minutes = page.locator('tbody').filter({ hasText: 'Crashworth' }).locator('td[data-label="Minutes"]');
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

const IMPORTED = 400;
/** As SPREAD, for an import: the first kill comes at once, most come early, because the length of one varies much from run to run. */
const IMPORT_SPREAD = 2.5;

/** All that is in the registry, as the file has it that would be sent: the texts of entries, by chart. */
async function everything(page) {
  await page.goto('./#/send');
  const file = JSON.parse((await savePlain(page)).text);
  return file.charts.map(({ entries }) => entries.map((entry) => JSON.stringify(entry)));
}

test(`${RARER_RUNS} kills in mid-import leave all of it or nothing`, async ({ baseURL }) => {
  test.setTimeout(60_000 + RARER_RUNS * 60_000);
  const folder = await mkdtemp(join(tmpdir(), 'caseload-crash-import-'));
  const sheet = (run) => fileOf('large.csv', largeSheet(IMPORTED, run), 'text/csv');
  const imported = (page) => page.getByText(`${IMPORTED} new patients imported`);
  let importMs = 0;
  let entriesEach = 0;

  /** Plans the import of a run and sends it off, without waiting for the page to have heard of it. */
  async function begin(page, run) {
    await page.goto('./#/caseload');
    await planImport(page, [sheet(run)], { timeout: 60_000 });
    const button = await page.getByRole('button', { name: 'Import', exact: true }).elementHandle();
    button.evaluate((element) => element.click()).catch(() => {});
  }
  /** The entries of each patient of a run. */
  const ofRun = (charts, run) => charts.filter((entries) => entries.some((entry) => entry.includes(`"Aspen${run}x`)));

  await test.step('a registry, and one import to measure', async () => {
    const { context, page } = await open(folder, baseURL, () => {});
    await makeRegistry(page);
    await context.close();
    // As in the runs below: the first thing that a browser does after it was started.
    const measured = await open(folder, baseURL, () => {});
    await measured.page.goto('./');
    await unlock(measured.page);
    await begin(measured.page, -1);
    const began = performance.now();
    await expect(imported(measured.page)).toBeVisible({ timeout: 60_000 });
    importMs = performance.now() - began;
    const charts = ofRun(await everything(measured.page), -1);
    expect(charts).toHaveLength(IMPORTED);
    entriesEach = charts[0].length;
    await measured.context.close();
  });

  const acknowledged = new Set();
  for (let run = 1; run <= RARER_RUNS; run += 1) {
    const { page } = await open(folder, baseURL, () => {});
    await page.goto('./');
    await unlock(page);
    await begin(page, run);
    const wait = IMPORT_SPREAD * importMs * ((run - 1) / RARER_RUNS) ** 2;
    if (run < RARER_RUNS) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      // To ask the page takes a while: an early kill doesn't.
      if (wait > importMs && (await imported(page).isVisible())) acknowledged.add(run);
    } else {
      // The last one comes the moment the page says that it is in.
      await expect(imported(page)).toBeVisible({ timeout: 60_000 });
      acknowledged.add(run);
    }
    await killProfile(folder);
  }

  const { context, page } = await open(folder, baseURL, () => {});
  await page.goto('./');
  await unlock(page);
  const charts = await everything(page);
  let kept = 0;
  for (let run = -1; run <= RARER_RUNS; run += 1) {
    if (run === 0) continue;
    const patients = ofRun(charts, run);
    const must = run < 0 || acknowledged.has(run) ? [IMPORTED] : [0, IMPORTED];
    expect(must, `run ${run}`).toContain(patients.length);
    for (const entries of patients) expect(entries, `run ${run}`).toHaveLength(entriesEach);
    if (run > 0 && patients.length > 0) kept += 1;
  }
  const told = `${RARER_RUNS} kills: ${kept} imports kept, ${acknowledged.size} acknowledged, one takes ${importMs.toFixed(0)} ms`;
  // A test in which every kill came too early, or too late, would say nothing.
  expect(kept, told).toBeLessThan(RARER_RUNS);
  expect(kept, told).toBeGreaterThan(0);
  console.log(told);
  await context.close();
  await rm(folder, { recursive: true, force: true });
});

/**
 * How long the core waits before it does what can wait, less what passes until the page says that it is open; and how
 * long that takes at most here.
 */
const IDLE_MS = 4_500;
const COMPACTING_MS = 2_000;

/** How many parts with entries are stored. */
async function storedParts(page) {
  return page.evaluate(async () => {
    const result = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const [{ name }] = await indexedDB.databases();
    const database = await result(indexedDB.open(name));
    const keys = await result(database.transaction('segments').objectStore('segments').getAllKeys());
    database.close();
    return keys.length;
  });
}

test(`${RARER_RUNS} kills in mid-compaction lose nothing`, async ({ baseURL }) => {
  test.setTimeout(120_000 + RARER_RUNS * 60_000);
  const prepared = await mkdtemp(join(tmpdir(), 'caseload-crash-compact-'));
  let before = [];
  let parts = 0;
  let compacted = 0;

  await test.step('a registry with enough saves to compact', async () => {
    const { context, page } = await open(prepared, baseURL, () => {});
    await makeRegistry(page);
    await page.goto('./#/patient/new');
    await page.getByLabel('Given name').fill('Ada');
    await page.getByLabel('Family name').fill('Crashworth');
    await page.getByLabel('Date of birth').fill('1980-02-03');
    await page.getByLabel('MRN').fill('400002');
    await page.getByRole('button', { name: 'Register patient' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Crashworth');
    for (let nth = 1; nth <= 66; nth += 1) {
      await page.keyboard.press('n');
      await page.getByRole('textbox', { name: 'Note', exact: true }).fill(`note ${nth} of many`);
      await page.keyboard.press('Control+Enter');
      await expect(page.getByRole('textbox', { name: 'Note', exact: true })).toHaveCount(0);
    }
    before = (await everything(page)).flat().sort();
    expect(before.length).toBeGreaterThan(66);
    parts = await storedParts(page);
    await context.close();
  });

  for (let run = 1; run <= RARER_RUNS; run += 1) {
    const folder = await mkdtemp(join(tmpdir(), 'caseload-crash-compact-'));
    await cp(prepared, folder, { recursive: true, verbatimSymlinks: true });
    const { page } = await open(folder, baseURL, () => {});
    await page.goto('./');
    await unlock(page);
    if (run < RARER_RUNS) {
      await new Promise((resolve) => setTimeout(resolve, IDLE_MS + COMPACTING_MS * (run / RARER_RUNS) ** 2));
    } else {
      // The last one comes as soon as it is done.
      await expect.poll(() => storedParts(page), { timeout: 60_000 }).toBeLessThan(10);
    }
    await killProfile(folder);
    const again = await open(folder, baseURL, () => {});
    const problems = watchPage(again.page);
    await again.page.goto('./');
    await unlock(again.page);
    const left = await storedParts(again.page);
    // All of them, or what compaction made of them.
    if (left !== parts) expect(left).toBeLessThan(10);
    if (left !== parts) compacted += 1;
    expect((await everything(again.page)).flat().sort()).toEqual(before);
    await again.page.goto('./#/settings');
    await again.page.getByRole('button', { name: 'Check every record' }).click();
    await expect(again.page.getByText('Checked: 2 records can be read.')).toBeVisible();
    expect(problems, problems.join('\n')).toEqual([]);
    await again.context.close();
    await rm(folder, { recursive: true, force: true });
  }
  const told = `${RARER_RUNS} kills: ${compacted} came after the compaction`;
  expect(compacted, told).toBeGreaterThan(0);
  console.log(told);
  await rm(prepared, { recursive: true, force: true });
});
