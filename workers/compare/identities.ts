import { type HeapSnapshot, hasTrait } from '../model/heap-snapshot.ts';
import { Trait } from '../protocol/vocabulary.ts';
import { getOrAdd } from './get-or-add.ts';

/** What identifies an object besides its address and, for some, its content. Columns over pair ids. */
export interface PairIdentities {
  /** Equal in two snapshots if and only if type, class label, file, line and generation are equal. */
  identity: Uint32Array;
  /** The same for type and class label only, and for file and line only. */
  kind: Uint32Array;
  site: Uint32Array;
  /** 1 if objects were not traced: a match is based on the address (and for strings on the content). */
  untraced: Uint8Array;
  /** 1 if objects are untraced strings: their content has to be equal, too. */
  byContent: Uint8Array;
}

/**
 * Gives equal pairs of several snapshots equal numbers (numbers.md#same-object). Ids differ between snapshots, so the
 * tables are compared by their texts; objects are not visited.
 */
export class Identities {
  readonly #texts = new Map<string, number>();
  readonly #descriptors = new NumberPairs();
  readonly #places = new NumberPairs();
  readonly #allocations = new NumberPairs();
  readonly #pairs = new NumberPairs();

  /** O(pairs + texts of the tables). */
  of(snapshot: HeapSnapshot): PairIdentities {
    const { strings, descriptors, sites, allocations, pairs } = snapshot;
    const textIds = new Map<number, number>();
    const textOf = (id: number) =>
      getOrAdd(textIds, id, () => getOrAdd(this.#texts, strings.text(id), () => this.#texts.size));
    const descriptorIds = Uint32Array.from({ length: descriptors.length }, (_, id) =>
      this.#descriptors.id(textOf(descriptors.type[id]!), textOf(descriptors.label[id]!)),
    );
    const siteIds = Uint32Array.from({ length: sites.length }, (_, id) =>
      this.#places.id(textOf(sites.file[id]!), sites.line[id]!),
    );
    const allocationIds = Uint32Array.from({ length: allocations.length }, (_, id) =>
      this.#allocations.id(siteIds[allocations.site[id]!]!, allocations.generation[id]!),
    );
    const isText = Uint8Array.from({ length: descriptors.length }, (_, id) =>
      hasTrait(snapshot, id, Trait.sharesText) ? 1 : 0,
    );
    const identity = new Uint32Array(pairs.length);
    const kind = new Uint32Array(pairs.length);
    const site = new Uint32Array(pairs.length);
    const untraced = new Uint8Array(pairs.length);
    const byContent = new Uint8Array(pairs.length);
    for (let pair = 0; pair < pairs.length; pair++) {
      const descriptor = pairs.descriptor[pair]!;
      const allocation = pairs.allocation[pair]!;
      identity[pair] = this.#pairs.id(descriptorIds[descriptor]!, allocationIds[allocation]!);
      kind[pair] = descriptorIds[descriptor]!;
      site[pair] = siteIds[allocations.site[allocation]!]!;
      untraced[pair] = allocation === 0 ? 1 : 0;
      byContent[pair] = allocation === 0 ? isText[descriptor]! : 0;
    }
    return { identity, kind, site, untraced, byContent };
  }
}

/** Gives each pair of numbers its own number, from 0 on. */
class NumberPairs {
  readonly #ids = new Map<number, Map<number, number>>();
  #next = 0;

  id(one: number, other: number): number {
    const ids = getOrAdd(this.#ids, one, () => new Map<number, number>());
    return getOrAdd(ids, other, () => this.#next++);
  }
}
