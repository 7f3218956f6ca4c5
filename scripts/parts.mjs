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

/** The scripts and styles that the page names, and the scripts that those import before they run. */
function namedByPage() {
  const named = new Set([...readFileSync('dist/index.html', 'utf8').matchAll(/assets\/([\w-]+\.(?:js|css))"/g)].map(([, name]) => name));
  for (const name of named) {
    if (!name.endsWith('.js')) continue;
    const script = readFileSync(`dist/assets/${name}`, 'utf8');
    for (const [, imported] of script.matchAll(/(?:from|import)\s*["']\.\/([\w-]+\.js)["']/g)) named.add(imported);
  }
  if (![...named].some((name) => name.endsWith('.js'))) throw new Error('dist/index.html names no script');
  return named;
}

/** Main module, script and styles; what a worker fetches besides before Today is shown; and scripts that are fetched once asked for. */
export function firstLoad() {
  const named = namedByPage();
  const built = readdirSync('dist/assets');
  const path = (name) => `dist/assets/${name}`;
  const main = built.filter((name) => named.has(name) || name.startsWith('caseload_bg-')).map(path);
  const onDemand = built.filter((name) => /\.(js|css)$/.test(name) && !named.has(name)).map(path);
  const all = parts();
  const of = (part) => {
    // One that goes by another name now would count as nothing, and the limit would hold for less than is fetched.
    if (!all.has(part)) throw new Error(`the loader has no part ${part}: it has ${[...all.keys()].join(', ')}`);
    return all.get(part);
  };
  return { main, core: [...new Set(BEFORE_TODAY.flatMap(of))], onDemand };
}

/** Bytes as a host would send them. */
export function packed(paths) {
  return paths.reduce((sum, path) => sum + gzipSync(readFileSync(path), { level: 9 }).length, 0);
}
