import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import site from '../../playwright.config.js';

export default defineConfig({
  ...site,
  testDir: '.',
  testMatch: '**/*.bench.js',
  outputDir: '../../test-results/bench',
  workers: 1,
  timeout: 600_000,
  reporter: [['./support/table.js']],
  webServer: { ...site.webServer, cwd: fileURLToPath(new URL('../..', import.meta.url)) },
});
