import { shallowBytesOf } from '../../model/heap-snapshot.ts';
import { STRIDE } from '../../model/steps.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatShare } from '../../protocol/format/counts.ts';
import type { FindingKind } from './finding-kind.ts';
import { codeDescriptors } from './growth.ts';
import { heapBytes } from './heap-facts.ts';
import { plainFinding } from './state-finding.ts';

const GEMS = 12;

/** What loaded code takes, by gem. */
export const loadedCode: FindingKind = {
  kind: 'loaded-code',
  group: 'state',
  method:
    'Adds up the shallow sizes of classes, modules, methods, instruction sequences, and call and constant caches, by gem. Code belongs to the gem of the code that dominates it, because instruction sequences are allocated where a file is required, not in that file; otherwise to the gem of its allocation site. What the code of a gem alone keeps is its retained size: what would be freed, data included, if that code had not been loaded.',
  reference: 'Memory by required file of derailed_benchmarks.',
  cost: 'O(n), 4 bytes an object',
  thresholds: [
    { name: 'code.share', label: 'share of the heap', unit: 'share', min: 0.01, max: 0.9, usual: 0.1 },
  ],

  *find({ snapshot, retention, threshold, groupTable }) {
    const code = codeDescriptors(snapshot);
    const { pair, pairs } = snapshot;
    const { tree } = retention;
    let bytes = 0;
    let objects = 0;
    for (let id = 0; id < pairs.length; id++) {
      if (code[pairs.descriptor[id]!] === 0) continue;
      bytes += pairs.shallowBytes[id]!;
      objects += pairs.objects[id]!;
    }
    const share = bytes / Math.max(1, heapBytes(snapshot));
    if (bytes === 0 || share < threshold('code.share')) return [];
    const gems = groupTable('gem');
    const none = gems.labels.indexOf(null);
    const gemAt = new Uint32Array(tree.length).fill(none < 0 ? gems.labels.length : none);
    const gemBytes = new Float64Array(gems.labels.length + 1);
    const gemObjects = new Float64Array(gems.labels.length + 1);
    /** What each gem's code retains, and up to where the code of the gem that was met last does. */
    const gemRetained = new Float64Array(gems.labels.length + 1);
    const gemEnd = new Uint32Array(gems.labels.length + 1);
    const unknown = gemAt[0]!;
    for (let at = 1; at < tree.length; at++) {
      if (at % STRIDE === 0) yield at / tree.length;
      const object = tree.vertex[at]!;
      if (object >= snapshot.objects || code[pairs.descriptor[pair[object]!]!] === 0) continue;
      const above = gemAt[tree.dominator[at]!]!;
      const isInternal = snapshot.descriptors.words[pairs.descriptor[pair[object]!]!]!.family === 'internal';
      const gem = isInternal && above !== unknown ? above : gems.groupOf[pair[object]!]!;
      gemAt[at] = gem;
      gemBytes[gem]! += shallowBytesOf(snapshot, object);
      gemObjects[gem]!++;
      if (at >= gemEnd[gem]!) {
        gemRetained[gem]! += retention.retained[at]!;
        gemEnd[gem] = tree.subtreeEnd[at]!;
      }
    }
    const rows = Array.from(gemBytes.keys())
      .filter(gem => gemObjects[gem]! > 0)
      .sort((a, b) => gemBytes[b]! - gemBytes[a]!)
      .slice(0, GEMS)
      .map(gem => ({
        label: gems.labels[gem] ?? 'untraced',
        detail: `its code alone keeps ${formatBytes(gemRetained[gem]!)}`,
        objects: gemObjects[gem]!,
        bytes: gemBytes[gem]!,
        object: null,
        set: null,
      }));
    const told = rows
      .filter(({ label }) => label !== 'untraced')
      .slice(0, 3)
      .map(row => `${row.label} (${formatBytes(row.bytes)})`);
    const most = told.length === 0 ? '' : `, most of the traced part of ${told.join(', ')}`;
    return [
      plainFinding({
        id: 'loaded-code',
        title: 'Loaded code',
        sentence: `Loaded code takes ${formatBytes(bytes)}, ${formatShare(share)} of the heap${most}.`,
        bytes,
        objects,
        certainty: 'estimate',
        figures: { share },
        evidence: rows,
      }),
    ];
  },
};
