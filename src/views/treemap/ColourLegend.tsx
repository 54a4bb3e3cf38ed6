import { FAMILIES } from '../../../workers/protocol/vocabulary.ts';
import { CHANGES } from '../../charts/treemap/change-colours.ts';
import type { TileColouring } from '../../charts/treemap/draw.ts';
import { libraryFamily } from '../../charts/treemap/library-colours.ts';
import { formatCount } from '../../format/counts.ts';
import { Name } from '../../widgets/figures.tsx';
import styles from './Treemap.module.css';

/** What the colours of the tiles mean. */
export function ColourLegend({
  colouring,
  hasUnreachable,
}: {
  colouring: TileColouring;
  hasUnreachable: boolean;
}) {
  return (
    <ul className={styles.legend} aria-label="Colours">
      {colouring.by === 'type' ? (
        FAMILIES.map(family => (
          <li key={family}>
            <span className={styles.swatch} style={{ background: `var(--family-${family})` }} />
            {colouring.names[family]}
          </li>
        ))
      ) : colouring.by === 'library' ? (
        <>
          {colouring.libraries.map((name, at) => (
            <li key={name}>
              <span className={styles.swatch} style={{ background: `var(--family-${libraryFamily(at)})` }} />
              <Name text={name} maxLength={32} />
            </li>
          ))}
          <li>
            <span className={styles.swatch} style={{ background: `var(--family-${libraryFamily(-1)})` }} />
            others, or several
          </li>
        </>
      ) : colouring.by === 'change' ? (
        CHANGES.map(({ name, token }) => (
          <li key={token}>
            <span className={styles.swatch} style={{ background: `var(--${token})` }} />
            {name}
          </li>
        ))
      ) : (
        <>
          <li>
            generation {formatCount(colouring.oldest)} (oldest)
            <span className={styles.ageScale} />
            {formatCount(colouring.youngest)} (youngest)
          </li>
          <li>
            <span className={styles.swatch} style={{ background: 'var(--age-untraced)' }} />
            untraced or mixed
          </li>
        </>
      )}
      <li>
        <span className={styles.swatch} style={{ background: 'var(--border)' }} />
        not drawn
      </li>
      {hasUnreachable && (
        <li>
          <span className={styles.hatched} />
          unreachable
        </li>
      )}
    </ul>
  );
}
