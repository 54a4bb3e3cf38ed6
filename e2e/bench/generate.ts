import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DumpWriter } from './heaps/dump-writer.ts';
import { HeapLayout } from './heaps/heap-layout.ts';
import { type DumpTotals, RecordText } from './heaps/record-text.ts';
import type { Variant } from './heaps/variants.ts';

/** Raised whenever the generator writes other bytes than before, so that files of an older one are not taken. */
const GENERATOR_VERSION = 1;

export const DATA_FOLDER = fileURLToPath(new URL('./data/', import.meta.url));

/** A dump that was written, and what it adds up to. */
export interface Generated extends DumpTotals {
  path: string;
  fileBytes: number;
}

/** Writes a dump. O(objects); memory does not grow with them except for the 8 bytes a page, and `poor`'s order. */
export function writeDump(variant: Variant, path: string): Generated {
  const plan = variant.plan(variant);
  const layout = new HeapLayout(variant.format, plan.counts, variant.seed);
  const writer = new DumpWriter(path);
  const record = new RecordText(layout, writer);
  plan.world.writeRoots(record);
  plan.world.shapes.write(record);
  layout.forEachSlot((sizeClass, index) => plan.write(record, sizeClass, index));
  writer.close();
  return { path, fileBytes: writer.writtenBytes, ...record.totals };
}

/** The dump of a variant, written unless an earlier run has done so. */
export function generated(variant: Variant): Generated {
  mkdirSync(DATA_FOLDER, { recursive: true });
  const path = join(DATA_FOLDER, `${variant.name}.json`);
  const noteFile = join(DATA_FOLDER, `${variant.name}.totals.json`);
  if (existsSync(path) && existsSync(noteFile)) {
    const note = JSON.parse(readFileSync(noteFile, 'utf8')) as { version: number; totals: Generated };
    const unchanged = note.version === GENERATOR_VERSION && statSync(path).size === note.totals.fileBytes;
    if (unchanged) return { ...note.totals, path };
  }
  const totals = writeDump(variant, `${path}.part`);
  renameSync(`${path}.part`, path);
  writeFileSync(noteFile, JSON.stringify({ version: GENERATOR_VERSION, totals }));
  return { ...totals, path };
}
