import { useState } from 'react';
import type { AnswerOf } from '../../../workers/protocol/questions.ts';
import { formatCount } from '../../format/counts.ts';
import { cutMiddle, oneLine } from '../../format/names.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { stepName } from '../../state/chips.ts';
import type { TreemapSource } from '../../state/navigation.ts';
import { useActiveSnapshot } from '../../state/use-app.ts';
import { objectText } from '../../widgets/ObjectName.tsx';
import { shortGroupText } from '../shared/FilePath.tsx';
import styles from './Treemap.module.css';

/** A step of the path from the root to the current place. `source`: what the view shows there. */
export interface Crumb<Source = TreemapSource> {
  name: string;
  source: Source;
}

/** Number of crumbs at both ends that are always visible. */
const OUTER = 3;
const INNER = 4;

/** The path from the whole heap to a source, which is the last crumb. */
export function useCrumbs(source: TreemapSource): Crumb[] {
  const root = source.by === 'dominators' ? source.root : null;
  const object = root?.kind === 'object' ? root.object : null;
  const { data, asked } = useAnswer('dominators', object === null ? null : { object });
  const applicationRoot = useActiveSnapshot()?.applicationRoot ?? '';
  const { skip, ...whole } = source;
  const way = breadcrumbsTo(whole, asked?.object === object ? data : null, applicationRoot);
  return skip === undefined ? way : [...way, { name: 'not drawn', source }];
}

/**
 * The path to a source that is not a rest. `dominators`: those of the source's object, once they are known; `root`: the
 * application's directory.
 */
function breadcrumbsTo(
  source: TreemapSource,
  dominators: AnswerOf<'dominators'> | null,
  root: string,
): Crumb[] {
  if (source.by === 'merged' || source.by === 'holders') {
    return [
      { name: 'heap', source: { ...source, path: [] } },
      ...source.path.map((step, level) => ({
        name: stepName(step),
        source: { ...source, path: source.path.slice(0, level + 1) },
      })),
    ];
  }
  if (source.by === 'groups') {
    return [
      { name: 'heap', source: { ...source, path: [] } },
      ...source.path.map((label, level) => ({
        name: shortGroupText(source.keys[level]!, label, root),
        source: { ...source, path: source.path.slice(0, level + 1) },
      })),
    ];
  }
  const heap: Crumb = { name: 'heap', source: { by: 'dominators', root: { kind: 'all' } } };
  switch (source.root.kind) {
    case 'all':
      return [heap];
    case 'unreachable':
      return [heap, { name: 'unreachable', source }];
    case 'root':
      return [heap, { name: `root ${source.root.name}`, source }];
    case 'object': {
      // Until the path is known, only its ends can be shown.
      if (dominators === null) return [heap, { name: '…', source }];
      const crumbs = [heap];
      if (dominators.root !== null) {
        crumbs.push({
          name: `root ${dominators.root}`,
          source: { by: 'dominators', root: { kind: 'root', name: dominators.root } },
        });
      }
      for (const step of dominators.steps) {
        crumbs.push({
          name: objectText(step),
          source: { by: 'dominators', root: { kind: 'object', object: step.index } },
        });
      }
      return crumbs;
    }
  }
}

/** The path as links; the middle of a long one is collapsed. */
export function Breadcrumbs<Source>(props: {
  crumbs: readonly Crumb<Source>[];
  onGo: (source: Source) => void;
  label: string;
}) {
  const { crumbs, onGo } = props;
  const [openFor, setOpenFor] = useState<readonly Crumb<Source>[] | null>(null);
  const hidden = openFor === crumbs ? 0 : crumbs.length - OUTER - INNER;
  const first = hidden > 1 ? crumbs.slice(0, OUTER) : crumbs;
  const last = hidden > 1 ? crumbs.slice(-INNER) : [];
  const item = (crumb: Crumb<Source>) => (
    <li key={JSON.stringify(crumb.source)}>
      {crumb === crumbs.at(-1) ? (
        <span aria-current="location" title={oneLine(crumb.name)}>
          {cutMiddle(oneLine(crumb.name), 40)}
        </span>
      ) : (
        <button type="button" title={oneLine(crumb.name)} onClick={() => onGo(crumb.source)}>
          {cutMiddle(oneLine(crumb.name), 28)}
        </button>
      )}
    </li>
  );
  return (
    <nav aria-label={props.label}>
      <ol className={styles.crumbs}>
        {first.map(item)}
        {hidden > 1 && (
          <li>
            <button type="button" onClick={() => setOpenFor(crumbs)}>
              … {formatCount(hidden)} more
            </button>
          </li>
        )}
        {last.map(item)}
      </ol>
    </nav>
  );
}
