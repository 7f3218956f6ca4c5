// The wasm modules of the single file: all in this script, as text, since its policy allows no fetch at all.
import { decompress } from 'fzstd';
import archive from 'virtual:caseload-archive';

let parts;

/** `packed` is the first module by itself, or the place of a part in the archive: from, to. */
export async function compile(packed) {
  if (typeof packed === 'string') return WebAssembly.compile(decompress(bytes(packed)));
  parts ??= decompress(bytes(archive));
  return WebAssembly.compile(parts.subarray(...packed));
}

function bytes(base64) {
  const letters = atob(base64);
  const found = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) found[at] = letters.charCodeAt(at);
  return found;
}
