import type { ChartHandle, PictureFormat } from './picture.ts';

/** Saves a chart as it stands to a file of the user. `name` goes without extension. */
export async function saveChart(chart: ChartHandle, format: PictureFormat, name: string): Promise<void> {
  const url = URL.createObjectURL(await chart.toBlob(format));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name.replace(/[^\p{L}\p{N}._-]+/gu, '-')}.${format}`;
  link.click();
  // The download has begun by the next task; until then the URL must live.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
