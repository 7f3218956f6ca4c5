// The wasm modules of the site, the first and its parts: each fetched once, compiled while it arrives.
export async function compile(url) {
  try {
    return await WebAssembly.compileStreaming(fetch(url));
  } catch {
    // A host that does not know application/wasm refuses streaming only.
    const response = (await fetched(url)) ?? (await kept(url));
    if (!response) throw new Error('a file of Caseload could not be fetched');
    return WebAssembly.compile(await response.arrayBuffer());
  }
}

async function fetched(url) {
  try {
    const response = await fetch(url);
    return response.ok ? response : undefined;
  } catch {
    return undefined;
  }
}

// What the service worker keeps is there for the page of the first visit too, which it doesn't serve yet, and for one whose
// version the site has no more.
async function kept(url) {
  return globalThis.caches?.match(url);
}
