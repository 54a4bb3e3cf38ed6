import type { HeapSnapshot } from '../../model/heap-snapshot.ts';
import { emptyBits } from '../../model/object-set.ts';
import type { Steps } from '../../model/steps.ts';
import type { Pattern } from '../../protocol/filter/filter.ts';
import type { ObjectIndex } from '../../protocol/units.ts';
import { anyOf, asBits, type Membership, ofBits, ofPairs } from '../membership.ts';
import type { SetContext } from '../set-context.ts';
import { setBit } from './bit-passes.ts';
import { passingTexts, textTest } from './text-tests.ts';

/**
 * Objects with a matching text: the class label, the allocation site, the method, or the struct of a DATA; for
 * classes and modules, the name. O(pairs + characters of the labels), and O(n) if classes match by name.
 */
export function* words(context: SetContext, pattern: Pattern): Steps<Membership> {
  const { snapshot } = context;
  const passes = textTest(pattern);
  const tables: { groupOf: Uint32Array; passing: Uint8Array }[] = [];
  for (const key of ['class', 'site', 'method'] as const) {
    const { groupOf, labels } = context.group(key);
    tables.push({ groupOf, passing: yield* passingTexts(labels, passes) });
  }
  const { kind } = snapshot.descriptors;
  const kinds = Array.from(kind, id => (id === 0 ? null : snapshot.strings.text(id)));
  const kindPasses = yield* passingTexts(kinds, passes);
  const members = ofPairs(
    snapshot,
    pair =>
      tables.some(({ groupOf, passing }) => passing[groupOf[pair]!] === 1) ||
      kindPasses[snapshot.pairs.descriptor[pair]!] === 1,
  );
  const named = yield* classesNamed(snapshot, passes);
  if (named.every(object => members.pairs![snapshot.pair[object]!] === 1)) return members;
  const bits = yield* asBits(snapshot, members);
  for (const object of named) setBit(bits, object);
  return ofBits(bits);
}

/** Classes and modules whose name passes; singleton classes by the name of their object. */
function* classesNamed(snapshot: HeapSnapshot, passes: (text: string) => boolean): Steps<number[]> {
  const { classes, strings } = snapshot;
  const names = Array.from(classes.name, (name, row) => {
    if (name !== 0) return strings.text(name);
    const attached = classes.attached[row]!;
    return attached < 0 ? null : `#<Class:${strings.text(classes.name[attached]!)}>`;
  });
  const passing = yield* passingTexts(names, passes);
  return Array.from(classes.object).filter((_, row) => passing[row] === 1);
}

/** Like {@link words}, and the object that the text names as a console prints it: by its address or object id. */
export function* wordsOrObject(context: SetContext, pattern: Pattern): Steps<Membership> {
  const found = yield* words(context, pattern);
  const object = pattern.kind === 'text' ? context.find(pattern.text) : -1;
  return object < 0 ? found : yield* anyOf(context.snapshot, [found, setOfObject(context, object)]);
}

/** The object that a text names; no object if it names none. */
export function named(context: SetContext, text: string): Membership {
  return setOfObject(context, context.find(text));
}

function setOfObject({ snapshot }: SetContext, object: ObjectIndex): Membership {
  const bits = emptyBits(snapshot.objects);
  if (object >= 0) setBit(bits, object);
  return ofBits(bits);
}
