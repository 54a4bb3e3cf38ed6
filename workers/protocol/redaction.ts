import type { Count } from './units.ts';

/** What happens to the texts of a dump in a redacted copy. Values of strings and symbols are always replaced. */
export interface RedactionRules {
  /**
   * The key of the hash, 32 hexadecimal digits. Anyone who knows it can test guesses; dumps redacted with the same key
   * can be compared.
   */
  key: string;
  /** Replaces file names, folder by folder; otherwise they are kept. */
  hashPaths: boolean;
  /**
   * Replaces the names of classes, methods and variables, except those of Ruby's own classes; otherwise they are kept.
   */
  hashNames: boolean;
}

/** The result of a redaction. */
export interface RedactionReport {
  records: Count;
  /** Texts of strings and symbols that were replaced. */
  values: Count;
  /** Pieces of text that are not records: other output of the program. Each is replaced by a placeholder. */
  leftOut: Count;
}

/** A new random key. */
export function randomHashKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

/** The name of a redacted copy: `web-1.redacted.json`, with `.gz` if it is compressed. */
export function redactedName(name: string, isCompressed: boolean): string {
  const base = name.replace(/\.gz$/i, '').replace(/\.(json|jsonl|ndjson|dump|txt|log)$/i, '');
  return `${base}.redacted.json${isCompressed ? '.gz' : ''}`;
}
