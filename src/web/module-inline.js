// The wasm modules of the single file: all in this script, as text, since its policy allows no fetch at all.
import { decompress } from 'fzstd';
import archive from 'virtual:caseload-archive';

let parts;

/** `packed` is the first module, gzipped, or the place of a part in the archive: from, to. */
export async function compile(packed) {
  if (typeof packed !== 'string') {
    parts ??= decompress(bytes(archive));
    return WebAssembly.compile(parts.subarray(...packed));
  }
  const stream = new Blob([bytes(packed)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return WebAssembly.compile(await new Response(stream).arrayBuffer());
}

function bytes(base64) {
  const letters = atob(base64);
  const found = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) found[at] = letters.charCodeAt(at);
  return found;
}
