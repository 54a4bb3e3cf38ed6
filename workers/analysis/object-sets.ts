import { emptyBits, type ObjectSet } from '../model/object-set.ts';
import type { Steps } from '../model/steps.ts';
import { FilterError } from '../protocol/filter/filter.ts';
import { parseFilter } from '../protocol/filter/parse-filter.ts';
import { isObjectKey, type ObjectKey, type ObjectSetSpec } from '../protocol/object-set.ts';
import { branchMembers } from './branches.ts';
import { bitsOfPass, setBit } from './filter/bit-passes.ts';
import { compileFilter } from './filter/compile-filter.ts';
import { reachability } from './filter/flag-terms.ts';
import { dominatedBy } from './filter/graph-terms.ts';
import { generationTerm, untraced } from './filter/pair-terms.ts';
import { wordsOrObject } from './filter/words.ts';
import { allOf, complementOf, everything, type Membership, ofBits, ofPairs, setOf } from './membership.ts';
import type { SetContext } from './set-context.ts';

/**
 * The set that `spec` describes. O(pairs) for parts that depend on class, site and generation; otherwise O(n) for each
 * part. Ends with a {@link FilterError} if a filter cannot be parsed or evaluated.
 */
export function* compileSet(context: SetContext, spec: ObjectSetSpec): Steps<ObjectSet> {
  return yield* setOf(context.snapshot, yield* membership(context, spec));
}

function* membership(context: SetContext, spec: ObjectSetSpec): Steps<Membership> {
  const { snapshot } = context;
  switch (spec.kind) {
    case 'all':
      return everything();
    case 'group': {
      if (isObjectKey(spec.key)) return yield* ofObjectGroup(context, spec.key, spec.label);
      const { groupOf, labels } = context.group(spec.key);
      const group = labels.indexOf(spec.label);
      return ofPairs(snapshot, pair => groupOf[pair] === group);
    }
    case 'generations':
      return generationTerm(context, { kind: 'range', from: spec.from, to: spec.to });
    case 'untraced':
      return untraced(context);
    case 'dominatedBy':
      return yield* dominatedBy(context, spec.object);
    case 'branch':
      return yield* inBranch(context, spec.path);
    case 'reachability':
      return yield* reachability(context, spec.reachable);
    case 'text':
      return yield* wordsOrObject(context, { kind: 'text', text: spec.text });
    case 'filter': {
      const parsed = parseFilter(spec.text);
      if (!parsed.ok) throw new FilterError(parsed.problem);
      return yield* compileFilter(context, parsed.filter);
    }
    case 'not':
      return yield* complementOf(snapshot, yield* membership(context, spec.set));
    case 'and': {
      const parts: Membership[] = [];
      for (const part of spec.sets) parts.push(yield* membership(context, part));
      return allOf(parts);
    }
  }
}

/** Objects of a group under a key that is looked up for each object. O(n). */
function* ofObjectGroup(context: SetContext, key: ObjectKey, label: string | null): Steps<Membership> {
  const { groupOf, labels } = yield* context.objectGroups(key);
  const group = labels.indexOf(label);
  const bits = yield* bitsOfPass(context.snapshot, (into, start, stop) => {
    for (let object = start; object < stop; object++) if (groupOf[object] === group) setBit(into, object);
  });
  return ofBits(bits);
}

/** Members of a branch of the merged tree; none if this heap has no such branch. */
function* inBranch(context: SetContext, path: readonly string[]): Steps<Membership> {
  const { snapshot, retention } = context;
  const bits = emptyBits(snapshot.objects);
  const branches = yield* context.branches();
  const branch = branches.find(path);
  if (branch !== null) yield* branchMembers(snapshot, retention, branches, branch, bits);
  return ofBits(bits);
}
