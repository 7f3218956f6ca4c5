// Every check and every test, one after the other, and one line that sums them up.
//   node scripts/test.mjs [lint]
// A step that fails does not stop the others, but for those that stand on it.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';

const WASM = ['--target', 'wasm32-unknown-unknown'];
const DENY = ['--', '-D', 'warnings'];
const E2E_COUNTS = 'test-results/counts.json';

/** A check passes or fails as one; a suite counts its tests. */
const LINT = [
  { name: 'formatting', run: ['cargo', 'fmt', '--', '--check', '-l'], count: asOne },
  { name: 'clippy, native', run: ['cargo', 'clippy', '--locked', '--all-targets', ...DENY], count: asOne },
  {
    name: 'clippy, browser',
    run: ['cargo', 'clippy', '--locked', ...WASM, '--lib', '--bin', 'caseload-web', '--test', 'browser', ...DENY],
    count: asOne,
  },
];
const TESTS = [
  { name: 'native tests', run: ['cargo', 'test', '--locked', '--no-fail-fast', '--lib', '--bin', 'inspect', '--test', 'it'], count: cargoCounts },
  { name: 'browser tests', run: ['cargo', 'test', '--locked', ...WASM, '--test', 'browser'], count: cargoCounts },
  { name: 'site', run: ['scripts/build.sh', 'site'], count: asOne },
  { name: 'single file', run: ['scripts/build.sh', 'single'], count: asOne, needs: 'site' },
  { name: 'sizes', run: ['node', 'scripts/sizes.mjs'], count: asOne, needs: 'single file' },
  { name: 'end to end', run: ['node_modules/.bin/playwright', 'test'], count: playwrightCounts, needs: 'single file' },
];

function asOne(code) {
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Adds up the `test result:` lines; a failure that no line accounts for is one more. */
function cargoCounts(code, output) {
  const lines = [...output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed/gm)];
  const passed = lines.reduce((sum, line) => sum + Number(line[1]), 0);
  const failed = lines.reduce((sum, line) => sum + Number(line[2]), 0);
  const unexplained = (code !== 0 && failed === 0) || passed + failed === 0;
  return { passed, failed: failed + (unexplained ? 1 : 0) };
}

function playwrightCounts(code) {
  if (!existsSync(E2E_COUNTS)) return { passed: 0, failed: 1 };
  const { passed, failed } = JSON.parse(readFileSync(E2E_COUNTS, 'utf8'));
  const unexplained = (code !== 0 && failed === 0) || passed + failed === 0;
  return { passed, failed: failed + (unexplained ? 1 : 0) };
}

function runStep(step) {
  return new Promise((resolve) => {
    const [command, ...args] = step.run;
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const [from, to] of [[child.stdout, process.stdout], [child.stderr, process.stderr]]) {
      from.on('data', (bytes) => {
        output += bytes;
        to.write(bytes);
      });
    }
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve({ code: 1, output });
    });
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

const withoutColour = (text) => text.replace(/\x1b\[[0-9;]*m/g, '');

const steps = process.argv[2] === 'lint' ? LINT : [...LINT, ...TESTS];
const results = [];
rmSync(E2E_COUNTS, { force: true });

for (const step of steps) {
  console.log(`\n=== ${step.name}: ${step.run.join(' ')}`);
  const began = performance.now();
  const base = results.find((result) => result.name === step.needs);
  let counts = { passed: 0, failed: 1 };
  if (base && base.failed > 0) {
    console.error(`not run: it stands on "${step.needs}", which failed`);
  } else {
    const { code, output } = await runStep(step);
    counts = step.count(code, withoutColour(output));
  }
  results.push({ name: step.name, seconds: (performance.now() - began) / 1000, ...counts });
}

console.log('\n=== summary');
for (const { name, seconds, passed, failed } of results) {
  const figures = [`${passed} passed`.padStart(12), `${failed} failed`.padStart(10), `${seconds.toFixed(0)} s`.padStart(7)];
  console.log(`${failed > 0 ? 'FAILED' : 'ok    '} ${name.padEnd(18)}${figures.join('')}`);
}
const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
console.log(`${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = total('failed') > 0 ? 1 : 0;
