// How a bench takes and hands in its figures. Each takes its baseline in the same run, since machines are noisy.
import { test } from '@playwright/test';

/**
 * Hands one figure to the table.
 * @param {{name: string, unit: string, ours: number, baseline?: number, promise?: string}} figure
 */
export async function record(figure) {
  await test.info().attach('measure', { body: JSON.stringify(figure), contentType: 'application/json' });
}

/** The value below which a share of the samples lies; 0.5 is the median. */
export function quantile(samples, share) {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Takes turns between ours and the baseline, so that a busy moment of the machine hits both. */
export async function alternate(rounds, ours, baseline) {
  const taken = { ours: [], baseline: [] };
  for (let round = 0; round < rounds; round += 1) {
    taken.ours.push(await ours(round));
    taken.baseline.push(await baseline(round));
  }
  return taken;
}

/** Milliseconds of bare strict transactions that each put one random blob: the floor under every save. */
export function strictTransactions(page, { rounds, bytes }) {
  return page.evaluate(
    async ({ rounds, bytes }) => {
      const done = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));
      const opening = indexedDB.open('bench-floor', 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('blobs');
      const database = await done(opening);
      const taken = [];
      for (let round = 0; round < rounds; round += 1) {
        const blob = crypto.getRandomValues(new Uint8Array(bytes));
        const began = performance.now();
        const transaction = database.transaction('blobs', 'readwrite', { durability: 'strict' });
        transaction.objectStore('blobs').put(blob, round);
        await new Promise((resolve, reject) => Object.assign(transaction, { oncomplete: resolve, onabort: reject }));
        taken.push(performance.now() - began);
      }
      database.close();
      await done(indexedDB.deleteDatabase('bench-floor'));
      return taken;
    },
    { rounds, bytes },
  );
}

/**
 * Milliseconds of bare strict transactions that each put random records, one in a store: the floor under a save of so many
 * records of such sizes.
 */
export function strictRecords(page, { rounds, sizes }) {
  return page.evaluate(
    async ({ rounds, sizes }) => {
      const done = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));
      // A call gives 64 KB of random bytes at most; what is put is as random as what is sealed.
      const random = (bytes) => {
        const blob = new Uint8Array(bytes);
        for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(blob.subarray(at, at + 65_536));
        return blob;
      };
      const opening = indexedDB.open('bench-records', 1);
      opening.onupgradeneeded = () => sizes.forEach((_, at) => opening.result.createObjectStore(`${at}`));
      const database = await done(opening);
      const taken = [];
      for (let round = 0; round < rounds; round += 1) {
        const blobs = sizes.map(random);
        const began = performance.now();
        const transaction = database.transaction([...database.objectStoreNames], 'readwrite', { durability: 'strict' });
        blobs.forEach((blob, at) => transaction.objectStore(`${at}`).put(blob, round));
        await new Promise((resolve, reject) => Object.assign(transaction, { oncomplete: resolve, onabort: reject }));
        taken.push(performance.now() - began);
      }
      database.close();
      await done(indexedDB.deleteDatabase('bench-records'));
      return taken;
    },
    { rounds, sizes },
  );
}

/** Every stored record of the registry by store and key, as a number that tells its bytes from others, and its size. */
function stored(page) {
  return page.evaluate(async () => {
    const done = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));
    const found = {};
    for (const { name } of await indexedDB.databases()) {
      if (name.startsWith('bench')) continue;
      const database = await done(indexedDB.open(name));
      for (const area of database.objectStoreNames) {
        const store = database.transaction(area).objectStore(area);
        const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
        // The nonce is in the first bytes and new with every seal.
        keys.forEach((key, at) => (found[`${area} ${key}`] = [values[at].length, [...values[at].subarray(0, 32)].join()]));
      }
      database.close();
    }
    return found;
  });
}

/** The sizes of the records that something writes, in bytes. */
export async function written(page, act) {
  const before = await stored(page);
  await act();
  const after = await stored(page);
  return Object.entries(after).filter(([key, [, bytes]]) => before[key]?.[1] !== bytes).map(([key, [size]]) => ({ area: key.split(' ')[0], size }));
}
