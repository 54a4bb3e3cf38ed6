import { SnapshotBuilder } from '../../model/snapshot-builder.ts';
import type { ByteSource } from '../byte-source.ts';
import type { Importer, ImportHooks, ImportResult } from '../importer.ts';
import { Byte } from './bytes.ts';
import { resolveLabels } from './class-labels.ts';
import { rubyVersion } from './dump-features.ts';
import { DumpReader, LOOK_AHEAD } from './dump-reader.ts';
import { recordDetails } from './record-details.ts';
import { latin1Of } from './record-tokens.ts';

/** Bytes at the start by which a dump is known, and from which sizes are estimated. */
const SNIFF_BYTES = 1 << 20;
/** How much of the next slice a record that goes over its start is first given. */
const SEAM_BYTES = 4096;

/** Dumps of Ruby's `ObjectSpace.dump_all`, of every version from 2.1 to 4.1-dev. */
export const rubyImporter: Importer = {
  id: 'ruby',
  label: 'Ruby heap dump',

  sniff(head) {
    return /\{"(address":\s*"0x[0-9a-f]+", ?"type":\s*"[A-Z]+"|type":\s*"ROOT", ?"root":)/i.test(
      latin1Of(head, 0, Math.min(head.length, SNIFF_BYTES)),
    );
  },

  async read(source, head, hooks) {
    const text = latin1Of(head, 0, Math.min(head.length, SNIFF_BYTES));
    const builder = newBuilder(source, text);
    const reader = new DumpReader(builder);
    const textBytes = await readAll(source, builder, reader, hooks);
    return finish(builder, reader, textBytes, is32Bit(text));
  },

  details: recordDetails,
};

/** A builder with room for what the file will probably hold, judged by its beginning. */
function newBuilder(source: ByteSource, head: string): SnapshotBuilder {
  const records = Math.max(1, head.split('{"address":').length - 1);
  const bytesPerRecord = Math.max(60, head.length / records);
  // Dumps inflate about 20 times. Room that is not used costs address space only.
  const text = source.compressed ? source.fileBytes * 22 : source.fileBytes;
  const objects = Math.min(2 ** 31, (text / Math.min(bytesPerRecord, 400)) * 1.3);
  return new SnapshotBuilder(is32Bit(head) ? 2 : 3, objects, objects * 2);
}

/** Addresses below 2^32: Ruby on WebAssembly, whose objects are aligned to four bytes. */
function is32Bit(head: string): boolean {
  const addresses = [...head.slice(0, 1 << 16).matchAll(/"address":"0x([0-9a-f]+)"/gi)];
  return addresses.length > 0 && addresses.every(match => match[1]!.length <= 8);
}

/**
 * Feeds the reader slice by slice. A record that goes over the end of a slice is read from a small buffer of its
 * own, the seam, made of the rest of one slice and the beginning of the next; nothing else is copied.
 */
async function readAll(
  source: ByteSource,
  builder: SnapshotBuilder,
  reader: DumpReader,
  hooks: ImportHooks,
): Promise<number> {
  /** Bytes not read yet, from the slices before; their offset in the text is `offset - rest.length`. */
  let rest: Uint8Array[] = [];
  let offset = 0;
  for await (const slice of source.slices()) {
    let from = 0;
    if (offset === 0 && slice[0] === 0xef && slice[1] === 0xbb && slice[2] === 0xbf) from = 3;
    if (rest.length > 0) {
      if (slice.indexOf(Byte.lf) < 0) {
        // A record of many megabytes: gather it whole.
        rest.push(slice.slice());
        offset += slice.length;
        await hooks.onProgress(offset, builder);
        continue;
      }
      const before = concatenated(rest);
      const seam = readSeam(reader, before, slice, offset);
      rest = seam.rest;
      from = seam.from;
    }
    if (rest.length === 0) {
      const stop = lastLineEnd(slice, slice.length - LOOK_AHEAD);
      const at = stop > from ? reader.read(slice, from, stop, stop, offset, false) : from;
      if (at < slice.length) rest = [slice.slice(at)];
    }
    offset += slice.length;
    await hooks.onProgress(offset, builder);
  }
  if (rest.length > 0) {
    const before = padded(concatenated(rest), new Uint8Array([Byte.lf]));
    const end = before.length - LOOK_AHEAD;
    // The newline that was added makes a last record without one well-formed; a cut one stays cut.
    const size = before[end - 2] === Byte.lf ? end - 1 : end;
    reader.read(before, 0, size, size, offset - (end - 1), true);
  }
  return offset;
}

/** Reads the records that start in `before`; what is left of it, or where in `slice` to go on. */
function readSeam(
  reader: DumpReader,
  before: Uint8Array,
  slice: Uint8Array,
  offset: number,
): { rest: Uint8Array[]; from: number } {
  let read = 0;
  let taken = Math.min(slice.length, slice.indexOf(Byte.lf) + 1 + SEAM_BYTES);
  for (;;) {
    const seam = padded(before.subarray(read), slice.subarray(0, taken));
    const left = before.length - read;
    const end = seam.length - LOOK_AHEAD;
    read += reader.read(seam, 0, left, end, offset - left, false);
    if (read >= before.length) return { rest: [], from: read - before.length };
    if (taken === slice.length) return { rest: [before.subarray(read), slice.slice()], from: slice.length };
    taken = Math.min(slice.length, taken * 4);
  }
}

/** Behind the last newline before `limit`; 0 if there is none. */
function lastLineEnd(bytes: Uint8Array, limit: number): number {
  return limit <= 0 ? 0 : bytes.lastIndexOf(Byte.lf, limit - 1) + 1;
}

function concatenated(pieces: Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function padded(first: Uint8Array, second: Uint8Array): Uint8Array {
  return concatenated([first, second, new Uint8Array(LOOK_AHEAD)]);
}

function finish(
  builder: SnapshotBuilder,
  reader: DumpReader,
  textBytes: number,
  wasm: boolean,
): ImportResult {
  const features = reader.features;
  const { descriptors, strings } = builder;
  for (let id = 0; id < descriptors.length; id++) {
    const type = strings.text(descriptors.a[id]!);
    features.types.add(type);
    if (type === 'IMEMO') {
      const kind = strings.text(descriptors.c[id]!);
      if (kind !== '') features.imemoTypes.add(kind);
    }
  }
  for (const root of builder.roots) features.roots.add(root.name);
  features.shapes = builder.shapes.length > 0;
  return {
    builder,
    report: reader.irregularities.report,
    format: 'Ruby heap dump',
    runtimeVersion: rubyVersion(features),
    wasm,
    hasRoots: builder.roots.length > 0,
    internalReferences: !features.hasSlotSize,
    textBytes,
    label: resolver => resolveLabels(builder, resolver),
  };
}
