import { Tooltip as RadixTooltip } from 'radix-ui';
import { createContext, type ReactElement, type ReactNode, useContext, useState } from 'react';
import styles from './Tooltip.module.css';

/** Where tooltips are rendered: in the main landmark, since all content of a page should be in a landmark. */
const HostContext = createContext<{ host: HTMLElement | null; setHost: (host: HTMLElement | null) => void }>({
  host: null,
  setHost: () => undefined,
});

/**
 * Shares host and delay between tooltips: after one was shown, the next appears without delay. Used once, around the
 * page.
 */
export function TooltipProvider({ children }: { children: ReactNode }) {
  const [host, setHost] = useState<HTMLElement | null>(null);
  return (
    <HostContext value={{ host, setHost }}>
      <RadixTooltip.Provider delayDuration={400} skipDelayDuration={200}>
        {children}
      </RadixTooltip.Provider>
    </HostContext>
  );
}

/** The page's main landmark. */
export function MainLandmark({
  className,
  children,
}: {
  className?: string | undefined;
  children: ReactNode;
}) {
  const { setHost } = useContext(HostContext);
  return (
    <main ref={setHost} className={className}>
      {children}
    </main>
  );
}

/** Shows `text` when the one child, a focusable element, is hovered or focused. */
export function Tooltip({
  text,
  side = 'bottom',
  children,
}: {
  text: ReactNode;
  side?: 'top' | 'right' | 'bottom' | 'left';
  children: ReactElement;
}) {
  const { host } = useContext(HostContext);
  return (
    <RadixTooltip.Root>
      <RadixTooltip.Trigger asChild>{children}</RadixTooltip.Trigger>
      <RadixTooltip.Portal container={host}>
        <RadixTooltip.Content side={side} sideOffset={6} collisionPadding={8} className={styles.tooltip}>
          {text}
        </RadixTooltip.Content>
      </RadixTooltip.Portal>
    </RadixTooltip.Root>
  );
}
