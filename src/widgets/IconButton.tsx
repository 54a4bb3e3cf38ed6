import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, Ref } from 'react';
import { classNames } from './class-names.ts';
import styles from './IconButton.module.css';
import { Tooltip } from './Tooltip.tsx';

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  icon: LucideIcon;
  /** The action: accessible name and tooltip. */
  label: string;
  /** The keyboard shortcut, shown in the tooltip. */
  shortcut?: string;
  side?: 'top' | 'right' | 'bottom' | 'left';
  ref?: Ref<HTMLButtonElement>;
}

/** A button that is only an icon. */
export function IconButton({ icon: Icon, label, shortcut, side, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={shortcut === undefined ? label : `${label} (${shortcut})`} {...(side ? { side } : {})}>
      <button type="button" aria-label={label} className={classNames(styles.button, className)} {...rest}>
        <Icon size={16} aria-hidden />
      </button>
    </Tooltip>
  );
}
