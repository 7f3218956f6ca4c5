// Every check and every test, and one line that sums them up.
//   node scripts/test.mjs [lint]
// A step that fails does not stop the others, but for those that stand on it. The optimised build of the site keeps one core busy for
// as long as all checks and suites together that need no site, and shares no folder with them: both go on at once, each in order.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

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
const SUITES = [
  { name: 'native tests', run: ['cargo', 'test', '--locked', '--no-fail-fast', '--lib', '--bin', 'inspect', '--test', 'it'], count: cargoCounts },
  // Without the pages, which have no tests there and are most of what there is to compile.
  {
    name: 'browser tests',
    run: ['cargo', 'test', '--locked', ...WASM, '--no-default-features', '--test', 'browser'],
    count: cargoCounts,
  },
];
const SITE = [
  { name: 'site', run: ['scripts/build.sh', 'site'], count: asOne },
  { name: 'single file', run: ['scripts/build.sh', 'single'], count: asOne, needs: 'site' },
  { name: 'sizes', run: ['node', 'scripts/sizes.mjs'], count: asOne, needs: 'single file' },
];
const END_TO_END = [
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

/** Runs a command. Every line of what it says begins with the step's name: two steps may speak at once. */
function runStep(step) {
  return new Promise((resolve) => {
    const [command, ...args] = step.run;
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const [from, to] of [[child.stdout, process.stdout], [child.stderr, process.stderr]]) {
      createInterface({ input: from }).on('line', (line) => {
        output += `${line}\n`;
        to.write(`${step.name} | ${line}\n`);
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

const results = [];

/** Runs steps one after the other. */
async function inOrder(steps) {
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
}

rmSync(E2E_COUNTS, { force: true });
if (process.argv[2] === 'lint') {
  await inOrder(LINT);
} else {
  await Promise.all([inOrder(SITE), inOrder([...LINT, ...SUITES])]);
  await inOrder(END_TO_END);
}

console.log('\n=== summary');
for (const { name, seconds, passed, failed } of results) {
  const figures = [`${passed} passed`.padStart(12), `${failed} failed`.padStart(10), `${seconds.toFixed(0)} s`.padStart(7)];
  console.log(`${failed > 0 ? 'FAILED' : 'ok    '} ${name.padEnd(18)}${figures.join('')}`);
}
const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
console.log(`${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = total('failed') > 0 ? 1 : 0;
