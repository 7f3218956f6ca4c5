import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compress, init } from '@bokuweb/zstd-wasm';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { toText } from './src/web/packed-text.js';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const version = /^version = "(.+)"$/m.exec(readFileSync(at('Cargo.toml'), 'utf8'))[1];

const SITE_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
];

const singleFilePolicy = (scripts, styles) => [
  "default-src 'none'",
  `script-src ${scripts.join(' ')} 'wasm-unsafe-eval'`,
  `style-src ${styles.join(' ')}`,
  'img-src data: blob:',
  "connect-src 'none'",
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
];

/** The policy comes before anything that it governs, right after the character set. */
function withPolicy(html, directives) {
  const charset = '<meta charset="utf-8" />';
  if (!html.includes(charset)) throw new Error('index.html must declare its character set');
  return html.replace(charset, `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${directives.join('; ')}" />`);
}

function sitePolicy() {
  return {
    name: 'caseload:policy',
    apply: 'build',
    transformIndexHtml: { order: 'post', handler: (html) => withPolicy(html, SITE_POLICY) },
  };
}

const PKG = '.build/pkg';
const MODULE = 'virtual:caseload-module/';
const FIRST = 'caseload_bg.wasm';
const ARCHIVE = 'virtual:caseload-archive';
// The highest: it looks back over everything, and takes 4 s.
const ARCHIVE_LEVEL = 22;

/** Gives the wasm modules to `src/web`, by their addresses. */
function modules() {
  return {
    name: 'caseload:modules',
    enforce: 'pre',
    resolveId: (source) => (source.startsWith(MODULE) ? `\0${source}` : null),
    load: (resolved) =>
      resolved.startsWith(`\0${MODULE}`)
        ? `export { default } from ${JSON.stringify(`${at(`${PKG}/${resolved.slice(MODULE.length + 1)}`)}?url`)};`
        : null,
  };
}

/**
 * Puts the wasm modules into the script of the single file, packed with zstd: the first by itself, so that a start unpacks nothing
 * else; its parts one after another in one archive, since they repeat one another. While the page is bundled a short mark stands for
 * each of the two texts: no step of the bundler has to read three megabytes, or writes their characters differently.
 */
function modulesInside(folder) {
  const sources = new Map();
  const texts = new Map();
  const mark = (name) => `caseload:packed:${name}`;
  const pack = (source, bytes) => {
    sources.set(source, mark(source));
    texts.set(mark(source), toText(compress(bytes, ARCHIVE_LEVEL)));
  };
  return {
    name: 'caseload:modules-inside',
    enforce: 'pre',
    buildStart: async () => {
      await init();
      const names = readdirSync(at(PKG)).filter((name) => name.endsWith('.wasm') && name !== FIRST);
      const parts = names.sort().map((name) => readFileSync(at(`${PKG}/${name}`)));
      let end = 0;
      names.forEach((name, place) => sources.set(MODULE + name, [end, (end += parts[place].length)]));
      pack(MODULE + FIRST, readFileSync(at(`${PKG}/${FIRST}`)));
      pack(ARCHIVE, Buffer.concat(parts));
    },
    resolveId: (source) => (sources.has(source) ? `\0${source}` : null),
    load: (resolved) => (sources.has(resolved.slice(1)) ? `export default ${JSON.stringify(sources.get(resolved.slice(1)))};` : null),
    closeBundle: {
      order: 'pre',
      sequential: true,
      handler: () => {
        const page = `${folder}/index.html`;
        let html = readFileSync(page, 'utf8');
        for (const [name, text] of texts) {
          const [before, after, ...more] = html.split(new RegExp(`["'\`]${name}["'\`]`));
          if (after === undefined || more.length > 0) throw new Error('a packed module must stand in the single file once');
          html = `${before}"${text}"${after}`;
        }
        writeFileSync(page, html);
      },
    },
  };
}

/** Lets the loader that the splitter wrote take its parts from `src/web/module.js`, as the first module is. */
function partLoader() {
  const fetched =
    /const src = fetch\(new URL\("\.\/([\w-]+\.wasm)", import\.meta\.url\)\);(\s*src\.catch\(\(\) => \{\}\);\s*)return async \(imports\) => \w*\(WebAssembly\.instantiateStreaming\(src, imports\)\);/g;
  return {
    name: 'caseload:part-loader',
    enforce: 'pre',
    transform: (code, id) => {
      if (!id.endsWith('/__wasm_split.js')) return null;
      const imports = [`import { compile } from ${JSON.stringify(at('src/web/module.js'))};`];
      const loader = code.replace(fetched, (_all, file, quietly) => {
        const name = `part${imports.length}`;
        imports.push(`import ${name} from '${MODULE}${file}';`);
        return `const src = compile(${name});${quietly}return async (imports) => WebAssembly.instantiate(await src, imports);`;
      });
      if (imports.length === 1 || loader.includes('import.meta')) throw new Error('the loader of the parts is not as expected');
      return { code: `${imports.join('\n')}\n${loader}`, map: null };
    },
  };
}

/**
 * What seals files comes when it is asked for. In the single file it is there already: a script that is asked for later would
 * bring a loader that names `import.meta`, which a worker made of the file's own text can't read.
 */
function sealing(single) {
  const name = 'virtual:sealing';
  const from = JSON.stringify(at('src/web/sealed.js'));
  return {
    name: 'caseload:sealing',
    resolveId: (source) => (source === name ? `\0${name}` : null),
    load: (resolved) => {
      if (resolved !== `\0${name}`) return null;
      if (single) return `import * as sealing from ${from};\nexport const loadSealing = async () => sealing;`;
      return `export const loadSealing = () => import(${from});`;
    },
  };
}

/** The single file names nothing beside itself: its icon goes inside, the manifest goes away. */
function standAlone() {
  return {
    name: 'caseload:stand-alone',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => {
        const icon = `data:image/svg+xml;base64,${readFileSync(at('public/icon.svg')).toString('base64')}`;
        return html.replace('./icon.svg', icon).replace(/\s*<link rel="manifest"[^>]*>/, '');
      },
    },
  };
}

/** Hashes what was inlined, writes the policy that allows just that, and names the file. */
function sealSingleFile(folder) {
  const hashes = (html, element) =>
    [...html.matchAll(new RegExp(`<${element}\\b[^>]*>([\\s\\S]*?)</${element}>`, 'g'))].map(
      ([, body]) => `'sha256-${createHash('sha256').update(body).digest('base64')}'`,
    );
  return {
    name: 'caseload:seal',
    closeBundle: () => {
      const page = `${folder}/index.html`;
      const html = readFileSync(page, 'utf8');
      if (html.includes('import.meta')) throw new Error('no worker of the single file could read its script');
      writeFileSync(page, withPolicy(html, singleFilePolicy(hashes(html, 'script'), hashes(html, 'style'))));
      renameSync(page, `${folder}/caseload.html`);
    },
  };
}

const offline = () =>
  VitePWA({
    strategies: 'injectManifest',
    srcDir: 'src/web',
    filename: 'offline.js',
    registerType: 'prompt',
    injectRegister: false,
    manifest: false,
    injectManifest: {
      globPatterns: ['**/*.{html,js,css,wasm,json,svg,png,webmanifest}'],
      maximumFileSizeToCacheInBytes: 8 * 1024 * 1024,
    },
  });

export default defineConfig(({ mode }) => {
  const single = mode === 'single';
  const outDir = single ? 'dist-single' : 'dist';
  return {
    base: './',
    publicDir: single ? false : 'public',
    plugins: single
      ? [sealing(true), standAlone(), modulesInside(at(outDir)), partLoader(), viteSingleFile({ removeViteModuleLoader: true }), sealSingleFile(at(outDir))]
      : [sealing(false), sitePolicy(), modules(), partLoader(), offline()],
    define: { __SINGLE_FILE__: JSON.stringify(single), __VERSION__: JSON.stringify(version) },
    resolve: { alias: single ? [{ find: /^.*\/module\.js$/, replacement: at('src/web/module-inline.js') }] : [] },
    build: {
      outDir,
      emptyOutDir: true,
      target: ['chrome111', 'firefox115', 'safari16.4'],
      assetsInlineLimit: 0,
      modulePreload: false,
      reportCompressedSize: false,
    },
    server: { host: '127.0.0.1', port: 8787, watch: { ignored: ['**/target/**', '**/.tools/**', '**/dist/**', '**/tests/**', '**/*.rs'] } },
  };
});
