/** What a first visit loads, without what comes later on demand, and the command: part of `npm run check`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const LARGEST_SHELL_BYTES = 150 * 1024;
const LARGEST_COMMAND_BYTES = 250 * 1024;
const COMMAND = fileURLToPath(new URL('../../bin/heapscape.js', import.meta.url));
const DIST = fileURLToPath(new URL('../../dist', import.meta.url));

const html = readFileSync(join(DIST, 'index.html'), 'utf8');
const linked = [...html.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(
  match => match[1]!,
);
const sizes = ['index.html', ...linked].map(file => ({
  file,
  bytes: gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length,
}));
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
for (const { file, bytes } of sizes) process.stdout.write(`${String(bytes).padStart(8)} ${file}\n`);
process.stdout.write(`${String(total).padStart(8)} gzip bytes of at most ${LARGEST_SHELL_BYTES}\n`);
const command = gzipSync(readFileSync(COMMAND), { level: 9 }).length;
process.stdout.write(`${String(command).padStart(8)} bin/heapscape.js, at most ${LARGEST_COMMAND_BYTES}\n`);
process.exitCode = total <= LARGEST_SHELL_BYTES && command <= LARGEST_COMMAND_BYTES ? 0 : 1;
