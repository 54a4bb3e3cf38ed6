import type { ObjectRow } from '../../workers/protocol/rows.ts';
import { Name, TypeDot } from './figures.tsx';
import styles from './ObjectName.module.css';

export { objectText } from '../../workers/protocol/format/object-text.ts';

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
