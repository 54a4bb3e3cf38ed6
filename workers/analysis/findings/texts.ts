import { hasTrait } from '../../model/heap-snapshot.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import { inStrides, type Steps } from '../../model/steps.ts';
import { Trait } from '../../protocol/vocabulary.ts';
import type { Hashed } from './equal-groups.ts';
import type { FindingContext } from './finding-kind.ts';

/** Strings whose text is in the dump, with a hash of text and length. O(n), once; eight bytes per text. */
export function textsOf({ snapshot, shared }: FindingContext): Steps<Readonly<Hashed>> {
  return shared('texts', function* () {
    const { pair, pairs, flags, descriptors, contentHash, contentLength } = snapshot;
    const isText = Uint8Array.from(descriptors.type, (_, id) =>
      hasTrait(snapshot, id, Trait.text) && !hasTrait(snapshot, id, Trait.symbol) ? 1 : 0,
    );
    const hashes = new Uint32Array(contentHash.values.length);
    const objects = new Uint32Array(contentHash.values.length);
    let count = 0;
    // Entries of hashes and lengths are in the order of their objects.
    let hashEntry = 0;
    let lengthEntry = 0;
    yield* inStrides(snapshot.objects, (start, stop) => {
      for (let object = start; object < stop; object++) {
        const own = flags[object]!;
        const length = (own & ObjectFlag.hasLength) === 0 ? 0 : contentLength.values[lengthEntry++]!;
        if ((own & ObjectFlag.hasValue) === 0) continue;
        const hash = (contentHash.values[hashEntry++]! ^ Math.imul(length, 0x9e3779b1)) >>> 0;
        if (isText[pairs.descriptor[pair[object]!]!] === 0) continue;
        hashes[count] = hash;
        objects[count++] = object;
      }
    });
    return { objects, hashes, count };
  });
}
