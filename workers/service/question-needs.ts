import { type FileNeeds, fileNeedsOf } from '../analysis/filter/file-needs.ts';
import type { ObjectSetSpec } from '../protocol/object-set.ts';
import { QUESTIONS, type QueryOf, type QuestionName } from '../protocol/questions.ts';
import type { SnapshotId } from '../protocol/units.ts';

/** What must be read from the file before a question can be answered; null = nothing. */
export function needsOf<Name extends QuestionName>(name: Name, query: QueryOf<Name>): FileNeeds | null {
  return fileNeedsOf(setsOf(name, query));
}

/** The sets that a question is about. */
function setsOf(
  name: QuestionName,
  query: { snapshot: SnapshotId; set?: ObjectSetSpec; sets?: ObjectSetSpec[]; filter?: string },
): ObjectSetSpec[] {
  const sets = [...(query.set === undefined ? [] : [query.set]), ...(query.sets ?? [])];
  if ('takesFilter' in QUESTIONS[name] && query.filter !== undefined)
    sets.push({ kind: 'filter', text: query.filter });
  return sets;
}
