import { valuesOf } from '../../model/growable.ts';
import type { HeapColumns } from '../../model/heap-columns.ts';
import { classRowOf } from '../../model/heap-snapshot.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import type { StringTable } from '../../model/string-table.ts';
import type { DescriptorResolver, LabelTable } from '../importer.ts';

/** The longest chain of superclasses that is followed: only a damaged dump has a longer one, or a cycle. */
const MAX_CHAIN = 10_000;

/**
 * The class label of every descriptor (numbers.md#class-label), once for all objects that share it. A class may
 * follow its instances: until it is read, they have the label of a missing class.
 */
export function resolveLabels(
  columns: HeapColumns,
  strings: StringTable,
  resolver: DescriptorResolver,
): LabelTable {
  const { descriptorType, descriptorClass, descriptorKind } = columns;
  const classTable = { object: valuesOf(columns.classObjects) };

  const nameOf = (classObject: number): string => {
    let object = classObject;
    for (let steps = 0; steps < MAX_CHAIN; steps++) {
      const row = classRowOf(classTable, object);
      if (row < 0) return resolver.missing;
      const descriptor = columns.pairDescriptor.values[columns.pair.values[object]!]!;
      const isProxy = strings.text(descriptorType.values[descriptor]!) === 'ICLASS';
      if (!isProxy && (columns.flags.values[object]! & ObjectFlag.singleton) === 0) {
        const name = columns.classNames.values[row]!;
        return name === 0 ? '(anonymous)' : strings.text(name);
      }
      const superclass = columns.classSuperclasses.values[row]!;
      if (superclass === 0) return '(anonymous)';
      object = resolver.objectAt(superclass);
      if (object < 0) return resolver.missing;
    }
    return resolver.missing;
  };

  const labelOf = (id: number, classObject: number): string => {
    const type = strings.text(descriptorType.values[id]!);
    const kind = strings.text(descriptorKind.values[id]!);
    if (type === 'IMEMO') return `IMEMO:${kind || 'unknown'}`;
    if (type === 'CLASS') return 'Class';
    if (type === 'MODULE') return 'Module';
    if (type === 'ICLASS') return 'ICLASS';
    const isStruct = type === 'DATA' && kind !== '';
    if (descriptorClass.values[id] === 0) return `(internal) ${isStruct ? kind : type}`;
    const name = classObject < 0 ? resolver.missing : nameOf(classObject);
    return isStruct && name === 'Object' ? `(internal) ${kind}` : name;
  };

  const count = descriptorType.length;
  const classObjects = new Int32Array(count);
  const labels: string[] = [];
  for (let id = 0; id < count; id++) {
    const classKey = descriptorClass.values[id]!;
    classObjects[id] = classKey === 0 ? -1 : resolver.objectAt(classKey);
    labels.push(labelOf(id, classObjects[id]!));
  }
  return { classObjects, labels };
}
