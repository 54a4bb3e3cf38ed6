import { ObjectFlag } from '../../../model/object-flags';
import { Feature, Field, Key, MAX_GENERATION, MAX_SHAPE, Type } from '../record-codes';
import { pushReference } from './columns';
import { readFlags } from './flags';
import * as literals from './literals';
import { addFlags, clearFields, field, noteFeature, noteSlotSize, setField, setMemsize } from './state';
import { QUOTE } from './text';
import {
  hash,
  IRREGULAR,
  key,
  number,
  readAddress,
  readInteger,
  readString,
  readText,
  readTextLike,
  readTrue,
  readUnknownKey,
  skipValue,
} from './values';
import { WordFinder } from './words';

const COMMA: u32 = 0x2c;
const COLON: u32 = 0x3a;
const SPACE: u32 = 0x20;
const OPEN_BRACKET: u32 = 0x5b;
const CLOSE_BRACKET: u32 = 0x5d;
const CLOSE_BRACE: u32 = 0x7d;
const LF: u32 = 0x0a;
const CR: u32 = 0x0d;
const LOWER_A: u32 = 0x61;
/** `T_` */
const T_: u32 = 0x5f54;

const NO_SHAPE: u64 = 0xffffffff;
const MAX_LENGTH: u64 = 0xfffffffe;
const MAX_WORD: u64 = 0xffffffff;
/**
 * From here on JavaScript cannot count exactly, and no size is this large. The slow reader reports impossible values.
 */
const MAX_NUMBER: u64 = 1 << 53;

let keys: WordFinder = changetype<WordFinder>(0);
let types: WordFinder = changetype<WordFinder>(0);
/** Objects that were allocated together are often adjacent. */
let lastFile: u32 = 0;
let lastMethod: u32 = 0;
let lastEncoding: u32 = 0;
/** String id of the encoding that nearly all strings have. */
let utf8: u32 = 0;

export function setRecordWords(keyWords: WordFinder, typeWords: WordFinder, utf8Id: u32): void {
  keys = keyWords;
  types = typeWords;
  utf8 = utf8Id;
}

/** Reads the record that starts at `start` into `fields`. Returns the position after its newline, or IRREGULAR. */
export function readRecord(start: usize): usize {
  clearFields();
  let p = readHead(start);
  if (p === IRREGULAR) return IRREGULAR;
  while (true) {
    const separator = load<u8>(p);
    if (separator === COMMA) p += load<u8>(p, 1) === SPACE ? 2 : 1;
    else if (separator === CLOSE_BRACE) break;
    else if (p !== start + 1) return IRREGULAR;
    if (load<u8>(p) !== QUOTE) return IRREGULAR;
    p = readField(p + 1);
    if (p === IRREGULAR) return IRREGULAR;
  }
  p++;
  if (load<u8>(p) === CR) p++;
  return load<u8>(p) === LF ? p + 1 : IRREGULAR;
}

/**
 * Reads the beginning that nearly every record has: address, type, shape, class. Otherwise returns the position after
 * the last field that was as expected, or after the opening brace.
 */
@inline
function readHead(start: usize): usize {
  if (load<u64>(start) !== literals.HEAD || load<u32>(start, 7) !== literals.HEAD_END) {
    return load<u8>(start) === 0x7b ? start + 1 : IRREGULAR;
  }
  let p = readAddress(start + 11);
  if (p === IRREGULAR) return IRREGULAR;
  setField(Field.addressKey, key);
  setField(Field.hasAddress, 1);
  if (load<u64>(p) !== literals.TYPE || <u32>load<u16>(p, 8) !== literals.TYPE_END) return p;
  const type = types.find(p + 10);
  if (type === Type.other) return p;
  setField(Field.type, type);
  p += 10 + types.length(type);
  if (load<u64>(p) === literals.SHAPE && load<u64>(p, 5) === literals.SHAPE_END) {
    p = readShapeId(p + 13);
    if (p === IRREGULAR) return IRREGULAR;
  }
  if (load<u64>(p) === literals.SLOT && load<u64>(p, 6) === literals.SLOT_END) {
    p = readSlotSize(p + 14);
    if (p === IRREGULAR) return IRREGULAR;
  }
  if (load<u64>(p) === literals.CLASS && <u32>load<u16>(p, 8) === literals.CLASS_END) {
    p = readAddress(p + 10);
    if (p === IRREGULAR) return IRREGULAR;
    setField(Field.classKey, key);
  }
  return p;
}

/** Reads one field, from after the opening quote of its key. */
function readField(p: usize): usize {
  const which = keys.find(p);
  p += keys.length(which);
  switch (which) {
    case Key.address:
      p = readAddress(p);
      setField(Field.addressKey, key);
      setField(Field.hasAddress, 1);
      return p;
    case Key.type:
      return readType(p);
    case Key.shapeId:
      return readShapeId(p);
    case Key.slotSize:
      return readSlotSize(p);
    case Key.classAddress:
      p = readAddress(p);
      setField(Field.classKey, key);
      return p;
    case Key.references:
      return readReferences(p);
    case Key.file:
      return readTail(p);
    case Key.line:
      return readNumber(p, Field.line);
    case Key.method:
      return readName(p, Field.method);
    case Key.generation:
      return readGeneration(p);
    case Key.memsize:
      return readMemsize(p);
    case Key.flags:
      return readFlags(p);
    case Key.frozen:
      return readFlag(p, ObjectFlag.frozen);
    case Key.embedded:
      if (field(Field.type) === Type.OBJECT) noteFeature(Feature.objectEmbedded);
      return readFlag(p, ObjectFlag.embedded);
    case Key.fstring:
      return readFlag(p, ObjectFlag.fstring);
    case Key.shared:
      return readFlag(p, ObjectFlag.shared);
    case Key.broken:
      return readFlag(p, ObjectFlag.broken);
    case Key.singleton:
      return readFlag(p, ObjectFlag.singleton);
    case Key.value:
      if (load<u8>(p) !== QUOTE) return IRREGULAR;
      p = readString(p);
      setField(Field.contentHash, hash);
      addFlags(ObjectFlag.hasValue);
      return p;
    case Key.bytesize:
    case Key.size:
    case Key.length:
      p = readInteger(p);
      if (number >= MAX_NUMBER) return IRREGULAR;
      setField(Field.contentLength, <u32>min(number, MAX_LENGTH));
      return p;
    case Key.name:
      return readName(p, Field.name);
    case Key.superclass:
      p = readAddress(p);
      setField(Field.superclassKey, key);
      noteFeature(Feature.superclass);
      return p;
    case Key.struct:
    case Key.imemoType:
      return readName(p, Field.kind);
    case Key.root:
      return readName(p, Field.root);
    case Key.id:
      return readNumber(p, Field.shapeId);
    case Key.parentId:
      p = readNumber(p, Field.shapeParent);
      if (p !== IRREGULAR && number === NO_SHAPE) noteFeature(Feature.shapeWithoutParent);
      return p;
    case Key.shapeType:
      return readShapeType(p);
    case Key.edgeName:
      return readName(p, Field.edgeName);
    case Key.encoding:
      return readEncoding(p);
    case Key.unknown:
      return readUnknownKey(p);
    case Key.receiverClass:
    case Key.calledId:
      noteFeature(Feature.receiverClass);
      return skipValue(p);
    case Key.tooComplexShape:
      return readFlag(p, ObjectFlag.complexShape);
    case Key.complexShape:
      noteFeature(Feature.complexShape);
      return readFlag(p, ObjectFlag.complexShape);
    case Key.freeImmediately:
      noteFeature(Feature.freeImmediately);
      return skipValue(p);
    case Key.chilled:
      noteFeature(Feature.chilled);
      return skipValue(p);
    default:
      return skipValue(p);
  }
}

function readType(p: usize): usize {
  if (load<u8>(p) !== QUOTE) return IRREGULAR;
  const type = types.find(p + 1);
  setField(Field.type, type);
  if (type !== Type.other) return p + 1 + types.length(type);
  // `string`, `String` and `T_STRING` also name a known type: the slow reader recognizes them.
  if (load<u8>(p, 1) >= LOWER_A || load<u8>(p, 2) >= LOWER_A || load<u16>(p, 1) === T_) return IRREGULAR;
  return readName(p, Field.otherType);
}

@inline
function readName(p: usize, into: Field): usize {
  p = readText(p);
  setField(into, <u32>number);
  return p;
}

@inline
function readNumber(p: usize, into: Field): usize {
  p = readInteger(p);
  if (number > MAX_WORD) return IRREGULAR;
  setField(into, <u32>number);
  return p;
}

@inline
function readSlotSize(p: usize): usize {
  p = readInteger(p);
  if (p === IRREGULAR || number > MAX_WORD) return IRREGULAR;
  setField(Field.slotSize, <u32>number);
  noteSlotSize(number);
  return p;
}

@inline
function readShapeId(p: usize): usize {
  p = readInteger(p);
  if (p === IRREGULAR || number > <u64>MAX_SHAPE) return IRREGULAR;
  setField(Field.objectShape, <u32>number + 1);
  return p;
}

@inline
function readEncoding(p: usize): usize {
  if ((load<u64>(p) & 0xffffffffffffff) === literals.UTF8) {
    setField(Field.encoding, utf8);
    return p + 7;
  }
  p = readTextLike(p, lastEncoding);
  if (p === IRREGULAR) return IRREGULAR;
  lastEncoding = <u32>number;
  setField(Field.encoding, lastEncoding);
  return p;
}

@inline
function readGeneration(p: usize): usize {
  p = readInteger(p);
  if (number > <u64>MAX_GENERATION) return IRREGULAR;
  setField(Field.generation, <u32>number + 1);
  return p;
}

@inline
function readFlag(p: usize, flag: ObjectFlag): usize {
  addFlags(flag);
  return readTrue(p);
}

/** Reads `["0x…", "0x…"]`. */
function readReferences(p: usize): usize {
  if (load<u8>(p) !== OPEN_BRACKET) return IRREGULAR;
  p++;
  if (load<u8>(p) === CLOSE_BRACKET) return p + 1;
  while (true) {
    p = readAddress(p);
    if (p === IRREGULAR) return IRREGULAR;
    pushReference(key);
    const separator = load<u8>(p);
    if (separator === COMMA) p += load<u8>(p, 1) === SPACE ? 2 : 1;
    else if (separator === CLOSE_BRACKET) return p + 1;
    else return IRREGULAR;
  }
}

/**
 * Reads the end of a record in the one order in which Ruby writes it, from the value of `file` on: file, line, method,
 * generation, memsize, flags. That is half of the bytes of a traced record. Stops where the order differs.
 */
function readTail(p: usize): usize {
  p = readTextLike(p, lastFile);
  if (p === IRREGULAR) return IRREGULAR;
  lastFile = <u32>number;
  setField(Field.file, lastFile);
  if (load<u64>(p) === literals.LINE && load<u8>(p, 8) === COLON) {
    p = readNumber(p + 9, Field.line);
    if (p === IRREGULAR) return IRREGULAR;
  }
  if (load<u64>(p) === literals.METHOD && load<u32>(p, 7) === literals.METHOD_END) {
    p = readTextLike(p + 11, lastMethod);
    if (p === IRREGULAR) return IRREGULAR;
    lastMethod = <u32>number;
    setField(Field.method, lastMethod);
  }
  if (load<u64>(p) === literals.GENERATION && load<u64>(p, 7) === literals.GENERATION_END) {
    p = readGeneration(p + 15);
    if (p === IRREGULAR) return IRREGULAR;
  }
  if (load<u64>(p) === literals.MEMSIZE && load<u32>(p, 8) === literals.MEMSIZE_END) return readMemsize(p + 12);
  return p;
}

/** Reads from the value of `memsize` on. */
function readMemsize(p: usize): usize {
  p = readInteger(p);
  if (p === IRREGULAR || number >= MAX_NUMBER) return IRREGULAR;
  setMemsize(number);
  if (load<u64>(p) !== literals.FLAGS || <u32>load<u16>(p, 8) !== literals.FLAGS_END) return p;
  return readFlags(p + 10);
}

function readShapeType(p: usize): usize {
  if ((load<u64>(p) & 0xffffffffffff) === literals.SHAPE_IVAR) setField(Field.shapeIvar, 1);
  else if (load<u64>(p) === literals.SHAPE_INITIAL) noteFeature(Feature.shapeCapacity);
  return skipValue(p);
}
