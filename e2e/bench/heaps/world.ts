import { type Slot, slotOf } from './heap-layout.ts';
import type { RecordText } from './record-text.ts';
import { type RubyFormat, sizeClassOf } from './ruby-format.ts';
import { ShapeTable } from './shape-table.ts';

/** Writes one object's record. Called once all slots are known. */
export type WriteRecord = (record: RecordText, slot: Slot) => void;

/** Objects of a heap that are created individually: classes, methods, roots, and holders of the rest. */
export class World {
  readonly format: RubyFormat;
  readonly shapes: ShapeTable;
  readonly roots = new Map<string, Slot[]>();
  /** By size class, in the order of slots. */
  readonly records: WriteRecord[][];

  constructor(format: RubyFormat) {
    this.format = format;
    this.shapes = new ShapeTable(format);
    this.records = format.slotBytes.map(() => []);
  }

  get objects(): number {
    return this.records.reduce((sum, records) => sum + records.length, 0);
  }

  /** Takes the next slot for this many words. */
  add(words: number, write: WriteRecord): Slot {
    return this.addOfClass(sizeClassOf(this.format, words), write);
  }

  addOfClass(sizeClass: number, write: WriteRecord): Slot {
    const index = this.records[sizeClass]!.push(write) - 1;
    return slotOf(sizeClass, index);
  }

  root(name: string, ...slots: Slot[]): void {
    this.roots.set(name, [...(this.roots.get(name) ?? []), ...slots]);
  }

  writeRoots(record: RecordText): void {
    for (const [name, slots] of this.roots) record.root(name, slots);
  }
}
