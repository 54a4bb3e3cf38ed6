import { addressOf, allocationOf, descriptorOf, hasTrait } from '../../model/heap-snapshot.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCountOf, formatShare } from '../../protocol/format/counts.ts';
import type { ObjectIndex } from '../../protocol/units.ts';
import { Trait } from '../../protocol/vocabulary.ts';
import { classTitle } from '../class-titles.ts';
import { holderEvidence } from './evidence.ts';
import type { FindingKind, RankedFinding } from './finding-kind.ts';
import { generationBytes, generationColumns, spread } from './growth.ts';
import { plainFinding } from './state-finding.ts';

const MOST = 5;
const SHOWN = 20;

/** Unnamed classes that keep being created: anonymous ones by superclass, singleton classes by class. */
export const growingClasses: FindingKind = {
  kind: 'growing-classes',
  group: 'leak',
  method:
    'Groups classes without a name by superclass, and singleton classes of ordinary objects by the class of those objects. A group is reported if it has many classes, if what they retain is spread over many effective generations (2^H, where H is the entropy of the retained bytes by generation), and if a large share of it is in the newer half of the generations. Each class keeps its methods, and creating it invalidates method caches.',
  reference: 'Class loader leaks of Eclipse Memory Analyzer, applied to classes.',
  cost: 'O(classes)',
  thresholds: [
    { name: 'classes.count', label: 'classes', unit: 'count', min: 5, max: 10_000, usual: 20 },
    {
      name: 'classes.generations',
      label: 'effective generations',
      unit: 'generations',
      min: 2,
      max: 50,
      usual: 6,
    },
    { name: 'classes.recent', label: 'recent share', unit: 'share', min: 0, max: 1, usual: 0.35 },
  ],

  *find(context) {
    const { snapshot, retention, threshold } = context;
    const { classes, allocations } = snapshot;
    const { tree, retained } = retention;
    if (snapshot.facts.tracedObjects === 0 || !classes.hasSingletonClasses) return [];
    const groups = new Map<string, ObjectIndex[]>();
    for (const [row, object] of classes.object.entries()) {
      const isNameless =
        classes.name[row] === 0 && hasTrait(snapshot, descriptorOf(snapshot, object), Trait.class);
      if (!isNameless || tree.position[object] === 0 || allocationOf(snapshot, object) === 0) continue;
      const title = classTitle(snapshot, object).replace(/:0x[0-9a-f]+>/, '>');
      // A singleton class counts with its class.
      if (/^#<Class:[^#]/.test(title) || title === '') continue;
      groups.set(title, [...(groups.get(title) ?? []), object]);
    }
    const columns = yield* generationColumns(context);
    const columnOf = new Map([...columns.generations].map((generation, column) => [generation, column]));
    const found: RankedFinding[] = [];
    for (const [title, objects] of groups) {
      if (objects.length < threshold('classes.count')) continue;
      const byColumn = new Float64Array(columns.generations.length);
      for (const object of objects) {
        const column = columnOf.get(allocations.generation[allocationOf(snapshot, object)]! - 1);
        if (column !== undefined) byColumn[column]! += retained[tree.position[object]!]!;
      }
      const { effective, recent } = spread(byColumn, columns.newer);
      if (effective < threshold('classes.generations') || recent < threshold('classes.recent')) continue;
      const bytes = byColumn.reduce((sum, own) => sum + own, 0);
      found.push(
        plainFinding({
          id: `growing-classes ${title}`,
          title: `Classes keep being made: ${title}`,
          sentence: `${formatCountOf(objects.length, 'class', 'classes')} without a name, ${title}, keep ${formatBytes(bytes)} and were created over many generations, ${formatShare(recent)} of their bytes in the newer half of the dump.`,
          bytes,
          objects: objects.length,
          certainty: 'evidence',
          objectsShown: objects.slice(0, SHOWN).map(object => addressOf(snapshot, object)),
          figures: { effectiveGenerations: effective, recent },
          evidence: objects.slice(0, 5).map(object => holderEvidence(snapshot, retention, object)),
          byGeneration: generationBytes(columns, byColumn),
        }),
      );
    }
    return found.sort((a, b) => b.rank - a.rank).slice(0, MOST);
  },
};
