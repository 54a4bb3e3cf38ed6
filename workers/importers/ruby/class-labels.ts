import { ObjectFlag } from '../../model/object-flags.ts';
import type { SnapshotBuilder } from '../../model/snapshot-builder.ts';
import type { DescriptorResolver, LabelTable } from '../importer.ts';

/** Superclasses are followed no further: only a damaged dump has a longer chain, or a ring. */
const MAX_CHAIN = 10_000;

/**
 * The class label of every descriptor (numbers.md, Labels), once for all objects that share it. Needs all
 * records, since a class can come after its instances.
 */
export function resolveLabels(builder: SnapshotBuilder, resolver: DescriptorResolver): LabelTable {
  const { descriptors, strings, classes } = builder;
  const rowOfClass = new Map<number, number>();
  for (let row = 0; row < classes.objects.length; row++) rowOfClass.set(classes.objects.values[row]!, row);
  const iclass = strings.internText('ICLASS');

  const nameOf = (classObject: number): string => {
    let object = classObject;
    for (let steps = 0; steps < MAX_CHAIN; steps++) {
      const row = rowOfClass.get(object);
      if (row === undefined) return '(unknown class)';
      const isProxy = descriptors.a[builder.descriptor[object]!] === iclass;
      if (!isProxy && (builder.flags[object]! & ObjectFlag.singleton) === 0) {
        const name = classes.names.values[row]!;
        return name === 0 ? '(anonymous)' : strings.text(name);
      }
      const superclass = classes.superclassKeys.values[row]!;
      if (superclass === 0) return '(anonymous)';
      object = resolver.objectAt(superclass);
      if (object < 0) return '(unknown class)';
    }
    return '(unknown class)';
  };

  const labelOf = (id: number, classObject: number): string => {
    const type = strings.text(descriptors.a[id]!);
    const kind = strings.text(descriptors.c[id]!);
    if (type === 'IMEMO') return `IMEMO:${kind || 'unknown'}`;
    if (type === 'CLASS') return 'Class';
    if (type === 'MODULE') return 'Module';
    if (type === 'ICLASS') return 'ICLASS';
    const isStruct = type === 'DATA' && kind !== '';
    if (descriptors.b[id] === 0) return `(internal) ${isStruct ? kind : type}`;
    const name = classObject < 0 ? '(unknown class)' : nameOf(classObject);
    return isStruct && name === 'Object' ? `(internal) ${kind}` : name;
  };

  const classObjects = new Int32Array(descriptors.length);
  const labels = new Uint32Array(descriptors.length);
  for (let id = 0; id < descriptors.length; id++) {
    const classKey = descriptors.b[id]!;
    classObjects[id] = classKey === 0 ? -1 : resolver.objectAt(classKey);
    labels[id] = strings.internText(labelOf(id, classObjects[id]!));
  }
  return { classObjects, labels };
}
