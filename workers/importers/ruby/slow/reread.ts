import type { JsonRecord, Token } from './json-record.ts';
import { isKnownKey } from './record-starts.ts';

/** Texts that never contain a quote or anything else that would have to be escaped. */
const PLAIN: ReadonlySet<string> = new Set([
  'address',
  'class',
  'superclass',
  'type',
  'imemo_type',
  'encoding',
  'coderange',
  'shape_type',
]);

/** Whether a text under this key cannot contain a quote. */
export function neverHasQuotes(key: string): boolean {
  return PLAIN.has(key);
}

/** Whether the value may be an unescaped path or name, with quotes in it. */
export function mayBeRaw(token: Token): boolean {
  return token.kind === 'text' && isKnownKey(token.key) && !PLAIN.has(token.key);
}

/** Where fields have to be read again: from the text that may have been ended too early. */
export function rereadStart(json: JsonRecord): number {
  const { openKey, tokens } = json;
  if (openKey !== null && isKnownKey(openKey)) return json.openField;
  const last = tokens.at(-1);
  // A number may be cut in two, and a text may have ended with the first quote of another record.
  const mayBeCut = last?.kind === 'scalar' || last?.kind === 'text';
  if (json.isAfterValue && mayBeCut && isKnownKey(last.key)) return last.field;
  // Apparently unknown fields may be the rest of a path.
  for (let at = tokens.length - 1; at >= 0; at--) {
    if (mayBeRaw(tokens[at]!)) return tokens[at]!.field;
    if (isKnownKey(tokens[at]!.key)) break;
  }
  return json.openField;
}

/** From where on another record may start: a text may have ended with the first quote of one. */
export function startsFrom(json: JsonRecord): number {
  const last = json.isAfterValue ? json.tokens.at(-1) : undefined;
  return Math.max(json.start + 1, Math.min(rereadStart(json), last?.field ?? json.position));
}
