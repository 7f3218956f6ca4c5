// What ours is measured against: pages of plain JavaScript that do the least which the same task needs.
import { readFileSync } from 'node:fs';

const EMPTY = '<!doctype html><title>plain</title><body></body>';

async function emptyPage(context, address) {
  const page = await context.newPage();
  await page.route('**/plain.html', (route) => route.fulfill({ contentType: 'text/html', body: EMPTY }));
  await page.goto(address);
  return page;
}

/** Milliseconds that Dexie takes to put the same entries, a record each, with one index, unencrypted. */
export async function bulkPut(context, entries) {
  const page = await emptyPage(context, './plain.html');
  await page.addScriptTag({ path: 'node_modules/dexie/dist/dexie.min.js' });
  await page.evaluate(() => (globalThis.rows = []));
  for (let at = 0; at < entries.length; at += 20_000) {
    await page.evaluate((part) => globalThis.rows.push(...JSON.parse(part)), JSON.stringify(entries.slice(at, at + 20_000)));
  }
  const taken = await page.evaluate(async () => {
    const database = new globalThis.Dexie('bench-dexie');
    database.version(1).stores({ entries: 'id, chart' });
    await database.open();
    const began = performance.now();
    await database.entries.bulkPut(globalThis.rows);
    const taken = performance.now() - began;
    await database.delete();
    return taken;
  });
  await page.close();
  return taken;
}

/**
 * A page that reads sealed pages of 32 charts, decrypts, parses and sorts them, and paints 40 rows. It keeps of each entry
 * what a list needs, as ours does: kind, day and total.
 */
export async function plainPage(context, file) {
  const page = await emptyPage(context, './plain.html');
  const charts = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{"chart"'))
    .map((line) => JSON.parse(line.replace(/,$/, '')))
    .map(({ chart, entries }) => ({
      chart,
      name: entries.find(({ kind }) => kind === 'registration')?.fact.family ?? '',
      facts: entries.map(({ kind, stamp, fact }) => [kind, stamp.slice(0, 20), fact?.answers?.total ?? fact?.seconds ?? 0]),
    }));
  const pages = [];
  for (let at = 0; at < charts.length; at += 32) pages.push(JSON.stringify(charts.slice(at, at + 32)));
  await page.evaluate(async (pages) => {
    const done = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    const opening = indexedDB.open('bench-plain', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('pages', { autoIncrement: true });
    const database = await done(opening);
    const sealed = [];
    for (const text of pages) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      sealed.push({ iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text)) });
    }
    const transaction = database.transaction('pages', 'readwrite');
    for (const one of sealed) transaction.objectStore('pages').put(one);
    transaction.objectStore('pages').put({ key });
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    database.close();
  }, pages);
  const open = async () => {
    await page.reload();
    return page.evaluate(async () => {
      const done = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));
      const began = performance.now();
      const database = await done(indexedDB.open('bench-plain', 1));
      const records = await done(database.transaction('pages').objectStore('pages').getAll());
      const { key } = records.pop();
      const opened = await Promise.all(records.map(({ iv, bytes }) => crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes)));
      const charts = opened.flatMap((bytes) => JSON.parse(new TextDecoder().decode(bytes)));
      charts.sort((a, b) => b.facts.length - a.facts.length || a.name.localeCompare(b.name));
      const list = document.createElement('ol');
      for (const chart of charts.slice(0, 40)) list.append(Object.assign(document.createElement('li'), { textContent: `${chart.name} ${chart.facts.at(-1)}` }));
      document.body.replaceChildren(list);
      list.getBoundingClientRect();
      database.close();
      return performance.now() - began;
    });
  };
  // A page behind another one draws once a second.
  return { open, front: () => page.bringToFront(), close: () => page.close() };
}
