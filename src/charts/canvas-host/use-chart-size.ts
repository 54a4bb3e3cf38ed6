import { useCallback, useState } from 'react';
import type { ChartSize } from './geometry.ts';
import type { Scene } from './picture.ts';
import { useScene } from './use-scene.ts';

const NO_SIZE: ChartSize = { widthPx: 0, heightPx: 0 };

/**
 * The size of a chart and its scene. Pass `resize` to `CanvasHost` as `onSize`; each new size is passed on to `onSize`.
 */
export function useChartSize(onSize?: (size: ChartSize) => void): {
  size: ChartSize;
  scene: Scene;
  resize: (size: ChartSize) => void;
} {
  const [size, setSize] = useState(NO_SIZE);
  const scene = useScene(size);
  const resize = useCallback(
    (measured: ChartSize) => {
      setSize(measured);
      onSize?.(measured);
    },
    [onSize],
  );
  return { size, scene, resize };
}
