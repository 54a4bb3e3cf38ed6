import { type TypeWords, type Vocabulary, wordsOf } from '../protocol/vocabulary.ts';
import type { DescriptorTable } from './heap-snapshot.ts';
import type { StringTable } from './string-table.ts';

/** What the vocabulary says about each descriptor, looked up once per type and kind. O(descriptors). */
export function describeDescriptors(
  vocabulary: Vocabulary,
  { type, kind }: Pick<DescriptorTable, 'type' | 'kind'>,
  strings: StringTable,
): Pick<DescriptorTable, 'words' | 'traits'> {
  const known = new Map<number, TypeWords>();
  const words = Array.from(type, (typeId, descriptor) => {
    const kindId = kind[descriptor]!;
    const key = typeId * 2 ** 32 + kindId;
    const found = known.get(key) ?? wordsOf(vocabulary, strings.text(typeId), strings.text(kindId));
    known.set(key, found);
    return found;
  });
  return { words, traits: Uint32Array.from(words, each => each.traits) };
}
