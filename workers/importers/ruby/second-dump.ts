import type { ScannedRoot } from '../../model/column-batch.ts';

/** This many repeated records in a row begin a second dump. A single one may be a duplicated line. */
export const MIN_REPEATED = 2;

/** Where a run of roots starts. */
export interface RunStart {
  line: number;
  offset: number;
}

/**
 * Detects where a second dump begins in a file, as in the output of `cat a b`: Ruby writes all records of roots
 * first, so roots of an earlier kind after objects belong to another dump.
 */
export class SecondDumpWatch {
  /** Roots of the first dump that were not taken yet, and the kinds of all its roots. */
  #settled: ScannedRoot[] = [];
  readonly #kinds = new Set<string>();
  /** Consecutive roots, without objects between them, since the first of a kind that occurred before. */
  #run: ScannedRoot[] = [];
  #runStart: RunStart = { line: 0, offset: 0 };
  #objectsAtRun = -1;
  #repeated = 0;
  /** Number of duplicates after the run. */
  #duplicates = 0;

  /**
   * To be called for a record of a root, after so many objects. Returns where the second dump begins if this root
   * reveals it; else null.
   */
  root(root: ScannedRoot, at: RunStart, objects: number): RunStart | null {
    if (this.settleBefore(root.name, objects)) this.#runStart = at;
    if (objects !== this.#objectsAtRun) this.#duplicates = 0;
    this.#objectsAtRun = objects;
    this.#run.push(root);
    if (this.#kinds.has(root.name)) this.#repeated++;
    return this.#repeated < MIN_REPEATED ? null : this.#runStart;
  }

  /**
   * To be called before {@link root}. Returns whether a root of this kind, after so many objects, may be the first one
   * of a second dump; the roots just before it then belong to the first dump.
   */
  settleBefore(name: string, objects: number): boolean {
    if (objects !== this.#objectsAtRun) this.#settle();
    if (this.#repeated > 0 || !this.#kinds.has(name)) return false;
    this.#settle();
    return true;
  }

  /** Whether something read after `objects` objects, such as a shape, may belong to a second dump. */
  mayBelongToSecondDump(objects: number): boolean {
    return this.#repeated > 0 && objects === this.#objectsAtRun;
  }

  #settle(): void {
    for (const root of this.#run) {
      this.#kinds.add(root.name);
      this.#settled.push(root);
    }
    this.#run = [];
    this.#repeated = 0;
  }

  /** The roots of the first dump since they were last taken. `isOver`: the text has ended. */
  take(objects: number, isOver: boolean): ScannedRoot[] {
    if (isOver || objects !== this.#objectsAtRun) this.#settle();
    const taken = this.#settled;
    this.#settled = [];
    return taken;
  }

  /**
   * To be called for a record with the address of an earlier one, after so many objects. Returns where the second
   * dump begins if this record reveals it: a dump that repeats a kind of root also repeats its first objects.
   */
  duplicate(objects: number): RunStart | null {
    if (!this.mayBelongToSecondDump(objects)) return null;
    return ++this.#duplicates < MIN_REPEATED ? null : this.#runStart;
  }

  /** Like {@link duplicate}, but at the end of the text, where one duplicate is enough. */
  finish(objects: number): RunStart | null {
    return this.#duplicates > 0 ? this.duplicate(objects) : null;
  }

  /** Forgets the run that began the second dump, and returns its number of roots. */
  drop(): number {
    const { length } = this.#run;
    this.#run = [];
    return length;
  }
}
