import { saveBlob } from '../../widgets/save-blob.ts';
import type { ChartHandle, PictureFormat } from './picture.ts';

/** Saves a chart as it is now to a file. `name` is without extension. */
export async function saveChart(chart: ChartHandle, format: PictureFormat, name: string): Promise<void> {
  saveBlob(await chart.toBlob(format), `${name}.${format}`);
}
