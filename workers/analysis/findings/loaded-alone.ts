import {
  addressOf,
  allocationOf,
  descriptorOf,
  type HeapSnapshot,
  hasTrait,
} from '../../model/heap-snapshot.ts';
import { part, type Steps } from '../../model/steps.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCountOf } from '../../protocol/format/counts.ts';
import { shortPath } from '../../protocol/origin.ts';
import type { Bytes, ObjectIndex } from '../../protocol/units.ts';
import { Trait } from '../../protocol/vocabulary.ts';
import type { FindingContext, FindingKind } from './finding-kind.ts';
import { largestOf } from './largest.ts';
import { retainedTogether } from './retained-together.ts';
import { plainFinding } from './state-finding.ts';
import { minWasteBytes, wasteThreshold } from './sweeps.ts';

const SHOWN = 20;
const ROWS = 12;
/** Maximum number of dominators that are followed upwards. */
const MAX_STEPS = 1000;

/** A file whose classes and modules are held by their names only. */
interface UnusedFile {
  file: string;
  classes: ObjectIndex[];
  bytes: Bytes;
}

/** Files that were loaded, although nothing else in the heap uses anything from them. */
export const loadedAlone: FindingKind = {
  kind: 'loaded-alone',
  group: 'waste',
  method:
    'The classes and modules that were allocated in one file, where nothing uses any of them: they have no instances, no subclasses and are included nowhere outside of the file, and only other classes and modules (the constants that name them) and the file\u2019s own code refer to them. Even the inline caches of other code, which are filled when that code runs, do not. So one require holds them; the bytes are what they retain together. An estimate: code that has not run yet may need them, and a class that is opened again keeps the methods of other files, too. Only traced classes count.',
  reference: 'Memory by required file of derailed_benchmarks; dead classes of Mitchell & Sevitsky.',
  cost: 'O(classes, and what refers to them)',
  thresholds: [wasteThreshold('alone', 0.001)],

  *find(context) {
    const files = yield* unusedFiles(context);
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    if (files.length === 0 || bytes < minWasteBytes(context, 'alone')) return [];
    const { snapshot, retention } = context;
    const classes = files.flatMap(file => file.classes);
    const largest = files
      .slice(0, 3)
      .map(({ file, bytes }) => `${shortPath(file, context.applicationRoot)} (${formatBytes(bytes)})`);
    const shown = largestOf(classes, SHOWN, object => retention.retained[retention.tree.position[object]!]!);
    return [
      plainFinding({
        id: 'loaded-alone',
        title: 'Loaded, but used by nothing',
        sentence: `${formatCountOf(files.length, 'file')} ${files.length === 1 ? 'is' : 'are'} loaded although nothing in this dump uses ${files.length === 1 ? 'its' : 'their'} ${formatCountOf(classes.length, 'class or module', 'classes and modules')}. Without the require, ${formatBytes(bytes)} would be free. ${largest.length === 1 ? 'It is' : 'The largest are'} ${largest.join(', ')}.`,
        bytes,
        objects: classes.length,
        certainty: 'estimate',
        objectsShown: shown.map(object => addressOf(snapshot, object)),
        figures: { files: files.length },
        evidence: files.slice(0, ROWS).map(({ file, classes: own, bytes: kept }) => ({
          label: shortPath(file, context.applicationRoot),
          detail: 'no instance, no subclass, no use outside of the file',
          objects: own.length,
          bytes: kept,
          object: null,
          set: {
            kind: 'and',
            sets: [
              { kind: 'group', key: 'file', label: file },
              { kind: 'filter', text: 'type:CLASS or type:MODULE' },
            ],
          },
        })),
      }),
    ];
  },
};

/** The unused files, largest first. O(classes + pairs + referrers of classes). */
export function* unusedFiles(context: FindingContext): Steps<UnusedFile[]> {
  const { snapshot, retention } = context;
  const { classes, strings } = snapshot;
  const byFile = new Map<number, ObjectIndex[]>();
  for (const object of classes.object) {
    const file = fileOf(snapshot, object);
    if (file === 0 || retention.tree.position[object] === 0 || isProxy(snapshot, object)) continue;
    const known = byFile.get(file);
    if (known === undefined) byFile.set(file, [object]);
    else known.push(object);
  }
  // Up to Ruby 3.0 records do not contain superclasses.
  if (byFile.size === 0 || !classes.hasSingletonClasses) return [];
  const used = usedByDescent(snapshot);
  const { first, targets } = yield* part(0, 0.8, context.referrers());
  const found: UnusedFile[] = [];
  for (const [file, own] of byFile) {
    const isUsed = own.some(object => {
      if (used.has(object)) return true;
      for (let at = first[object]!; at < first[object + 1]!; at++) {
        if (!isHarmless(context, targets[at]!, file)) return true;
      }
      return false;
    });
    if (isUsed || isListed(snapshot, own)) continue;
    found.push({ file: strings.text(file), classes: own, bytes: retainedTogether(retention, own) });
  }
  return found.sort((a, b) => b.bytes - a.bytes || (a.file < b.file ? -1 : 1));
}

/** Classes with instances, and classes with descendants in other files or in none. O(pairs + classes). */
function usedByDescent(snapshot: HeapSnapshot): Set<ObjectIndex> {
  const { classes, pairs, pair } = snapshot;
  const used = new Set<ObjectIndex>();
  for (let id = 0; id < pairs.length; id++) {
    const isOfClass = hasTrait(snapshot, pairs.descriptor[id]!, Trait.classLike);
    if (!isOfClass && pairs.objects[id]! > 0 && pairs.classObject[id]! >= 0) used.add(pairs.classObject[id]!);
  }
  const ends = (above: ObjectIndex, below: ObjectIndex) => {
    if (above >= 0 && fileOf(snapshot, above) !== fileOf(snapshot, below)) used.add(above);
  };
  for (const [row, object] of classes.object.entries()) {
    const superclass = classes.superclass[row]!;
    if (superclass >= 0) ends(classes.object[superclass]!, object);
    // A module proxy means that the module is included.
    if (isProxy(snapshot, object)) ends(pairs.classObject[pair[object]!]!, object);
  }
  return used;
}

/** Whether a root lists one of them, so that it is not held by its constant alone. O(roots). */
function isListed({ roots }: HeapSnapshot, own: readonly ObjectIndex[]): boolean {
  const wanted = new Set(own);
  return roots.some(root => root.objects.some(object => wanted.has(object)));
}

/** Whether a referrer is a class or module, or belongs to the file's own code. */
function isHarmless({ snapshot, retention }: FindingContext, referrer: ObjectIndex, file: number): boolean {
  if (hasTrait(snapshot, descriptorOf(snapshot, referrer), Trait.classLike)) return true;
  if (fileOf(snapshot, referrer) === file) return true;
  const { tree } = retention;
  let at = tree.position[referrer]!;
  for (let steps = 0; at !== 0 && steps < MAX_STEPS; steps++) {
    const object = tree.vertex[at]!;
    if (object >= snapshot.objects) return false;
    if (hasTrait(snapshot, descriptorOf(snapshot, object), Trait.classLike))
      return fileOf(snapshot, object) === file;
    at = tree.dominator[at]!;
  }
  // Unreachable objects use nothing.
  return tree.position[referrer] === 0;
}

function isProxy(snapshot: HeapSnapshot, object: ObjectIndex): boolean {
  return hasTrait(snapshot, descriptorOf(snapshot, object), Trait.proxy);
}

/** String id of the file in which an object was allocated; 0 = unknown. */
function fileOf(snapshot: HeapSnapshot, object: ObjectIndex): number {
  const { allocations, sites } = snapshot;
  return sites.file[allocations.site[allocationOf(snapshot, object)]!]!;
}
