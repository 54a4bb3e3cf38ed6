import { Fragment, type ReactNode, useMemo } from 'react';
import type { ObjectDetails } from '../../../workers/protocol/object-details.ts';
import type { Dominator, ObjectRow } from '../../../workers/protocol/rows.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount, formatCountOf, formatShare, shareOf } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import type { Term } from '../../glossary.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { useActiveSnapshot } from '../../state/use-app.ts';
import { Defined } from '../../widgets/Defined.tsx';
import { Bytes, ShareBar } from '../../widgets/figures.tsx';
import { ObjectLink } from '../../widgets/ObjectName.tsx';
import { shortGroupText } from '../shared/FilePath.tsx';
import { matchText } from '../shared/match-text.ts';
import { useMatches } from '../shared/use-matches.ts';
import styles from './Inspector.module.css';

/** Sizes, dominator and origin. Fields from the record are filled in once it has been read. */
export function Figures(props: {
  object: ObjectRow;
  details: ObjectDetails | null;
  onSelect: (object: ObjectRow) => void;
}) {
  const { object, details, onSelect } = props;
  const heapBytes = useActiveSnapshot()?.shallowBytes ?? 0;
  const share = shareOf(object.retainedBytes, heapBytes);
  return (
    <dl className={styles.figures}>
      <Figure term="shallowBytes">
        <Bytes value={object.shallowBytes} />
      </Figure>
      <Figure term="retainedBytes">
        <Bytes value={object.retainedBytes} /> <span className={styles.quiet}>· {formatShare(share)}</span>
        <ShareBar share={share} />
      </Figure>
      {object.reachable && <LeakShareFigure object={object} />}
      {details && (
        <Figure name="Retained objects">{formatCount(details.retainedObjects)}, itself included</Figure>
      )}
      <Figure term="dominator">
        {details ? <DominatorName dominator={details.dominator} onSelect={onSelect} /> : '…'}
      </Figure>
      {details !== null && details.variables.length > 0 && (
        <Figure name="Variables of its shape">
          <code>{oneLine(details.variables.join(', '))}</code>
        </Figure>
      )}
      {details && details.rootKinds.length > 0 && (
        <Figure name="Listed by root">{details.rootKinds.join(', ')}</Figure>
      )}
      <Figure term="generation">
        {object.generation === null ? (
          <span className={styles.quiet}>untraced</span>
        ) : (
          formatCount(object.generation)
        )}
      </Figure>
      <Matches object={object} />
      {object.site !== null && (
        <Figure term="site">
          <SitePath site={object.site} />
        </Figure>
      )}
      {details?.method != null && (
        <Figure term="method">
          <code>{oneLine(details.method)}</code>
        </Figure>
      )}
      {details?.gem != null && (
        <Figure term="gem">
          <Path text={oneLine(details.gem)} />
        </Figure>
      )}
    </dl>
  );
}

/** Whether the previous and the next dump of the series contain the object. */
function Matches({ object }: { object: ObjectRow }) {
  const match = useMatches(
    useMemo(() => [object], [object]),
    'matches inspector',
  ).get(object.index);
  if (match === undefined) return null;
  const { before, after } = match;
  const isMarked = before === 'address only' || after === 'address only';
  return (
    <>
      {before !== null && <Figure name="Previous dump">{matchText(match, 'before')}</Figure>}
      {after !== null && <Figure name="Next dump">{matchText(match, 'after')}</Figure>}
      {isMarked && (
        <Figure term="byAddressOnly">
          <span className={styles.quiet}>it was not traced: another object may have its address</span>
        </Figure>
      )}
    </>
  );
}

/**
 * The object's LeakShare: its exclusive retained size, plus its share of jointly held objects. Also how its own size is
 * divided among its holders.
 */
function LeakShareFigure({ object }: { object: ObjectRow }) {
  const { data, asked } = useAnswer('leakShare', { object: object.index }, { lane: 'leak share' });
  const share = asked?.object === object.index ? data : null;
  return (
    <Figure term="leakShare">
      {share === null ? (
        '…'
      ) : (
        <>
          <Bytes value={Math.round(share.bytes)} />
          {share.sharedObjects > 0 && (
            <span className={styles.quiet}>
              {' '}
              · {formatBytes(Math.round(share.sharedBytes))} of{' '}
              {formatCountOf(share.sharedObjects, 'shared object')}
            </span>
          )}
          {share.holders > 1 && (
            <span className={styles.quiet}>
              {' '}
              · each of its {formatCount(share.holders)} holders answers for{' '}
              {formatBytes(Math.round(share.bytesByHolder))}
            </span>
          )}
        </>
      )}
    </Figure>
  );
}

/** A path that can wrap after its slashes. */
function Path({ text }: { text: string }) {
  return text.split(/(?<=\/)/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, which may repeat, in its order.
    <Fragment key={index}>
      {part}
      <wbr />
    </Fragment>
  ));
}

/** A site in one line. If it is too long, its directory is cut at the end. */
function SitePath({ site }: { site: string }) {
  const root = useActiveSnapshot()?.applicationRoot ?? '';
  const path = shortGroupText('site', site, root);
  const name = path.lastIndexOf('/') + 1;
  return (
    <code className={styles.path} title={oneLine(site)}>
      <span>{path.slice(0, name)}</span>
      <span>{path.slice(name)}</span>
    </code>
  );
}

function Figure(props: { term?: Term; name?: string; children: ReactNode }) {
  return (
    <>
      <dt>{props.term ? <Defined term={props.term} /> : props.name}</dt>
      <dd>{props.children}</dd>
    </>
  );
}

function DominatorName(props: { dominator: Dominator; onSelect: (object: ObjectRow) => void }) {
  const { dominator, onSelect } = props;
  switch (dominator.kind) {
    case 'object':
      return <ObjectLink object={dominator.object} onSelect={onSelect} maxLength={28} withAddress={false} />;
    case 'root':
      return `root ${oneLine(dominator.root)}`;
    case 'roots':
      return 'no single object';
    case 'unreachable':
      return 'none: unreachable';
  }
}
