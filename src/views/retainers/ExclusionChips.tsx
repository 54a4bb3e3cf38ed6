import { X } from 'lucide-react';
import { type Exclusion, exclusionText } from '../../../workers/protocol/exclusions.ts';
import type { AddressText } from '../../../workers/protocol/units.ts';
import { oneLine } from '../../format/names.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { objectText } from '../../widgets/ObjectName.tsx';
import { addressesOf, exclusionName } from './exclusion-names.ts';
import styles from './RetainersView.module.css';

/** Excluded or cut objects and references, as chips that can be removed. */
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
      {exclusions.map(exclusion => (
        <Chip
          key={exclusionText(exclusion)}
          exclusion={exclusion}
          onRemove={() => onChange(exclusions.filter(other => other !== exclusion))}
        />
      ))}
    </ul>
  );
}

function Chip({ exclusion, onRemove }: { exclusion: Exclusion; onRemove: () => void }) {
  const [first, second] = addressesOf(exclusion);
  const names = new Map([
    [first, useObjectName(first)],
    [second, useObjectName(second)],
  ]);
  const name = exclusionName(exclusion, address => names.get(address) ?? address);
  return (
    <li className={styles.chip}>
      <span title={`${name}\n${exclusionName(exclusion, address => address)}`}>{name}</span>
      <button type="button" aria-label={`Remove: ${name}`} onClick={onRemove}>
        <X size={14} aria-hidden />
      </button>
    </li>
  );
}

/** The name of the object at an address; null until it is known, and if there is none. */
function useObjectName(address: AddressText | undefined): string | null {
  const found = useAnswer('find', address === undefined ? null : { text: address }).data;
  const object = found?.address === address ? found?.object : undefined;
  const rows = useAnswer('rows', object === undefined ? null : { objects: [object] });
  const [row] = rows.asked?.objects[0] === object ? (rows.data ?? []) : [];
  return row === undefined ? null : oneLine(objectText(row));
}
