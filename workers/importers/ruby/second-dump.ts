import type { ScannedRoot } from '../../model/column-batch.ts';

/** So many kinds of root that come again, one behind the other, begin a second dump; one may be a line that was doubled. */
const REPEATED = 2;

/** Where a run of roots starts. */
interface RunStart {
  line: number;
  offset: number;
}

/**
 * Knows where a second dump begins in a file, as `cat a b` makes them: Ruby writes all records of roots first, so that
 * several of kinds that were there before, behind objects, are those of another dump.
 */
export class SecondDumpWatch {
  /** Roots of the first dump that were not taken yet, and the kinds of all of them. */
  #settled: ScannedRoot[] = [];
  readonly #kinds = new Set<string>();
  /** The run that goes on: roots with no object between them. */
  #run: ScannedRoot[] = [];
  #runStart: RunStart = { line: 0, offset: 0 };
  #objectsAtRun = -1;
  #repeated = 0;

  /**
   * A record of a root was met behind so many objects. Where the second dump begins, if it is known by this root; else
   * null.
   */
  root(root: ScannedRoot, at: RunStart, objects: number): RunStart | null {
    if (objects !== this.#objectsAtRun) {
      this.#settle();
      this.#objectsAtRun = objects;
      this.#runStart = at;
    }
    this.#run.push(root);
    if (this.#kinds.has(root.name)) this.#repeated++;
    return this.#repeated < REPEATED ? null : this.#runStart;
  }

  #settle(): void {
    for (const root of this.#run) {
      this.#kinds.add(root.name);
      this.#settled.push(root);
    }
    this.#run = [];
    this.#repeated = 0;
  }

  /** The roots of the first dump since they were last taken. `isOver`: the text is read. */
  take(objects: number, isOver: boolean): ScannedRoot[] {
    if (isOver || objects !== this.#objectsAtRun) this.#settle();
    const taken = this.#settled;
    this.#settled = [];
    return taken;
  }

  /** Forgets the run that began the second dump. How many roots it has so far. */
  drop(): number {
    const { length } = this.#run;
    this.#run = [];
    return length;
  }
}
