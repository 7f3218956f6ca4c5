// A reporter that prints one line a measurement: ours, the baseline of the same run, their ratio, the promise.
const number = (value) => (value === undefined ? '-' : value < 10 ? value.toFixed(2) : value.toFixed(0));

export default class Table {
  #rows = [];
  #failures = 0;

  onTestEnd(test, result) {
    if (result.status !== 'passed') {
      this.#failures += 1;
      console.error(`FAILED ${test.title}\n${result.error?.stack ?? ''}`);
    }
    for (const note of result.attachments.filter(({ name }) => name === 'measure')) {
      this.#rows.push(JSON.parse(note.body.toString()));
    }
  }

  onError(error) {
    this.#failures += 1;
    console.error(error.stack ?? error.message);
  }

  onEnd() {
    const line = (cells) => cells.map((cell, at) => (at === 0 ? cell.padEnd(52) : cell.padStart(12))).join('');
    console.log(line(['measure', 'here', 'baseline', 'ratio', 'promise']));
    for (const { name, unit, ours, baseline, promise } of this.#rows) {
      const ratio = baseline === undefined ? '-' : number(ours / baseline);
      console.log(line([`${name} (${unit})`, number(ours), number(baseline), ratio, promise ?? 'reported']));
    }
    console.log(`${this.#rows.length} measured, ${this.#failures} failed`);
  }
}
