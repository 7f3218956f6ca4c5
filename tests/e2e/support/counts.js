// A reporter that writes how many tests passed and failed, for scripts/test.mjs, and prints it, with what went wrong: the end of a long
// log is what is read first.
import { mkdirSync, writeFileSync } from 'node:fs';

/** Lines of an error that are printed. */
const LINES = 18;

/** What went wrong, told without colours. */
function wrongOf(test) {
  const errors = test.results.flatMap((result) => result.errors ?? []);
  const texts = errors.map((error) => (error.stack ?? error.message ?? String(error.value)).replace(/\x1b\[[0-9;]*m/g, ''));
  const steps = test.results.flatMap((result) => failedSteps(result.steps ?? []));
  return [...steps.map((step) => `in "${step}"`), ...texts].join('\n').split('\n').slice(0, LINES);
}

/** The named steps that failed, from the outermost. */
function failedSteps(steps) {
  const failed = steps.filter((step) => step.error && step.category === 'test.step');
  return failed.flatMap((step) => [step.title, ...failedSteps(step.steps)]);
}

export default class Counts {
  #tests = new Map();

  onTestEnd(test) {
    this.#tests.set(test.id, test);
  }

  onEnd() {
    const tests = [...this.#tests.values()];
    const of = (...kinds) => tests.filter((test) => kinds.includes(test.outcome()));
    const failed = of('unexpected', 'flaky');
    const counts = { passed: of('expected').length, failed: failed.length, skipped: of('skipped').length };
    for (const test of failed) {
      console.log(`\nfailed: ${test.titlePath().filter(Boolean).join(' \u203a ')}`);
      for (const line of wrongOf(test)) console.log(`    ${line}`);
    }
    mkdirSync('test-results', { recursive: true });
    writeFileSync('test-results/counts.json', JSON.stringify(counts));
    console.log(`end to end: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  }

  printsToStdio() {
    return false;
  }
}
