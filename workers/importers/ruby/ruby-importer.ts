import type { ByteSource } from '../../files/byte-source.ts';
import { findRecordMark } from '../../files/layers/record-marks.ts';
import { SnapshotBuilder } from '../../model/snapshot-builder.ts';
import { StringTable } from '../../model/string-table.ts';
import type { Importer, ImportResult } from '../importer.ts';
import { resolveLabels } from './class-labels.ts';
import { DumpFeatures, rubyVersion } from './dump-features.ts';
import { DumpReader } from './dump-reader.ts';
import { rubyObjectIds } from './object-ids.ts';
import { recordDetails } from './record-details.ts';
import { latin1Of } from './record-tokens.ts';

/** Bytes at the start by which a dump is known, and from which sizes are estimated. */
const SNIFF_BYTES = 1 << 20;

/** Dumps of Ruby's `ObjectSpace.dump_all`, of every version from 2.1 to 4.1-dev. */
export const rubyImporter: Importer = {
  id: 'ruby',
  label: 'Ruby heap dump',

  sniff: piece => findRecordMark(piece)?.backslashes === 0,

  async read(source, { head, slices }, hooks) {
    const text = latin1Of(head, 0, Math.min(head.length, SNIFF_BYTES));
    const builder = newBuilder(source, text);
    const reader = new DumpReader(builder.addressShift, batch => builder.append(batch));
    let textBytes = 0;
    for await (const slice of slices) {
      reader.push(slice);
      textBytes += slice.length;
      await hooks.onProgress(textBytes, builder);
    }
    reader.finish();
    return finish(builder, reader, textBytes, is32Bit(text));
  },

  labelDescriptors: resolveLabels,
  details: recordDetails,
  objectIds: rubyObjectIds,
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

function finish(
  builder: SnapshotBuilder,
  reader: DumpReader,
  textBytes: number,
  wasm: boolean,
): ImportResult {
  const features = new DumpFeatures(reader.scanner.features, reader.scanner.slotSizes);
  const { descriptors } = builder;
  const strings = new StringTable(builder.stringBytes, builder.stringOffsets);
  for (let id = 0; id < descriptors.type.length; id++) {
    const type = strings.text(descriptors.type.values[id]!);
    features.types.add(type);
    if (type === 'IMEMO') {
      const kind = strings.text(descriptors.kind.values[id]!);
      if (kind !== '') features.imemoTypes.add(kind);
    }
  }
  for (const root of builder.roots) features.roots.add(root.name);
  features.shapes = builder.shapes.ids.length > 0;
  return {
    columns: builder,
    report: reader.irregularities.report,
    format: 'Ruby heap dump',
    runtimeVersion: rubyVersion(features),
    wasm,
    hasRoots: builder.roots.length > 0,
    internalReferences: !features.hasSlotSize,
    textBytes,
  };
}
