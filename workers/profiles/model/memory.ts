import type { Bytes } from '../../protocol/units.ts';
import type { CallTree } from './call-tree.ts';
import type { Opened } from './profile.ts';
import type { Series } from './series.ts';

/** Overhead of a string in a JavaScript engine, besides its characters. */
const STRING_BYTES = 32;

/** Memory of a profile or a series: its columns and its texts. O(strings). */
export function profileBytes(opened: Opened): Bytes {
  if (opened.kind === 'series') return seriesBytes(opened.series);
  const { trees, timeline, snapshots, histograms } = opened;
  const columns = snapshots === null ? [] : [snapshots.row, snapshots.start, snapshots.node, snapshots.self];
  return (
    trees.reduce((sum, tree) => sum + treeBytes(tree), 0) +
    (timeline === null ? 0 : seriesBytes(timeline)) +
    bytesOf([...columns, ...histograms.flatMap(({ from, count }) => [from, count])])
  );
}

/** Memory of a tree. O(strings). */
export function treeBytes({ strings, frames, parent, frame, weights }: CallTree): Bytes {
  const texts = strings.reduce((sum, text) => sum + STRING_BYTES + 2 * text.length, 0);
  const { name, file, line, library } = frames;
  return texts + bytesOf([name, file, line, library, parent, frame, ...weights.map(({ self }) => self)]);
}

function seriesBytes({ x, columns }: Series): Bytes {
  return bytesOf([x.values, ...columns.map(({ values }) => values)]);
}

function bytesOf(arrays: readonly ArrayBufferView[]): Bytes {
  return arrays.reduce((sum, array) => sum + array.byteLength, 0);
}
