// A reporter that writes how many tests passed and failed, for scripts/test.mjs, and prints it, with what went wrong: the end of a long
// log is what is read first.
import { mkdirSync, writeFileSync } from 'node:fs';

/** So many specs may pass only the second time before the run counts as failed: more is no stumble of the machine. */
const MOST_SECOND = 3;
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
    const of = (kind) => tests.filter((test) => test.outcome() === kind);
    const [failed, second] = [of('unexpected'), of('flaky')];
    const tooMany = second.length > MOST_SECOND;
    const counts = {
      passed: of('expected').length + (tooMany ? 0 : second.length),
      failed: failed.length + (tooMany ? second.length : 0),
      skipped: of('skipped').length,
    };
    const told = [...failed.map((test) => ['failed', test]), ...second.map((test) => ['passed only the second time', test])];
    for (const [how, test] of told) {
      console.log(`\n${how}: ${test.titlePath().filter(Boolean).join(' \u203a ')}`);
      for (const line of wrongOf(test)) console.log(`    ${line}`);
    }
    mkdirSync('test-results', { recursive: true });
    writeFileSync('test-results/counts.json', JSON.stringify({ ...counts, second: second.length }));
    const again = second.length > 0 ? `, ${second.length} of them only the second time` : '';
    console.log(`end to end: ${counts.passed} passed${tooMany ? '' : again}, ${counts.failed} failed, ${counts.skipped} skipped`);
    // Playwright itself passes a run with any number of them.
    return tooMany ? { status: 'failed' } : undefined;
  }

  printsToStdio() {
    return false;
  }
}
