import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import styles from './ChartTooltip.module.css';
import type { Point } from './geometry.ts';

/** Distance from the pointer, and from the window's edges. */
const OFFSET_PX = 14;
const MARGIN_PX = 8;

/**
 * The tooltip of a chart, beside the pointer. It lies over the whole page, since a chart may be lower than its tooltip,
 * and is hidden from screen readers, which get the same text from the chart's announcement.
 */
export function ChartTooltip(props: { host: Element; point: Point; children: ReactNode }) {
  const { host, point } = props;
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const tooltip = box.current;
    if (!tooltip) return;
    const at = host.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = tooltip;
    const x = at.left + point.xPx;
    const y = at.top + point.yPx;
    // To the right of and below the pointer, or on the other side if there is no room.
    const left =
      x + OFFSET_PX + offsetWidth + MARGIN_PX > innerWidth ? x - OFFSET_PX - offsetWidth : x + OFFSET_PX;
    const top =
      y + OFFSET_PX + offsetHeight + MARGIN_PX > innerHeight ? y - OFFSET_PX - offsetHeight : y + OFFSET_PX;
    tooltip.style.transform = `translate(${Math.max(MARGIN_PX, left)}px, ${Math.max(MARGIN_PX, top)}px)`;
  });
  return createPortal(
    <div ref={box} className={styles.tooltip} aria-hidden="true">
      {props.children}
    </div>,
    document.body,
  );
}
