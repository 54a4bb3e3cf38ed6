import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { StoredFile } from '../offline/stored-files.ts';
import { SERVICE_WORKER_FILE } from '../protocol/offline.ts';
import { bundleScript } from './bundle-script.ts';

/** Source maps are for developers, the screenshot is for the README. */
const NOT_STORED = /\.map$|^screenshot\.png$/;

/** The files of a built page that the service worker stores: everything that the page may load, and the samples. */
export function filesToStore(folder: string): StoredFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .map(file => ({ file, path: relative(folder, file).split(sep).join('/') }))
    .filter(({ path }) => path !== SERVICE_WORKER_FILE && !NOT_STORED.test(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ file, path }) => ({
      path: path === 'index.html' ? './' : path,
      integrity: `sha256-${createHash('sha256').update(readFileSync(file)).digest('base64')}`,
    }));
}

/** The script of the service worker. Its version changes with any of the files. */
export function serviceWorkerScript(files: readonly StoredFile[]): Promise<string> {
  const version = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
  return bundleScript('workers/offline/service-worker.ts', {
    define: { FILES: JSON.stringify(files), VERSION: JSON.stringify(version) },
  });
}

/** Writes the service worker of a built page to its folder. */
export async function writeServiceWorker(folder: string): Promise<void> {
  writeFileSync(join(folder, SERVICE_WORKER_FILE), await serviceWorkerScript(filesToStore(folder)));
}
