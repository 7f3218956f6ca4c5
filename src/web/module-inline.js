// The wasm modules of the single file: all in this script, as text, since its policy allows no fetch at all.
import { decompress } from 'fzstd';
import archive from 'virtual:caseload-archive';
import { fromText } from './packed-text.js';

let parts;

/** `packed` is the first module by itself, or the place of a part in the archive: from, to. */
export async function compile(packed) {
  if (typeof packed === 'string') return WebAssembly.compile(decompress(fromText(packed)));
  parts ??= decompress(fromText(archive));
  return WebAssembly.compile(parts.subarray(...packed));
}
