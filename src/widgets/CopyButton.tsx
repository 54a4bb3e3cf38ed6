import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './Button.tsx';

/** A button that copies a text and briefly confirms it. */
export function CopyButton({
  text,
  label = 'Copy',
  accessibleLabel,
  look,
}: {
  text: string | (() => string);
  label?: string;
  /** What is copied, if the label alone does not say it. */
  accessibleLabel?: string;
  look?: 'plain' | 'link';
}) {
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready');
  useEffect(() => {
    if (state === 'ready') return;
    const timer = setTimeout(() => setState('ready'), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () => {
    navigator.clipboard.writeText(typeof text === 'string' ? text : text()).then(
      () => setState('copied'),
      // The browser may deny access to the clipboard; tell the user that nothing was copied.
      () => setState('refused'),
    );
  };
  const Icon = state === 'copied' ? Check : Copy;
  return (
    <Button onClick={copy} aria-label={accessibleLabel} {...(look === undefined ? {} : { look })}>
      {look === 'link' ? null : <Icon size={14} aria-hidden />}
      <span aria-live="polite">
        {state === 'ready' ? label : state === 'copied' ? 'Copied' : 'The browser refused the clipboard'}
      </span>
    </Button>
  );
}
