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
