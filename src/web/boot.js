// Loads the one wasm module, on the page and in every worker, and hands over to `main` in src/main.rs.
//
// The contract with the Rust side
//
// - This same script runs in the page and in its workers. In both it compiles or receives the module and calls its
//   `main`, which looks at the global scope: a page is mounted; in a worker, `self.name` says which one it is to be.
// - `main` in a worker must set `self.onmessage` before it returns. Its first message is what the spawner sent first.
// - `globalThis.__caseload` exists before `main` runs, in the page and in workers:
//
//     __caseload.spawnWorker(kind) -> Promise<Worker | null>
//         kind: "core" (the queue in front of IndexedDB) or "kdf" (one key derivation, then terminate it).
//         The worker shares the module compiled here, so nothing is fetched or compiled twice. It resolves when the
//         worker's `main` has returned, and the caller may then post messages and set `onmessage` and `onerror`.
//         It resolves to null where the browser refuses a worker or one fails to start: run the work in the page.
//         Any other kind is a TypeError.
//     __caseload.sealed({ deed: "seal" | "open", bytes, passphrase }) -> Promise<{ bytes } | { problem }>
//         Makes an age file or opens one, in a worker of its own that ends with the answer (src/web/sealed.js); in the page
//         where there is none. problem: "wrong" (another passphrase), "damaged", "costly" (it asks for too much work).
//     __caseload.singleFile: boolean     the build that is one HTML file
//     __caseload.version: string         of Cargo.toml
//     __caseload.offline: string         "unsupported" | "preparing" | "ready" | "failed"; page only
//     __caseload.letGo: function         set by `main`: lets another tab write; called when the app has stopped
//     __caseload.updateWaiting: boolean  a newer version is stored and starts when every tab is closed; page only
//
// - When `offline` or `updateWaiting` changes, the page gets a "caseload:status" event on `window`.
// - The page refuses to start inside a frame, and says so.

import { loadSealing } from 'virtual:sealing';
import start from '../../.build/pkg/caseload.js';
import { compile } from './module.js';
import { onePressOneDeed } from './presses.js';
import first from 'virtual:caseload-module/caseload_bg.wasm';

const WORKER_START_MS = 20_000;
const inPage = typeof document !== 'undefined';

const contract = {
  spawnWorker,
  sealed,
  singleFile: __SINGLE_FILE__,
  version: __VERSION__,
  offline: 'unsupported',
  updateWaiting: false,
  letGo: () => {},
};
globalThis.__caseload = contract;

let compiled = null;

if (!inPage) {
  startWorker();
} else if (window.top !== window.self) {
  say('Caseload does not run inside another page. Open it in a tab of its own.');
} else {
  startPage();
}

// A trap in the module is a fault of the program: what is on the page can't be trusted any more. The words are fixed.
function stopOn(reason) {
  if (!(reason instanceof WebAssembly.RuntimeError)) return;
  document.getElementById('stopped').hidden = false;
  document.getElementById('stopped-clinic').textContent = clinicLine();
  try {
    contract.letGo();
  } catch {
    // The module may be beyond answering; the lock then goes when the page is reloaded.
  }
}

// The clinic's own number, as the page remembers it for its lock screen (components/crisis.rs).
function clinicLine() {
  try {
    const line = JSON.parse(localStorage.getItem('caseload.crisis-line'));
    return typeof line === 'string' ? ` Clinic: ${line}.` : '';
  } catch {
    return '';
  }
}

async function startPage() {
  window.addEventListener('error', (event) => stopOn(event.error));
  window.addEventListener('unhandledrejection', (event) => stopOn(event.reason));
  onePressOneDeed();
  try {
    compiled = await compile(first);
    await start({ module_or_path: compiled });
    document.getElementById('boot')?.remove();
  } catch (error) {
    say('Caseload could not start in this browser. Nothing was changed. Reload the page, or try a current browser.');
    throw error;
  }
  keepOffline();
}

// The first message brings the module; everything after it belongs to `main`.
function startWorker() {
  self.addEventListener(
    'message',
    async (event) => {
      try {
        if (self.name === 'sealed') {
          await awaitDeed();
        } else {
          compiled = event.data;
          await start({ module_or_path: compiled });
        }
        self.postMessage('ready');
      } catch {
        self.postMessage('failed');
      }
    },
    { once: true },
  );
}

function spawnWorker(kind) {
  if (kind !== 'core' && kind !== 'kdf') {
    return Promise.reject(new TypeError('no such worker'));
  }
  return startedWorker(kind);
}

async function sealed(message) {
  const worker = await startedWorker('sealed');
  if (worker === null) return (await loadSealing()).carryOut(message);
  try {
    return await new Promise((resolve) => {
      worker.onmessage = (event) => resolve(event.data);
      worker.onerror = () => resolve({ problem: 'costly' });
      worker.postMessage(message, [message.bytes.buffer]);
    });
  } finally {
    worker.terminate();
  }
}

// The worker that seals needs no wasm: its next message is the deed.
async function awaitDeed() {
  const { carryOut } = await loadSealing();
  self.onmessage = async ({ data }) => {
    const answer = await carryOut(data);
    self.postMessage(answer, answer.bytes ? [answer.bytes.buffer] : []);
  };
}

function startedWorker(kind) {
  return new Promise((resolve) => {
    let worker = null;
    try {
      worker = new Worker(scriptUrl(), { type: WORKER_TYPE, name: kind });
    } catch {
      resolve(null);
      return;
    }
    const settle = (started) => {
      clearTimeout(timer);
      worker.onmessage = worker.onerror = worker.onmessageerror = null;
      if (!started) worker.terminate();
      resolve(started ? worker : null);
    };
    const timer = setTimeout(() => settle(false), WORKER_START_MS);
    worker.onmessage = (event) => settle(event.data === 'ready');
    worker.onmessageerror = () => settle(false);
    worker.onerror = (event) => {
      event.preventDefault();
      settle(false);
    };
    try {
      worker.postMessage(compiled);
    } catch {
      settle(false);
    }
  });
}

// A site's worker loads this very file, by its hashed name. The single file has no URL for its script, so its workers
// get a blob of the same text; as a classic script, since Chromium refuses a module worker from a blob of a file page.
const WORKER_TYPE = __SINGLE_FILE__ ? 'classic' : 'module';
let blobUrl = null;
function scriptUrl() {
  if (!inPage) return self.location.href;
  if (!__SINGLE_FILE__) return import.meta.url;
  const text = document.querySelector('script[type="module"]').textContent;
  blobUrl ??= URL.createObjectURL(new Blob(["'use strict';", text], { type: 'text/javascript' }));
  return blobUrl;
}

// The service worker keeps one whole generation of the site. A new one waits until no tab runs the old.
async function keepOffline() {
  if (__SINGLE_FILE__ || import.meta.env.DEV || !('serviceWorker' in navigator)) return;
  const report = (change) => {
    Object.assign(contract, change);
    window.dispatchEvent(new Event('caseload:status'));
  };
  report({ offline: 'preparing' });
  try {
    const registration = await navigator.serviceWorker.register('./offline.js', { scope: './' });
    const look = () => {
      const active = registration.active !== null;
      const failed = !active && !registration.installing && !registration.waiting;
      report({
        offline: active ? 'ready' : failed ? 'failed' : 'preparing',
        updateWaiting: active && registration.waiting !== null,
      });
    };
    const follow = (worker) => worker?.addEventListener('statechange', look);
    [registration.installing, registration.waiting].forEach(follow);
    registration.addEventListener('updatefound', () => follow(registration.installing));
    look();
  } catch {
    report({ offline: 'failed' });
  }
}

function say(words) {
  const place = document.getElementById('boot');
  place.setAttribute('role', 'alert');
  place.textContent = words;
}
