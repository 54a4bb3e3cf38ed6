import { descriptorOf, type HeapSnapshot } from '../model/heap-snapshot.ts';
import type { ObjectIndex } from '../protocol/units.ts';
import { Trait } from '../protocol/vocabulary.ts';
import type { OpenSnapshot } from './open-snapshot.ts';

/** Characters of a name that are shown. */
const NAME_LENGTH = 80;

/**
 * The names of pieces of bytecode, such as `block in save`. Their records have no name, but refer to their label, the
 * label of the enclosing method and their path, in this order, after the strings that the code itself uses. So the
 * last three such references are used if the label ends with that of the method, which is always the case. Objects
 * whose name is uncertain are left out. Reads their records, and those of the labels.
 */
export async function codeNames(
  open: OpenSnapshot,
  objects: readonly ObjectIndex[],
): Promise<Map<ObjectIndex, string>> {
  const { snapshot } = open;
  const labelled = objects.flatMap(object => {
    const labels = labelsOf(snapshot, object);
    return labels === null ? [] : [{ object, ...labels }];
  });
  const strings = [...new Set(labelled.flatMap(({ label, base }) => [label, base]))];
  const records = await open.records.read(strings);
  const textOf = new Map(strings.map((string, at) => [string, records[at]?.text ?? null]));
  const names = new Map<ObjectIndex, string>();
  for (const { object, label, base } of labelled) {
    const text = textOf.get(label) ?? null;
    const method = textOf.get(base) ?? null;
    if (text === null || method === null || !(text === method || text.endsWith(` ${method}`))) continue;
    names.set(object, text.slice(0, NAME_LENGTH));
  }
  return names;
}

/** The last two strings before a path, which is a string or a list. */
function labelsOf(
  snapshot: HeapSnapshot,
  object: ObjectIndex,
): { label: ObjectIndex; base: ObjectIndex } | null {
  const { first, targets } = snapshot.references;
  const traitsOf = (target: ObjectIndex) => snapshot.descriptors.traits[descriptorOf(snapshot, target)]!;
  for (let at = first[object + 1]! - 1; at >= first[object]! + 2; at--) {
    if ((traitsOf(targets[at]!) & (Trait.string | Trait.elements)) === 0) continue;
    const [label, base] = [targets[at - 2]!, targets[at - 1]!];
    return (traitsOf(label) & traitsOf(base) & Trait.string) === 0 ? null : { label, base };
  }
  return null;
}
