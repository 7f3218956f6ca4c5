// How many bytes of code each room and each crate brings, read from the function names of the optimised
// module and its parts.
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

/** How many functions are imported; they are numbered before those with a body. */
function importedFunctions(sections) {
  const imports = sections.find(({ id }) => id === IMPORT)?.body;
  let functions = 0;
  for (let left = imports?.number() ?? 0; left > 0; left -= 1) {
    imports.text();
    imports.text();
    const kind = imports.number();
    if (kind === 0) {
      imports.number();
      functions += 1;
    } else if (kind === 3) {
      imports.part(2);
    } else {
      if (kind === 1) imports.number();
      const limits = imports.number();
      imports.number();
      if (limits & 1) imports.number();
    }
  }
  return functions;
}

function functionSizes(sections) {
  const first = importedFunctions(sections);
  const code = sections.find(({ id }) => id === CODE)?.body;
  if (!code) return new Map();
  const sizes = new Map();
  const count = code.number();
  for (let index = 0; index < count; index += 1) {
    const size = code.number();
    code.part(size);
    sizes.set(first + index, size);
  }
  return sizes;
}

/** Who owns a name as the compiler writes it (v0): words stand behind their lengths, such as `Cs1aB_8caseload3app`. */
function ownerOfMangled(mangled) {
  const wordAt = ([, length, rest]) => rest.slice(0, Number(length));
  const room = /8caseload(\d+)(\w+)/.exec(mangled);
  if (room) return `room ${wordAt(room)}`;
  if (mangled.includes('8caseload')) return 'room main';
  const crate = /Cs[0-9A-Za-z]*_(\d+)(\w+)/.exec(mangled);
  return crate ? wordAt(crate) : 'other';
}

function ownerOf(mangled) {
  if (mangled.startsWith('_R')) return ownerOfMangled(mangled);
  const name = mangled.replace(/\[[0-9a-f]{16}\]/g, '');
  const room = /\bcaseload(?:::|\.\.)([a-z_]+)(?:::|\.\.)/.exec(name);
  if (room) return `room ${room[1]}`;
  if (/\bcaseload/.test(name)) return 'room main';
  const crate = /^[<&(\[*]*(?:dyn |mut |const )*(?:\w+ as )?([a-z][a-z0-9_]*)::/.exec(name);
  return crate ? crate[1] : 'other';
}

export function roomSizes(paths) {
  const owners = new Map();
  const add = (owner, bytes) => owners.set(owner, (owners.get(owner) ?? 0) + bytes);
  for (const path of paths) {
    const sections = sectionsOf(readFileSync(path));
    const names = namesOf(sections);
    for (const [index, size] of functionSizes(sections)) add(ownerOf(names.get(index) ?? ''), size);
    add('constants and texts', sections.find(({ id }) => id === DATA)?.body.bytes.length ?? 0);
  }
  return [...owners].sort((a, b) => b[1] - a[1]);
}
