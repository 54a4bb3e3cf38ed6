import type { MergedPaths } from '../../../workers/protocol/paths.ts';
import type { ObjectRow } from '../../../workers/protocol/rows.ts';
import { oneLine } from '../../format/names.ts';
import type { RetainersView } from '../../state/navigation.ts';
import { useAppStore } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { objectText } from '../../widgets/ObjectName.tsx';
import { ExclusionChips } from './ExclusionChips.tsx';
import styles from './RetainersView.module.css';

/**
 * The objects that the sentences name: the accumulation points, the independent holder, and the holder of the others.
 */
function holdersOf(paths: MergedPaths | null): ObjectRow[] {
  if (paths === null) return [];
  const named = [...paths.points, paths.independent, paths.elsewhere?.point ?? null];
  const objects = named.flatMap(point => (point === null ? [] : [point.object]));
  return [...new Map(objects.map(object => [object.index, object])).values()];
}

/** The answer in words, with links to follow. */
export function PathsAnswer({ view, paths }: { view: RetainersView; paths: MergedPaths | null }) {
  const { navigate, select, setInspectorOpen } = useAppStore().getState();
  const [first, ...others] = paths?.sentences ?? [];
  return (
    <section className={styles.answer} aria-label="Answer">
      <p className={styles.sentence}>{first === undefined ? '\u00a0' : oneLine(first)}</p>
      {others.map(sentence => (
        <p key={sentence}>{oneLine(sentence)}</p>
      ))}
      <ExclusionChips
        label="Ignored"
        exclusions={view.ignore}
        onChange={ignore => navigate({ ...view, ignore })}
      />
      <ExclusionChips label="Cut" exclusions={view.cut} onChange={cut => navigate({ ...view, cut })} />
      <div className={styles.actions}>
        {holdersOf(paths).map(object => (
          <Button
            key={object.index}
            onClick={() => {
              select({ object: object.index, address: object.address });
              setInspectorOpen(true);
            }}
          >
            Inspect {oneLine(`${object.label} ${object.title}`)}
          </Button>
        ))}
        {paths?.independent && (
          <Button
            onClick={() => {
              const without = { kind: 'object', address: paths.points[0]!.object.address } as const;
              navigate({ ...view, ignore: [...view.ignore, without] });
            }}
          >
            Show the paths that avoid {oneLine(objectText(paths.points[0]!.object))}
          </Button>
        )}
        {view.of !== null && (
          <Button
            onClick={() =>
              navigate({
                ...view,
                of: null,
                shown: view.shown === 'paths' ? 'graph' : view.shown,
              })
            }
          >
            Show the current set instead
          </Button>
        )}
      </div>
    </section>
  );
}
