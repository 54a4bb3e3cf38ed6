import type { PageMap } from '../../../workers/protocol/pages.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount, formatShare, shareOf } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import styles from './SlotTooltip.module.css';
import { addressOfSlot, codeOfSlot, type SlotPlace } from './slots.ts';

/** Details of one slot and its page. */
export function SlotTooltip({ map, place }: { map: PageMap; place: SlotPlace }) {
  const page = map.pages[place.page]!;
  return (
    <>
      <strong>{oneLine(map.entries[codeOfSlot(map, place)]!.label)}</strong>
      <dl className={styles.figures}>
        <dt>Address</dt>
        <dd>{addressOfSlot(map, place)}</dd>
        <dt>Slot</dt>
        <dd>
          {formatCount(place.slot + 1)} of {formatCount(page.slots)}, {formatBytes(page.slotBytes)} each
        </dd>
        <dt>Page</dt>
        <dd>
          {page.address}: {formatCount(page.live)} objects ({formatShare(shareOf(page.live, page.slots))})
        </dd>
        <dt>Pinned</dt>
        <dd>{formatCount(page.pinned)}</dd>
      </dl>
    </>
  );
}
