import type { Neighbour } from '../../../workers/protocol/rows.ts';
import type { Excerpt } from '../../../workers/protocol/strings.ts';
import type { Bytes as ByteCount, ObjectIndex } from '../../../workers/protocol/units.ts';
import { formatCount } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import { Bytes, Name } from '../../widgets/figures.tsx';
import { ObjectValue } from '../objects/ObjectValue.tsx';
import styles from './Inspector.module.css';

/** How a neighbour is referred to: `@user`, `class`, `reference × 3`. */
export function edgeOf({ name, noun, multiplicity }: Neighbour): string {
  const text = oneLine(name ?? noun);
  return multiplicity > 1 ? `${text} × ${formatCount(multiplicity)}` : text;
}

export function edgeCell(neighbour: Neighbour, fittingChars: number) {
  return <Name text={edgeOf(neighbour)} maxLength={fittingChars} />;
}

/** The neighbour itself: a string by its text. */
export function neighbourCell(
  { object }: Neighbour,
  excerpts: ReadonlyMap<ObjectIndex, Excerpt>,
  fittingChars: number,
) {
  return (
    <ObjectValue
      object={object}
      excerpt={excerpts.get(object.index)}
      // Cut from the left: constants of one namespace begin alike. The dot takes the room of two characters.
      maxLength={Math.max(8, fittingChars - 2)}
      className={styles.quiet ?? ''}
    />
  );
}

export function retainedCell({ retainedBytes }: { retainedBytes: ByteCount }) {
  return <Bytes value={retainedBytes} />;
}
