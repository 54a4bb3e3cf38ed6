import type { DuplicateStrings } from '../analysis/duplicate-strings.ts';
import type { FileFacts } from '../analysis/file-facts.ts';
import type { FileNeeds } from '../analysis/filter/file-needs.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import type { Pattern } from '../protocol/filter/filter.ts';
import type { Fraction } from '../protocol/units.ts';
import { findDuplicateStrings } from './duplicate-strings.ts';
import { LruCache } from './lru-cache.ts';
import type { RecordStore } from './record-store.ts';
import { searchTexts } from './search-texts.ts';

/** Reads with progress, until the user cancels or the heap is closed. */
export type Reading = <Result>(
  work: (advance: (fraction: Fraction) => Promise<void>) => Promise<Result>,
) => Promise<Result>;

/** Maximum number of cached text searches, one bit an object each. */
const KEPT_SEARCHES = 12;

/**
 * Facts that are read from the file of a heap when first needed. Concurrent requests share one read. If the file
 * cannot be read or the user cancels, the requests end with an error and can be repeated.
 */
export class ReadFacts implements FileFacts {
  readonly #snapshot: HeapSnapshot;
  readonly #records: RecordStore;
  readonly #reading: Reading;
  #duplicates: DuplicateStrings | null = null;
  readonly #searches = new LruCache<Int32Array>(KEPT_SEARCHES);
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor(snapshot: HeapSnapshot, records: RecordStore, reading: Reading) {
    this.#snapshot = snapshot;
    this.#records = records;
    this.#reading = reading;
  }

  async read({ duplicates, texts }: FileNeeds): Promise<void> {
    if (duplicates) await this.readDuplicates();
    for (const pattern of texts) await this.#search(pattern);
  }

  async readDuplicates(): Promise<DuplicateStrings> {
    this.#duplicates ??= await this.#once('duplicates', advance =>
      findDuplicateStrings(this.#snapshot, this.#records, advance),
    );
    return this.#duplicates;
  }

  async #search(pattern: Pattern): Promise<void> {
    const key = JSON.stringify(pattern);
    if (this.#searches.get(key) !== undefined) return;
    const found = await this.#once(key, advance =>
      searchTexts(this.#snapshot, this.#records, pattern, advance),
    );
    this.#searches.set(key, found);
  }

  async #once<Result>(
    key: string,
    work: (advance: (fraction: Fraction) => Promise<void>) => Promise<Result>,
  ): Promise<Result> {
    const known = this.#underWay.get(key) as Promise<Result> | undefined;
    if (known !== undefined) return known;
    const result = this.#reading(work);
    this.#underWay.set(key, result);
    try {
      return await result;
    } finally {
      this.#underWay.delete(key);
    }
  }

  duplicates(): DuplicateStrings {
    return read(this.#duplicates);
  }

  textsWith(pattern: Pattern): Int32Array {
    return read(this.#searches.get(JSON.stringify(pattern)) ?? null);
  }
}

function read<Fact>(fact: Fact | null): Fact {
  if (fact === null) throw new Error('This was not read from the file before it was needed.');
  return fact;
}
