// Two tabs of one browser: one writes, the other follows; they lock together.
import { contactForm, openPatient } from './support/contact.js';
import { CASELOAD, CONTACTS, goTo, makeRegistry, planImport, unlock } from './support/registry.js';
import { NOW, expect, expectAccessible, freezeClock, inEveryLook, test, watchPage } from './support/test.js';

const FOLLOWS = 'Another tab is writing. This one only reads.';
const TAKE_OVER = 'Write here instead';
const REFUSED = 'Another tab is writing, so nothing was saved here.';

const line = (page) => page.locator('.tabs-line');
const locked = (page) => page.getByRole('button', { name: 'Unlock', exact: true });
const later = (minutes) => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();

/** Opens another tab at a route and unlocks it. */
async function openTab(page, route = '#/') {
  const tab = await page.context().newPage();
  const problems = watchPage(tab);
  await freezeClock(tab);
  await tab.goto(`./${route}`);
  await unlock(tab);
  return { tab, problems };
}

async function register(page, { given, family, mrn }) {
  await page.goto('./#/patient/new');
  await page.getByLabel('Given name').fill(given);
  await page.getByLabel('Family name').fill(family);
  await page.getByLabel('Date of birth').fill('1980-02-03');
  await page.getByLabel('MRN').fill(mrn);
  await page.getByRole('button', { name: 'Register patient' }).click();
}

/** A registry with one patient, whose record is open. */
async function withPatient(page) {
  await makeRegistry(page);
  await register(page, { given: 'Ada', family: 'Tabbing', mrn: '500001' });
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Tabbing');
}

/** Opens the contact form of the patient whose record is open. */
async function openForm(page) {
  await page.goto(`./${new URL(page.url()).hash}/contact`);
  await expect(contactForm(page)).toBeVisible();
}

async function fillCall(page, note) {
  const form = contactForm(page);
  await form.getByRole('group', { name: 'How' }).getByLabel('Phone').check();
  for (const measure of ['PHQ-9', 'GAD-7']) await form.getByRole('region', { name: measure }).getByLabel('Not now').check();
  await form.getByLabel('Minutes').fill('12');
  await form.getByLabel('Note').fill(note);
}

const save = (page) => contactForm(page).locator('button[type=submit]').click();

test('the second tab follows, refuses to save with nothing lost, takes over, and the first one follows', async ({ page }) => {
  await withPatient(page);
  await expect(line(page)).toHaveText('');
  const { tab, problems } = await openTab(page, '#/caseload?tab=referred');
  await expect(line(tab)).toContainText(FOLLOWS);

  await test.step('it sees what the first tab saves', async () => {
    await register(page, { given: 'Bert', family: 'Seenthere', mrn: '500002' });
    await expect(tab.getByRole('link', { name: 'Seenthere, Bert' })).toBeVisible();
  });

  await test.step('its own save is refused, and the form keeps what was typed', async () => {
    await openPatient(tab, 'Tabbing');
    await openForm(tab);
    await fillCall(tab, 'Said in the second tab.');
    await save(tab);
    await expect(contactForm(tab).getByText(REFUSED)).toBeVisible();
    await expect(contactForm(tab).getByLabel('Note')).toHaveValue('Said in the second tab.');
    await expect(contactForm(tab).getByLabel('Minutes')).toHaveValue('12');
    await expectAccessible(tab);
  });

  await test.step('it takes over, and the same form is saved', async () => {
    await line(tab).getByRole('button', { name: TAKE_OVER }).click();
    await expect(line(tab)).toContainText('This tab writes now. The other one only reads.');
    await expect(line(page)).toContainText('Another tab took over the writing.');
    await save(tab);
    await expect(tab.locator('.last-save')).toContainText('Saved');
  });

  await test.step('the first tab sees it, and saves no more', async () => {
    await openPatient(page, 'Tabbing');
    await expect(page.getByText('Said in the second tab.')).toBeVisible();
    await register(page, { given: 'Carl', family: 'Notwritten', mrn: '500003' });
    await expect(page.getByText(REFUSED)).toBeVisible();
    await expect(page.getByLabel('Family name')).toHaveValue('Notwritten');
  });

  await test.step('and takes over again', async () => {
    await line(page).getByRole('button', { name: TAKE_OVER }).click();
    await expect(line(page)).toContainText('This tab writes now');
    await page.getByRole('button', { name: 'Register patient' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Notwritten');
    await expect(line(tab)).toContainText('Another tab took over');
  });
  expect(problems).toEqual([]);
});

test('the line about the other tab is quiet and readable in every look', async ({ page }) => {
  await withPatient(page);
  const { tab } = await openTab(page);
  await expect(line(tab)).toContainText(FOLLOWS);
  await inEveryLook(tab, 'tabs-follows', () => expectAccessible(tab));
  await line(tab).getByRole('button', { name: TAKE_OVER }).click();
  await expect(line(tab)).toContainText('This tab writes now');
  await inEveryLook(tab, 'tabs-writes', () => expectAccessible(tab));
  await line(tab).getByRole('button', { name: 'Close this message' }).click();
  await expect(line(tab)).toHaveText('');
});

test('when the tab that writes is closed or crashes the next one writes by itself', async ({ page }) => {
  await withPatient(page);
  const { tab, problems } = await openTab(page);
  const { tab: third } = await openTab(page);
  await expect(line(third)).toContainText(FOLLOWS);
  await page.close();
  await expect(line(tab)).toContainText('The tab that was writing is gone. This one writes now.');
  await register(tab, { given: 'Dora', family: 'Promoted', mrn: '500004' });
  await expect(tab.getByRole('heading', { level: 1 })).toContainText('Promoted');
  await expect(line(third)).toContainText(FOLLOWS);

  const devtools = await tab.context().newCDPSession(tab);
  const crashed = tab.waitForEvent('crash');
  await Promise.race([devtools.send('Page.crash').catch(() => {}), crashed]);
  await expect(line(third)).toContainText('This one writes now.');
  expect(problems).toEqual([]);
});

test('a tab whose core stopped lets another write', async ({ page }) => {
  await page.addInitScript(() => {
    globalThis.workers = [];
    globalThis.Worker = class extends Worker {
      constructor(...parts) {
        super(...parts);
        globalThis.workers.push(this);
      }
    };
  });
  await withPatient(page);
  const { tab, problems } = await openTab(page);
  await page.evaluate(() => globalThis.workers[0].dispatchEvent(new ErrorEvent('error', { cancelable: true })));
  await expect(line(tab)).toContainText('This one writes now.');
  expect(problems).toEqual([]);
});

test('what is typed in a tab that reads stays while the other tab saves', async ({ page }) => {
  await withPatient(page);
  const record = new URL(page.url()).hash;
  const { tab } = await openTab(page, record);
  await expect(tab.getByRole('heading', { level: 1 })).toContainText('Tabbing');
  await tab.keyboard.press('n');
  const note = tab.getByRole('textbox', { name: 'Note', exact: true });
  await note.fill('Half a note');
  await openForm(page);
  await fillCall(page, 'A call in the other tab.');
  await save(page);
  await expect(tab.getByText('A call in the other tab.')).toBeVisible();
  await expect(note).toHaveValue('Half a note');
  await tab.keyboard.press('Control+Enter');
  await expect(tab.getByText(REFUSED)).toBeVisible();
  await expect(note).toHaveValue('Half a note');
});

test('an import is planned in a tab that reads, and not published', async ({ page }) => {
  await makeRegistry(page);
  const { tab } = await openTab(page);
  await planImport(tab, [CASELOAD, CONTACTS]);
  await tab.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(tab.getByText(REFUSED)).toBeVisible();
  await line(tab).getByRole('button', { name: TAKE_OVER }).click();
  await expect(line(tab)).toContainText('This tab writes now');
  await tab.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(tab.getByText(/new patients? imported/)).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Imported concerns' })).toBeVisible();
});

test('locking one tab locks all, and each unlocks for itself, at its page', async ({ page }) => {
  await withPatient(page);
  const record = new URL(page.url()).hash;
  const { tab } = await openTab(page, '#/settings');
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(locked(page)).toBeVisible();
  await expect(locked(tab)).toBeVisible();
  await unlock(tab);
  await expect(tab.getByRole('heading', { level: 1 })).toContainText('Settings');
  await expect(line(tab)).toHaveText('');
  await expect(locked(page)).toBeVisible();
  await unlock(page);
  expect(new URL(page.url()).hash).toBe(record);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Tabbing');
  await expect(line(page)).toContainText(FOLLOWS);
});

test('a page locks after ten idle minutes and comes back to the same page and field', async ({ page }) => {
  await withPatient(page);
  await goTo(page, 'Settings');
  await page.locator('#lock-minutes').focus();
  await freezeClock(page, later(9.5));
  await expect(page.getByText('Caseload is about to lock')).toBeVisible();
  await freezeClock(page, later(10));
  await expect(locked(page)).toBeVisible();
  await unlock(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Settings');
  await expect(page.locator('#lock-minutes')).toBeFocused();
});

test('a form that is open in one tab keeps all tabs open for an hour, and what was typed outlives the lock', async ({ page }) => {
  await withPatient(page);
  const { tab } = await openTab(page);
  await openForm(page);
  await contactForm(page).getByLabel('Note').fill('Typed before the lock.');
  for (const one of [tab, page]) {
    await freezeClock(one, later(11));
    await one.waitForTimeout(2500);
    await expect(one.getByRole('navigation', { name: 'Pages' })).toBeVisible();
  }
  await freezeClock(page, later(60));
  await expect(locked(page)).toBeVisible();
  await expect(locked(tab)).toBeVisible();
  await unlock(page);
  await expect(contactForm(page).getByLabel('Note')).toHaveValue('Typed before the lock.');
  await expect(contactForm(page).getByLabel('Note')).toBeFocused();
});

test('a key in one tab keeps the other open for ten more minutes, and then both lock', async ({ page }) => {
  await withPatient(page);
  const { tab } = await openTab(page);
  await freezeClock(page, later(9));
  await freezeClock(tab, later(9));
  await page.bringToFront();
  await page.keyboard.press('Shift');
  await freezeClock(tab, later(12));
  await tab.waitForTimeout(2500);
  await expect(tab.getByRole('navigation', { name: 'Pages' })).toBeVisible();
  await freezeClock(tab, later(19.1));
  await expect(locked(tab)).toBeVisible();
  await expect(locked(page)).toBeVisible();
});

test('what is typed in a tab that only reads outlives the lock, beside what the other tab typed', async ({ page }) => {
  await withPatient(page);
  await openForm(page);
  const form = new URL(page.url()).hash;
  await contactForm(page).getByLabel('Note').fill('Of the tab that writes.');
  const { tab } = await openTab(page, form);
  await expect(contactForm(tab)).toBeVisible();
  await contactForm(tab).getByLabel('Note').fill('Of the tab that reads.');
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(locked(tab)).toBeVisible();
  await unlock(page);
  await expect(contactForm(page).getByLabel('Note')).toHaveValue('Of the tab that writes.');
  await unlock(tab);
  await expect(line(tab)).toContainText(FOLLOWS);
  await expect(contactForm(tab).getByLabel('Note')).toHaveValue('Of the tab that reads.');
});

test('an import that runs in one tab is not ended by the unlock of another', async ({ page }) => {
  // The core of the first tab runs in its window, where the spec can stop it in the middle: its batch is begun, and
  // the first of its segments waits to be sealed.
  await page.addInitScript(() => {
    globalThis.Worker = class {
      constructor() {
        throw new DOMException('no', 'SecurityError');
      }
    };
    const { encrypt } = SubtleCrypto.prototype;
    SubtleCrypto.prototype.encrypt = async function (...parts) {
      if (globalThis.held) globalThis.sealsLeft -= 1;
      if (globalThis.sealsLeft < 0) await globalThis.held;
      return encrypt.apply(this, parts);
    };
  });
  await makeRegistry(page);
  await planImport(page, [CASELOAD, CONTACTS]);
  await page.evaluate(() => {
    globalThis.sealsLeft = 1;
    globalThis.held = new Promise((go) => {
      globalThis.goOn = go;
    });
  });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect.poll(() => page.evaluate(() => globalThis.sealsLeft)).toBeLessThan(0);
  const { tab, problems } = await openTab(page);
  await expect(line(tab)).toContainText(FOLLOWS);
  await page.evaluate(() => {
    globalThis.held = undefined;
    globalThis.goOn();
  });
  await expect(page.getByText(/new patients? imported/)).toBeVisible();
  await expect(tab.getByRole('heading', { level: 1, name: 'Imported concerns' })).toBeVisible();
  expect(problems).toEqual([]);
});

test.describe('without locks', () => {
  test('the app works as one that is alone, and settings say what guards the data', async ({ page }) => {
    await page.addInitScript(() => delete Navigator.prototype.locks);
    await withPatient(page);
    await goTo(page, 'Settings');
    await expect(page.getByText('This browser gives this page no locks between tabs')).toBeVisible();
    await expect(line(page)).toHaveText('');
  });
});
