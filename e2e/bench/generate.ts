import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DumpWriter } from './heaps/dump-writer.ts';
import { HeapLayout } from './heaps/heap-layout.ts';
import { type DumpTotals, RecordText } from './heaps/record-text.ts';
import type { Variant } from './heaps/variants.ts';

/** Must be incremented whenever the generator's output changes, so that files from an older version are not reused. */
const GENERATOR_VERSION = 1;

export const DATA_FOLDER = fileURLToPath(new URL('./data/', import.meta.url));

/** A generated dump and its totals. */
export interface Generated extends DumpTotals {
  path: string;
  fileBytes: number;
}

/** Writes a dump. O(objects). Memory: 8 bytes per page, and for `poor` the order of all objects. */
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

/** The dump of a variant, generated unless an earlier run has done so. */
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
