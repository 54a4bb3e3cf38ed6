import type { Slot } from './heap-layout.ts';
import type { RecordText } from './record-text.ts';
import { AT_BOOT, writeImemo, writeString } from './ruby-records.ts';
import type { World } from './world.ts';

/** A class of the dump with its singleton class. The slots that it holds are added while the heap is planned. */
export interface RubyClass {
  name: string;
  slot: Slot;
  singleton: Slot;
  superclass: RubyClass | null;
  /** Methods, constants and class variables. */
  held: Slot[];
}

const CLASS_WORDS = 20;
const ENTRY_WORDS = 5;
/**
 * Methods of each class; each is an entry, its instructions, and caches of the methods it called and the constants it
 * used.
 */
const METHODS = 3;

/** The classes of a Ruby program: core classes, and those that a heap defines. Every class has a singleton class. */
export class ClassTree {
  readonly #world: World;
  readonly #classes = new Map<string, RubyClass>();
  readonly basicObject: RubyClass;
  readonly object: RubyClass;
  readonly class: RubyClass;
  readonly module: RubyClass;
  readonly string: RubyClass;
  readonly array: RubyClass;
  readonly hash: RubyClass;
  readonly float: RubyClass;
  readonly struct: RubyClass;
  readonly proc: RubyClass;

  constructor(world: World) {
    this.#world = world;
    this.basicObject = this.#define('BasicObject', null);
    this.object = this.#define('Object', this.basicObject);
    this.module = this.#define('Module', this.object);
    this.class = this.#define('Class', this.module);
    this.#mixIn('Kernel', this.object);
    for (const each of this.#classes.values()) this.#furnish(each);
    const core = ['Comparable', 'Enumerable'].map(name => this.#addModule(name));
    this.object.held.push(...core);
    this.string = this.define('String');
    this.array = this.define('Array');
    this.hash = this.define('Hash');
    this.float = this.define('Float');
    this.struct = this.define('Struct');
    this.proc = this.define('Proc');
    world.root('vm', ...[...this.#classes.values()].map(each => each.slot));
    world.root('vm', this.object.slot, this.string.slot); // Roots may be listed twice.
  }

  /** A class under a constant of Object, with some methods. */
  define(name: string, superclass: RubyClass = this.object): RubyClass {
    const defined = this.#define(name, superclass);
    this.object.held.push(defined.slot);
    this.#furnish(defined);
    return defined;
  }

  /** A string literal: frozen, shared by all occurrences. */
  literal(text: string): Slot {
    const value = { json: text, bytes: text.length };
    return this.#world.add(5, (record, slot) =>
      writeString(record, slot, this.string.slot, value, AT_BOOT, true),
    );
  }

  #define(name: string, superclass: RubyClass | null): RubyClass {
    const defined: RubyClass = { name, superclass, slot: -1, singleton: -1, held: [] };
    defined.slot = this.#world.add(CLASS_WORDS, record => this.#write(record, defined));
    defined.singleton = this.#world.add(CLASS_WORDS, record => this.#writeSingleton(record, defined));
    this.#classes.set(name, defined);
    return defined;
  }

  #write(record: RecordText, { name, slot, singleton, superclass, held }: RubyClass): void {
    record.begin(slot, 'CLASS', 0, singleton);
    this.#writeVariations(record);
    if (superclass !== null) record.pointer('superclass', superclass.slot);
    record.string('name', name);
    record.references(superclass === null ? held : [superclass.slot, ...held]);
    record.end(528, 'old');
  }

  #writeSingleton(record: RecordText, { slot, singleton, superclass }: RubyClass): void {
    const above = superclass?.singleton ?? this.class.slot;
    record.begin(singleton, 'CLASS', 0, this.class.singleton);
    this.#writeVariations(record);
    record.pointer('superclass', above).string('real_class_name', 'Class').yes('singleton');
    record.references([above, slot]).end(440, 'old');
  }

  #writeVariations(record: RecordText): void {
    if (record.format.version !== '3.1') record.number('variation_count', 0);
  }

  #addModule(name: string): Slot {
    return this.#world.add(CLASS_WORDS, (record, slot) =>
      record.begin(slot, 'MODULE', 0, this.module.slot).string('name', name).end(592, 'old'),
    );
  }

  /** A module included in a class: the class refers to an ICLASS, whose class is the module. */
  #mixIn(name: string, into: RubyClass): void {
    const mixedIn = this.#addModule(name);
    const proxy = this.#world.add(CLASS_WORDS, (record, slot) =>
      record
        .begin(slot, 'ICLASS', 0, mixedIn)
        .pointer('superclass', this.basicObject.slot)
        .references([this.basicObject.slot])
        .end(0, 'old'),
    );
    into.held.push(proxy, mixedIn);
  }

  /** Adds methods, and the objects that belong to them. */
  #furnish(owner: RubyClass): void {
    const world = this.#world;
    for (let number = 0; number < METHODS; number++) {
      const name = this.literal(`${owner.name.toLowerCase()}_${number}`);
      const caches: Slot[] = [];
      const code = world.add(ENTRY_WORDS, (record, slot) =>
        writeImemo(record, slot, 'iseq', null, [slot, name, name, ...caches], 712, AT_BOOT),
      );
      const entry = world.add(ENTRY_WORDS, (record, slot) =>
        writeImemo(record, slot, 'ment', owner.slot, [code], 8, AT_BOOT),
      );
      // The constant itself also refers to the object in a constant cache.
      caches.push(
        world.add(ENTRY_WORDS, (record, slot) =>
          writeImemo(record, slot, 'constcache', owner.slot, [], 0, AT_BOOT),
        ),
        world.add(ENTRY_WORDS, (record, slot) => this.#writeCallCache(record, slot, owner, entry)),
      );
      owner.held.push(entry);
    }
  }

  /** A call cache refers to its class weakly, so the class is written as a field. */
  #writeCallCache(record: RecordText, slot: Slot, receiver: RubyClass, entry: Slot): void {
    const old = record.format.version === '3.1';
    record.begin(slot, 'IMEMO', 0, old ? receiver.slot : null);
    record.string('imemo_type', 'callcache');
    if (!old) record.string('called_id', 'call').pointer('receiver_class', receiver.slot);
    record.references([entry]).end(0, 'old');
  }
}
