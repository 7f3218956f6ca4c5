// A reporter that writes how many tests passed and failed, for scripts/test.mjs, and prints it.
import { mkdirSync, writeFileSync } from 'node:fs';

export default class Counts {
  #tests = new Map();

  onTestEnd(test) {
    this.#tests.set(test.id, test);
  }

  onEnd() {
    const outcomes = [...this.#tests.values()].map((test) => test.outcome());
    const count = (...kinds) => outcomes.filter((outcome) => kinds.includes(outcome)).length;
    const counts = { passed: count('expected'), failed: count('unexpected', 'flaky'), skipped: count('skipped') };
    mkdirSync('test-results', { recursive: true });
    writeFileSync('test-results/counts.json', JSON.stringify(counts));
    console.log(`end to end: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  }

  printsToStdio() {
    return false;
  }
}
