import { ascii, type DumpWriter } from './dump-writer.ts';
import { type HeapLayout, type Slot, sizeClassOfSlot } from './heap-layout.ts';
import type { RubyFormat } from './ruby-format.ts';

/** Where an object was allocated, if allocations were traced. */
export interface Site {
  /** The site as written in every record with it, without a method if there is none. */
  text: Uint8Array;
}

/** The totals of a dump; the engine must find the same. */
export interface DumpTotals {
  objects: number;
  shallowBytes: number;
  /** Entries in the `references` of all objects, including repetitions and self references. */
  references: number;
  shapes: number;
  lines: number;
}

const FLAGS = {
  old: ascii('"flags":{"wb_protected":true, "old":true, "uncollectible":true, "marked":true}}\n'),
  young: ascii('"flags":{"wb_protected":true}}\n'),
  marking: ascii(
    '"flags":{"wb_protected":true, "old":true, "uncollectible":true, "marking":true, "marked":true}}\n',
  ),
};

/** How long an object has lived, as shown by its flags; `marking` is rare, but occurs in dumps of Ruby 3.1. */
export type Age = keyof typeof FLAGS;

/** Writes records with the order of keys, and the separators, of Ruby's objspace_dump.c. */
export class RecordText {
  readonly format: RubyFormat;
  readonly totals: DumpTotals = { objects: 0, shallowBytes: 0, references: 0, shapes: 0, lines: 0 };
  /** The slot size of the current record. */
  slotBytes = 0;
  readonly #layout: HeapLayout;
  readonly #writer: DumpWriter;

  constructor(layout: HeapLayout, writer: DumpWriter) {
    this.format = layout.format;
    this.#layout = layout;
    this.#writer = writer;
  }

  /** Starts the record of an object. `shape` is only written for Rubies with shapes. */
  begin(slot: Slot, type: string, shape: number, klass: Slot | null): this {
    const writer = this.#writer;
    this.slotBytes = this.format.slotBytes[sizeClassOfSlot(slot)]!;
    writer.text('{"address":"');
    writer.address(this.#layout.address(slot));
    writer.text('", "type":"');
    writer.text(type);
    writer.text('", ');
    if (this.format.version !== '3.1') {
      this.number('shape_id', shape);
      this.number('slot_size', this.slotBytes);
    }
    if (klass !== null) this.pointer('class', klass);
    return this;
  }

  pointer(field: string, slot: Slot): this {
    const writer = this.#writer;
    writer.text('"');
    writer.text(field);
    writer.text('":"');
    writer.address(this.#layout.address(slot));
    writer.text('", ');
    return this;
  }

  number(field: string, value: number): this {
    const writer = this.#writer;
    writer.text('"');
    writer.text(field);
    writer.text('":');
    writer.number(value);
    writer.text(', ');
    return this;
  }

  /** `text` must be escaped as in the dump. */
  string(field: string, text: string): this {
    const writer = this.#writer;
    writer.text('"');
    writer.text(field);
    writer.text('":"');
    writer.text(text);
    writer.text('", ');
    return this;
  }

  /** A field that is written only if it is true. */
  yes(field: string): this {
    this.#writer.text('"');
    this.#writer.text(field);
    this.#writer.text('":true, ');
    return this;
  }

  references(slots: ArrayLike<Slot>): this {
    const { length } = slots;
    if (length === 0) return this;
    this.totals.references += length;
    this.#addresses(slots);
    this.#writer.text('], ');
    return this;
  }

  allocation(site: Site, generation: number): this {
    this.#writer.bytes(site.text);
    return this.number('generation', generation);
  }

  /** Ends the record. `outsideBytes` is the memory that the object uses outside its slot. */
  end(outsideBytes: number, age: Age): void {
    const memsize = this.slotBytes + outsideBytes;
    this.number('memsize', memsize);
    this.#writer.bytes(FLAGS[age]);
    this.totals.lines++;
    this.totals.objects++;
    this.totals.shallowBytes += memsize;
  }

  /** A kind of root, and the addresses it lists. */
  root(name: string, slots: ArrayLike<Slot>): void {
    this.#writer.text('{"type":"ROOT", ');
    this.string('root', name).#addresses(slots);
    this.#writer.text(']}\n');
    this.totals.lines++;
  }

  /** A shape: `fields` is the text after its type, up to the closing brace. */
  shape(address: number, fields: string): void {
    this.#writer.text('{"address":"');
    this.#writer.address(address);
    this.#writer.text(`", "type":"SHAPE", ${fields}}\n`);
    this.totals.lines++;
    this.totals.shapes++;
  }

  #addresses(slots: ArrayLike<Slot>): void {
    const writer = this.#writer;
    writer.text('"references":["');
    for (let at = 0; at < slots.length; at++) {
      if (at > 0) writer.text('", "');
      writer.address(this.#layout.address(slots[at]!));
    }
    writer.text('"');
  }
}
