import { type Ref, useCallback } from 'react';
import type { Palette } from '../../theme/palette.ts';
import { useChartHandle } from './charts-on-screen.ts';
import { type LegendEntry, withLegend } from './legend.ts';
import { type ChartHandle, type Picture, pictureToBlob, type Scene } from './picture.ts';

/**
 * Lets the view around a chart save the picture, with a legend below it. `legend` is called when the chart is saved;
 * pass a memoized function.
 */
export function useSavedPicture(
  ref: Ref<ChartHandle> | undefined,
  label: string,
  picture: Picture,
  scene: Scene,
  legend: (palette: Palette) => readonly LegendEntry[],
): void {
  const toBlob = useCallback<ChartHandle['toBlob']>(
    format => {
      const saved = withLegend(picture, scene, legend(scene.palette));
      return pictureToBlob(saved.picture, saved.scene, format);
    },
    [picture, scene, legend],
  );
  useChartHandle(ref, label, toBlob);
}
