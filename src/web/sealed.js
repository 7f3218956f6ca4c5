// Files that leave, sealed as age files (https://c2sp.org/age), and such files opened: one deed of a worker that is thrown away
// afterwards, the passphrase and what was in the file with it.
import { armor, Decrypter, Encrypter } from 'age-encryption';

// The least that OWASP asks of scrypt, about a second here. Reading refuses more than 2^20, which would take a gigabyte.
const WORK_FACTOR = 17;
const ARMOR = '-----BEGIN AGE ENCRYPTED FILE-----';

/** `{ deed, bytes, passphrase }` gives `{ bytes }`, or `{ problem }`: why not, in one word. */
export async function carryOut({ deed, bytes, passphrase }) {
  try {
    return { bytes: deed === 'seal' ? await seal(bytes, passphrase) : await open(bytes, passphrase) };
  } catch (error) {
    return { problem: problem(String(error?.message)) };
  }
}

function seal(bytes, passphrase) {
  const file = new Encrypter();
  file.setScryptWorkFactor(WORK_FACTOR);
  file.setPassphrase(passphrase);
  return file.encrypt(bytes);
}

function open(bytes, passphrase) {
  const file = new Decrypter();
  file.addPassphrase(passphrase);
  return file.decrypt(binary(bytes));
}

/** The stock program writes a file as text when asked to: that text is read too. */
function binary(bytes) {
  const begins = new TextDecoder().decode(bytes.subarray(0, ARMOR.length));
  return begins === ARMOR ? armor.decode(new TextDecoder().decode(bytes)) : bytes;
}

function problem(message) {
  if (message.includes('no identity matched')) return 'wrong';
  if (message.includes('work factor')) return 'costly';
  return 'damaged';
}
