import { valuesOf } from '../model/growable.ts';
import type { HeapColumns } from '../model/heap-columns.ts';
import { classRowOf } from '../model/heap-snapshot.ts';
import type { StringTable } from '../model/string-table.ts';
import type { DescriptorResolver, LabelTable } from './importer.ts';

/**
 * Class labels for formats in which an object is labelled with the name of its class, or with its type if it has no
 * class. O(descriptors · log classes).
 */
export function classNameLabels(
  { classObjects, classNames, descriptorClass, descriptorType }: HeapColumns,
  strings: StringTable,
  { objectAt, missing }: DescriptorResolver,
): LabelTable {
  const classTable = { object: valuesOf(classObjects) };
  const classes = Int32Array.from(valuesOf(descriptorClass), each => (each === 0 ? -1 : objectAt(each)));
  const labels = Array.from(classes, (classObject, id) => {
    if (descriptorClass.values[id] === 0) return strings.text(descriptorType.values[id]!);
    const row = classRowOf(classTable, classObject);
    return row < 0 ? missing : strings.text(classNames.values[row]!);
  });
  return { classObjects: classes, labels };
}
