import { type HeapSnapshot, shallowBytesOf } from '../../model/heap-snapshot.ts';
import { STRIDE } from '../../model/steps.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatShare } from '../../protocol/format/counts.ts';
import type { Bytes, Count } from '../../protocol/units.ts';
import type { FindingKind } from './finding-kind.ts';
import { codeDescriptors } from './growth.ts';
import { heapBytes } from './heap-facts.ts';
import { plainFinding } from './state-finding.ts';

const GEMS = 12;
/** Maximum number of kinds of code listed for a gem. */
const PARTS = 5;

/** Memory that loaded code takes up, by gem. */
export const loadedCode: FindingKind = {
  kind: 'loaded-code',
  group: 'state',
  method:
    'Adds up the shallow sizes of classes, modules, methods, instruction sequences, and call and constant caches, by gem and by kind of code. Code belongs to the gem of the code that dominates it, because instruction sequences are allocated where a file is required, not in that file; otherwise to the gem of its allocation site. What the code of a gem alone keeps is its retained size: what would be freed, data included, if that code had not been loaded.',
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
    /** What the code of each gem retains, and the end of the last subtree that was counted for it. */
    const gemRetained = new Float64Array(gems.labels.length + 1);
    const gemEnd = new Uint32Array(gems.labels.length + 1);
    const parts = new CodeParts(snapshot, code, gemBytes.length);
    const unknown = gemAt[0]!;
    for (let at = 1; at < tree.length; at++) {
      if (at % STRIDE === 0) yield at / tree.length;
      const object = tree.vertex[at]!;
      if (object >= snapshot.objects || code[pairs.descriptor[pair[object]!]!] === 0) continue;
      const above = gemAt[tree.dominator[at]!]!;
      const isInternal = snapshot.descriptors.words[pairs.descriptor[pair[object]!]!]!.family === 'internal';
      const gem = isInternal && above !== unknown ? above : gems.groupOf[pair[object]!]!;
      gemAt[at] = gem;
      const own = shallowBytesOf(snapshot, object);
      gemBytes[gem]! += own;
      parts.add(gem, pairs.descriptor[pair[object]!]!, own);
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
        detail: `${parts.text(gem)}; its code alone keeps ${formatBytes(gemRetained[gem]!)}`,
        objects: gemObjects[gem]!,
        bytes: gemBytes[gem]!,
        object: null,
        set: null,
      }));
    const listed = rows
      .filter(({ label }) => label !== 'untraced')
      .slice(0, 3)
      .map(row => `${row.label} (${formatBytes(row.bytes)})`);
    const most = listed.length === 0 ? '' : `, most of the traced part of ${listed.join(', ')}`;
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

/** The composition of the code of each gem, by class label. */
class CodeParts {
  readonly #labels: string[] = [];
  /** Descriptor → number of its label; 0 if it is not code. */
  readonly #numbers: Uint32Array;
  /** Gem × label → bytes. */
  readonly #bytes: Float64Array;

  constructor({ descriptors, strings }: HeapSnapshot, isCode: Uint8Array, gems: Count) {
    const numbers = new Map<number, number>();
    this.#numbers = Uint32Array.from(descriptors.label, (label, id) => {
      if (isCode[id] === 0) return 0;
      const number = numbers.get(label) ?? this.#labels.push(strings.text(label)) - 1;
      numbers.set(label, number);
      return number;
    });
    this.#bytes = new Float64Array(gems * this.#labels.length);
  }

  add(gem: number, descriptor: number, bytes: Bytes): void {
    this.#bytes[gem * this.#labels.length + this.#numbers[descriptor]!]! += bytes;
  }

  /** The largest parts of a gem: `IMEMO:iseq 2.1 MiB, Class 1.0 MiB`. */
  text(gem: number): string {
    const start = gem * this.#labels.length;
    return this.#labels
      .map((label, at) => ({ label, bytes: this.#bytes[start + at]! }))
      .filter(({ bytes }) => bytes > 0)
      .sort((a, b) => b.bytes - a.bytes || (a.label < b.label ? -1 : 1))
      .slice(0, PARTS)
      .map(({ label, bytes }) => `${label} ${formatBytes(bytes)}`)
      .join(', ');
  }
}
