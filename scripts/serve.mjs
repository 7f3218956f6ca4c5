// Serves a folder on this machine only, as the plainest static host would: no headers that the site could lean on.
//   node scripts/serve.mjs [folder] [--port N] [--exact]
// The next free port is taken when N is not free, unless --exact is given.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

const args = process.argv.slice(2);
const portAt = args.indexOf('--port');
const firstPort = portAt >= 0 ? Number(args[portAt + 1]) : 8787;
const exact = args.includes('--exact');
const folder = resolve(args[0]?.startsWith('--') ? 'dist' : (args[0] ?? 'dist'));

async function find(url) {
  const path = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname));
  const file = join(folder, path);
  if (file !== folder && !file.startsWith(folder + sep)) return null;
  const found = await stat(file);
  return found.isDirectory() ? join(file, 'index.html') : file;
}

const server = createServer(async (request, response) => {
  try {
    const file = await find(request.url);
    const { size } = await stat(file);
    const hashed = file.includes(`${sep}assets${sep}`);
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-length': size,
      'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    if (request.method === 'HEAD') response.end();
    else createReadStream(file).pipe(response);
  } catch {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n');
  }
});

let port = firstPort;
server.on('error', (error) => {
  if (error.code !== 'EADDRINUSE' || exact || port >= firstPort + 100) throw error;
  port += 1;
  server.listen(port, '127.0.0.1');
});
server.on('listening', () => console.log(`Caseload is at http://127.0.0.1:${port}/  (Ctrl+C stops it)`));
server.listen(port, '127.0.0.1');
