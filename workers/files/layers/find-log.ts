import { CRI_PREFIX } from './cri-log.ts';
import type { Layer } from './layer.ts';
import { findLinePrefix } from './line-prefix.ts';

/** Members in which programs that log in JSON put the text: docker, bunyan and others, Kubernetes operators. */
const TEXT_KEYS = ['log', 'message', 'msg', '@message', 'textPayload'];
/** Number of lines that are examined. */
const LINES = 20;

/**
 * The kind of log that contains a text, whatever the text is; null if its lines are not those of a log. Dumps are
 * found in another way: by their records, anywhere in a log.
 */
export function findLog(text: string): Layer | null {
  const lines = text
    .split('\n', LINES + 1)
    .slice(0, LINES)
    .filter(line => line.trim() !== '');
  if (lines.length === 0) return null;
  // The trailing blank of an empty line may have been removed.
  if (lines.every(line => CRI_PREFIX.test(`${line} `))) return { kind: 'cri-log' };
  const members = lines
    .slice(0, -1)
    .concat(lines.length === 1 ? lines : [])
    .map(textMembers);
  const key = TEXT_KEYS.find(name => members.every(each => each.includes(name)));
  if (key !== undefined) return { kind: 'json-log', key, depth: 1 };
  const prefix = findLinePrefix(text);
  return prefix === null ? null : { kind: 'line-prefix', prefix };
}

/** Whether the lines are those of a program that collects logs, rather than of someone who quoted a text. */
export function isOfProgram(log: Layer): boolean {
  return log.kind !== 'line-prefix' || !/^(quote|comment|indentation|timestamps)$/.test(log.prefix);
}

/** The members of a JSON line whose values are texts. */
function textMembers(line: string): string[] {
  if (!line.startsWith('{')) return [];
  try {
    const value: unknown = JSON.parse(line);
    return Object.entries(value as object).flatMap(([key, text]) => (typeof text === 'string' ? [key] : []));
  } catch {
    return []; // Not JSON, so not a log of this kind.
  }
}
