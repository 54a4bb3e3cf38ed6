import type { DocumentOptions } from '../protocol/document.ts';
import type { GenerationChart } from '../protocol/generations.ts';
import type { HeapService } from '../protocol/heap-service.ts';
import type { ObjectSetSpec } from '../protocol/object-set.ts';
import type { Overview } from '../protocol/overview.ts';
import type { RetainerPath } from '../protocol/paths.ts';
import type { GroupRow } from '../protocol/rows.ts';
import type { SnapshotInfo } from '../protocol/snapshot-info.ts';
import type { TreeNode } from '../protocol/tree-node.ts';
import { Trait } from '../protocol/vocabulary.ts';
import { type Highlight, highlights } from './highlights.ts';

/** All data for a report. */
export interface DocumentData {
  info: SnapshotInfo;
  options: DocumentOptions;
  overview: Overview;
  highlights: Highlight[];
  /** The largest groups by each key, unless no group has a label. */
  groups: { title: string; rows: GroupRow[]; total: number }[];
  /** The largest objects by retained size, each with the path that keeps it alive. */
  paths: { row: Overview['topRetained'][number]; path: RetainerPath }[];
  tree: TreeNode[];
  generations: GenerationChart;
  /** The beginnings of the largest strings, if requested. */
  strings: { address: string; bytes: number; text: string }[];
}

const ROWS = 20;
const PATHS = 5;
const STRINGS = 20;
const GROUPS = [
  ['class', 'Classes'],
  ['gem', 'Gems'],
  ['site', 'Allocation sites'],
  ['method', 'Methods'],
] as const;

/** Asks for all data of a report. */
export async function gatherDocument(
  ask: HeapService['ask'],
  info: SnapshotInfo,
  options: DocumentOptions,
): Promise<DocumentData> {
  const about = { snapshot: info.id, set: options.set };
  const overview = await ask('overview', { ...about, top: ROWS });
  const groups: DocumentData['groups'] = [];
  for (const [key, title] of GROUPS) {
    if (!info.vocabulary.groupingKeys.includes(key)) continue;
    const sort = { key, sort: 'retainedBytes', descending: true, offset: 0, limit: ROWS } as const;
    const { rows, total } = await ask('groups', { ...about, ...sort });
    if (rows.some(row => row.label !== null)) groups.push({ title, rows, total });
  }
  const paths: DocumentData['paths'] = [];
  for (const row of overview.topRetained.filter(({ overhead }) => !overhead).slice(0, PATHS)) {
    const path = await ask('retainerPath', { snapshot: info.id, object: row.object.index });
    paths.push({ row, path });
  }
  const cut = { path: [], overhead: false, maxNodes: 200, minShare: 0.002 };
  return {
    info,
    options,
    overview,
    highlights: highlights(overview, info),
    groups,
    paths,
    tree: await ask('mergedTree', { ...about, ...cut }),
    generations: await ask('generations', { ...about, key: 'class', measure: 'bytes' }),
    strings: options.strings ? await largestStrings(ask, info, options.set) : [],
  };
}

async function largestStrings(
  ask: HeapService['ask'],
  info: SnapshotInfo,
  set: ObjectSetSpec,
): Promise<DocumentData['strings']> {
  const others = info.vocabulary.types
    .filter(([, { traits }]) => (traits & Trait.text) !== 0)
    .map(([type]): ObjectSetSpec => ({ kind: 'not', set: { kind: 'group', key: 'type', label: type } }));
  const strings: ObjectSetSpec = {
    kind: 'and',
    sets: [set, { kind: 'not', set: { kind: 'and', sets: others } }],
  };
  const largest = { sort: 'shallowBytes', descending: true, offset: 0, limit: STRINGS } as const;
  const { rows } = await ask('objects', { snapshot: info.id, set: strings, ...largest });
  const excerpts = await ask('excerpts', { snapshot: info.id, objects: rows.map(row => row.index) });
  return rows.flatMap(({ address, shallowBytes }, at) => {
    const text = excerpts[at]?.text ?? null;
    return text === null ? [] : [{ address, bytes: shallowBytes, text }];
  });
}
