import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import styles from './Dialog.module.css';

/**
 * A modal dialog on the browser's own `<dialog>`: it traps and returns focus and closes with Escape without a
 * library, and injects no style, which the page's content security policy would refuse.
 */
export function Dialog({
  label,
  onClose,
  bare = false,
  children,
}: {
  label: string;
  onClose: () => void;
  /** Whether to omit heading and close button. */
  bare?: boolean;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // By default, the browser focuses the first element that scripts can focus, such as a list's frame.
    element?.querySelector('input')?.focus();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click on the backdrop is what Escape does, which the browser gives.
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-label={label}
      onClose={onClose}
      onClick={event => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className={styles.content}>
        {bare ? null : (
          <div className={styles.heading}>
            <h2>{label}</h2>
            {/* No tooltip: it would be behind the dialog, and handle the first Escape. */}
            <button type="button" aria-label="Close" className={styles.close} onClick={onClose}>
              <X size={16} aria-hidden />
            </button>
          </div>
        )}
        {children}
      </div>
    </dialog>
  );
}
