// Watches what the page asks its workers, from outside: the app itself measures nothing.

/** Notes when each request to the core was sent and answered, and when a key was derived. */
export async function probe(page) {
  await page.addInitScript(() => {
    const seen = { requests: [], keys: [] };
    globalThis.__bench = seen;
    // When the worklist's first rows are there and laid out, those that the window shows, and when 40 are, told by the page itself:
    // whoever asks from outside asks now and then.
    const watch = new MutationObserver(() => {
      const rows = document.querySelectorAll('ul[aria-label="Whom to call and why"] > li').length;
      if (rows === 0) return;
      document.body.getBoundingClientRect();
      seen.listed ??= performance.now();
      if (rows < 40) return;
      seen.forty = performance.now();
      watch.disconnect();
    });
    watch.observe(document, { subtree: true, childList: true });
    // A message begins with its number, seven bits a byte.
    const number = (bytes) => {
      let value = 0;
      for (let at = 0, shift = 0; at < 5; at += 1, shift += 7) {
        value += (bytes[at] & 0x7f) * 2 ** shift;
        if (bytes[at] < 0x80) break;
      }
      return value;
    };
    const RealWorker = globalThis.Worker;
    globalThis.Worker = class Worker extends RealWorker {
      constructor(url, options) {
        super(url, options);
        this.addEventListener('message', ({ data }) => {
          const now = performance.now();
          if (data?.key) seen.keys.push(now);
          if (!data?.reply) return;
          const id = number(data.reply);
          const request = seen.requests.find((one) => one.id === id && one.answered === undefined);
          if (request) Object.assign(request, { answered: now, received: data.reply.length });
        });
      }

      postMessage(message, transfer) {
        if (message?.envelope) seen.requests.push({ id: number(message.envelope), asked: performance.now(), sent: message.envelope.length });
        super.postMessage(message, transfer);
      }
    };
  });
}

/** Forgets what was noted so far. */
export const clear = (page) => page.evaluate(() => Object.assign(globalThis.__bench, { requests: [], keys: [] }));

/** Milliseconds of each answered request since `clear`. */
export async function requestTimes(page) {
  const requests = await page.evaluate(() => globalThis.__bench.requests);
  return requests.filter((one) => one.answered !== undefined).map((one) => one.answered - one.asked);
}

/** Bytes of memory that belong to the page's process alone, and to its workers, which are threads of it. */
export async function privateMemory(context) {
  const { readFileSync, readdirSync } = await import('node:fs');
  const session = await context.browser().newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = [];
  for (const { type, id } of processInfo) {
    if (type !== 'renderer') continue;
    const text = readFileSync(`/proc/${id}/smaps_rollup`, 'utf8');
    const kilobytes = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);
    sizes.push((kilobytes('Private_Dirty') + kilobytes('Private_Clean')) * 1024);
  }
  return Math.max(...sizes);
}
