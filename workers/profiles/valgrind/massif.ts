import { profileOf } from '../facts.ts';
import type { ProfileFormat, TextInput } from '../format.ts';
import type { Opened } from '../model/profile.ts';
import { SeriesBuilder } from '../model/series.ts';
import { SnapshotsBuilder } from '../model/snapshots.ts';
import { TreeBuilder } from '../model/tree-builder.ts';
import type { Totals, Unit } from '../model/units.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { forEachLineOfFirst } from '../reading/lines.ts';
import { MassifTree } from './massif-tree.ts';

/** One snapshot in the file. Sizes in bytes; `kind` is null until its line is read. */
interface Snapshot {
  time: number;
  heap: number;
  extra: number;
  stacks: number;
  kind: 'empty' | 'detailed' | 'peak' | null;
  /** Index among the snapshots with trees; -1 = none. */
  tree: number;
}

const TIME_UNITS: Record<string, Unit> = { i: 'instructions', ms: 'milliseconds', B: 'bytes', s: 'seconds' };

/** Files of Valgrind's massif, and of heaptrack_print --print-massif. */
export const massif: ProfileFormat = {
  id: 'massif',
  hasNoOtherContents: true,
  label: 'Valgrind massif',
  sniff: ({ text }) => /^desc: .*\ncmd: .*\ntime_unit: /m.test(text),
  read: readMassif,
};

async function readMassif(input: TextInput): Promise<Opened> {
  const damage = new DamageLog();
  const header = new Map<string, string>();
  const snapshots: Snapshot[] = [];
  const builder = new TreeBuilder({
    id: 'stacks',
    label: 'call stacks',
    kind: 'calls',
    weights: [{ key: 'peakBytes', label: 'bytes at the peak', unit: 'bytes' }],
  });
  const trees = new SnapshotsBuilder();
  const tree = new MassifTree(builder, trees, damage);

  const begins = (line: string) => line.startsWith('desc: ');
  const notes = await forEachLineOfFirst(input, begins, (line, number) => {
    if (line === '' || line.startsWith('#')) return;
    const last = snapshots.at(-1);
    if (last !== undefined && last.tree >= 0 && tree.line(line, number)) return;
    const field = /^(\w+)[=:] ?(.*)$/.exec(line);
    if (field === null) {
      damage.add(number, line, 'neither a field nor a line of a tree');
      return;
    }
    const [, name, value] = field as unknown as [string, string, string];
    if (name === 'snapshot') {
      tree.end();
      snapshots.push({ time: Number.NaN, heap: 0, extra: 0, stacks: 0, kind: null, tree: -1 });
    } else if (last === undefined) {
      header.set(name, value);
    } else if (!setField(last, name, value)) {
      damage.add(number, line, 'not a field of a snapshot, or not a number');
    } else if (name === 'heap_tree' && value !== 'empty') {
      last.tree = trees.length;
      tree.begin(snapshots.length - 1);
    }
  });
  tree.end();
  return massifProfile(input, header, snapshots, builder, trees, damage, notes);
}

function setField(snapshot: Snapshot, name: string, value: string): boolean {
  if (name === 'heap_tree') {
    if (value !== 'empty' && value !== 'detailed' && value !== 'peak') return false;
    snapshot.kind = value;
    return true;
  }
  const number = /^[\d.]+$/.test(value) ? Number(value) : Number.NaN;
  if (Number.isNaN(number)) return false;
  if (name === 'time') snapshot.time = number;
  else if (name === 'mem_heap_B') snapshot.heap = number;
  else if (name === 'mem_heap_extra_B') snapshot.extra = number;
  else if (name === 'mem_stacks_B') snapshot.stacks = number;
  else return false;
  return true;
}

function massifProfile(
  input: TextInput,
  header: Map<string, string>,
  all: Snapshot[],
  builder: TreeBuilder,
  trees: SnapshotsBuilder,
  damage: DamageLog,
  several: readonly string[],
): Opened {
  const snapshots = all.filter(snapshot => snapshot.kind !== null);
  if (snapshots.length === 0) {
    input.fail(
      'There is no complete snapshot in the file.',
      'Valgrind writes the file when the program ends: let it end, or take a snapshot with "vgdb detailed_snapshot FILE".',
    );
  }
  const marked = snapshots.find(snapshot => snapshot.kind === 'peak');
  const peak = marked ?? snapshots.reduce((most, each) => (each.heap > most.heap ? each : most));
  // If the peak has no tree, the snapshot with the largest tree is used instead.
  const shown =
    peak.tree >= 0
      ? peak
      : snapshots.reduce((most, each) =>
          each.tree >= 0 && (most.tree < 0 || each.heap >= most.heap) ? each : most,
        );
  const finished = trees.finish('heapBytes');
  if (shown.tree >= 0) {
    for (let entry = finished.start[shown.tree]!; entry < finished.start[shown.tree + 1]!; entry++) {
      builder.add(finished.node[entry]!, 0, finished.self[entry]!);
    }
  } else {
    builder.add(0, 0, peak.heap);
  }
  const notes = [...several, 'The call trees cover the heap only, without allocator overhead and stacks.'];
  if (marked === undefined) notes.push('The file marks no peak: the largest snapshot is used instead.');
  if (shown !== peak && shown.tree >= 0)
    notes.push(`The peak has no tree: shown is a snapshot of ${shown.heap} bytes.`);
  if (all.length > snapshots.length) notes.push('The last snapshot is incomplete: the file was cut short.');
  return profileOf(massif, [builder.finish()], {
    details: [
      { label: 'Command', value: header.get('cmd') ?? '' },
      { label: 'Options', value: header.get('desc') ?? '' },
    ],
    notes,
    damage,
    totals: massifTotals(snapshots, peak),
    timeline: timelineOf(snapshots, TIME_UNITS[header.get('time_unit') ?? ''] ?? 'ticks'),
    snapshots: finished,
  });
}

function massifTotals(snapshots: readonly Snapshot[], peak: Snapshot): Totals {
  const end = snapshots.at(-1)!;
  const totals: Totals = {
    snapshots: snapshots.length,
    peakBytes: peak.heap,
    peakExtraBytes: peak.extra,
    peakTotalBytes: peak.heap + peak.extra + peak.stacks,
    endBytes: end.heap,
  };
  if (snapshots.some(snapshot => snapshot.stacks > 0)) totals.peakStacksBytes = peak.stacks;
  return totals;
}

function timelineOf(snapshots: readonly Snapshot[], unit: Unit) {
  const series = new SeriesBuilder();
  for (const [row, snapshot] of snapshots.entries()) {
    series.row(Number.isNaN(snapshot.time) ? row : snapshot.time);
    series.set('heap', snapshot.heap, 'bytes');
    series.set('extra', snapshot.extra, 'bytes');
    series.set('stacks', snapshot.stacks, 'bytes');
  }
  return series.finish('time', unit);
}
