// Watches src and rebuilds the module; Vite serves it, and reloads the page when the module changes.
import { spawn, spawnSync } from 'node:child_process';
import { rmSync, watch } from 'node:fs';
import { createServer } from 'vite';

const target = `${process.env.CARGO_TARGET_DIR}/wasm32-unknown-unknown/debug/caseload-web.wasm`;
const STEPS = [
  ['cargo', 'build', '--locked', '--target', 'wasm32-unknown-unknown', '--bin', 'caseload-web'],
  ['wasm-bindgen', '--target', 'web', '--debug', '--no-typescript', '--omit-default-module-path', '--out-dir', '.build/pkg', '--out-name', 'caseload', target],
];

function run([command, ...args]) {
  return new Promise((resolve) => spawn(command, args, { stdio: 'inherit' }).on('close', (code) => resolve(code === 0)));
}

let building = false;
let changed = false;
async function build() {
  changed = true;
  if (building) return;
  building = true;
  while (changed) {
    changed = false;
    for (const step of STEPS) if (!(await run(step))) break;
  }
  building = false;
}

// What this leaves in .build/pkg is not the optimised module that scripts/build.sh keeps there.
rmSync('.build/stamp', { force: true });
for (const step of STEPS) {
  if (spawnSync(step[0], step.slice(1), { stdio: 'inherit' }).status !== 0) process.exit(1);
}
const server = await createServer({ mode: 'development' });
await server.listen();
server.printUrls();
watch('src', { recursive: true }, (_event, file) => {
  if (file?.endsWith('.rs')) build();
});
