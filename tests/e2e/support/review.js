// Patients of our own for the case review, and its agenda.
import { expect } from './test.js';

export const ABLE = { given: 'Wren', family: 'Able', birth: '1980-04-02', phone: '555 010 0123', from: '2026-11-02' };
export const BRISK = { given: 'Otis', family: 'Brisk', birth: '1962-09-17', phone: '555 010 0177', from: '2026-11-03' };
export const CLAY = { given: 'Ida', family: 'Clay', birth: '1991-12-30', phone: '555 010 0188', from: '2026-11-04' };

/** The rows of the agenda, and whose they are. */
export const agendaRows = (page) => page.locator('.agenda-row');
export const agendaNames = (page) => page.locator('.agenda-who > a').allInnerTexts();

/** A patient of our own, in treatment since a day; their record's page. */
export async function inTreatment(page, { given, family, birth, phone, from }) {
  await page.goto('./#/patient/new');
  await page.getByLabel('Given name').fill(given);
  await page.getByLabel('Family name').fill(family);
  await page.getByLabel('Date of birth').fill(birth);
  await page.getByLabel('Phone').first().fill(phone);
  await page.getByRole('button', { name: 'Register patient' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(family);
  await page.locator('.menu > summary').click();
  await page.getByRole('button', { name: 'Status', exact: true }).click();
  await page.getByLabel('Active', { exact: true }).check();
  await page.locator('#status-from').fill(from);
  await page.getByRole('button', { name: 'Change status' }).click();
  await expect(page.locator('.quick-form')).toHaveCount(0);
}
