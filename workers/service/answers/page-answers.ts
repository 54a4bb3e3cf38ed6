import { type PagesOfHeap, pagesOf, summarisePages } from '../../analysis/pages/heap-pages.ts';
import { type Colouring, orderedPages, pageMap } from '../../analysis/pages/page-map.ts';
import { part, type Steps } from '../../model/steps.ts';
import type { ObjectSetSpec } from '../../protocol/object-set.ts';
import type { HeapPages, PageColour, PageMap } from '../../protocol/pages.ts';
import type { QueryOf } from '../../protocol/questions.ts';
import { cached, LruCache } from '../lru-cache.ts';
import type { AnswerSources } from './answer-sources.ts';
import type { SetAnswers } from './set-answers.ts';

/** Heap pages and their slots. */
export class PageAnswers {
  /** One entry: 40 bytes a page. */
  readonly #pages = new LruCache<{ heap: PagesOfHeap; summary: HeapPages } | 'none'>(1);
  readonly #from: AnswerSources;
  readonly #sets: SetAnswers;

  constructor(from: AnswerSources, sets: SetAnswers) {
    this.#from = from;
    this.#sets = sets;
  }

  /** The heap's pages and slots; null for a format without pages. */
  *summary(): Steps<HeapPages | null> {
    const known = yield* this.#pagesOfHeap();
    return known === 'none' ? null : known.summary;
  }

  *#pagesOfHeap() {
    const { snapshot } = this.#from;
    return yield* cached(this.#pages, '', function* () {
      const heap = yield* pagesOf(snapshot);
      return heap === null ? ('none' as const) : { heap, summary: summarisePages(snapshot, heap) };
    });
  }

  /** A window of the heap's pages, slot by slot. */
  *map({ set, colour, order, slotBytes, offset, limit }: QueryOf<'pageMap'>): Steps<PageMap> {
    const known = yield* part(0, 0.6, this.#pagesOfHeap());
    const none = { codes: new Uint8Array(), objects: new Int32Array(), entries: [] };
    if (known === 'none') return { total: 0, offset, pages: [], ...none };
    const colouring = yield* part(0.6, 1, this.#colouring(set, colour));
    const pages = orderedPages(known.heap, order, slotBytes);
    return pageMap(this.#from.snapshot, known.heap, colouring, pages, { offset, limit });
  }

  *#colouring(spec: ObjectSetSpec, by: PageColour): Steps<Colouring> {
    if (by === 'state' || by === 'generation') return { by };
    if (by === 'set') return { by, set: yield* this.#sets.of(spec) };
    return { by: 'group', table: this.#from.group(by) };
  }
}
