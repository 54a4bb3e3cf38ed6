import { type HeapSnapshot, shallowBytesOf } from '../../model/heap-snapshot.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import { part } from '../../model/steps.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCountOf } from '../../protocol/format/counts.ts';
import type { Bytes, Count } from '../../protocol/units.ts';
import type { FindingKind } from './finding-kind.ts';
import { descriptorsOf, eachLength, LEAST_WASTE, leastWaste, setOfTypes, wasteThreshold } from './sweeps.ts';
import { WasteTally } from './waste-tally.ts';

/** Contents up to this length are compared with what others of their type take. */
const COMPARED = 1 << 16;

/** Texts, lists and maps with more room than content. */
export const spareCapacity: FindingKind = {
  kind: 'spare-capacity',
  group: 'waste',
  method:
    'For texts, lists and maps with a length L: what the object takes beyond the smallest object of its type in this dump that holds L or more. So it is a lower bound: that much is proven to be spare, be it capacity that grew ahead or a slot that is larger than what lies in it. Objects that share their content with others are left out, and contents longer than 65,536.',
  reference: 'Over-allocated collections of Yeti (Mitchell & Sevitsky, OOPSLA 2007) and JXRay.',
  cost: 'O(n), 0.5 MiB a type',
  thresholds: [wasteThreshold('capacity'), LEAST_WASTE],

  *find(context) {
    const { snapshot, retention } = context;
    const { pair, pairs, descriptors, flags } = snapshot;
    const counts = descriptorsOf(snapshot, ['text', 'list', 'map']);
    const least = new LeastSizes(snapshot);
    const tally = new WasteTally(snapshot, retention);
    const isLeftOut = (object: number, length: Count) =>
      length > COMPARED ||
      (flags[object]! & ObjectFlag.shared) !== 0 ||
      counts[pairs.descriptor[pair[object]!]!] === 0;
    yield* part(
      0,
      0.5,
      eachLength(snapshot, (object, length) => {
        if (!isLeftOut(object, length)) {
          least.add(
            descriptors.type[pairs.descriptor[pair[object]!]!]!,
            length,
            shallowBytesOf(snapshot, object),
          );
        }
      }),
    );
    least.complete();
    yield* part(
      0.5,
      1,
      eachLength(snapshot, (object, length) => {
        if (isLeftOut(object, length)) return;
        const own = shallowBytesOf(snapshot, object);
        const needed = least.of(descriptors.type[pairs.descriptor[pair[object]!]!]!, length);
        // A text outside of the heap takes less than its length.
        if (own > needed && own >= length) tally.add(object, own - needed);
      }),
    );
    if (tally.bytes < leastWaste(context, 'capacity')) return [];
    const set = setOfTypes(snapshot, counts);
    return [
      {
        id: 'spare-capacity',
        title: 'More room than content',
        sentence: `${formatCountOf(tally.objects, 'text, list or map', 'texts, lists and maps')} have at least ${formatBytes(tally.bytes)} more room than their content needs.`,
        bytes: tally.bytes,
        objects: tally.objects,
        certainty: 'estimate',
        objectsShown: tally.objectsShown,
        figures: {},
        evidence: tally.evidence(set),
        set: null,
        byGeneration: null,
        rank: tally.bytes,
      },
    ];
  },
};

/** The smallest size with which an object of a type holds so much, or more. */
class LeastSizes {
  readonly #byType = new Map<number, Float64Array>();
  readonly #texts: ReadonlySet<number>;
  readonly #wordBytes: Bytes;

  constructor({ descriptors, pages }: HeapSnapshot) {
    this.#texts = new Set(
      Array.from(descriptors.type).filter((_, id) => descriptors.words[id]!.family === 'text'),
    );
    this.#wordBytes = 2 ** pages.shift;
  }

  add(type: number, length: Count, bytes: Bytes): void {
    // What is smaller than its content has that somewhere else.
    if (bytes < length * (this.#texts.has(type) ? 1 : this.#wordBytes)) return;
    let sizes = this.#byType.get(type);
    if (sizes === undefined) {
      sizes = new Float64Array(COMPARED + 1).fill(Number.POSITIVE_INFINITY);
      this.#byType.set(type, sizes);
    }
    if (bytes < sizes[length]!) sizes[length] = bytes;
  }

  /** What holds more holds less, too. */
  complete(): void {
    for (const sizes of this.#byType.values()) {
      for (let length = COMPARED - 1; length >= 0; length--) {
        if (sizes[length + 1]! < sizes[length]!) sizes[length] = sizes[length + 1]!;
      }
    }
  }

  of(type: number, length: Count): Bytes {
    return this.#byType.get(type)?.[length] ?? Number.POSITIVE_INFINITY;
  }
}
