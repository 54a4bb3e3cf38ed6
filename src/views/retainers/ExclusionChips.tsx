import { X } from 'lucide-react';
import { type Exclusion, exclusionText } from '../../../workers/protocol/exclusions.ts';
import { exclusionName } from './exclusion-names.ts';
import styles from './RetainersView.module.css';

/** What is left out or cut, as chips that a click removes. */
export function ExclusionChips(props: {
  label: string;
  exclusions: readonly Exclusion[];
  onChange: (exclusions: Exclusion[]) => void;
}) {
  const { label, exclusions, onChange } = props;
  if (exclusions.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label={label}>
      <li>{label}:</li>
      {exclusions.map(exclusion => {
        const name = exclusionName(exclusion);
        return (
          <li key={exclusionText(exclusion)} className={styles.chip}>
            <span title={name}>{name}</span>
            <button
              type="button"
              aria-label={`Remove: ${name}`}
              onClick={() => onChange(exclusions.filter(other => other !== exclusion))}
            >
              <X size={14} aria-hidden />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
