import type { ObjectRow } from '../../workers/protocol/rows.ts';
import { Name, TypeDot } from './figures.tsx';
import styles from './ObjectName.module.css';

/** One object in a line: its family, class label, title and address. */
export function ObjectName({
  object,
  maxLength = 48,
  withAddress = true,
}: {
  object: ObjectRow;
  maxLength?: number;
  withAddress?: boolean;
}) {
  return (
    <span className={styles.object}>
      <TypeDot of={object} />
      {object.title !== '' && object.isNamed ? (
        <>
          <Name text={object.title} maxLength={maxLength} />
          <span className={styles.quiet}>
            (<Name text={object.label} maxLength={24} />)
          </span>
        </>
      ) : (
        <>
          <Name text={object.label} maxLength={maxLength} />
          {object.title === '' || object.label.endsWith(object.title) ? null : (
            <span className={styles.quiet}>
              <Name text={object.title} maxLength={maxLength} />
            </span>
          )}
        </>
      )}
      {withAddress ? <span className={styles.address}>{object.address}</span> : null}
    </span>
  );
}

/** The text of {@link ObjectName}, for labels, chips and copies. */
export function objectText(object: ObjectRow): string {
  if (object.title === '' || object.label.endsWith(object.title)) return `${object.label} ${object.address}`;
  if (object.isNamed) return `${object.title} (${object.label})`;
  // `Array[240]`, but `(internal) ARRAY [7]` and `Proc lambda`.
  const gap = /^\w.*\w$/.test(object.label) && /^[[{]/.test(object.title) ? '' : ' ';
  return `${object.label}${gap}${object.title} ${object.address}`;
}

/** An object as a button that selects it. */
export function ObjectLink({
  object,
  onSelect,
  maxLength,
  withAddress,
}: {
  object: ObjectRow;
  onSelect: (object: ObjectRow) => void;
  maxLength?: number;
  withAddress?: boolean;
}) {
  return (
    <button type="button" className={styles.link} onClick={() => onSelect(object)}>
      <ObjectName
        object={object}
        {...(maxLength === undefined ? {} : { maxLength })}
        {...(withAddress === undefined ? {} : { withAddress })}
      />
    </button>
  );
}
