import type { ByteSource } from '../../files/byte-source.ts';
import { findRecordMark } from '../../files/layers/record-marks.ts';
import type { HeapColumns } from '../../model/heap-columns.ts';
import { SnapshotBuilder } from '../../model/snapshot-builder.ts';
import { StringTable } from '../../model/string-table.ts';
import type { Importer, ImportResult } from '../importer.ts';
import { resolveLabels } from './class-labels.ts';
import { DumpFeatures, rubyVersion } from './dump-features.ts';
import { DumpReader, type ReadingSteps } from './dump-reader.ts';
import { findAgain } from './find-again.ts';
import { rubyObjectIds } from './object-ids.ts';
import { rawValues } from './raw-values.ts';
import { recordDetails } from './record-details.ts';
import { Redactor } from './redaction/redactor.ts';
import { rehearsalDump } from './rehearsal.ts';
import { latin1Of, textOf } from './slow/record-text.ts';
import { RUBY_VOCABULARY } from './vocabulary.ts';

/** Length of the text from which sizes and alignment are estimated. */
const SNIFF_BYTES = 1 << 20;

/** Dumps of Ruby's `ObjectSpace.dump_all`, of every version from 2.1 to 4.1-dev. */
export const rubyImporter: Importer = {
  id: 'ruby',
  vocabulary: RUBY_VOCABULARY,

  sniff: piece => findRecordMark(piece)?.backslashes === 0,

  async read(source, { head, slices }, hooks) {
    const text = latin1Of(head, 0, Math.min(head.length, SNIFF_BYTES));
    const builder = newBuilder(source, text);
    const reader = new DumpReader(builder.columns.addressShift, batch => builder.append(batch), {
      availableBytes: hooks.availableBytes,
    });
    let textBytes = 0;
    const run = async (steps: ReadingSteps) => {
      for (const _ of steps) {
        const reported = hooks.onProgress(textBytes, builder.columns);
        // Steps are short and rarely report: awaiting each would cost more than the steps.
        if (reported !== undefined) await reported;
      }
    };
    for await (const slice of slices) {
      await run(reader.push(slice));
      textBytes += slice.length;
      await hooks.onProgress(textBytes, builder.columns);
    }
    await run(reader.finish());
    return finish(builder.columns, reader, textBytes);
  },

  labelDescriptors: resolveLabels,
  details: (block, { address }) => recordDetails(block, address),
  findAgain,
  texts: {
    values: rawValues,
    unescaped: value => textOf(value, { start: 0, end: value.length }, true),
  },
  objectIds: rubyObjectIds,
  rehearsal: rehearsalDump,
  redactor: (rules, emit) => new Redactor(rules, emit),
};

/** A builder with room for what the file probably contains, estimated from its beginning. */
function newBuilder(source: ByteSource, head: string): SnapshotBuilder {
  const records = Math.max(1, head.split('{"address":').length - 1);
  const bytesPerRecord = Math.max(60, head.length / records);
  // Dumps inflate about 20 times. Unused room only costs address space.
  const text = source.compressed ? source.fileBytes * 22 : source.fileBytes;
  const objects = Math.min(2 ** 31, (text / Math.min(bytesPerRecord, 400)) * 1.3);
  return new SnapshotBuilder(hasFourByteAlignment(head) ? 2 : 3, objects, objects * 2);
}

/**
 * Whether objects are aligned to four bytes, as those of 32-bit machines are. All addresses are read correctly either
 * way: this saves memory.
 */
function hasFourByteAlignment(head: string): boolean {
  const addresses = [...head.matchAll(/"0x0*([0-9a-f]+)"/gi)].map(match => match[1]!);
  return addresses.every(digits => digits.length <= 8) && addresses.some(digits => /[4c]$/i.test(digits));
}

/** Slot sizes that only 32-bit builds have. The only ones known with `slot_size` are WebAssembly. */
const WASM_SLOTS = [20, 24];

function finish(columns: HeapColumns, reader: DumpReader, textBytes: number): ImportResult {
  const { report } = reader.irregularities;
  columns.duplicateAddresses = report.duplicateAddresses;
  const features = new DumpFeatures(reader.scanner.features, reader.scanner.slotSizes);
  const { descriptorType, descriptorKind } = columns;
  const strings = new StringTable(columns);
  for (let id = 0; id < descriptorType.length; id++) {
    const type = strings.text(descriptorType.values[id]!);
    features.types.add(type);
    if (type === 'IMEMO') {
      const kind = strings.text(descriptorKind.values[id]!);
      if (kind !== '') features.imemoTypes.add(kind);
    }
  }
  for (const root of columns.roots) features.roots.add(root.name);
  features.shapes = columns.shapeIds.length > 0;
  return {
    columns,
    report,
    runtimeVersion: rubyVersion(features),
    platform: WASM_SLOTS.some(bytes => features.slotSizes[bytes] === 1) ? 'WebAssembly' : null,
    hasRoots: columns.roots.length > 0,
    internalReferences: !features.hasSlotSize,
    textBytes,
  };
}
