// What the first load weighs, gzipped, against the budget; what the single file weighs; and that nothing which is
// shipped names a folder of the machine that built it.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { roomSizes } from './rooms.mjs';

// The design promises 450 KB. That is not held yet (CHANGELOG.md, "Known"): until it is, the check keeps what was measured from
// growing, and every run says how far it is from the promise. Lower the second figure with each step towards the first.
const FIRST_LOAD_PROMISED = 450 * 1024;
const FIRST_LOAD_BUDGET = 1830 * 1024;
const SINGLE_FILE_BUDGET = 4 * 1024 * 1024;
const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;

function filesUnder(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}

const problems = [];

const firstLoad = filesUnder('dist/assets').filter((path) => /\.(wasm|js|css)$/.test(path));
let total = 0;
console.log('first load                                          raw     gzipped');
for (const path of firstLoad) {
  const bytes = readFileSync(path);
  const packed = gzipSync(bytes, { level: 9 }).length;
  total += packed;
  console.log(`  ${path.padEnd(42)}${kb(bytes.length).padStart(11)}${kb(packed).padStart(12)}`);
}
console.log(`  ${'together'.padEnd(53)}${kb(total).padStart(12)}   (at most ${kb(FIRST_LOAD_BUDGET)})`);
if (total > FIRST_LOAD_PROMISED) console.log(`  the promise of ${kb(FIRST_LOAD_PROMISED)} is not held: ${kb(total - FIRST_LOAD_PROMISED)} over`);
if (total > FIRST_LOAD_BUDGET) problems.push(`the first load is ${kb(total - FIRST_LOAD_BUDGET)} over its budget`);

const single = statSync('dist-single/caseload.html').size;
console.log(`  ${'dist-single/caseload.html'.padEnd(42)}${kb(single).padStart(11)}              (at most ${kb(SINGLE_FILE_BUDGET)} raw)`);
if (single > SINGLE_FILE_BUDGET) problems.push('the single file is over its budget');

console.log('code by room and crate, optimised, not gzipped');
const owners = roomSizes('.build/named.wasm');
const shown = owners.filter(([owner], index) => owner.startsWith('room ') || index < 12);
for (const [owner, bytes] of shown) console.log(`  ${owner.padEnd(42)}${kb(bytes).padStart(11)}`);

const sysroot = execFileSync('rustc', ['--print', 'sysroot'], { encoding: 'utf8' }).trim();
const folders = [process.cwd(), homedir(), process.env.CARGO_HOME, process.env.CARGO_TARGET_DIR, sysroot];
const shipped = [...filesUnder('dist'), '.build/pkg/caseload_bg.wasm', '.build/named.wasm'];
for (const path of shipped) {
  const bytes = readFileSync(path);
  for (const folder of folders) {
    if (folder && folder !== '/' && bytes.includes(folder)) problems.push(`${path} names the folder ${folder}`);
  }
}

for (const problem of problems) console.error(`error: ${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;
