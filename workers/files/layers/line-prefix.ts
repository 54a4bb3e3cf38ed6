import { CR, LF, LineDecoder } from './line-decoder.ts';
import type { TextOutput } from './text-output.ts';

/** Prefixes that programs which collect the output of others put before each line. */
const PREFIXES = {
  /** `web-1  | text` */
  compose: /^[\w.-]{1,80} *\| ?/,
  /** `[pod/web-6d4/app] text`, of `kubectl logs --prefix` */
  kubectl: /^\[pod\/[\w./-]{1,200}\] /,
  /** `2024-01-01T12:00:00.000000+00:00 app[web.1]: text`, `2024-01-01T12:00:00Z app[web.1]: text` */
  heroku: /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) [\w-]{1,40}\[[\w.-]{1,40}\]: /,
  /** `Nov 27 22:10:49 host puma[123]: text`, of syslog and journalctl */
  syslog: /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [\w.-]{1,80} [\w./@-]{1,80}(?:\[\d+\])?: ?/,
  /** `> text`, of a mail or of Markdown; `# text`, of a comment */
  quote: /^> ?/,
  comment: /^# ?/,
  indentation: /^(?: {4}|\t)/,
  /** `2024-01-01T12:00:00.123456789Z text`, of `docker logs --timestamps` */
  timestamps: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d) /,
} as const;

export type LinePrefix = keyof typeof PREFIXES;

/** Names of the prefixes as they are shown. */
export const PREFIX_LABELS: Readonly<Record<LinePrefix, string>> = {
  compose: 'docker compose log',
  kubectl: 'kubectl logs with prefixes',
  heroku: 'Heroku log',
  syslog: 'syslog',
  quote: 'quoted lines',
  comment: 'lines of comments',
  indentation: 'indented lines',
  timestamps: 'log lines with times',
};

/** Number of lines examined, and the fraction of them that must have the prefix: other programs write to logs, too. */
const LINES = 50;
const SHARE = 0.8;
/** Longer than any prefix. */
const PREFIX_BYTES = 256;

/** The prefix of nearly all of the first lines of a text; null if there is none. */
export function findLinePrefix(text: string): LinePrefix | null {
  const lines = text
    .split('\n', LINES + 1)
    .slice(0, LINES)
    .filter(line => line.trim() !== '');
  const names = Object.keys(PREFIXES) as LinePrefix[];
  const has = (name: LinePrefix) =>
    lines.filter(line => PREFIXES[name].test(`${line.slice(0, PREFIX_BYTES)} `));
  return names.find(name => lines.length > 1 && has(name).length >= lines.length * SHARE) ?? null;
}

/** Removes the prefix of each line. Lines without it stay as they are. */
export class LinePrefixDecoder extends LineDecoder {
  readonly #prefix: RegExp;

  constructor(prefix: LinePrefix) {
    super();
    this.#prefix = PREFIXES[prefix];
  }

  protected line(bytes: Uint8Array, start: number, end: number, output: TextOutput): void {
    const head = String.fromCharCode(...bytes.subarray(start, Math.min(end, start + PREFIX_BYTES)));
    const length = this.#prefix.exec(head)?.[0].length ?? 0;
    output.append(bytes, start + length, bytes[end - 1] === CR ? end - 1 : end);
    output.byte(LF);
  }

  protected state(): number {
    return 0;
  }

  protected end(): void {
    // Nothing is held back.
  }
}
