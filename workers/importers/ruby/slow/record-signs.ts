import { Byte } from '../bytes.ts';
import { Type } from '../record-codes.ts';
import { TYPE_NAMES } from '../record-keys.ts';
import { isSpace, type JsonRecord, type Token } from './json-record.ts';
import { isKeyByte } from './record-starts.ts';
import { latin1Of } from './record-text.ts';

const TYPES = new Set(TYPE_NAMES.slice(1));
/** Fields that logs of other programs do not have: one of them is enough to make an object a record. */
const SIGNS = new Set([
  'address',
  'memsize',
  'references',
  'class',
  'superclass',
  'flags',
  'shape_id',
  'slot_size',
]);
/** The beginnings of records. */
const HEADS = ['"address":"0x', '"type":"ROOT'];
const UNSIZED = new Set<string>([Type[Type.ROOT], Type[Type.SHAPE], Type[Type.NONE], Type[Type.ZOMBIE]]);

/** Whether Ruby is known to write records of this type. */
export function isRubyType(type: string): boolean {
  return TYPES.has(type);
}

/** Whether records of this type contain a memsize, in dumps that have it. */
export function typeHasMemsize(type: string): boolean {
  return type !== '' && !UNSIZED.has(type);
}

/** Whether the fields are those of a record that Ruby wrote, even if its address or type is lost. */
export function looksLikeRubyRecord(fields: Iterable<string>, type: string): boolean {
  for (const field of fields) if (SIGNS.has(field)) return true;
  return type === Type[Type.ROOT];
}

/** Whether the fields are those of an object of the heap. */
export function isObject(tokens: readonly Token[]): boolean {
  const isThere = (key: string) => tokens.some(token => token.key === key);
  return isThere('type') && tokens.some(token => token.key === 'address' && token.kind === 'text');
}

/** Whether an object that could not be read to its end may be a record, whose loss has to be counted. */
export function mayBeRecord(bytes: Uint8Array, json: JsonRecord, end: number): boolean {
  const fields = json.tokens.map(({ key }) => key);
  const { openKey } = json;
  if (openKey !== null) fields.push(openKey);
  const type = json.tokens.find(({ key, kind }) => key === 'type' && kind === 'text');
  const typeText = type === undefined ? '' : latin1Of(bytes, type.start, type.end);
  return looksLikeRubyRecord(fields, typeText) || isRubyType(typeText) || isCutHead(bytes, json.start, end);
}

/** Whether the text is the beginning of a record that was cut within its first fields, such as `{"addr`. */
function isCutHead(bytes: Uint8Array, start: number, end: number): boolean {
  const at = start + 1;
  return HEADS.some(head => {
    let common = 0;
    let p = at;
    while (common < head.length && p < end) {
      if (bytes[p] === head.charCodeAt(common)) common++;
      else if (!isSpace(bytes[p]!)) break;
      p++;
    }
    const isOther = p < end && (isKeyByte(bytes[p]!) || bytes[p] === Byte.quote);
    return common === head.length || (common > 0 && !isOther);
  });
}

/** The type of a record as it stands; empty if it has none. */
export function typeOf(bytes: Uint8Array, tokens: readonly Token[]): string {
  const token = tokens.find(({ key, kind }) => key === 'type' && kind === 'text');
  return token === undefined ? '' : latin1Of(bytes, token.start, token.end);
}
