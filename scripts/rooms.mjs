// How many bytes of code each room and each crate brings, read from the function names of the optimised module.
// Generic code that was made for a room counts for that room. Sizes are before gzip.
import { readFileSync } from 'node:fs';

const CUSTOM = 0;
const IMPORT = 2;
const CODE = 10;
const DATA = 11;

/** Reads unsigned LEB128 numbers, strings and skips from a module. */
class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  part(length) {
    const part = new Reader(this.bytes.subarray(this.at, this.at + length));
    this.at += length;
    return part;
  }

  text() {
    return this.part(this.number()).bytes.toString('utf8');
  }

  get more() {
    return this.at < this.bytes.length;
  }
}

function sectionsOf(bytes) {
  const reader = new Reader(bytes.subarray(8));
  const sections = [];
  while (reader.more) sections.push({ id: reader.number(), body: reader.part(reader.number()) });
  return sections;
}

function namesOf(sections) {
  const names = new Map();
  for (const { body } of sections.filter(({ id }) => id === CUSTOM)) {
    if (body.text() !== 'name') continue;
    while (body.more) {
      const kind = body.number();
      const part = body.part(body.number());
      if (kind !== 1) continue;
      for (let left = part.number(); left > 0; left -= 1) names.set(part.number(), part.text());
    }
  }
  return names;
}

/** wasm-bindgen imports functions only, so each import is one function before the first body. */
function functionSizes(sections) {
  const first = sections.find(({ id }) => id === IMPORT)?.body.number() ?? 0;
  const code = sections.find(({ id }) => id === CODE).body;
  const sizes = new Map();
  const count = code.number();
  for (let index = 0; index < count; index += 1) {
    const size = code.number();
    code.part(size);
    sizes.set(first + index, size);
  }
  return sizes;
}

function ownerOf(mangled) {
  const name = mangled.replace(/\[[0-9a-f]{16}\]/g, '');
  const room = /\bcaseload(?:::|\.\.)([a-z_]+)(?:::|\.\.)/.exec(name);
  if (room) return `room ${room[1]}`;
  if (/\bcaseload/.test(name)) return 'room main';
  const crate = /^[<&(\[*]*(?:dyn |mut |const )*(?:\w+ as )?([a-z][a-z0-9_]*)::/.exec(name);
  return crate ? crate[1] : 'other';
}

export function roomSizes(path) {
  const sections = sectionsOf(readFileSync(path));
  const names = namesOf(sections);
  const owners = new Map();
  for (const [index, size] of functionSizes(sections)) {
    const owner = ownerOf(names.get(index) ?? '');
    owners.set(owner, (owners.get(owner) ?? 0) + size);
  }
  const data = sections.find(({ id }) => id === DATA)?.body.bytes.length ?? 0;
  owners.set('constants and texts', data);
  return [...owners].sort((a, b) => b[1] - a[1]);
}
