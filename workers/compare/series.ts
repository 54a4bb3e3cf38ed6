import { isOverhead } from '../analysis/descriptors.ts';
import type { GroupTable } from '../analysis/grouping.ts';
import type { Retention } from '../indexes/retention.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { complement } from '../model/object-set.ts';
import { part, type Steps } from '../model/steps.ts';
import type { MatchedObject, Relation } from '../protocol/comparison.ts';
import type { ObjectKey } from '../protocol/object-set.ts';
import type { ObjectIndex, SnapshotId } from '../protocol/units.ts';
import { type ClassEdges, countClassEdges } from './class-edges.ts';
import { ClassGraph } from './class-graph.ts';
import { type Orderable, orderOfDumps } from './dump-order.ts';
import { Identities } from './identities.ts';
import { type Identified, type Matching, matchObjects } from './match-objects.ts';
import { type ProcessEvidence, processEvidence, processesOf } from './same-process.ts';

/** A dump whose pairs determine the group of an object under a key. */
export interface GroupedDump {
  /** The heap of the dump; under a key that is looked up for each object, its pairs are divided further. */
  snapshot: HeapSnapshot;
  table: GroupTable;
}

/** A dump of a series. */
export interface SeriesMember {
  id: SnapshotId;
  name: string;
  snapshot: HeapSnapshot;
  /** Whether it is a dump that `dump_all(since:)` writes. */
  isSinceDump: boolean;
  /** Why objects may be missing, in sentences. */
  incomplete: readonly string[];
  /** Dominators and retained sizes under the current rule for edges; null if the dump was reduced. */
  retention(): Retention | null;
  /**
   * The dump grouped by a key that is looked up for each object; null if it was reduced. O(n), plus what the key reads
   * from the file.
   */
  grouped(key: ObjectKey): Steps<GroupedDump | null>;
  /** References between classes, if they were counted before the dump was reduced. */
  classEdges?: ClassEdges;
}

/**
 * Dumps in the order in which they were taken. Objects are matched on first use, and the result is
 * cached: three bits an object for each two dumps.
 */
export class Series {
  readonly members: readonly SeriesMember[];
  readonly identified: readonly Identified[];
  readonly #matchings = new Map<string, Matching>();
  #evidence: ProcessEvidence | null = null;
  #classGraph: ClassGraph | null = null;

  /** O(pairs) for each. */
  constructor(members: readonly SeriesMember[]) {
    this.members = members;
    const identities = new Identities();
    this.identified = members.map(({ snapshot }) => ({ snapshot, identities: identities.of(snapshot) }));
  }

  indexOf(id: SnapshotId): number {
    return this.members.findIndex(member => member.id === id);
  }

  /** The same objects of two of the dumps, as positions. O(n) once. */
  *matching(earlier: number, later: number): Steps<Matching> {
    const key = `${earlier} ${later}`;
    const known = this.#matchings.get(key);
    if (known !== undefined) return known;
    const found = yield* matchObjects(this.identified[earlier]!, this.identified[later]!);
    this.#matchings.set(key, found);
    return found;
  }

  /** References between classes in each dump, which do not need identified objects. O(n + e) once. */
  *classGraph(): Steps<ClassGraph> {
    if (this.#classGraph !== null) return this.#classGraph;
    const edges: ClassEdges[] = [];
    for (const [at, { snapshot, classEdges }] of this.members.entries()) {
      const share = 1 / this.members.length;
      edges.push(classEdges ?? (yield* part(at * share, (at + 1) * share, countClassEdges(snapshot))));
    }
    this.#classGraph = ClassGraph.of(edges);
    return this.#classGraph;
  }

  /** Whether all dumps are of one process; if not, the reason is about the first two that are not. O(n) once. */
  *evidence(): Steps<ProcessEvidence> {
    if (this.#evidence !== null) return this.#evidence;
    let evidence: ProcessEvidence | null = null;
    for (let later = 1; later < this.members.length; later++) {
      const share = 1 / this.members.length;
      evidence = yield* part((later - 1) * share, later * share, this.#evidenceOf(later - 1, later));
      if (!evidence.same) break;
    }
    this.#evidence = evidence ?? { same: false, reason: 'There is one dump only.' };
    return this.#evidence;
  }

  *#evidenceOf(earlier: number, later: number): Steps<ProcessEvidence> {
    const [one, other] = [this.members[earlier]!, this.members[later]!];
    if (one.isSinceDump !== other.isSinceDump) {
      const partial = one.isSinceDump ? one : other;
      return {
        same: false,
        reason: `${partial.name} holds only what was allocated since a generation (dump_all(since:)): what it lacks may be alive, and most classes are missing from it.`,
      };
    }
    const matching = yield* this.matching(earlier, later);
    return processEvidence(one.snapshot, other.snapshot, matching);
  }

  /**
   * A bit for each object of the dump at a position that has this relation to the other dumps; or, if that is
   * unknown, the reason as the end of a sentence. O(n) once, then O(n / 32).
   */
  *related(at: number, relation: Relation): Steps<Int32Array | string> {
    const evidence = yield* part(0, 0.5, this.evidence());
    if (!evidence.same) return `these dumps can be compared by group only. ${evidence.reason}`;
    const { objects } = this.members[at]!.snapshot;
    switch (relation) {
      case 'new':
      case 'survived': {
        if (at === 0) return 'this is the first dump of its series: no dump precedes it';
        const { survived } = yield* this.matching(at - 1, at);
        return relation === 'survived' ? survived.slice() : complementOfBits(survived, objects);
      }
      case 'freed': {
        if (at === this.members.length - 1) return 'this is the last dump of its series: no dump follows it';
        const { kept } = yield* this.matching(at, at + 1);
        return complementOfBits(kept, objects);
      }
      case 'matched-by-address': {
        if (at > 0) return (yield* this.matching(at - 1, at)).byAddressOnly.slice();
        const { kept } = yield* this.matching(0, 1);
        return untracedOf(this.identified[0]!, kept);
      }
      case 'retained':
        if (at < 2) return 'retained takes three dumps, and this one to be the third or later';
        return yield* this.retained(at);
    }
  }

  /**
   * The matches of objects of the dump at a position in the dumps before and after it; null if only groups are
   * compared. O(n) once.
   */
  *matchesOf(at: number, objects: readonly ObjectIndex[]): Steps<MatchedObject[] | null> {
    const evidence = yield* part(0, 0.5, this.evidence());
    if (!evidence.same) return null;
    const before = at === 0 ? null : (yield* this.matching(at - 1, at)).survived;
    const after = at === this.members.length - 1 ? null : (yield* this.matching(at, at + 1)).kept;
    const { snapshot, identities } = this.identified[at]!;
    const matchOf = (bits: Int32Array | null, object: ObjectIndex) => {
      if (bits === null) return null;
      if (!isSet(bits, object)) return 'none';
      return identities.untraced[snapshot.pair[object]!] === 1 ? 'address only' : 'traced';
    };
    return objects.map(object => ({ before: matchOf(before, object), after: matchOf(after, object) }));
  }

  /** Objects that are new in the previous dump compared with the first, and still exist. */
  *retained(at: number): Steps<Int32Array> {
    const { survived } = yield* part(0.5, 0.7, this.matching(0, at - 1));
    const { objects } = this.members[at]!.snapshot;
    const bits = new Int32Array((objects + 31) >>> 5);
    yield* part(
      0.7,
      1,
      matchObjects(this.identified[at - 1]!, this.identified[at]!, (later, earlier) => {
        if (!isSet(survived, earlier)) bits[later >>> 5]! |= 1 << (later & 31);
      }),
    );
    return bits;
  }
}

/** The set bits of objects that were not traced. O(n). */
function untracedOf({ snapshot, identities }: Identified, bits: Int32Array): Int32Array {
  const found = new Int32Array(bits.length);
  for (let object = 0; object < snapshot.objects; object++) {
    if (isSet(bits, object) && identities.untraced[snapshot.pair[object]!] === 1)
      found[object >>> 5]! |= 1 << (object & 31);
  }
  return found;
}

function isSet(bits: Int32Array, object: ObjectIndex): boolean {
  return ((bits[object >>> 5]! >>> (object & 31)) & 1) !== 0;
}

/** The complement of the bits, in a new array. */
export function complementOfBits(bits: Int32Array, objects: number): Int32Array {
  return complement(bits.slice(), objects);
}

/** The highest generation of an object; null if nothing was traced. O(allocations). */
export function highestGeneration({ allocations }: HeapSnapshot): number | null {
  const highest = allocations.generation.reduce((most, generation) => Math.max(most, generation), 0);
  return highest === 0 ? null : highest - 1;
}

/** Pair → whether it is the allocation tracer's own table, which growth leaves out. O(pairs). */
export function overheadPairs(snapshot: HeapSnapshot): Uint8Array {
  return Uint8Array.from(snapshot.pairs.descriptor, descriptor => (isOverhead(snapshot, descriptor) ? 1 : 0));
}

/** Positions of dumps in the order in which they were taken, as far as that is known. */
export function takenOrder(members: readonly SeriesMember[]): number[] {
  const processes = processesOf(members.map(({ snapshot }) => snapshot));
  const orderable = ({ name, snapshot }: SeriesMember, at: number): Orderable => ({
    name,
    generation: highestGeneration(snapshot),
    process: processes[at]!,
  });
  return orderOfDumps(members.map(orderable));
}
