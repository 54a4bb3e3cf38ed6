import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

export interface Ended {
  status: number | null;
  out: string;
  error: string;
}

/** The package as it would be published, packed from the build and installed into an empty folder. */
export class PackedCommand {
  /** The folder that it is installed in. */
  readonly folder = mkdtempSync(join(tmpdir(), 'heapscape-packed-'));
  /** The paths of all files in the package. */
  readonly files: string[];

  constructor() {
    const packed = execFileSync(
      'npm',
      ['pack', '--ignore-scripts', '--json', '--pack-destination', this.folder],
      {
        cwd: ROOT,
        encoding: 'utf8',
      },
    );
    const [{ filename, files }] = parsePacked(packed);
    this.files = files.map(({ path }) => path);
    // The package contains all its dependencies: nothing is downloaded.
    execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', join(this.folder, filename)], {
      cwd: this.folder,
      stdio: 'ignore',
    });
    const programs = join(this.folder, 'programs');
    mkdirSync(programs);
    for (const name of ['xdg-open', 'open']) {
      writeFileSync(join(programs, name), '#!/bin/sh\necho "$1" > opened\n', { mode: 0o755 });
    }
  }

  write(name: string, content: string | Uint8Array): void {
    writeFileSync(join(this.folder, name), content);
  }

  read(name: string): Buffer {
    return readFileSync(join(this.folder, name));
  }

  /** The URL that the browser was told to open, or null. */
  get opened(): string | null {
    const path = join(this.folder, 'opened');
    return existsSync(path) ? readFileSync(path, 'utf8').trim() : null;
  }

  /** Starts the command in its folder. */
  start(...args: string[]): ChildProcess {
    const path = `${join(this.folder, 'programs')}${delimiter}${process.env.PATH}`;
    return spawn(join(this.folder, 'node_modules/.bin/heapscape'), args, {
      cwd: this.folder,
      env: { ...process.env, PATH: path },
    });
  }

  /** Runs the command to its end. */
  run(...args: string[]): Promise<Ended> {
    return ended(this.start(...args));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** Waits for a process to end. */
export function ended(child: ChildProcess): Promise<Ended> {
  let [out, error] = ['', ''];
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    error += text;
  });
  return new Promise(resolve => {
    child.once('close', status => resolve({ status, out, error }));
  });
}

/** The first line that a process prints. */
export function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.stdout!.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
    });
    child.once('close', () => reject(new Error(`it ended after printing: ${text}`)));
  });
}

type Packed = { filename: string; files: { path: string }[] };

/** What `npm pack --json` prints: a list in most versions, an object by package name in newer ones. */
function parsePacked(json: string): [Packed] {
  const [packed] = Object.values(JSON.parse(json) as Record<string, Packed>);
  return [packed!];
}
