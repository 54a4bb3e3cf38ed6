import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const ON_THE_PATH = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  '/snap/bin/chromium',
];
/** Package managers that can install a Chromium when run as root. */
const PACKAGE_MANAGERS: [program: string, ...commands: string[][]][] = [
  ['apt-get', ['update'], ['install', '-y', '--no-install-recommends', 'chromium']],
  ['dnf', ['install', '-y', 'chromium']],
  ['apk', ['add', '--no-cache', 'chromium']],
  ['pacman', ['-Sy', '--noconfirm', 'chromium']],
  ['zypper', ['--non-interactive', 'install', 'chromium']],
];
const INSTALL_TIMEOUT_MS = 180_000;

/** A Chromium on this machine: `CHROME_PATH`, an installed browser, or one that Playwright fetched before. */
export function findChromium(): string | null {
  const given = process.env.CHROME_PATH;
  if (given !== undefined && given !== '') {
    if (existsSync(given)) return given;
    throw new Error(`CHROME_PATH is ${given}, and there is no such file`);
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  const installed = ON_THE_PATH.flatMap(name => folders.map(folder => join(folder, name)));
  return [...installed, ...ELSEWHERE, chromium.executablePath()].find(path => existsSync(path)) ?? null;
}

/**
 * Like {@link findChromium}, but fetches one if there is none: with Playwright or, as root, with the package manager.
 */
export function findOrInstallChromium(): string {
  const found = findChromium();
  if (found !== null) return found;
  const asRoot = process.getuid?.() === 0;
  const onLinux = process.platform === 'linux';
  run('npx', ['playwright', 'install', ...(asRoot && onLinux ? ['--with-deps'] : []), 'chromium']);
  if (asRoot && findChromium() === null) {
    for (const [program, ...commands] of PACKAGE_MANAGERS) {
      if (spawnSync(program, ['--version']).error !== undefined) continue;
      for (const args of commands) run(program, args);
      break;
    }
  }
  const fetched = findChromium();
  if (fetched === null) throw new Error('no Chromium found: install one, or name it in CHROME_PATH');
  return fetched;
}

function run(program: string, args: string[]): void {
  process.stdout.write(`$ ${program} ${args.join(' ')}\n`);
  const { error } = spawnSync(program, args, { stdio: 'inherit', timeout: INSTALL_TIMEOUT_MS });
  if (error !== undefined) process.stdout.write(`${error.message}\n`);
}
