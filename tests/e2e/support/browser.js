// The browser that the tests drive, and whole profiles of it.
import { accessSync, constants, readlinkSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { chromium } from '@playwright/test';

export const CLINIC_ZONE = 'America/New_York';

export const BROWSER_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--no-first-run',
  '--disable-component-update',
  '--disable-sync',
];

/** How often a crash is tried: a few times in `make test`, often in `make test-long`. */
export const CRASHES = process.env.CASELOAD_LONG ? 100 : 20;

/** The browser that CHROME names, or the first Chromium or Chrome on the path. */
export function browserPath() {
  const names = process.env.CHROME ? [process.env.CHROME] : ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = names.flatMap((name) => (isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name))));
  const found = candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (!found) throw new Error('No browser found. Run scripts/setup.sh, or set CHROME.');
  return found;
}

/**
 * Opens a profile that outlives the browser: close or kill it, and open the same folder again.
 * @param {string} folder an empty or earlier used profile folder
 * @param {import('@playwright/test').BrowserContextOptions} [options]
 */
export function openProfile(folder, options = {}) {
  return chromium.launchPersistentContext(folder, {
    executablePath: browserPath(),
    args: BROWSER_ARGS,
    timezoneId: CLINIC_ZONE,
    locale: 'en-US',
    viewport: { width: 1280, height: 800 },
    ...options,
  });
}

/** Kills the browser of a profile as a crash would: no unload, no flush. Resolves when it is gone. */
export async function killProfile(folder) {
  const pid = Number(readlinkSync(join(folder, 'SingletonLock')).split('-').at(-1));
  process.kill(pid, 'SIGKILL');
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
