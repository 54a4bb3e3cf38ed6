import { formatCountOf } from '../../format/counts.ts';
import { chipFor } from '../../state/chips.ts';
import { useAppStore } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import styles from './PickedBar.module.css';
import { MAX_PICKED, type Picked } from './use-picked.ts';

/** Actions on the picked rows; renders nothing if none is picked. */
export function PickedBar({ picked }: { picked: Picked }) {
  const { narrow } = useAppStore().getState();
  const addresses = [...picked.addresses];
  if (addresses.length === 0) return null;
  const list = addresses.join(' or ');
  const operand = addresses.length === 1 ? list : `(${list})`;
  const name = formatCountOf(addresses.length, 'picked object');
  const show = (text: string, label: string) => {
    picked.clear();
    narrow(chipFor({ kind: 'filter', text }, label));
  };
  return (
    <div className={styles.bar} role="toolbar" aria-label="Picked objects">
      <strong>{name}</strong>
      <Button onClick={() => show(list, name)}>Show only these</Button>
      <Button onClick={() => show(`in:${operand}`, `retained by ${name}`)}>Show only what they retain</Button>
      <Button onClick={() => show(`holds:${operand}`, `refers to ${name}`)}>Show what refers to them</Button>
      <Button onClick={() => show(`-${operand}`, `all but ${name}`)}>Leave them out</Button>
      <CopyButton text={addresses.join('\n')} label="Copy addresses" />
      <Button look="link" onClick={picked.clear}>
        Clear
      </Button>
      {addresses.length === MAX_PICKED && <span>No more than {MAX_PICKED} can be picked.</span>}
    </div>
  );
}
