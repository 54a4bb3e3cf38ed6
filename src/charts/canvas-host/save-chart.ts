import type { ChartHandle, PictureFormat } from './picture.ts';

/** Saves a chart as it stands to a file of the user. `name` goes without extension. */
export async function saveChart(chart: ChartHandle, format: PictureFormat, name: string): Promise<void> {
  saveBlob(await chart.toBlob(format), `${name}.${format}`);
}

/** Saves something to a file of the user. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replace(/[^\p{L}\p{N}._-]+/gu, '-');
  link.click();
  // The download has begun by the next task; until then the URL must live.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
