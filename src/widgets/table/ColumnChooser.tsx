import { Columns3 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { Button } from '../Button.tsx';
import styles from './CopyRows.module.css';

/** A menu of the columns that a table can show. A column that is added becomes the last. */
export function ColumnChooser<Id extends string>(props: {
  columns: readonly { id: Id; name: string }[];
  shown: readonly Id[];
  onChange: (shown: Id[]) => void;
}) {
  const { columns, shown, onChange } = props;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button>
          <Columns3 size={14} aria-hidden />
          Columns
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Content align="end" sideOffset={4} className={styles.menu}>
        {columns.map(({ id, name }) => (
          <DropdownMenu.CheckboxItem
            key={id}
            className={styles.item}
            checked={shown.includes(id)}
            // The menu stays open, so that several columns can be chosen.
            onSelect={event => event.preventDefault()}
            onCheckedChange={isShown =>
              onChange(isShown === true ? [...shown, id] : shown.filter(other => other !== id))
            }
          >
            <span className={styles.check}>
              <DropdownMenu.ItemIndicator>✓</DropdownMenu.ItemIndicator>
            </span>
            {name}
          </DropdownMenu.CheckboxItem>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
