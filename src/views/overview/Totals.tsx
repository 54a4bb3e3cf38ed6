import type { Overview } from '../../../workers/protocol/overview.ts';
import type { SnapshotInfo } from '../../../workers/protocol/snapshot-info.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount, formatCountOf, formatShare, shareOf } from '../../format/counts.ts';
import { useApp } from '../../state/use-app.ts';
import { Bytes, Count } from '../../widgets/figures.tsx';
import { Figure, Figures } from '../shared/Figures.tsx';

/**
 * The totals of the set. Totals of the whole dump are left out if a filter is active. Garbage and free slots are
 * shown only if there are any.
 */
export function Totals({ overview, info }: { overview: Overview; info: SnapshotInfo }) {
  const narrowed = useApp(state => state.chips.length > 0);
  const { reachable, unreachable } = overview;
  return (
    <Figures>
      <Figure term="objects" below={narrowed ? [`of ${formatCount(info.objects)}`] : []}>
        <Count value={overview.objects} />
      </Figure>
      <Figure term="shallowBytes" below={narrowed ? [`of ${formatBytes(info.shallowBytes)}`] : []}>
        <Bytes value={overview.shallowBytes} />
      </Figure>
      <Figure term="reachable" below={[formatCountOf(reachable.objects, 'object')]}>
        <Bytes value={reachable.shallowBytes} />
      </Figure>
      {unreachable.objects > 0 && (
        <Figure
          term="unreachable"
          below={[
            `${formatCountOf(unreachable.objects, 'object')} \u00b7 ${formatShare(shareOf(unreachable.shallowBytes, overview.shallowBytes))}`,
          ]}
        >
          <Bytes value={unreachable.shallowBytes} />
        </Figure>
      )}
      {narrowed ? null : (
        <>
          <Figure term="generation" name="Traced" below={[formatCountOf(info.tracedObjects, 'object')]}>
            {formatShare(shareOf(info.tracedObjects, info.objects))}
          </Figure>
          {overview.freeSlots > 0 && (
            <Figure term="freeSlots">
              <Count value={overview.freeSlots} />
            </Figure>
          )}
          <Figure
            term="reference"
            name="References"
            below={
              overview.danglingReferences === 0
                ? []
                : [`and ${formatCount(overview.danglingReferences)} dangling`]
            }
          >
            <Count value={overview.references} />
          </Figure>
        </>
      )}
    </Figures>
  );
}
