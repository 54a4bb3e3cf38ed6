import { CR, LF, LineDecoder } from './line-decoder.ts';
import type { TextOutput } from './text-output.ts';

/** What programs that gather the output of others put before each line. */
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

/** Whose lines are prefixed so, for people. */
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

/** Lines that are looked at, and the part of them that must have a prefix: other programs write into logs, too. */
const LINES = 50;
const SHARE = 0.8;
/** More than a prefix has. */
const PREFIX_BYTES = 256;

/** The prefix that nearly all of the first lines of a text have; null if there is none. */
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

/** Lines without what was put before each of them. Lines that have no such prefix stay as they are. */
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
    // Nothing is kept back.
  }
}
