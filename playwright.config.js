import { execFileSync } from 'node:child_process';
import { defineConfig } from '@playwright/test';
import { BROWSER_ARGS, CLINIC_ZONE, browserPath } from './tests/e2e/support/browser.js';

// The workers inherit the environment, so all agree on the port that the first process found free.
process.env.E2E_PORT ??= execFileSync(
  process.execPath,
  ['-e', 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'],
  { encoding: 'utf8' },
).trim();
const address = `http://127.0.0.1:${process.env.E2E_PORT}/`;

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.js',
  outputDir: 'test-results/e2e',
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['./tests/e2e/support/counts.js']],
  use: {
    baseURL: address,
    locale: 'en-US',
    timezoneId: CLINIC_ZONE,
    colorScheme: 'light',
    viewport: { width: 1280, height: 800 },
    // A recording of every step costs a fifth of the time: only when somebody wants to look at one.
    trace: process.env.E2E_TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: browserPath(), args: BROWSER_ARGS },
  },
  projects: [{ name: 'chromium', use: { browserName: 'chromium' } }],
  webServer: {
    command: `node scripts/serve.mjs dist --port ${process.env.E2E_PORT} --exact`,
    url: address,
    reuseExistingServer: false,
  },
});
