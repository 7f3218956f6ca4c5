// The stock age program. It asks for passphrases at a terminal only, so it is run in one made by `script` (util-linux).
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs age on a file in a folder of its own; the passphrase is typed as often as it is asked for. */
async function age(options, input, passphrase, times) {
  const folder = await mkdtemp(join(tmpdir(), 'caseload-age-'));
  try {
    const [from, to] = [join(folder, 'in'), join(folder, 'out')];
    await writeFile(from, input);
    await new Promise((resolve, reject) => {
      const child = execFile('script', ['-qec', `age ${options} -o ${to} ${from}`, '/dev/null'], { timeout: 60_000 }, (error, out) =>
        error ? reject(new Error(`age: ${out}`)) : resolve(),
      );
      let asked = 0;
      child.stdout.on('data', (data) => {
        if (/passphrase/i.test(data) && asked < times) {
          asked += 1;
          child.stdin.write(`${passphrase}\n`);
        }
      });
    });
    return await readFile(to);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What is in a sealed file, as text. */
export async function openWithAge(bytes, passphrase) {
  return (await age('--decrypt', bytes, passphrase, 1)).toString('utf8');
}

/** A file sealed with a passphrase, as bytes or as text. */
export function sealWithAge(text, passphrase, { armored }) {
  return age(`--encrypt --passphrase${armored ? ' --armor' : ''}`, text, passphrase, 2);
}
