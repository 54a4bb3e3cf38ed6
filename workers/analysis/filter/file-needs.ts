import type { Filter, Pattern } from '../../protocol/filter/filter.ts';
import { parseFilter } from '../../protocol/filter/parse-filter.ts';
import { declarationOf } from '../../protocol/filter/terms.ts';
import type { ObjectSetSpec } from '../../protocol/object-set.ts';
import { canBeObjectId } from '../find-object.ts';

/** What is not in the columns, and must be read from the file before a set can be compiled. */
export interface FileNeeds {
  /** The object ids in the records. */
  ids: boolean;
  /** Which strings have equal texts. */
  duplicates: boolean;
  /** The patterns of text searches. */
  texts: Pattern[];
}

/** What sets need from the file; null if nothing. O(length of the filters). */
export function fileNeedsOf(sets: readonly ObjectSetSpec[]): FileNeeds | null {
  const needs: FileNeeds = {
    ids: false,
    duplicates: false,
    texts: [],
  };
  for (const set of sets) addNeedsOfSet(needs, set);
  return needs.ids || needs.duplicates || needs.texts.length > 0 ? needs : null;
}

function addNeedsOfSet(needs: FileNeeds, spec: ObjectSetSpec): void {
  switch (spec.kind) {
    case 'text':
      needs.ids ||= canBeObjectId(spec.text);
      return;
    case 'filter': {
      const parsed = parseFilter(spec.text);
      if (parsed.ok) addNeedsOfFilter(needs, parsed.filter);
      return;
    }
    case 'and':
      for (const set of spec.sets) addNeedsOfSet(needs, set);
      return;
    case 'not':
      addNeedsOfSet(needs, spec.set);
  }
}

function addNeedsOfFilter(needs: FileNeeds, filter: Filter): void {
  switch (filter.kind) {
    case 'and':
    case 'or':
      for (const part of filter.parts) addNeedsOfFilter(needs, part);
      return;
    case 'not':
      addNeedsOfFilter(needs, filter.part);
      return;
    case 'words':
      needs.ids ||= filter.pattern.kind === 'text' && canBeObjectId(filter.pattern.text);
      return;
    case 'term':
      needs.ids ||= filter.name === 'id';
      needs.duplicates ||= filter.name === 'copies';
      if (filter.name === 'value') needs.texts.push(filter.value);
      if (declarationOf(filter.name).takes === 'filter') addNeedsOfFilter(needs, filter.value as Filter);
  }
}
