import type { ObjectRow } from '../../../workers/protocol/rows.ts';
import type { Excerpt } from '../../../workers/protocol/strings.ts';
import { oneLine } from '../../format/names.ts';
import { ObjectName } from '../../widgets/ObjectName.tsx';
import { ExcerptText } from './ExcerptText.tsx';

/**
 * An object shown as its value, if it has one that was read: a string by its text, a number by its digits. Otherwise by
 * its name.
 */
export function ObjectValue(props: {
  object: ObjectRow;
  excerpt: Excerpt | undefined;
  maxLength: number;
  className?: string;
}) {
  const { object, excerpt, maxLength, className } = props;
  if (excerpt === undefined || (excerpt.text === null && !object.hasText))
    return <ObjectName object={object} maxLength={maxLength} withAddress={false} />;
  if (object.hasText) return <ExcerptText excerpt={excerpt} className={className ?? ''} />;
  return <span className={className}>{oneLine(excerpt.text ?? '')}</span>;
}
