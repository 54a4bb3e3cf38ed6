import { ClassTree } from './class-tree.ts';
import { type Slot, slotOf } from './heap-layout.ts';
import type { RecordText } from './record-text.ts';
import type { RubyFormat } from './ruby-format.ts';
import { AT_BOOT, writeArray, writeString } from './ruby-records.ts';
import { World } from './world.ts';

/** The bulk of a heap's objects: families of the same structure, whose records are functions of their numbers. */
export interface Bulk {
  /** Size class of the slot of each member; the first member is the head, which holds the others. */
  members: readonly number[];
  write(record: RecordText, family: number, member: number, slot: Slot): void;
}

/** Number of heads that one array holds. */
const SHELF_HEADS = 256;

/** A planned heap that is not written yet. */
export class HeapPlan {
  readonly format: RubyFormat;
  readonly world: World;
  readonly classes: ClassTree;
  /** The total number of objects in the heap. */
  readonly objects: number;
  families = 0;
  #bulk: Bulk = { members: [], write: () => undefined };
  /** By member: the number of earlier members in the family with the same size class. */
  #rank: number[] = [];
  /** By size class: the members in it. */
  #membersOf: number[][] = [];

  constructor(format: RubyFormat, objects: number) {
    this.format = format;
    this.objects = objects;
    this.world = new World(format);
    this.classes = new ClassTree(this.world);
  }

  /**
   * Fills the heap up with families. `holders` hold all heads between them, through arrays; without holders, the
   * families must be reachable from objects planned before. A remainder too small for a family becomes strings.
   */
  fill(bulk: Bulk, holders: readonly Slot[][]): void {
    this.#bulk = bulk;
    this.#membersOf = this.format.slotBytes.map((_, sizeClass) =>
      bulk.members.flatMap((of, member) => (of === sizeClass ? [member] : [])),
    );
    this.#rank = bulk.members.map((of, member) => this.#membersOf[of]!.indexOf(member));
    const rest: Slot[] = [];
    const leftOver = this.world.add(5, (record, slot) =>
      writeArray(record, slot, this.classes.array.slot, rest, AT_BOOT),
    );
    this.classes.object.held.push(leftOver);
    const left = this.objects - this.world.objects - holders.length;
    const perFamily = bulk.members.length + (holders.length > 0 ? 1 / SHELF_HEADS : 0);
    this.families = Math.floor((left - 1) / perFamily);
    if (this.families < 1) throw new RangeError(`${this.objects} objects are too few for this heap`);
    if (holders.length > 0) this.#addShelves(holders);
    while (this.world.objects + this.families * bulk.members.length < this.objects) {
      const value = { json: `rest ${rest.length}`, bytes: `rest ${rest.length}`.length };
      rest.push(
        this.world.add(5, (record, slot) =>
          writeString(record, slot, this.classes.string.slot, value, AT_BOOT),
        ),
      );
    }
  }

  /** The slot of a member of a family. Only valid once the heap is filled. */
  member(family: number, member: number): Slot {
    const sizeClass = this.#bulk.members[member]!;
    const before = this.world.records[sizeClass]!.length + family * this.#membersOf[sizeClass]!.length;
    return slotOf(sizeClass, before + this.#rank[member]!);
  }

  /** Number of slots in use, by size class. */
  get counts(): number[] {
    return this.world.records.map(
      (records, sizeClass) => records.length + this.families * this.#membersOf[sizeClass]!.length,
    );
  }

  /** Writes the record of the `index`-th slot of a size class. */
  write(record: RecordText, sizeClass: number, index: number): void {
    const records = this.world.records[sizeClass]!;
    const slot = slotOf(sizeClass, index);
    if (index < records.length) {
      records[index]!(record, slot);
      return;
    }
    const members = this.#membersOf[sizeClass]!;
    const family = Math.floor((index - records.length) / members.length);
    const member = members[(index - records.length) % members.length]!;
    this.#bulk.write(record, family, member, slot);
  }

  #addShelves(holders: readonly Slot[][]): void {
    const { world, classes } = this;
    const registries: Slot[][] = holders.map(() => []);
    for (const [at, holder] of holders.entries()) {
      const shelves = registries[at]!;
      holder.push(
        world.add(5, (record, slot) => writeArray(record, slot, classes.array.slot, shelves, AT_BOOT)),
      );
    }
    for (let first = 0; first < this.families; first += SHELF_HEADS) {
      const length = Math.min(SHELF_HEADS, this.families - first);
      const heads = () => Array.from({ length }, (_, at) => this.member(first + at, 0));
      registries[Math.floor(first / SHELF_HEADS) % holders.length]!.push(
        world.add(5, (record, slot) => writeArray(record, slot, classes.array.slot, heads(), AT_BOOT)),
      );
    }
  }
}
