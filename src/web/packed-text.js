// Bytes as text, for the single file: seven bits in a character, which UTF-8 writes as one byte. That is 8 bytes for 7, where base64
// takes 8 for 6 and printable ASCII alone 16 for 13. The six characters that a quoted string in a page can't hold as they stand never
// come: such a group of seven bits and the next one are together one character of two bytes.
const BITS = 7;
const GROUP = (1 << BITS) - 1;
const NEVER = ['\0', '\n', '\r', '"', '\\', '<'].map((letter) => letter.charCodeAt(0));
const PLACES = new Map(NEVER.map((group, place) => [group, place]));

function groups(bytes) {
  const all = [];
  let [held, bits] = [0, 0];
  for (const byte of bytes) {
    held |= byte << bits;
    for (bits += 8; bits >= BITS; bits -= BITS) {
      all.push(held & GROUP);
      held >>>= BITS;
    }
  }
  if (bits > 0) all.push(held);
  return all;
}

/** The text of bytes; their number comes first, since the last character may hold bits of nothing. */
export function toText(bytes) {
  const all = groups(bytes);
  const letters = [];
  for (let at = 0; at < all.length; at += 1) {
    const place = PLACES.get(all[at]);
    if (place === undefined) {
      letters.push(String.fromCharCode(all[at]));
    } else {
      at += 1;
      letters.push(String.fromCharCode(((place + 1) << BITS) | (all[at] ?? 0)));
    }
  }
  return `${bytes.length} ${letters.join('')}`;
}

/** The bytes of such a text. */
export function fromText(text) {
  const begins = text.indexOf(' ') + 1;
  const bytes = new Uint8Array(Number(text.slice(0, begins)));
  let [held, bits, at] = [0, 0, 0];
  const take = (group) => {
    held |= group << bits;
    bits += BITS;
    if (bits >= 8 && at < bytes.length) {
      bytes[at] = held & 255;
      at += 1;
      held >>>= 8;
      bits -= 8;
    }
  };
  for (let next = begins; next < text.length; next += 1) {
    const code = text.charCodeAt(next);
    if (code > GROUP) take(NEVER[(code >> BITS) - 1]);
    take(code & GROUP);
  }
  return bytes;
}
