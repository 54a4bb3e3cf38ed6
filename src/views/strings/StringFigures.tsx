import type { Tally } from '../../../workers/protocol/rows.ts';
import type { StringSummary } from '../../../workers/protocol/strings.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount, formatCountOf } from '../../format/counts.ts';
import { chipFor } from '../../state/chips.ts';
import { useAppStore } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { Defined } from '../../widgets/Defined.tsx';
import styles from './StringsView.module.css';

const EMPTY = chipFor({ kind: 'filter', text: 'type:STRING length=0' });

/** A summary of the strings in figures. */
export function StringFigures({ summary }: { summary: StringSummary }) {
  const { drillInto } = useAppStore().getState();
  const { strings, duplicates, empty, withoutText, unread } = summary;
  return (
    <dl className={styles.figures}>
      <Figure name="Strings" value={tallyText(strings)} />
      <div>
        <dt>Duplicates</dt>
        <dd>
          {duplicates.groups === 0
            ? 'none'
            : `${formatCountOf(duplicates.groups, 'text')} in ${formatCountOf(duplicates.count, 'string')}`}
        </dd>
      </div>
      <div>
        <dt>
          <Defined term="wastedBytes" />
        </dt>
        <dd>{formatBytes(duplicates.bytes)}</dd>
      </div>
      {empty.objects === 0 ? null : (
        <div>
          <dt>Empty</dt>
          <dd>
            <Button look="link" onClick={() => drillInto(EMPTY, 'objects')}>
              {tallyText(empty)}
            </Button>
          </dd>
        </div>
      )}
      {withoutText.objects === 0 ? null : (
        <Figure name="Text not in the dump" value={tallyText(withoutText)} />
      )}
      {unread === 0 ? null : <Figure name="Not found in the file" value={formatCount(unread)} />}
    </dl>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function tallyText({ objects, shallowBytes }: Tally): string {
  return `${formatCount(objects)}, ${formatBytes(shallowBytes)}`;
}
