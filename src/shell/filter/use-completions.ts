import { declarationOf, FLAGS } from '../../../workers/protocol/filter/terms.ts';
import type { GroupingKey, ObjectSetSpec } from '../../../workers/protocol/object-set.ts';
import type { GroupRow } from '../../../workers/protocol/rows.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCountOf } from '../../format/counts.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { chipFor } from '../../state/chips.ts';
import { useActiveSnapshot, useCurrentSet, useFlags } from '../../state/use-app.ts';
import { isPathKey, shortGroupText } from '../../views/shared/FilePath.tsx';
import { useDelayed } from '../use-delayed.ts';
import { bestMatches, type Completable, type Completion, nameCompletions } from './complete.ts';

/** Maximum number of completions. */
const OFFERED = 10;
/** Maximum number of classes for a word. */
const CLASSES_FOR_WORD = 5;
/** Shorter words are not looked up among the classes. */
const LEAST_WORD = 2;

/** Groups that are requested, from which the best matches are offered. */
const REQUESTED = 200;

const LARGEST = { sort: 'shallowBytes', descending: true, offset: 0 } as const;

/** Completions for a position in the filter. Values come with the amount that they match in the current set. */
export function useCompletions(place: Completable | null): Completion[] {
  const groups = useGroupCompletions(place);
  const flags = useFlagCompletions(place);
  const roots = useRootCompletions(place);
  if (place === null) return [];
  if (place.kind === 'word') return [...nameCompletions(place.word), ...groups].slice(0, OFFERED);
  return place.name === 'is' ? flags : place.name === 'root' ? roots : groups;
}

/** Groups whose labels contain the typed text: those that begin with it first, and the largest first among equals. */
function useGroupCompletions(place: Completable | null): Completion[] {
  const typed = place?.kind === 'value' ? place.typed : (place?.word ?? '');
  const key = groupingOf(place, typed);
  const root = useActiveSnapshot()?.applicationRoot ?? '';
  const limit = place?.kind === 'word' ? CLASSES_FOR_WORD : OFFERED;
  const asked = useDelayed(typed);
  const { data, asked: answered } = useAnswer(
    'groups',
    key === null ? null : { ...LARGEST, key, filter: asked, limit: REQUESTED },
    { lane: 'completion' },
  );
  if (key === null || data === null || answered?.key !== key) return [];
  return bestMatches(data.rows, row => row.label ?? 'untraced', typed)
    .flatMap(row => groupCompletion(key, row, place?.kind === 'word', root))
    .slice(0, limit);
}

/** The grouping whose labels are offered. */
function groupingOf(place: Completable | null, typed: string): GroupingKey | null {
  if (place === null) return null;
  if (place.kind === 'word') return typed.length < LEAST_WORD ? null : 'class';
  return declarationOf(place.name).group ?? null;
}

function groupCompletion(key: GroupingKey, row: GroupRow, withName: boolean, root: string): Completion[] {
  const { spec } = chipFor({ kind: 'group', key, label: row.label });
  // Groups that cannot be written as a filter are not offered.
  if (spec.kind !== 'filter') return [];
  const inserted = withName ? spec.text : spec.text.slice(spec.text.indexOf(':') + 1);
  const shown = isPathKey(key) ? { shown: shortGroupText(key, row.label, root) } : {};
  return [{ inserted, detail: sizeText(row), ...shown }];
}

/** Properties that begin with the typed text, and how many objects have them. */
function useFlagCompletions(place: Completable | null): Completion[] {
  const current = useCurrentSet();
  const typed = place?.kind === 'value' && place.name === 'is' ? place.typed.toLowerCase() : null;
  const all = useFlags();
  const flags = typed === null ? [] : all.filter(flag => flag.startsWith(typed));
  const having = (flag: string): ObjectSetSpec => ({
    kind: 'and',
    sets: [current, { kind: 'filter', text: `is:${flag}` }],
  });
  const asked = useDelayed(typed === null ? null : all);
  const { data } = useAnswer('setSizes', asked === null ? null : { sets: asked.map(having) }, {
    lane: 'completion of properties',
  });
  return flags.map(flag => {
    const size = data?.[all.indexOf(flag)];
    return {
      inserted: flag,
      detail: size === undefined ? FLAGS[flag] : `${sizeText(size)} · ${FLAGS[flag]}`,
    };
  });
}

/** Kinds of root, with their exclusive retained size. */
function useRootCompletions(place: Completable | null): Completion[] {
  const typed = place?.kind === 'value' && place.name === 'root' ? place.typed.toLowerCase() : null;
  const { data } = useAnswer('overview', typed === null ? null : { top: 1 }, { set: { kind: 'all' } });
  if (typed === null || data === null) return [];
  return data.roots
    .filter(({ name }) => name.toLowerCase().includes(typed))
    .map(({ name, retainedBytes }) => ({
      inserted: /[\s()]/.test(name) ? `"${name}"` : name,
      detail: `${formatBytes(retainedBytes)} retained by this root alone`,
    }))
    .slice(0, OFFERED);
}

function sizeText({ objects, shallowBytes }: { objects: number; shallowBytes: number }): string {
  return `${formatCountOf(objects, 'object')} · ${formatBytes(shallowBytes)}`;
}
