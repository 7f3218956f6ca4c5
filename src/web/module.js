// The wasm modules of the site, the first and its parts: each fetched once, compiled while it arrives.
export async function compile(url) {
  try {
    return await WebAssembly.compileStreaming(fetch(url));
  } catch {
    // A host that does not know application/wasm refuses streaming only.
    const response = await fetch(url);
    return WebAssembly.compile(await response.arrayBuffer());
  }
}
