#!/usr/bin/env node
/** The command `heapscape`: the `bin` of the package, bundled by the build. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { check } from './command/check.ts';
import { index } from './command/index-file.ts';
import { open } from './command/open.ts';
import { STATUS, UsageError } from './command/outcome.ts';
import { redact } from './command/redact.ts';
import { HELP, usageOf } from './command/usage.ts';
import { report } from './report.ts';

/** The parent of this module's folder, in the package as in the sources. */
const PACKAGE = new URL('../', import.meta.url);
const PAGE = fileURLToPath(new URL('dist', PACKAGE));

const COMMANDS: Record<string, (args: string[]) => Promise<number>> = {
  open: args => open(args, PAGE),
  report,
  check,
  redact,
  index,
};

async function main(args: string[]): Promise<number> {
  const [first = ''] = args;
  if (args.includes('--help') || args.includes('-h') || first === 'help') {
    process.stdout.write(HELP);
    return STATUS.done;
  }
  if (first === '--version' || first === '-v') {
    process.stdout.write(`${version()}\n`);
    return STATUS.done;
  }
  // A file named like a command can be given as ./report.
  const name = Object.hasOwn(COMMANDS, first) ? first : 'open';
  try {
    if (name !== first && /^[a-z]+$/.test(first) && !existsSync(first)) {
      throw new UsageError(`There is no command ${first}, and no file of that name. See heapscape --help.`);
    }
    return await COMMANDS[name]!(name === first ? args.slice(1) : args);
  } catch (error) {
    if (!isMisuse(error)) throw error;
    process.stderr.write(`${error.message}\nusage: ${usageOf(name)}\n`);
    return STATUS.refused;
  }
}

/** Whether an error means that the arguments are wrong, according to a command or to `parseArgs`. */
function isMisuse(error: unknown): error is Error {
  if (error instanceof UsageError) return true;
  const { code } = error as { code?: unknown };
  return error instanceof TypeError && typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS');
}

function version(): string {
  const text = readFileSync(new URL('package.json', PACKAGE), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

process.exitCode = await main(process.argv.slice(2));
