import { Feature } from './record-codes.ts';

/** Features of the records that reveal the version of Ruby. */
export class DumpFeatures {
  readonly superclass: boolean;
  readonly objectEmbedded: boolean;
  readonly receiverClass: boolean;
  readonly chilled: boolean;
  readonly age: boolean;
  readonly pinned: boolean;
  readonly infant: boolean;
  readonly longLived: boolean;
  readonly freeImmediately: boolean;
  readonly complexShape: boolean;
  /** Records contain `memsize`, as from Ruby 2.2 on. */
  readonly memsize: boolean;
  /** A SHAPE of type CAPACITY_CHANGE or INITIAL_CAPACITY, or FROZEN. */
  readonly shapeCapacity: boolean;
  /** A SHAPE whose parent is 4294967295: the root shape of T_OBJECT in Ruby 3.4. */
  readonly shapeWithoutParent: boolean;
  shapes = false;
  /** slot_size → whether it occurs; sizes over 1 KiB share index 0. */
  readonly slotSizes: Uint8Array;
  imemoTypes: Set<string> = new Set();
  types: Set<string> = new Set();
  roots: Set<string> = new Set();

  /** What the scanner found: bits of `Feature`, and slot size → 1. */
  constructor(features: number, slotSizes: Uint8Array) {
    const has = (feature: Feature) => (features & feature) !== 0;
    this.superclass = has(Feature.superclass);
    this.objectEmbedded = has(Feature.objectEmbedded);
    this.receiverClass = has(Feature.receiverClass);
    this.chilled = has(Feature.chilled);
    this.age = has(Feature.age);
    this.pinned = has(Feature.pinned);
    this.infant = has(Feature.infant);
    this.longLived = has(Feature.longLived);
    this.freeImmediately = has(Feature.freeImmediately);
    this.complexShape = has(Feature.complexShape);
    this.memsize = has(Feature.memsize);
    this.shapeCapacity = has(Feature.shapeCapacity);
    this.shapeWithoutParent = has(Feature.shapeWithoutParent);
    this.slotSizes = slotSizes;
  }

  get hasSlotSize(): boolean {
    return this.slotSizes.includes(1);
  }
}

/** Slot sizes that only heaps of 4.1-dev have. */
const SLOTS_OF_4_1 = [32, 64, 96, 128, 256, 512, 768, 1024];
/** Slot sizes that only 32-bit heaps of 4.0 have. They also have slots of 96 bytes, as heaps of 4.1-dev do. */
const SLOTS_OF_WASM_4_0 = [24, 48, 192, 384];

/**
 * The version of Ruby that wrote a dump, inferred from its fields, since a dump contains no version; a range if they
 * fit several versions. Never empty.
 */
export function rubyVersion(features: DumpFeatures): string {
  if (!features.hasSlotSize) return versionBeforeSlotSizes(features);
  const slot = (bytes: number) => features.slotSizes[bytes] === 1;
  const wasm40 = SLOTS_OF_WASM_4_0.some(slot);
  if (features.age || features.imemoTypes.has('fields') || wasm40) {
    const newer =
      features.complexShape ||
      features.freeImmediately ||
      features.imemoTypes.has('cdhash') ||
      features.imemoTypes.has('subclasses') ||
      (!wasm40 && SLOTS_OF_4_1.some(slot));
    return newer ? '4.1-dev' : '4.0';
  }
  if (features.chilled || features.shapeWithoutParent || features.roots.has('objspace')) return '3.4';
  if (features.receiverClass || features.objectEmbedded)
    return features.roots.has('global_list') ? '3.3' : '3.3 – 3.4';
  if (features.shapeCapacity) return '3.2';
  return '3.2 – 3.4';
}

function versionBeforeSlotSizes(features: DumpFeatures): string {
  if (features.shapes) return '3.2 – 4.1';
  if (features.superclass) return '3.1';
  // Only 3.0 and later write partial dumps, which have no roots.
  if (features.roots.size === 0 && features.types.size > 0) return '3.0 – 3.1';
  if (features.imemoTypes.has('callcache') || features.imemoTypes.has('callinfo')) return '3.0';
  if (features.pinned || features.roots.has('object_id')) return '2.7';
  if (features.infant || features.roots.has('symbols')) return '2.1';
  if (features.longLived) return '2.2';
  if (features.imemoTypes.size > 0) return features.roots.has('encodings') ? '2.5' : '2.6 – 2.7';
  if (features.types.has('IMEMO')) return '2.3 – 2.4';
  return features.memsize ? '2.2 – 3.1' : '2.1 – 3.1';
}
