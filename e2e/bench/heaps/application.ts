import type { RubyClass } from './class-tree.ts';
import type { Slot } from './heap-layout.ts';
import { type Bulk, HeapPlan } from './heap-plan.ts';
import { below, hash } from './random.ts';
import type { RecordText, Site } from './record-text.ts';
import { type RubyFormat, sizeClassOf } from './ruby-format.ts';
import {
  AT_BOOT,
  type Birth,
  sizeClassForValues,
  writeArray,
  writeData,
  writeFloat,
  writeHash,
  writeImemo,
  writeObject,
  writeString,
  writeStruct,
} from './ruby-records.ts';
import { className, siteOf, Texts } from './vocabulary.ts';

export interface HeapOptions {
  format: RubyFormat;
  objects: number;
  traced: boolean;
  seed: number;
}

const MOST_MODELS = 240;
const FILES = 24;
const GENERATIONS = 60;
const HASH_WORDS = 20;
const LONG_TEXT_WORDS = 10;
const HEAD_VARIABLES = ['@name', '@fields', '@items', '@status', '@previous', '@callback'];
const ITEM_VARIABLES = ['@name', '@owner', '@price'];

const HEAD = 0;
const NAME = 1;
const FIELDS = 2;
const [FIELD_A, FIELD_B, FIELD_C] = [3, 4, 5];
const ITEMS = 6;
const [ITEM_A, ITEM_B] = [7, 8];
const LINE = 9;
const [NAME_A, NAME_B] = [10, 11];
const PRICE = 12;
const NOTE = 13;
const CALLBACK = 14;
const ENVIRONMENT = 15;
/** Not a member index: seeds the random number that is drawn once per family. */
const MODEL = 16;

/**
 * The heap of a web application with a cache: records of a few hundred classes, each with its fields, items, texts and
 * a callback, 16 objects and about 25 references per record, nearly all of them to neighbours. Records refer to the
 * previous record, and a tenth of them to a distant one; keys and statuses are shared by all.
 */
export function applicationHeap({ format, objects, traced, seed }: HeapOptions): HeapPlan {
  const plan = new HeapPlan(format, objects);
  const application = new Application(plan, traced, seed);
  plan.fill(
    application,
    application.models.map(model => model.held),
  );
  return plan;
}

class Application implements Bulk {
  readonly members: number[];
  readonly models: RubyClass[];
  readonly #plan: HeapPlan;
  readonly #traced: boolean;
  readonly #seed: number;
  readonly #line: RubyClass;
  readonly #keys: Slot[];
  readonly #statuses: Slot[];
  readonly #code: Slot;
  readonly #sites: Site[][];
  readonly #short: Texts;
  readonly #long: Texts;
  readonly #headShape: number;
  readonly #itemShape: number;

  constructor(plan: HeapPlan, traced: boolean, seed: number) {
    const { format, classes, world } = plan;
    const of = (words: number) => sizeClassOf(format, words);
    const values = (count: number) => sizeClassForValues(format, count);
    this.members = Array.from({ length: 16 }, () => 0);
    this.members[HEAD] = values(HEAD_VARIABLES.length);
    this.members[FIELDS] = of(HASH_WORDS);
    this.members[FIELD_B] = of(LONG_TEXT_WORDS);
    this.members[ITEMS] = values(3);
    this.members[ITEM_A] = this.members[ITEM_B] = values(ITEM_VARIABLES.length);
    this.members[LINE] = values(2);
    this.#plan = plan;
    this.#traced = traced;
    this.#seed = seed;
    const models = Math.max(4, Math.min(MOST_MODELS, Math.floor(plan.objects / 100)));
    const record = classes.define('ApplicationRecord');
    this.models = Array.from({ length: models }, (_, number) => classes.define(className(number), record));
    this.#line = classes.define('Line', classes.struct);
    this.#keys = ['name', 'description', 'currency'].map(text => classes.literal(text));
    this.#statuses = ['new', 'paid', 'shipped', 'refunded'].map(text => classes.literal(text));
    const code = world.add(5, (text, slot) => writeImemo(text, slot, 'iseq', null, [slot], 640, AT_BOOT));
    this.#code = code;
    classes.object.held.push(code, ...this.#keys, ...this.#statuses);
    world.root('machine_context', this.models[0]!.slot, this.#keys[0]!);
    world.root('global_tbl', this.#statuses[0]!, this.#statuses[0]!);
    this.#sites = Array.from({ length: FILES }, (_, file) =>
      this.members.map((_, member) => siteOf(file, member, seed)),
    );
    this.#short = new Texts(seed, 4, 11);
    this.#long = new Texts(seed + 1, 26, 46);
    this.#headShape = world.shapes.ofObject(this.members[HEAD]!, HEAD_VARIABLES);
    this.#itemShape = world.shapes.ofObject(this.members[ITEM_A]!, ITEM_VARIABLES);
  }

  write(record: RecordText, family: number, member: number, slot: Slot): void {
    const plan = this.#plan;
    const { classes } = plan;
    const random = hash(this.#seed, family, member);
    const birth = this.#birth(family, member, random);
    switch (member) {
      case HEAD:
        this.#writeHead(record, family, slot, random, birth);
        break;
      case FIELDS: {
        const [a, b, c] = this.#keys as [Slot, Slot, Slot];
        const references = [
          a,
          plan.member(family, FIELD_A),
          b,
          plan.member(family, FIELD_B),
          c,
          plan.member(family, FIELD_C),
        ];
        writeHash(record, slot, classes.hash.slot, 3, references, birth);
        break;
      }
      case ITEMS:
        writeArray(
          record,
          slot,
          classes.array.slot,
          [plan.member(family, ITEM_A), plan.member(family, ITEM_B), plan.member(family, LINE)],
          birth,
        );
        break;
      case ITEM_A:
      case ITEM_B: {
        const references = [
          plan.member(family, member === ITEM_A ? NAME_A : NAME_B),
          plan.member(family, HEAD),
        ];
        const model = this.models[(this.#model(family) + 1) % this.models.length]!;
        writeObject(record, slot, model.slot, this.#itemShape, ITEM_VARIABLES.length, references, birth);
        break;
      }
      case LINE:
        writeStruct(
          record,
          slot,
          this.#line.slot,
          2,
          [plan.member(family, PRICE), plan.member(family, NOTE)],
          birth,
        );
        break;
      case PRICE: {
        const price = `${below(random, 90) + 10}.${below(hash(random, 2), 9000) + 1000}`;
        writeFloat(record, slot, classes.float.slot, price, birth);
        break;
      }
      case CALLBACK:
        writeData(
          record,
          slot,
          classes.proc.slot,
          'proc',
          [plan.member(family, ENVIRONMENT), this.#code],
          40,
          birth,
        );
        break;
      case ENVIRONMENT:
        writeImemo(record, slot, 'env', this.#code, [plan.member(family, HEAD), slot], 40, birth);
        break;
      case FIELD_B:
        writeString(record, slot, classes.string.slot, this.#long.pick(random, 4096), birth);
        break;
      default: {
        // Every third field has one of few values.
        const text = this.#short.pick(random, member === FIELD_C ? 1 : 1024);
        writeString(record, slot, classes.string.slot, text, birth);
      }
    }
  }

  #writeHead(record: RecordText, family: number, slot: Slot, random: number, birth: Birth): void {
    const plan = this.#plan;
    const before = random % 10 === 0 ? below(hash(random, 1), this.#plan.families) : Math.max(0, family - 1);
    const references = [
      plan.member(family, NAME),
      plan.member(family, FIELDS),
      plan.member(family, ITEMS),
      this.#statuses[random % this.#statuses.length]!,
      plan.member(before, HEAD),
      plan.member(family, CALLBACK),
    ];
    const model = this.models[this.#model(family)]!;
    writeObject(record, slot, model.slot, this.#headShape, HEAD_VARIABLES.length, references, birth);
  }

  /** A few classes have most of the records: the cube of a uniform number skews the distribution. */
  #model(family: number): number {
    const uniform = hash(this.#seed, family, MODEL) / 0x1_0000_0000;
    return Math.floor(this.models.length * uniform * uniform * uniform);
  }

  #birth(family: number, member: number, random: number): Birth {
    const when = Math.floor((family / this.#plan.families) * GENERATIONS);
    const generation = 12 + when + (random % 3);
    const recent = when >= GENERATIONS - 4;
    const age = recent ? 'young' : random % 2000 === 0 ? 'marking' : 'old';
    // Some records are from before tracing began.
    const site = !this.#traced || when < 2 ? null : this.#sites[this.#model(family) % FILES]![member]!;
    return { site, generation, age };
  }
}
