import { type HeapSnapshot, shallowBytesOf } from '../../model/heap-snapshot.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import { inStrides, part } from '../../model/steps.ts';
import { wordBytesOf } from '../../model/word-size.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCountOf } from '../../protocol/format/counts.ts';
import type { Bytes, Count } from '../../protocol/units.ts';
import type { FindingKind } from './finding-kind.ts';
import { wasteFinding } from './state-finding.ts';
import {
  descriptorsOf,
  MIN_WASTE_BYTES,
  minWasteBytes,
  objectsWithLength,
  setOfTypes,
  wasteThreshold,
} from './sweeps.ts';
import { WasteTally } from './waste-tally.ts';

/** Maximum length of contents that are compared with the sizes of other objects of the type. */
const COMPARED = 1 << 16;

/** Texts, lists and maps with more capacity than content. */
export const spareCapacity: FindingKind = {
  kind: 'spare-capacity',
  group: 'waste',
  method:
    'Compares each text, list and map of length L with the smallest object of the same type in this dump that holds L or more. What it takes beyond that counts as spare. This is a lower bound: the capacity grew ahead of need, or the slot is larger than its content. Objects that share their content, and contents longer than 65,536, are excluded.',
  reference: 'Over-allocated collections of Yeti (Mitchell & Sevitsky, OOPSLA 2007) and JXRay.',
  cost: 'O(n), 0.5 MiB a type',
  thresholds: [wasteThreshold('capacity'), MIN_WASTE_BYTES],

  *find(context) {
    const { snapshot, retention } = context;
    const { pair, pairs, flags } = snapshot;
    const counts = descriptorsOf(snapshot, ['text', 'list', 'map']);
    const least = new LeastSizes(snapshot);
    const tally = new WasteTally(snapshot, retention);
    const isLeftOut = (object: number, length: Count) =>
      length > COMPARED ||
      (flags[object]! & ObjectFlag.shared) !== 0 ||
      counts[pairs.descriptor[pair[object]!]!] === 0;
    const objects = yield* part(0, 0.2, objectsWithLength(context));
    const lengths = snapshot.contentLength.values;
    const learn = (start: number, stop: number) => {
      for (let entry = start; entry < stop; entry++) {
        const object = objects[entry]!;
        if (isLeftOut(object, lengths[entry]!)) continue;
        least.add(pairs.descriptor[pair[object]!]!, lengths[entry]!, shallowBytesOf(snapshot, object));
      }
    };
    yield* part(0.2, 0.6, inStrides(objects.length, learn));
    least.complete();
    const compare = (start: number, stop: number) => {
      for (let entry = start; entry < stop; entry++) {
        const object = objects[entry]!;
        const length = lengths[entry]!;
        if (isLeftOut(object, length)) continue;
        const own = shallowBytesOf(snapshot, object);
        const needed = least.of(pairs.descriptor[pair[object]!]!, length);
        // A text outside the heap is not part of its object, whose size is then smaller than the length.
        if (own > needed && own >= length) tally.add(object, own - needed);
      }
    };
    yield* part(0.6, 1, inStrides(objects.length, compare));
    if (tally.bytes < minWasteBytes(context, 'capacity')) return [];
    const set = setOfTypes(snapshot, counts);
    return [
      wasteFinding(tally, {
        id: 'spare-capacity',
        title: 'More room than content',
        sentence: `${formatCountOf(tally.objects, 'text, list or map', 'texts, lists and maps')} have at least ${formatBytes(tally.bytes)} more room than their content needs.`,
        certainty: 'estimate',
        evidence: tally.evidence(set),
      }),
    ];
  },
};

/** The smallest size of an object of a type that holds a given length or more. */
class LeastSizes {
  /** By descriptor; descriptors of one type share an array. Undefined if no object of the type was added. */
  readonly #sizes: (Float64Array | undefined)[];
  readonly #ofType = new Map<number, Float64Array>();
  readonly #types: Uint32Array;
  /** Minimum bytes for each unit of length, by descriptor: for texts, and for others. */
  readonly #unitBytes: Float64Array;

  constructor(snapshot: HeapSnapshot) {
    const { descriptors } = snapshot;
    const wordBytes = wordBytesOf(snapshot);
    this.#types = descriptors.type;
    this.#sizes = Array.from({ length: descriptors.length });
    this.#unitBytes = Float64Array.from({ length: descriptors.length }, (_, id) =>
      descriptors.words[id]!.family === 'text' ? 1 : wordBytes,
    );
  }

  add(descriptor: number, length: Count, bytes: Bytes): void {
    // An object smaller than its content stores it elsewhere.
    if (bytes < length * this.#unitBytes[descriptor]!) return;
    const sizes = this.#sizes[descriptor] ?? this.#newSizes(descriptor);
    if (bytes < sizes[length]!) sizes[length] = bytes;
  }

  #newSizes(descriptor: number): Float64Array {
    const type = this.#types[descriptor]!;
    const sizes = this.#ofType.get(type) ?? new Float64Array(COMPARED + 1).fill(Number.POSITIVE_INFINITY);
    this.#ofType.set(type, sizes);
    this.#sizes[descriptor] = sizes;
    return sizes;
  }

  /** An object that holds more can also hold less. */
  complete(): void {
    for (const sizes of this.#ofType.values()) {
      for (let length = COMPARED - 1; length >= 0; length--) {
        if (sizes[length + 1]! < sizes[length]!) sizes[length] = sizes[length + 1]!;
      }
    }
  }

  of(descriptor: number, length: Count): Bytes {
    const sizes = this.#sizes[descriptor] ?? this.#ofType.get(this.#types[descriptor]!);
    return sizes === undefined ? Number.POSITIVE_INFINITY : sizes[length]!;
  }
}
