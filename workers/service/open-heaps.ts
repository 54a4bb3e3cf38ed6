import { reducedBytes, reducedDump } from '../compare/reduced-dump.ts';
import { Series, type SeriesMember, takenOrder } from '../compare/series.ts';
import { type Cancellation, runCooperatively } from '../model/cooperation.ts';
import { isOfSeries } from '../protocol/questions/series-questions.ts';
import type { QuestionName } from '../protocol/questions.ts';
import type { Bytes, SnapshotId } from '../protocol/units.ts';
import type { OpenSnapshot } from './open-snapshot.ts';

/** The open heaps: complete ones, those reduced to what comparison needs, and the series that both kinds can be in. */
export class OpenHeaps {
  readonly #whole = new Map<SnapshotId, OpenSnapshot>();
  readonly #reduced = new Map<SnapshotId, SeriesMember>();
  readonly #seriesOfReduced = new Map<SnapshotId, Series>();

  /** The memory that all of them take up. */
  get memoryBytes(): Bytes {
    let bytes = 0;
    for (const open of this.#whole.values()) bytes += open.info().memoryBytes;
    for (const { snapshot } of this.#reduced.values()) bytes += reducedBytes(snapshot);
    return bytes;
  }

  add(open: OpenSnapshot): void {
    this.#whole.set(open.id, open);
  }

  /** An open heap. Throws, with advice, if it was reduced or is not open. */
  get(id: SnapshotId): OpenSnapshot {
    const open = this.#whole.get(id);
    if (open !== undefined) return open;
    const reduced = this.#reduced.get(id);
    if (reduced === undefined) throw new Error(`No snapshot ${id} is open.`);
    throw new Error(
      `${reduced.name} was reduced to what comparison needs, to save memory. Close other dumps and open the file again to see all of it.`,
    );
  }

  /**
   * The heap that answers a question: for a question about a series, any complete heap in it. Throws like {@link get}.
   */
  answering(name: QuestionName, id: SnapshotId): OpenSnapshot {
    const series = this.#reduced.has(id) && isOfSeries(name) ? this.#seriesOf(id) : null;
    return this.get(series?.members.find(member => this.#whole.has(member.id))?.id ?? id);
  }

  /** The complete heaps that a question is about. */
  askedBy(name: QuestionName, open: OpenSnapshot): OpenSnapshot[] {
    if (!isOfSeries(name) || open.series === null) return [open];
    return open.series.members.map(({ id }) => this.#whole.get(id)).filter(each => each !== undefined);
  }

  /**
   * Reduces heaps, the oldest first, until `neededBytes` are available. Returns false, and reduces none,
   * if all of them together would not free enough.
   */
  async makeRoom(
    neededBytes: Bytes,
    availableBytes: () => Bytes,
    cancellation: Cancellation,
  ): Promise<boolean> {
    const open = [...this.#whole.values()];
    if (open.length === 0) return false;
    const freed = open.reduce((sum, each) => sum + each.info().memoryBytes - reducedBytes(each.snapshot), 0);
    if (neededBytes > availableBytes() + freed) return false;
    for (const { id } of open) {
      if (neededBytes <= availableBytes()) break;
      await this.reduce(id, cancellation);
    }
    return true;
  }

  /** Reduces a heap to what comparison needs. Ids that are not open, or already reduced, are ignored. O(n + e). */
  async reduce(id: SnapshotId, cancellation: Cancellation = { cancelled: false }): Promise<void> {
    const open = this.#whole.get(id);
    if (open === undefined) return;
    await open.whole();
    const reduced = await runCooperatively(reducedDump(open.asMember), cancellation);
    // It may have been closed in the meantime.
    if (!this.#whole.delete(id)) return;
    this.#reduced.set(id, reduced);
    if (open.series !== null)
      this.#replaceSeries(open.series, member => (member.id === id ? reduced : member));
    open.close();
  }

  /** Heaps that were reduced. */
  get reducedIds(): SnapshotId[] {
    return [...this.#reduced.keys()];
  }

  /** Closes a heap. Ids that are not open are ignored. */
  close(id: SnapshotId): void {
    if (!this.#whole.has(id) && !this.#reduced.has(id)) return;
    this.#leaveSeries(id);
    this.#whole.get(id)?.close();
    this.#whole.delete(id);
    this.#reduced.delete(id);
  }

  /** Compares heaps as one series, and returns their ids in its order; see `HeapService`. */
  async setSeries(snapshots: readonly SnapshotId[], order: 'given' | 'taken'): Promise<SnapshotId[]> {
    for (const id of snapshots) await this.#whole.get(id)?.whole();
    const members = [...new Set(snapshots)].map(id => this.#reduced.get(id) ?? this.get(id).asMember);
    for (const { id } of members) this.#leaveSeries(id);
    const places = order === 'given' ? members.map((_, at) => at) : takenOrder(members);
    const ordered = places.map(at => members[at]!);
    if (ordered.length > 1) this.#setSeriesOf(ordered, new Series(ordered));
    return ordered.map(member => member.id);
  }

  /** Removes a dump from its series. A series with only one dump left ends. */
  #leaveSeries(id: SnapshotId): void {
    const series = this.#seriesOf(id);
    if (series !== null) this.#replaceSeries(series, member => (member.id === id ? null : member));
  }

  /** Replaces a series by one with other members; null removes a member. */
  #replaceSeries(series: Series, replace: (member: SeriesMember) => SeriesMember | null): void {
    const members = series.members.map(replace).filter(member => member !== null);
    this.#setSeriesOf(series.members, null);
    if (members.length > 1) this.#setSeriesOf(members, new Series(members));
  }

  #setSeriesOf(members: readonly SeriesMember[], series: Series | null): void {
    for (const { id } of members) {
      this.#whole.get(id)?.setSeries(series);
      if (!this.#reduced.has(id)) continue;
      if (series === null) this.#seriesOfReduced.delete(id);
      else this.#seriesOfReduced.set(id, series);
    }
  }

  #seriesOf(id: SnapshotId): Series | null {
    return this.#whole.get(id)?.series ?? this.#seriesOfReduced.get(id) ?? null;
  }
}
