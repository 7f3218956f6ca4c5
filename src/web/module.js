// The wasm module of the site: fetched once, compiled while it arrives.
import url from '../../.build/pkg/caseload_bg.wasm?url';

export async function compile() {
  try {
    return await WebAssembly.compileStreaming(fetch(url));
  } catch {
    // A host that does not know application/wasm refuses streaming only.
    const response = await fetch(url);
    return WebAssembly.compile(await response.arrayBuffer());
  }
}
