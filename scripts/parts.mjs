// Which files of the built site are fetched when: the first load, then each part of the module with the pieces that it
// shares with others, as the splitter's loader in .build/pkg/__wasm_split.js says.
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** What must be here before Today can be used, beside the first module: the core that a worker runs. */
const BEFORE_TODAY = ['core'];

function builtFile(name) {
  const [base, ending] = name.split('.');
  const found = readdirSync('dist/assets').filter((file) => file.startsWith(`${base}-`) && file.endsWith(`.${ending}`));
  if (found.length !== 1) throw new Error(`dist/assets has ${found.length} files for ${name}`);
  return `dist/assets/${found[0]}`;
}

/** The pieces of each part, by the part's name. */
export function parts() {
  const loader = readFileSync('.build/pkg/__wasm_split.js', 'utf8');
  const found = new Map();
  for (const [, name, file, shared] of loader.matchAll(
    /export const __wasm_split_load_(\w+) = wrapAsyncCb\(makeLoad\(\(\) => (?:\{[^}]*?"\.\/([\w-]+\.wasm)"|async).*?, \[([^\]]*)\]\)\);/gs,
  )) {
    const chunks = [...shared.matchAll(/__(chunk_\d+)/g)].map(([, chunk]) => `${chunk}.wasm`);
    found.set(name, [...(file ? [file] : []), ...chunks].map(builtFile));
  }
  if (found.size === 0) throw new Error('the loader of the parts names none');
  return found;
}

/** Main module, script and styles; and what a worker fetches besides before Today is shown. */
export function firstLoad() {
  const main = readdirSync('dist/assets')
    .filter((name) => /\.(js|css)$/.test(name) || name.startsWith('caseload_bg-'))
    .map((name) => `dist/assets/${name}`);
  const all = parts();
  const of = (part) => {
    // One that goes by another name now would count as nothing, and the limit would hold for less than is fetched.
    if (!all.has(part)) throw new Error(`the loader has no part ${part}: it has ${[...all.keys()].join(', ')}`);
    return all.get(part);
  };
  return { main, core: [...new Set(BEFORE_TODAY.flatMap(of))] };
}

/** Bytes as a host would send them. */
export function packed(paths) {
  return paths.reduce((sum, path) => sum + gzipSync(readFileSync(path), { level: 9 }).length, 0);
}
