import { type KeyboardEvent, useState } from 'react';
import type { Point } from '../canvas-host/geometry.ts';
import { KEY_ZOOM } from '../canvas-host/use-gestures.ts';

export interface TileActions {
  onSelect(position: number): void;
  onDrill(position: number): void;
  onOut(): void;
  /** Zooms around the middle of the chart. */
  onZoom(factor: number): void;
  onResetZoom(): void;
  /** Where a key moves the focus; null if it does not move it. */
  moved(focus: number, event: KeyboardEvent): number | null;
  /** The tile that has the focus first; -1 if there is none. */
  first(): number;
  /** The tile at a point; -1 if there is none. */
  tileAt(point: Point): number;
}

/**
 * Keyboard focus of a chart of tiles, which treemaps and flame graphs share. Arrow keys move it, Enter drills down,
 * Space selects, Backspace goes out, and + - 0 zoom. A click moves the focus too, but does not show it.
 * `least`: the lowest position that can be chosen.
 */
export function useTileFocus(least: 0 | 1, actions: TileActions) {
  const [focus, setFocus] = useState(-1);
  const [hasKeyboard, setHasKeyboard] = useState(false);
  const byPointer = (point: Point, act: (position: number) => void) => {
    const position = actions.tileAt(point);
    if (position < 0) return;
    setFocus(position);
    setHasKeyboard(false);
    act(position);
  };
  return {
    focus,
    setFocus,
    /** Position of the tile to mark as focused; -1 = none. */
    marked: hasKeyboard && focus >= least ? focus : -1,
    onClick: (point: Point) => byPointer(point, actions.onSelect),
    onDoubleClick: (point: Point) => byPointer(point, actions.onDrill),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const next = actions.moved(focus, event);
      if (next !== null) setFocus(next);
      else if (event.key === 'Enter' && focus >= least) actions.onDrill(focus);
      else if (event.key === ' ' && focus >= least) actions.onSelect(focus);
      else if (event.key === 'Backspace') actions.onOut();
      else if (event.key === '+') actions.onZoom(KEY_ZOOM);
      else if (event.key === '-') actions.onZoom(1 / KEY_ZOOM);
      else if (event.key === '0') actions.onResetZoom();
      else return;
      setHasKeyboard(true);
      event.preventDefault();
      event.stopPropagation();
    },
    onFocusChange: (isFocused: boolean) => {
      setHasKeyboard(isFocused);
      if (isFocused && focus < 0) setFocus(actions.first());
    },
  };
}
