import {
  addressOf,
  allocationOf,
  descriptorOf,
  type HeapSnapshot,
  hasTrait,
} from '../../model/heap-snapshot.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCount, formatCountOf } from '../../protocol/format/counts.ts';
import type { Count, ObjectIndex } from '../../protocol/units.ts';
import { Trait } from '../../protocol/vocabulary.ts';
import { namedAncestor } from '../class-titles.ts';
import type { FindingKind } from './finding-kind.ts';
import { retainedTogether } from './retained-together.ts';
import { plainFinding } from './state-finding.ts';

const SHOWN = 20;
const ROWS = 8;

interface Row {
  classes: ObjectIndex[];
  generations: Set<number>;
}

/** Classes without a name, and singleton classes of objects that are not classes: they are created at run time. */
export const anonymousClasses: FindingKind = {
  kind: 'anonymous-classes',
  group: 'state',
  method:
    'Groups classes without a name by their first superclass that has one, and singleton classes of ordinary objects by the class of those objects. Lists what each group retains and the generations in which its classes were made. Each new class takes memory and invalidates method caches. Dumps of Ruby 3.0 and older do not contain superclasses.',
  reference:
    'Class creation in "Ruby Under a Microscope", chapters 5 and 6; Class.new, extend and define_singleton_method.',
  cost: 'O(classes)',
  thresholds: [
    { name: 'anonymous.classes', label: 'classes', unit: 'count', min: 1, max: 10_000, usual: 50 },
  ],

  *find({ snapshot, retention, threshold }) {
    const rows = new Map<string, Row>();
    const { classes, flags, allocations } = snapshot;
    if (!classes.hasSingletonClasses) return [];
    const isNamedClass = new Uint8Array(classes.object.length);
    for (const [row, attached] of classes.attached.entries()) if (attached >= 0) isNamedClass[row] = 1;
    for (const [row, object] of classes.object.entries()) {
      const descriptor = descriptorOf(snapshot, object);
      if (classes.name[row] !== 0 || !hasTrait(snapshot, descriptor, Trait.class)) continue;
      if (retention.tree.position[object] === 0) continue;
      const isSingleton = (flags[object]! & ObjectFlag.singleton) !== 0;
      if (isSingleton && !isOfPlainObject(snapshot, object, isNamedClass[row] === 1)) continue;
      const ancestor = namedAncestor(snapshot, object) || '(unknown class)';
      const key = isSingleton ? `singleton classes of ${ancestor}` : `subclasses of ${ancestor}`;
      const group = rows.get(key) ?? { classes: [], generations: new Set() };
      rows.set(key, group);
      group.classes.push(object);
      const generation = allocations.generation[allocationOf(snapshot, object)]!;
      if (generation > 0) group.generations.add(generation);
    }
    const ordered = [...rows].sort(([, a], [, b]) => b.classes.length - a.classes.length);
    const all = ordered.flatMap(([, row]) => row.classes);
    if (all.length < threshold('anonymous.classes')) return [];
    const [[name, most]] = ordered as [[string, Row]];
    const bytes = retainedTogether(retention, all);
    return [
      plainFinding({
        id: 'anonymous-classes',
        title: 'Classes made at run time',
        sentence: `${formatCountOf(all.length, 'anonymous or singleton class', 'anonymous and singleton classes')} ${all.length === 1 ? 'keeps' : 'keep'} ${formatBytes(bytes)}: ${formatCount(most.classes.length)} are ${name}${madeIn(most)}.`,
        bytes,
        objects: all.length,
        certainty: 'exact',
        objectsShown: all.slice(0, SHOWN).map(object => addressOf(snapshot, object)),
        figures: { groups: ordered.length },
        evidence: ordered.slice(0, ROWS).map(([label, row]) => ({
          label,
          detail: madeIn(row).replace(/^, /, ''),
          objects: row.classes.length,
          bytes: retainedTogether(retention, row.classes),
          object: { index: row.classes[0]!, address: addressOf(snapshot, row.classes[0]!) },
          set: null,
        })),
      }),
    ];
  },
};

function madeIn({ generations }: Row): string {
  const count: Count = generations.size;
  return count === 0 ? '' : `, made in ${formatCountOf(count, 'generation')}`;
}

/** Whether a singleton class belongs to an object that is neither a class nor a module. O(references). */
function isOfPlainObject(snapshot: HeapSnapshot, object: ObjectIndex, isOfNamedClass: boolean): boolean {
  if (isOfNamedClass) return false;
  const { first, targets } = snapshot.references;
  const { pair, pairs } = snapshot;
  for (let at = first[object]!; at < first[object + 1]!; at++) {
    const target = targets[at]!;
    if (pairs.classObject[pair[target]!] !== object) continue;
    return !hasTrait(snapshot, descriptorOf(snapshot, target), Trait.classLike);
  }
  return false;
}
