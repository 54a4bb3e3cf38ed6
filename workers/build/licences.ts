import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** A package whose code is in the bundle. */
interface ShippedPackage {
  name: string;
  version: string;
  licence: string;
  text: string;
}

/** The folder of the package that a module belongs to; null for code of the project or the bundler. */
export function packageFolder(module: string): string | null {
  const at = module.lastIndexOf('/node_modules/');
  if (at < 0) return null;
  const [first = '', second = ''] = module.slice(at + '/node_modules/'.length).split('/');
  return `${module.slice(0, at)}/node_modules/${first.startsWith('@') ? `${first}/${second}` : first}`;
}

function readPackage(folder: string): ShippedPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const file = readdirSync(folder).find(each => /^(licen[cs]e|copying)(\.\w+)?$/i.test(each));
  if (license === undefined && file === undefined) throw new Error(`${name} has no licence`);
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
  return { name, version, licence: license ?? 'see below', text };
}

/** The text of the list: the project's own licence, and that of each package. */
export function licencesText(own: string, packages: readonly ShippedPackage[]): string {
  const line = '-'.repeat(72);
  const sections = packages.map(({ name, version, licence, text }) =>
    `${name} ${version} (${licence})\n\n${text}`.trim(),
  );
  const names = packages.map(({ name, licence }) => `${name} (${licence})`).join('\n');
  const head = `Heapscape\n\n${own.trim()}\n\nThis build contains code of:\n\n${names}`;
  return `${[head, ...sections].join(`\n\n${line}\n\n`)}\n`;
}

/**
 * Writes the licences of all packages in the build, with those of the workers, to `licences.txt`. Fails if a package
 * has none.
 */
export function licencesPlugin(): { page: Plugin; worker: () => Plugin[] } {
  const folders = new Set<string>();
  const note = (modules: Iterable<string>) => {
    for (const module of modules) {
      const folder = packageFolder(module.replace(/^\0+/, '').split('?')[0]!.replaceAll('\\', '/'));
      if (folder !== null && existsSync(join(folder, 'package.json'))) folders.add(folder);
    }
  };
  const collect: Plugin['generateBundle'] = (_options, bundle) => {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === 'chunk') note(Object.keys(chunk.modules));
    }
  };
  const page: Plugin = {
    name: 'licences',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(options, bundle, isWrite) {
        (collect as (...args: unknown[]) => void).call(this, options, bundle, isWrite);
        const packages = [...folders].map(readPackage).sort((a, b) => a.name.localeCompare(b.name));
        const own = readFileSync(fileURLToPath(new URL('../../LICENSE', import.meta.url)), 'utf8');
        this.emitFile({ type: 'asset', fileName: 'licences.txt', source: licencesText(own, packages) });
      },
    },
  };
  return { page, worker: () => [{ name: 'licences-of-workers', generateBundle: collect }] };
}
